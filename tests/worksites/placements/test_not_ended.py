"""What was terminated by mistake goes on where a customer could be added, too: it takes an opening again (ILL-128)."""

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from tests import placed, states
from tests.markup import Page
from tests.people import planner
from tests.rows import write
from tests.states import days_ago
from worksites.places.actions import save_employer, save_job, save_worksite

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    row = placed.moved(placed.planned_in_the_past(), "start", starts_on=days_ago(30))
    return placed.moved(row, "terminate", ends_on=days_ago(5), termination_reason="quit")


def refused(row):
    with pytest.raises(Refusal) as found:
        placed.moved(placed.reread(row), "not-ended")
    return found.value.code


def test_it_does_not_go_on_beside_itself(client, ended):
    write(ended.job, openings=3)
    placed.planned(ended.planned, ended.job)
    assert refused(ended) == "placed-already"
    client.force_login(planner())
    path = reverse("placement-move", args=[ended.customer.pk, ended.pk, "not-ended"])
    answer = client.post(path, Page(client.get(path)).form(path))
    assert answer.status_code == 422
    assert "The customer is in this job already. Open that placement." in Page(answer).words


def end_employer(job, day):
    employer = job.worksite.employer
    save_employer(employer.region, employer, {"ended_on": day}, by=planner(), at=states.now())


def end_worksite(job, day):
    worksite = job.worksite
    save_worksite(worksite.employer, worksite, {"ended_on": day}, by=planner(), at=states.now())


def end_job(job, day):
    save_job(job.worksite, job, {"ended_on": day}, by=planner(), at=states.now())


def last_day(job, day):
    save_job(job.worksite, job, {"ends_on": day}, by=planner(), at=states.now())


@pytest.mark.policy("ILL-123", "ILL-128")
@pytest.mark.parametrize(
    ("end", "code"),
    [(end_employer, "job-ended"), (end_worksite, "job-ended"), (end_job, "job-ended"), (last_day, "job-over")],
)
def test_it_does_not_go_on_in_a_job_that_has_ended(ended, end, code):
    end(ended.job, days_ago(1))
    assert refused(ended) == code
    end(placed.reread(ended).job, None)
    assert placed.moved(placed.reread(ended), "not-ended").status == "started"

"""The days of a placement lie within those of its service, and it starts before its job is over, whichever of them is
entered or corrected (ILL-140)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from careerplan.base.refusals import Refusal
from services.actions import change_funding, save_service
from services.models import PlannedService
from tests import placed, states
from tests.imported import rows_of, why
from tests.markup import Page
from tests.people import planner
from tests.rows import write
from tests.states import days_ago
from tests.worksites.places.places import brought, row_of_file, saved
from worksites.models import Job
from worksites.placements.correcting import save_placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return placed.moved(placed.planned_in_the_past(), "start", starts_on=days_ago(30))


@pytest.fixture
def ended(begun):
    return placed.moved(begun, "terminate", ends_on=days_ago(5), termination_reason="completed")


def service_of(row):
    return PlannedService.objects.select_related("plan", "service").get(pk=row.planned_id)


def of_service(row, **values):
    return save_service(service_of(row), values, by=row.customer.planner, at=states.now())


def corrected(row, **values):
    about = {"position_type": row.position_type, **values}
    save_placement(placed.reread(row), about, by=row.customer.planner, at=states.now())
    return placed.reread(row)


def refused(act, *args, **values):
    with pytest.raises(Refusal) as found:
        act(*args, **values)
    return found.value.code, found.value.field


def sent(client, name, args, **values):
    """The form as the page offers it, with these values; the answer's page."""
    client.force_login(planner())
    path = reverse(name, args=args)
    answer = client.post(path, Page(client.get(path)).form(path) | values)
    return answer.status_code, Page(answer).words if answer.status_code != 302 else ""


# --- its service ----------------------------------------------------------------------------------


@pytest.mark.policy("ILL-140")
def test_a_service_does_not_start_after_its_placement_began(client, begun):
    about = [begun.customer.pk, begun.planned_id]
    code, words = sent(client, "plan:service-edit", about, actual_start_on=days_ago(29).isoformat())
    assert code == 422
    assert f"A placement of this service began on {date_format(days_ago(30))}." in words
    assert refused(of_service, begun, actual_start_on=days_ago(29)) == ("after-a-placement", "actual_start_on")
    assert of_service(begun, actual_start_on=days_ago(31)).actual_start_on == days_ago(31)
    assert corrected(begun, starts_on=days_ago(31)).starts_on == days_ago(31)


def test_a_service_does_not_end_before_its_placement(client, ended):
    code, words = sent(
        client, "plan:service-move", [ended.customer.pk, ended.planned_id, "complete"], ended_on=days_ago(6).isoformat()
    )
    assert code == 422
    assert f"A placement of this service ended on {date_format(days_ago(5))}." in words
    early = {"status": "complete", "ended_on": days_ago(6)}
    assert refused(of_service, ended, **early) == ("before-a-placement", "ended_on")
    assert of_service(ended, **early | {"ended_on": days_ago(5)}).status == "complete"
    assert refused(of_service, ended, ended_on=days_ago(6)) == ("before-a-placement", "ended_on")


def test_a_placement_does_not_end_after_its_service(client, ended):
    of_service(ended, status="complete", ended_on=days_ago(4))
    late = {"ends_on": days_ago(3).isoformat()}
    code, words = sent(client, "placement-edit", [ended.customer.pk, ended.pk], **late)
    assert code == 422
    assert f"The service ended on {date_format(days_ago(4))}." in words
    assert refused(corrected, ended, ends_on=days_ago(3)) == ("after-the-service", "ends_on")
    assert corrected(ended, ends_on=days_ago(4)).ends_on == days_ago(4)


def test_what_was_taken_back_or_never_began_binds_no_service(begun):
    of_service(begun, actual_start_on=days_ago(40))
    placed.planned(begun.planned, starts_on=days_ago(39))
    placed.moved(placed.planned(begun.planned, starts_on=days_ago(38)), "withdraw", words="By mistake")
    assert of_service(begun, actual_start_on=days_ago(30)).actual_start_on == days_ago(30)


def test_other_funding_parts_no_service(ended):
    former = service_of(ended)
    latter = change_funding(
        former, program=former.program, contract="C-2", changes_on=days_ago(10), by=planner(), at=states.now()
    )
    former = PlannedService.objects.select_related("plan", "service").get(pk=former.pk)
    assert save_service(former, {"ended_on": days_ago(12)}, by=planner(), at=states.now()).ended_on == days_ago(12)
    later = {"actual_start_on": days_ago(9)}
    assert save_service(latter, later, by=planner(), at=states.now()).actual_start_on == days_ago(9)
    assert corrected(ended, ends_on=days_ago(2)).ends_on == days_ago(2)
    early = {"status": "complete", "ended_on": days_ago(3)}
    latter = PlannedService.objects.select_related("plan", "service").get(pk=latter.pk)
    assert refused(save_service, latter, early, by=planner(), at=states.now()) == ("before-a-placement", "ended_on")
    assert refused(of_service, ended, actual_start_on=days_ago(29)) == ("after-a-placement", "actual_start_on")


# --- its job --------------------------------------------------------------------------------------


def test_a_job_does_not_end_before_somebody_starts_in_it(client, begun):
    code, words = sent(client, "job-edit", [begun.job_id], ends_on=days_ago(31).isoformat())
    assert code == 422
    assert f"A placement in this job starts on {date_format(days_ago(30))}." in words
    job = Job.objects.select_related("worksite__employer__region").get(pk=begun.job_id)
    assert refused(saved, job, ends_on=days_ago(31)) == ("job-ends-before-a-start", "ends_on")
    assert saved(job, ends_on=days_ago(30)).ends_on == days_ago(30)
    assert corrected(begun, notes="It goes on.").notes == "It goes on."


def test_what_was_planned_for_a_job_keeps_its_day_and_what_was_taken_back_does_not():
    row = placed.planned(starts_on=states.today() + timedelta(days=20))
    job = Job.objects.select_related("worksite__employer__region").get(pk=row.job_id)
    early = states.today() + timedelta(days=19)
    assert refused(saved, job, ends_on=early) == ("job-ends-before-a-start", "ends_on")
    placed.moved(row, "withdraw", words="By mistake")
    assert saved(job, ends_on=early).ends_on == early


def test_a_file_does_not_end_a_job_before_somebody_starts_in_it(begun):
    job = begun.job
    cells = {"Employer": job.worksite.employer.name, "Worksite": job.worksite.name, "Job title": job.title}
    bringing = brought([row_of_file(**cells) | {"Ends on": f"{days_ago(31):%m/%d/%Y}"}])
    (row,) = rows_of(bringing)
    assert why(row) == [("ends_on", "job-ends-before-a-start")]


def test_a_job_that_ended_early_once_stops_no_other_change(client, begun):
    write(begun.job, ends_on=days_ago(40))
    assert sent(client, "placement-edit", [begun.customer.pk, begun.pk], notes="A note")[0] == 302
    end = {"ends_on": days_ago(1).isoformat(), "termination_reason": "quit"}
    assert sent(client, "placement-move", [begun.customer.pk, begun.pk, "terminate"], **end)[0] == 302


def test_a_start_that_changes_lies_before_the_end_of_the_job_as_it_is_now(begun):
    write(Job.objects.get(pk=begun.job_id), ends_on=days_ago(30))
    assert refused(corrected, begun, starts_on=days_ago(29), subsidy_starts_on=days_ago(29)) == (
        "after-the-job", "starts_on",
    )  # fmt: skip

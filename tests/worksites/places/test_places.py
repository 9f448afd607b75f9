"""Employers, worksites and jobs: who keeps them, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from tests import placed as outside
from tests import states
from tests.people import administrator, angela, north_planner, planner, statewide
from tests.rows import write
from tests.worksites.places.places import (
    job_of_the_document,
    new_employer,
    new_job,
    new_worksite,
    placed,
    region,
    saved,
)
from worksites.places.actions import save_employer, save_worksite
from worksites.places.models import Employer, Job, Worksite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def refused(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code, caught.value.field


@pytest.mark.parametrize("person", [planner, statewide, administrator])
def test_who_sees_the_region_keeps_its_list_with_history(person):
    job = new_job(new_worksite(new_employer(by=person()), by=person()), by=person())
    assert [row.history.latest().history_user for row in (job, job.worksite, job.worksite.employer)] == [person()] * 3


@pytest.mark.parametrize("person", [north_planner, lambda: angela().user])
def test_nobody_else_does(person):
    job = new_job()
    for act in (
        lambda: new_employer("Other", by=person()),
        lambda: new_worksite(job.worksite.employer, "Other", by=person()),
        lambda: new_job(job.worksite, title="Other", by=person()),
        lambda: saved(job, openings=5, by=person()),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_each_sees_those_of_the_own_regions():
    own, other = (
        new_job(),
        new_job(
            new_worksite(new_employer("Dock", of=region(1), by=north_planner()), by=north_planner()), by=north_planner()
        ),
    )
    for model, pair in ((Job, (own, other)), (Worksite, (own.worksite, other.worksite))):
        seen = [set(model.objects.visible_to(person())) & set(pair) for person in (planner, north_planner, statewide)]
        assert seen == [{pair[0]}, {pair[1]}, set(pair)]
    assert not Employer.objects.visible_to(angela().user).exists()


def test_a_name_stands_once_in_whichever_letters():
    job = new_job()
    worksite, employer = job.worksite, job.worksite.employer
    assert refused(lambda: new_employer("FOUNDRY")) == ("employer-twice", "name")
    assert refused(lambda: new_worksite(employer, "plant 1")) == ("worksite-twice", "name")
    assert refused(lambda: new_job(worksite, title="welder")) == ("job-twice", "title")
    assert new_employer("Foundry", of=region(1), by=north_planner()).pk
    assert new_worksite(new_employer("Second"), "Plant 1").pk


def test_what_has_ended_gets_no_more_worksites_and_jobs():
    job = saved(new_job(), ended_on=states.today())
    worksite, employer = job.worksite, job.worksite.employer
    by, at = planner(), states.now()
    save_worksite(employer, worksite, {"ended_on": states.today()}, by=by, at=at)
    assert refused(lambda: new_job(worksite)) == ("ended", None)
    save_employer(employer.region, employer, {"ended_on": states.today()}, by=by, at=at)
    assert refused(lambda: new_worksite(employer)) == ("ended", None)
    save_worksite(employer, worksite, {"ended_on": None}, by=by, at=at)
    assert refused(lambda: new_job(worksite)) == ("ended", None)


def test_a_job_of_the_title_of_one_that_ended_can_be_entered():
    job = saved(new_job(), ended_on=states.today())
    assert new_job(job.worksite).pk != job.pk
    assert refused(lambda: saved(job, ended_on=None)) == ("job-twice", "title")


def test_a_job_ends_after_it_starts():
    days = {"starts_on": date(2026, 6, 2), "ends_on": date(2026, 6, 1)}
    assert refused(lambda: new_job(**days)) == ("job-ends-before", "ends_on")


def test_openings_are_no_fewer_than_are_filled():
    job = placed().job
    with pytest.raises(Refusal) as caught:
        saved(job, openings=0)
    assert (caught.value.code, caught.value.field) == ("fewer-than-filled", "openings")
    assert caught.value.sentence.startswith("1 opening is filled.")
    assert saved(job, openings=1).openings == 1


def test_what_has_placements_does_not_end():
    job = placed().job
    worksite, employer, today = job.worksite, job.worksite.employer, states.today()
    acts = (
        lambda: saved(job, ended_on=today),
        lambda: save_worksite(employer, worksite, {"ended_on": today}, by=planner(), at=states.now()),
        lambda: save_employer(employer.region, employer, {"ended_on": today}, by=planner(), at=states.now()),
    )
    for act in acts:
        with pytest.raises(Refusal) as caught:
            act()
        assert (caught.value.code, caught.value.field) == ("placed-here", "ended_on")
        said = "1 customer is placed here. Terminate the placement first, or take it back if it has not started."
        assert caught.value.sentence == said


def test_what_had_ended_with_placements_is_still_corrected():
    job = placed().job
    worksite, employer = job.worksite, job.worksite.employer
    for row in (job, worksite, employer):
        write(row, ended_on=states.days_ago(3))
    by = {"by": planner(), "at": states.now()}
    assert save_employer(employer.region, employer, {"industry": "Metal"}, **by).industry == "Metal"
    assert save_worksite(employer, worksite, {"supervisor": "Lee Moss"}, **by).supervisor == "Lee Moss"
    assert saved(job, openings=5).openings == 5
    assert refused(lambda: saved(job, ended_on=states.days_ago(2))) == ("placed-here", "ended_on")


def test_two_who_are_placed_are_told_of_together():
    job = new_job(hourly_wage=Decimal("20.00"))
    for _number in range(2):
        outside.planned(at=job)
    with pytest.raises(Refusal) as caught:
        saved(job, ended_on=states.today())
    said = "2 customers are placed here. Terminate their placements first, or take back those that have not started."
    assert caught.value.sentence == said


def test_what_ends_is_offered_no_more_and_again_without_its_day():
    job = new_job()
    employer = job.worksite.employer
    for day, number in ((states.today(), 0), (None, 1)):
        employer = save_employer(region(), employer, {"ended_on": day}, by=planner(), at=states.now())
        assert Job.objects.offered().filter(pk=job.pk).count() == number


def test_nothing_ends_on_a_day_to_come():
    job, tomorrow = new_job(), states.today() + timedelta(days=1)
    assert refused(lambda: saved(job, ended_on=tomorrow)) == ("day-to-come", "ended_on")


def test_what_somebody_changed_meanwhile_is_not_overwritten():
    employer = new_employer()
    save_employer(region(), employer, {"industry": "Metal"}, seen=1, by=planner(), at=states.now())
    with pytest.raises(StaleRow):
        save_employer(region(), employer, {"industry": "Wood"}, seen=1, by=statewide(), at=states.now())


@pytest.mark.policy("ILL-128")
def test_a_placement_takes_one_of_the_openings():
    job = job_of_the_document("Cashiers")
    assert [(row.filled, row.left) for row in Job.objects.filter(pk=job.pk).with_openings()] == [(0, 1)]
    placed(job)
    assert [(row.filled, row.left) for row in Job.objects.filter(pk=job.pk).with_openings()] == [(1, 0)]
    none_left = Job.objects.with_openings().filter(left=0).values_list("title", flat=True)
    assert set(none_left) == {"Computer Operators Level 1", "Teacher Assistants", "Cashiers"}


@pytest.mark.policy("ILL-123")
def test_a_placement_needs_a_job_whose_employer_and_worksite_are_entered_and_offered():
    job = new_job()
    save_worksite(job.worksite.employer, job.worksite, {"ended_on": states.today()}, by=planner(), at=states.now())
    with pytest.raises(Refusal) as caught:
        placed(job)
    assert (caught.value.code, caught.value.field) == ("job-ended", "job")

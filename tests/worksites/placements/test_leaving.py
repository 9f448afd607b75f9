"""What becomes of placements as their service leaves the plan, by whichever way, and comes back."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.drafts import recover_draft
from acknowledgments.agreement.goal_change import change_employment_goal
from careerplan.base.refusals import Refusal
from careerplan.plans.rows import put_back
from goals.models import Occupation
from services.actions import change_funding, remove_service
from services.enums import ServiceRemoval
from services.items import SERVICE
from services.models import PlannedService
from tests import placed, states
from tests.markup import Page
from tests.people import statewide
from tests.rows import write
from tests.states import days_ago

pytestmark = pytest.mark.django_db


def service_of(placement):
    return PlannedService.objects.select_related("plan", "service", "program").get(pk=placement.planned_id)


def removed(planned):
    why = {"removal": ServiceRemoval.OTHER, "note": "Another way was found."}
    return remove_service(planned, **why, by=planned.plan.customer.planner, at=states.now())


def under_way_in_a_draft():
    """A service that needs no agreement, added in a draft, with a placement that has begun."""
    version = states.reviewed(placed.service().plan.customer)
    goal = version.plan.goals.in_plan().first()
    planned = states.pen(version).service("WE-PERM", goal, planned_start_on=states.today(), weekly_hours=20)
    planned = PlannedService.objects.select_related("plan").get(pk=planned.pk)
    return version, placed.started(states.today(), placed.planned(planned, starts_on=states.today()))


def refused(act, *args, **values):
    with pytest.raises(Refusal) as found:
        act(*args, **values)
    assert found.value.code == "placement-under-way"
    return found.value.sentence


def terminated(placement):
    return placed.moved(placed.reread(placement), "terminate", ends_on=states.today(), termination_reason="completed")


# --- under way: it stays ----------------------------------------------------------------------


def test_a_draft_is_deleted_once_the_placement_under_its_service_has_ended(client):
    version, placement = under_way_in_a_draft()
    client.force_login(placement.customer.planner)
    path = reverse("plan:draft-delete", args=[placement.customer.pk])
    answer = client.post(path, Page(client.get(path)).form(path) | {"reason": "Begun by mistake"})
    assert "is under way. Terminate the placement first." in Page(answer).words
    assert service_of(placement).removed_at is None
    terminated(placement)
    assert states.deleted(version).state == "deleted"
    assert service_of(placement).removed_at is not None


def test_nor_is_it_deleted_where_the_funding_changed_since():
    version, placement = under_way_in_a_draft()
    change = {"program": None, "contract": "Contract 7", "changes_on": states.today()}
    latter = change_funding(service_of(placement), **change, by=placement.customer.planner, at=states.now())
    refused(states.deleted, version)
    terminated(placement)
    waiting = placed.planned(latter, starts_on=states.today())
    states.deleted(version)
    assert service_of(waiting).removed_at is not None
    assert placed.reread(waiting).withdrawn_at is not None
    recover_draft(version, by=statewide(), at=states.now())
    assert placed.reread(waiting).withdrawn_at is None


def test_a_version_is_not_completed_once_it_has_ended():
    version, placement = under_way_in_a_draft()
    states.sent(version)
    assert refused(states.not_completed, version).startswith("A placement of “")
    terminated(placement)
    states.not_completed(version)


def test_nor_is_the_draft_of_another_goal_deleted():
    placement = placed.started(days_ago(5), placed.planned_in_the_past())
    occupation = Occupation.objects.get(code="47-2111")
    by = placement.customer.planner
    plan = placement.planned.plan
    version = change_employment_goal(plan, occupation=occupation, services=True, by=by, at=states.now())
    assert placed.reread(placement).planned.plan == version.plan
    refused(states.deleted, version)


def test_a_draft_that_removed_the_service_is_not_recovered():
    planned = placed.long_ago(placed.service(), 30)
    version = states.reviewed(planned.plan.customer)
    removed(planned)
    states.deleted(version)
    placed.started(days_ago(5), placed.planned(service_of(placed.planned(planned))))
    refused(recover_draft, version, by=statewide(), at=states.now())


# --- planned: it goes, and comes back with its service ----------------------------------------


@pytest.fixture
def planned_one():
    placement = placed.planned()
    states.reviewed(placement.customer)
    return placement


def test_a_removal_says_that_the_planned_placement_goes_too(client, planned_one):
    client.force_login(planned_one.customer.planner)
    page = Page(client.get(reverse("plan:service-remove", args=[planned_one.customer.pk, planned_one.planned_id])))
    assert f"The planned placement at {planned_one.job.worksite.name} is taken back, too" in page.words


def test_an_undone_removal_brings_the_planned_placement_back(planned_one):
    removed(service_of(planned_one))
    assert placed.reread(planned_one).withdrawn_at is not None
    by = planned_one.customer.planner
    put_back(SERVICE, service_of(planned_one), by=by, at=states.now())
    again = placed.reread(planned_one)
    assert (again.withdrawn_at, again.withdrawn_by, again.withdrawn_reason, again.status) == (None, None, "", "planned")
    assert again.history.latest("pk").history_user == by


def test_so_does_the_end_of_the_draft(planned_one):
    version = states.newest(planned_one.customer)
    removed(service_of(planned_one))
    states.deleted(version)
    assert placed.reread(planned_one).withdrawn_at is None


def test_an_opening_that_another_one_got_meanwhile_stays_with_that_one(planned_one):
    write(planned_one.job, openings=1)
    removed(service_of(planned_one))
    other = placed.planned(placed.service(), planned_one.job)
    put_back(SERVICE, service_of(planned_one), by=planned_one.customer.planner, at=states.now())
    assert service_of(planned_one).removed_at is None
    assert placed.reread(planned_one).withdrawn_at is not None
    assert placed.reread(other).withdrawn_at is None


def test_what_a_planner_took_back_before_stays_taken_back(planned_one):
    placed.moved(planned_one, "withdraw", words="Another job was found.")
    removed(service_of(planned_one))
    put_back(SERVICE, service_of(planned_one), by=planned_one.customer.planner, at=states.now())
    assert placed.reread(planned_one).withdrawn_reason == "Another job was found."


# --- terminated by mistake --------------------------------------------------------------------


def test_what_had_not_ended_goes_on_under_the_funding_of_today():
    placement = placed.started(days_ago(30), placed.planned_in_the_past())
    placement = placed.moved(placement, "terminate", ends_on=days_ago(10), termination_reason="quit")
    former, by = service_of(placement), placement.customer.planner
    change = {"program": None, "contract": "Contract 7", "changes_on": days_ago(3)}
    latter = change_funding(former, **change, by=by, at=states.now())
    assert placed.reread(placement).planned == former
    again = placed.moved(placed.reread(placement), "not-ended")
    assert (again.status, again.planned) == ("started", latter)
    assert [again.planned.on(days_ago(day)) for day in (4, 3)] == [former, latter]

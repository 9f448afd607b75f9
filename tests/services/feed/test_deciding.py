"""What a planner decides about a record of the inbox: added as a new service, linked, ignored, and once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from careerplan.base.refusals import NotAllowed, Refusal
from services.feed import deciding
from services.feed.models import FeedRecord
from services.models import PlannedService
from tests import people, states
from tests.rows import changed, everything
from tests.services import feeding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def draft():
    return states.draft().plan


def first_of(plan):
    return PlannedService.objects.in_plan().filter(plan=plan).select_related("plan__customer", "service").first()


def add(row, plan, **values):
    return deciding.add_to_plan(row, plan, **values, by=people.planner(), at=states.now())


def refused(act):
    before = everything()
    with pytest.raises(Refusal) as refusal:
        act()
    assert changed(before, everything()) == {}
    return refusal.value.code


@pytest.mark.policy("ILL-103")
def test_a_record_is_added_to_the_plan_as_a_new_service_that_is_planned():
    plan, day = draft(), states.today()
    said = {"status": "started", "actual_start_on": day, "planned_end_on": day + timedelta(days=30)}
    row = feeding.waiting(
        plan.customer, **said, weekly_hours=Decimal("12.5"), provider="Harbor College", notes="Theirs"
    )
    goal = plan.goals.first()
    planned = add(row, plan, goal=goal)
    assert (planned.service, planned.goal, planned.status) == (row.service, goal, "planned")
    assert (planned.planned_start_on, planned.planned_end_on, planned.actual_start_on) == (
        day,
        said["planned_end_on"],
        None,
    )
    assert (planned.weekly_hours, planned.provider, planned.notes) == (Decimal("12.5"), "Harbor College", "")
    row.refresh_from_db()
    assert (row.state, row.planned, row.decided_by) == ("added", planned, people.planner())


@pytest.mark.policy("ILL-103")
def test_a_record_is_never_added_twice():
    plan = draft()
    row = feeding.waiting(plan.customer)
    add(row, plan)
    assert refused(lambda: add(row, plan)) == "decided-already"
    assert PlannedService.objects.filter(plan=plan, service=row.service).count() == 1
    feeding.filed(row.source, feeding.said(plan.customer, provider="New"))
    assert refused(lambda: add(row, plan)) == "decided-already"


def test_a_record_is_linked_to_a_service_that_is_there_and_that_one_has_no_second_of_its_source():
    plan = draft()
    planned = first_of(plan)
    row = feeding.waiting(plan.customer, service=planned.service.code)
    feeding.filed(row.source, feeding.said(plan.customer, "A-2", service=planned.service.code))
    deciding.link(row, planned, by=people.planner(), at=states.now())
    row.refresh_from_db()
    assert (row.state, row.planned) == ("linked", planned)
    second = FeedRecord.objects.get(external_id="A-2")
    assert refused(lambda: deciding.link(second, planned, by=people.planner(), at=states.now())) == "linked-already"


def test_a_record_is_linked_to_no_other_service_and_to_none_of_another_plan():
    plan = draft()
    row = feeding.waiting(plan.customer)
    other = first_of(draft())
    by = {"by": people.planner(), "at": states.now()}
    assert refused(lambda: deciding.link(row, first_of(plan), **by)) == "another-service"
    assert refused(lambda: deciding.link(row, other, **by)) == "another-customer"
    assert refused(lambda: add(row, other.plan)) == "another-customer"


def test_a_record_is_ignored_with_the_reason_and_may_wait_again():
    row, by = feeding.waiting(people.david()), {"by": people.planner(), "at": states.now()}
    assert refused(lambda: deciding.ignore(row, reason=" ", **by)) == "nothing-said"
    deciding.ignore(row, reason="Before this plan", **by)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ignored", "Before this plan")
    assert not FeedRecord.objects.in_inbox().exists()
    assert refused(lambda: deciding.ignore(row, reason="Again", **by)) == "decided-already"
    row = deciding.put_back(row, **by)
    assert (row.state, row.reason, row.decided_at) == ("waiting", "", None)
    assert refused(lambda: deciding.put_back(row, **by)) == "not-ignored"


def test_what_the_source_changes_after_the_decision_comes_back_until_it_is_noted():
    row, by = feeding.waiting(people.david()), {"by": people.planner(), "at": states.now()}
    deciding.ignore(row, reason="No", **by)
    assert refused(lambda: deciding.note_seen(row, **by)) == "not-changed"
    feeding.filed(row.source, feeding.said(people.david(), provider="New"))
    assert FeedRecord.objects.in_inbox().get().is_changed
    deciding.note_seen(row, by=people.planner(), at=states.now())
    assert not FeedRecord.objects.in_inbox().exists()


def test_adding_needs_an_open_draft_and_linking_an_open_plan():
    version = states.signed(states.draft())
    planned = first_of(version.plan)
    row = feeding.waiting(version.plan.customer, service=planned.service.code)
    assert refused(lambda: add(row, version.plan)) == "no-draft"
    assert deciding.link(row, planned, by=people.planner(), at=states.now()).state == "linked"


@pytest.mark.parametrize("who", [people.north_planner, people.administrator])
def test_only_planners_of_the_customer_decide(who):
    plan = draft()
    row, by = feeding.waiting(plan.customer), {"by": who(), "at": states.now()}
    for act in (
        lambda: deciding.add_to_plan(row, plan, **by),
        lambda: deciding.link(row, first_of(plan), **by),
        lambda: deciding.ignore(row, reason="No", **by),
        lambda: deciding.put_back(row, **by),
        lambda: deciding.note_seen(row, **by),
    ):
        with pytest.raises(NotAllowed):
            act()

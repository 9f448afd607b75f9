"""The dates of a goal are the earliest start and the latest planned end of its services."""

from datetime import date

import pytest

from acknowledgments.agreement.working_copy import contents_of
from goals.models import Goal
from services.actions import remove_service, save_service
from services.models import PlannedService
from tests import states
from tests.people import david, planner

pytestmark = [pytest.mark.django_db, pytest.mark.policy("ILL-047")]

JUNE = [date(2026, 6, day) for day in range(1, 31)]


@pytest.fixture
def goal():
    return Goal.objects.get(plan__customer=david(), statement="Learn how to drive")


def plan_service(goal, **values):
    return states.pen(states.newest(david())).service("BC-INIT", goal, **values)


def dates(goal):
    """As the page reads them, and as they are sealed."""
    row = Goal.objects.filter(pk=goal.pk).with_dates(PlannedService.objects.in_plan()).get()
    version = states.newest(david())
    item = next(item for item in contents_of(version.plan, version).goals if item.id == goal.pk)
    as_read = tuple(day.isoformat() if day else "" for day in (row.starts_on, row.ends_on))
    assert as_read == (item.starts_on, item.ends_on)
    return row.starts_on, row.ends_on


def test_a_goal_without_services_has_no_dates(goal):
    assert dates(goal) == (None, None)


def test_the_earliest_start_and_the_latest_planned_end_count(goal):
    plan_service(goal, planned_start_on=JUNE[9], planned_end_on=JUNE[11])
    plan_service(goal, planned_start_on=JUNE[4], planned_end_on=JUNE[5])
    plan_service(goal, planned_start_on=JUNE[6], planned_end_on=JUNE[20])
    assert dates(goal) == (JUNE[4], JUNE[20])


@pytest.mark.parametrize(
    ("planned", "actual", "start"),
    [(JUNE[4], JUNE[2], JUNE[2]), (JUNE[4], JUNE[7], JUNE[4]), (None, JUNE[7], JUNE[7]), (JUNE[4], None, JUNE[4])],
)
def test_a_start_is_the_planned_or_the_actual_one_whichever_is_earlier(goal, planned, actual, start):
    plan_service(goal, planned_start_on=planned, actual_start_on=actual)
    assert dates(goal) == (start, None)


def test_a_service_without_dates_brings_none(goal):
    plan_service(goal)
    assert dates(goal) == (None, None)


def test_services_that_left_the_plan_or_the_goal_no_longer_count(goal):
    first = plan_service(goal, planned_start_on=JUNE[4], planned_end_on=JUNE[5])
    second = plan_service(goal, planned_start_on=JUNE[6], planned_end_on=JUNE[9])
    remove_service(first, removal="not_wanted", by=planner(), at=states.now())
    assert dates(goal) == (JUNE[6], JUNE[9])
    save_service(second, {"goal": None}, by=planner(), at=states.now())
    assert dates(goal) == (None, None)

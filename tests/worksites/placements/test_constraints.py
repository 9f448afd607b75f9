"""What the database refuses of placements, whoever writes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, models, transaction

from tests import placed, states
from tests.people import lucia
from tests.rows import copy, refuses, write
from worksites.models import FormerHold, Placement, PlacementWage, StatusEntry

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def row(**values):
    def writing():
        write(placed.planned(), **values)

    return writing


def wage(**values):
    return lambda: write(placed.planned().wage, **values)


def started(**values):
    return lambda: write(placed.started(), **values)


def hold(inactive_on=DAY, returned_on=DAY):
    found = placed.started()
    FormerHold(placement=found, inactive_on=inactive_on, returned_on=returned_on).save()
    return found


def held_twice():
    found = hold()
    FormerHold(placement=found, inactive_on=DAY, returned_on=DAY).save()


def twice_in_a_job():
    copy(placed.planned(at=placed.job(openings=2)))


CASES = {
    "a_placement_has_a_known_status": row(status="paused"),
    "a_placement_is_full_or_part_time": row(position_type="some"),
    "a_begun_placement_has_its_start": row(status="started", starts_on=None),
    "a_placement_ends_after_it_starts": row(starts_on=DAY, ends_on=DAY - timedelta(days=1)),
    "a_terminated_placement_says_when_and_why": started(status="terminated", ends_on=None),
    "a_placement_ended_for_a_known_reason": started(
        status="terminated", ends_on=date(2099, 1, 1), termination_reason="bored"
    ),
    "a_hold_begins_after_the_start_and_ends_after_that": started(
        inactive_on=date(2099, 1, 2), returned_on=date(2099, 1, 1)
    ),
    "a_placement_on_hold_has_its_inactive_date": started(status="on_hold"),
    "a_placement_that_goes_on_has_its_return_date": started(inactive_on=date(2099, 1, 1)),
    "a_subsidy_ends_after_it_starts": row(subsidy_starts_on=DAY, subsidy_ends_on=DAY - timedelta(days=1)),
    "a_subsidy_starts_with_the_placement_or_after": row(starts_on=DAY, subsidy_starts_on=DAY - timedelta(days=1)),
    "a_terminated_placement_ends_after_its_last_hold": started(
        status="terminated", ends_on=states.today(), termination_reason="quit", inactive_on=date(2099, 1, 1)
    ),
    "a_withdrawn_placement_says_when_by_whom_why": lambda: write(placed.planned(), withdrawn_at=states.now()),
    "a_wage_that_is_too_low_says_since_when": row(low_since=DAY),
    "a_customer_has_a_job_once_under_a_service": twice_in_a_job,
    "a_placement_has_one_wage_from_a_day": lambda: copy(placed.planned().wage),
    "a_placement_pays_the_minimum_wage_or_more": wage(minimum_wage=Decimal("99")),
    "a_subsidy_is_not_more_than_the_wage": wage(subsidized_wage=Decimal("99"), subsidy_reason="Because."),
    "a_subsidy_above_the_minimum_wage_says_why": wage(minimum_wage=Decimal("9")),
    "a_minimum_wage_is_a_cent_or_more": wage(minimum_wage=Decimal("0"), subsidy_reason="Because."),
    "a_minimum_wage_was_found_somewhere_known": wage(minimum_from="air"),
    "a_minimum_wage_has_its_source": wage(minimum_source=""),
    "a_placement_is_held_once_from_a_day": held_twice,
    "a_former_hold_ends_after_it_begins": lambda: hold(returned_on=DAY - timedelta(days=1)),
    "an_entry_of_the_status_history_is_known": lambda: StatusEntry.objects.create(
        placement=placed.planned(), status="paused", updated_at=states.now(), updated_by=lucia().planner
    ),
    "an_entry_that_corrects_a_hold_says_what_was_and_is": lambda: StatusEntry.objects.create(
        placement=placed.planned(),
        status="started",
        updated_at=states.now(),
        updated_by=lucia().planner,
        inactive_on=DAY,
        returned_on=DAY,
        was_inactive_on=DAY,
    ),
}


def test_every_constraint_of_placements_has_a_case():
    of_placements = (Placement, PlacementWage, FormerHold, StatusEntry)
    assert CASES.keys() == {each.name for model in of_placements for each in model._meta.constraints}


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    refuses(name, CASES[name])


# --- the guards -----------------------------------------------------------------------------------


@pytest.mark.policy("ILL-128")
def test_a_job_has_no_more_placements_than_openings():
    found, other = placed.planned(), placed.service()
    refuses("a_job_has_no_more_placements_than_openings", lambda: copy(found, planned=other))


@pytest.mark.policy("ILL-128")
def test_a_job_has_no_fewer_openings_than_placements():
    job = placed.planned().job
    refuses("a_job_has_no_fewer_openings_than_placements", lambda: write(job, openings=0))


def test_a_terminated_placement_takes_no_opening_that_is_gone():
    found = placed.moved(placed.started(), "terminate", ends_on=states.today(), termination_reason="quit")
    placed.planned(at=found.job)
    going_on = {"status": "started", "ends_on": None, "termination_reason": "", "subsidy_ends_on": None}
    refuses("a_job_has_no_more_placements_than_openings", lambda: write(found, **going_on))


@pytest.mark.policy("ILL-123")
def test_a_placement_is_in_the_customers_region():
    found = placed.planned()
    elsewhere = placed.job(placed.worksite(placed.employer(lucia().office.region)))
    refuses("a_placement_is_in_the_customers_region", lambda: copy(found, job=elsewhere))


@pytest.mark.policy("ILL-112")
def test_a_placement_is_under_a_work_experience_service():
    found = placed.planned(at=placed.job(openings=2))
    other = found.planned.plan.services.get(service__code="TR-OST")
    refuses("a_placement_is_under_a_work_experience_service", lambda: copy(found, planned=other))


def leave(planned, by):
    left = {"removed_at": states.now(), "removed_by": by, "removed_reason": "Twice", "removal": "entered_in_error"}
    write(planned, **left)


def test_a_service_stays_in_the_plan_while_work_is_under_way_under_it():
    found = placed.started()
    refuses("a_service_with_work_under_way_stays_in_the_plan", lambda: leave(found.planned, found.added_by))


def test_no_work_begins_under_a_service_that_left_the_plan():
    found = placed.planned()
    states.reviewed(found.customer)
    leave(found.planned, found.added_by)
    begun = {"status": "started", "starts_on": states.today()}
    refuses("work_is_under_way_under_a_service_in_the_plan", lambda: write(found, **begun))


def test_a_placement_stays_with_its_customer():
    found, other = placed.planned(), placed.service()
    refuses("a_placement_stays_with_its_customer", lambda: write(found, planned=other))


@pytest.mark.policy("ILL-154")
def test_the_status_history_is_neither_changed_nor_deleted():
    entry = placed.planned().status_history.get()
    for writing in (lambda: write(entry, status="started"), entry.delete):
        with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
            writing()


@pytest.mark.parametrize("kind", ["placement", "wage", "job", "worksite", "employer"])
def test_nothing_of_a_placement_is_deleted(kind):
    found = placed.planned()
    rows = {"placement": found, "wage": found.wage, "job": found.job}
    rows |= {"worksite": found.job.worksite, "employer": found.job.worksite.employer}
    with pytest.raises(DatabaseError), transaction.atomic():
        models.QuerySet(type(rows[kind])).filter(pk=rows[kind].pk)._raw_delete("default")

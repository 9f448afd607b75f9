"""What the database refuses of a placement's status and days, whoever writes; and of what stays with it."""

import itertools

import pytest

from tests import payroll, placed
from tests.people import planner
from tests.rows import copy, every_constraint_now, refuses, write
from tests.states import days_ago, now, today
from tests.worksites.follow_ups.done import after, do
from worksites.enums import PlacementStatus
from worksites.models import FormerHold
from worksites.payroll.actions import withdraw
from worksites.placements.guards import STEPS
from worksites.placements.moves import MOVES

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return placed.moved(placed.planned_in_the_past(), "start", starts_on=days_ago(30))


def held(row, inactive_on, returned_on):
    row = placed.moved(row, "hold", inactive_on=inactive_on)
    return placed.moved(row, "return", returned_on=returned_on)


@pytest.fixture
def held_twice(begun):
    with every_constraint_now():
        return held(held(begun, days_ago(25), days_ago(20)), days_ago(10), days_ago(5))


# --- where a day is missing -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("a_hold_begins_after_the_start_and_ends_after_that", {"returned_on": today()}),
        ("a_hold_begins_after_the_start_and_ends_after_that", {"inactive_on": today()}),
        ("a_hold_begins_after_the_start_and_ends_after_that", {"inactive_on": today(), "returned_on": today()}),
        ("a_subsidy_ends_after_it_starts", {"subsidy_ends_on": today()}),
    ],
)
def test_a_day_that_is_missing_lets_no_other_pass(name, values):
    row = placed.planned()
    assert (row.starts_on, row.subsidy_starts_on) == (None, None)
    refuses(name, lambda: write(row, **values))


def test_a_placement_does_not_end_before_the_return_of_its_last_hold(begun):
    ended = {
        "status": "terminated",
        "termination_reason": "quit",
        "inactive_on": days_ago(9),
        "returned_on": days_ago(5),
    }
    for day in (days_ago(6), days_ago(10)):
        refuses("a_terminated_placement_ends_after_its_last_hold", lambda day=day: write(begun, ends_on=day, **ended))
    write(begun, ends_on=days_ago(5), **ended)


# --- holds ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last"),
    [(31, 28), (25, 9), (12, 11), (6, 5)],
    ids=["before the start", "into the newest", "beside another one", "after the newest"],
)
def test_former_holds_are_apart_and_after_the_start(held_twice, first, last):
    with every_constraint_now():
        held_twice.former_holds.create(inactive_on=days_ago(15), returned_on=days_ago(11))
    former = held_twice.former_holds.get(inactive_on=days_ago(25))
    values = {"inactive_on": days_ago(first), "returned_on": days_ago(last)}
    refuses("former_holds_are_apart_and_after_the_start", lambda: write(former, **values))


def test_one_more_former_hold_is_apart_from_the_others(held_twice):
    for first, last in ((31, 29), (26, 24), (22, 21), (11, 9), (4, 3)):
        row = FormerHold(placement=held_twice, inactive_on=days_ago(first), returned_on=days_ago(last))
        refuses("former_holds_are_apart_and_after_the_start", lambda row=row: copy(row))
    copy(FormerHold(placement=held_twice, inactive_on=days_ago(20), returned_on=days_ago(10)))


@pytest.mark.parametrize(
    "values",
    [{"starts_on": days_ago(24), "subsidy_starts_on": days_ago(24)}, {"inactive_on": days_ago(21)}],
    ids=["start", "newest hold"],
)
def test_a_placement_fits_around_its_former_holds(held_twice, values):
    refuses("a_placement_fits_around_its_former_holds", lambda: write(held_twice, **values))


def test_a_placement_and_its_holds_are_corrected_together(held_twice):
    former = held_twice.former_holds.get()
    with every_constraint_now():
        write(held_twice, starts_on=days_ago(15), subsidy_starts_on=days_ago(15), inactive_on=days_ago(8))
        write(former, inactive_on=days_ago(14), returned_on=days_ago(9))


# --- what stays with it -----------------------------------------------------------------------


def test_what_stands_beside_a_placement_stays_with_it(held_twice):
    other = placed.planned()
    rows = {
        "a_wage_stays_with_its_placement": held_twice.wage,
        "a_former_hold_stays_with_its_placement": held_twice.former_holds.get(),
        "a_follow_up_stays_with_its_placement": held_twice.follow_ups.first(),
    }
    for name, row in rows.items():
        refuses(name, lambda row=row: write(row, placement=other))


# --- status -----------------------------------------------------------------------------------

WITH = {
    "planned": {"ends_on": None, "termination_reason": ""},
    "started": {"ends_on": None, "termination_reason": "", "inactive_on": None, "returned_on": None},
    "on_hold": {"ends_on": None, "termination_reason": "", "inactive_on": today(), "returned_on": None},
    "terminated": {"ends_on": today(), "termination_reason": "quit", "inactive_on": None, "returned_on": None},
}


def of_status(status):
    if status == PlacementStatus.PLANNED:
        return placed.planned(starts_on=today())
    row = placed.started()
    write(row, status=status, **WITH[status])
    return row


def test_the_steps_are_those_of_the_moves():
    """And back on hold, of what was terminated on hold."""
    made = {f"{status} to {move.leads_to}" for move in MOVES if move.leads_to for status in move.of}
    assert {*STEPS} == made | {"terminated to on_hold"}


@pytest.mark.policy("ILL-139")
@pytest.mark.parametrize(("status", "then"), [*itertools.permutations(PlacementStatus.values, 2)])
def test_a_placement_moves_from_status_to_status(status, then):
    row = of_status(status)

    def writing():
        write(row, status=then, **WITH[then])

    if f"{status} to {then}" in STEPS:
        writing()
    else:
        refuses("a_placement_moves_from_status_to_status", writing)


def test_a_placement_that_was_on_hold_or_followed_up_is_not_planned_again(begun):
    name = "a_placement_that_something_rests_on_keeps_its_start"
    on_hold = {"inactive_on": days_ago(9), "returned_on": days_ago(8)}
    refuses(name, lambda: write(begun, status="planned", **on_hold))
    do(after(begun, 30))
    refuses(name, lambda: write(begun, status="planned"))


def test_a_placement_that_was_paid_keeps_its_start_and_its_days():
    row = payroll.working()
    upload = payroll.taken_over([payroll.row(row)])
    moves = (
        ("a_placement_that_something_rests_on_keeps_its_start", {"status": "planned"}),
        ("a_placement_has_the_days_that_payroll_paid", {"starts_on": today(), "subsidy_starts_on": None}),
        ("a_placement_has_the_days_that_payroll_paid", {"ends_on": payroll.BEGINS}),
    )
    for name, values in moves:
        refuses(name, lambda values=values: write(row, **values))
    write(row, starts_on=payroll.BEGINS, subsidy_starts_on=payroll.BEGINS, ends_on=payroll.ENDS)
    withdraw(upload, "It was another file.", by=planner(), at=now())
    write(row, ends_on=payroll.BEGINS)


# --- the job ----------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["job", "worksite", "employer"])
def test_nobody_is_placed_where_no_jobs_are_offered_any_more(of):
    row = placed.planned(at=placed.job(openings=2))
    places = {"job": row.job, "worksite": row.job.worksite, "employer": row.job.worksite.employer}
    write(places[of], ended_on=today())
    refuses("a_placement_is_in_a_job_that_is_offered", lambda: copy(row, planned=placed.service()))

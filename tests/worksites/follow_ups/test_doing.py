"""A follow-up is done, corrected, and taken back: what is said of it, by whom, and what can't be."""

from decimal import Decimal

import pytest

from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from tests import placed, states
from tests.people import administrator, north_planner, planner, youth_planner
from tests.worksites.follow_ups.done import DAY, NOT_EMPLOYED, after, do, employed, placement_since
from worksites.follow_ups.actions import correct_follow_up, do_follow_up, take_back_follow_up

pytestmark = pytest.mark.django_db


def test_it_says_when_by_whom_and_what_came_of_it():
    row = do(after(placement_since(31), 30), by=youth_planner())
    row.refresh_from_db()
    assert (row.done_on, row.done_by, row.outcome) == (states.today(), youth_planner(), "same_employer")
    assert (row.hourly_wage, row.weekly_hours, row.verification) == (Decimal("16.50"), Decimal(38), "pay_stub")
    assert row.history.latest().history_change_reason == "followed up"


def test_one_that_is_corrected_keeps_who_did_it():
    row = do(after(placement_since(31), 30), by=youth_planner())
    by = row.placement.customer.planner
    correct_follow_up(row, employed(**NOT_EMPLOYED), seen=row.row_version, by=by, at=states.now())
    row.refresh_from_db()
    assert (row.outcome, row.hourly_wage, row.weekly_hours, row.verification) == ("not_employed", None, None, "")
    assert row.done_by == youth_planner()


def test_one_that_is_taken_back_waits_again_and_its_history_says_why():
    row = do(after(placement_since(31), 30))
    take_back_follow_up(row, reason="It was another customer.", by=planner(), at=states.now())
    row.refresh_from_db()
    assert not row.is_done
    assert (row.done_by, row.done_at, row.outcome, row.hourly_wage, row.notes) == (None, None, "", None, "")
    last = row.history.latest()
    assert last.history_change_reason == "taken back"
    assert {"label": "why it was taken back", "from": "", "to": "It was another customer."} in last.changes


DONE_ON = "done_on"
CASES = {
    "day-missing": ({DONE_ON: None}, DONE_ON),
    "day-to-come": ({DONE_ON: lambda: states.today() + DAY}, DONE_ON),
    "before-the-start": ({DONE_ON: lambda: states.today() - 32 * DAY}, DONE_ON),
    "not-a-choice": ({"outcome": "maybe"}, "outcome"),
    "wage-missing": ({"hourly_wage": None}, "hourly_wage"),
    "wage-can-not-be": ({"hourly_wage": Decimal(0)}, "hourly_wage"),
    "hours-missing": ({"weekly_hours": None}, "weekly_hours"),
    "hours-can-not-be": ({"weekly_hours": Decimal(169)}, "weekly_hours"),
    "verification-missing": ({"verification": ""}, "verification"),
    "wage-without-employment": (NOT_EMPLOYED | {"hourly_wage": Decimal(9)}, "hourly_wage"),
    "hours-without-employment": (NOT_EMPLOYED | {"weekly_hours": Decimal(9)}, "weekly_hours"),
    "verified-nothing": (NOT_EMPLOYED | {"outcome": "not_reached", "verification": "customer"}, "verification"),
}


@pytest.mark.parametrize("code", CASES)
@pytest.mark.parametrize("act", [do_follow_up, correct_follow_up])
def test_what_can_not_be_is_refused_at_its_field(code, act):
    values, field = CASES[code]
    row = after(placement_since(31), 30)
    if act is correct_follow_up:
        row = do(row)
    said = {name: value() if callable(value) else value for name, value in values.items()}
    with pytest.raises(Refusal) as refused:
        do(row, act, **said)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("days", [0, 31])
def test_the_day_of_the_start_and_today_can_be(days):
    row = after(placement_since(31), 30)
    assert do(row, done_on=states.today() - days * DAY).is_done


def test_who_is_employed_by_another_employer_says_as_much():
    row = do(after(placement_since(31), 30), outcome="other_employer")
    assert row.hourly_wage == Decimal("16.50")


def test_how_it_was_verified_that_nobody_is_employed_may_be_said():
    row = do(after(placement_since(31), 30), **NOT_EMPLOYED | {"verification": "employer"})
    assert row.verification == "employer"


def test_others_than_the_customers_planners_record_nothing():
    row = after(placement_since(31), 30)
    for person in (north_planner(), administrator()):
        with pytest.raises(NotAllowed):
            do(row, by=person)


def test_two_planners_who_have_it_open_do_not_overwrite_each_other():
    row = after(placement_since(31), 30)
    do(row, seen=row.row_version)
    with pytest.raises(StaleRow):
        do(row, seen=row.row_version, **NOT_EMPLOYED)
    with pytest.raises(Refusal) as refused:
        do(row)
    assert refused.value.code == "done-already"


def test_what_is_not_done_is_neither_corrected_nor_taken_back():
    row = after(placement_since(31), 30)
    with pytest.raises(Refusal) as refused:
        do(row, correct_follow_up)
    assert refused.value.code == "not-done"
    with pytest.raises(Refusal) as refused:
        take_back_follow_up(row, reason="x", by=planner(), at=states.now())
    assert refused.value.code == "not-done"


def test_a_reason_is_asked_for_to_take_it_back():
    row = do(after(placement_since(31), 30))
    with pytest.raises(Refusal) as refused:
        take_back_follow_up(row, reason=" ", by=planner(), at=states.now())
    assert refused.value.field == "reason"


def test_of_a_placement_that_has_not_started_after_all_nothing_is_recorded():
    placement = placement_since(31)
    row = after(placement, 30)
    placed.moved(placement, "not-started")
    with pytest.raises(Refusal) as refused:
        do(row)
    assert refused.value.code == "placement-not-begun"


def test_they_go_on_after_the_placement_ended_and_the_plan_was_closed():
    placement = placement_since(31)
    placed.moved(placement, "terminate", ends_on=states.today(), termination_reason="completed")
    states.closed(placement.customer)
    row = do(after(placement, 30))
    assert row.is_done
    row = correct_follow_up(row, employed(notes="Asked again."), by=planner(), at=states.now())
    take_back_follow_up(row, reason="x", by=planner(), at=states.now())

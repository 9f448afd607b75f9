"""What counts toward a limit, and what is left of it: rules, without a database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.limits.policy import Aid, Limit, Spent, is_counted, program_year, refused, standing, to_come

AUTUMN, SPRING, NEXT = date(2026, 10, 1), date(2027, 3, 1), date(2027, 7, 1)
YEARLY = Limit(Decimal(600), "program_year", "stop", service=1)
COUNTED = {"status": "planned", "removal": "", "in_open_plan": True, "goes_on": False}


def aid(amount, day=AUTUMN, *, is_paid=False, services=(1,), support_type=7):
    return (Aid(Decimal(amount), day, is_paid, frozenset(services), support_type),)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 6, 30), 2025), (date(2026, 7, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_a_program_year_begins_on_july_1(day, year):
    assert program_year(day) == year


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        ({}, True),
        ({"status": "started"}, True),
        ({"status": "terminated"}, True),
        ({"status": "never_provided"}, False),
        ({"removal": "not_wanted"}, False),
        ({"removal": "completed", "status": "complete"}, True),
        ({"removal": "entered_in_error", "status": "complete"}, False),
        ({"in_open_plan": False}, False),
        ({"in_open_plan": False, "status": "complete"}, True),
        ({"goes_on": True}, False),
    ],
)
def test_what_the_plan_says_of_support_counts_once(facts, counted):
    assert is_counted(**COUNTED | facts) is counted


@pytest.mark.parametrize(
    ("value", "paid", "promised", "facts", "rest"),
    [
        ("240", "0", "0", {}, "240"),
        ("240", "80", "0", {}, "160"),
        ("240", "80", "160", {}, "160"),
        ("240", "80", "200", {}, "200"),
        ("240", "300", "0", {}, "0"),
        (None, "0", "50", {}, "50"),
        (None, "50", "0", {}, None),
        ("240", "80", "10", {"counted": False}, "10"),
        ("240", "0", "0", {"counted": False}, None),
        ("240", "0", "0", {"status": "complete"}, "240"),
        ("240", "80", "0", {"status": "complete"}, None),
        ("240", "80", "30", {"status": "terminated"}, "30"),
        ("240", "0", "0", {"before": Decimal(80)}, "160"),
    ],
)
def test_beside_the_payments_counts_what_is_promised_and_the_rest_of_the_plan(value, paid, promised, facts, rest):
    own = Spent(((AUTUMN, Decimal(paid)),), Decimal(promised))
    facts = {"before": Decimal(0), "status": "planned", "counted": True} | facts
    found = to_come(None if value is None else Decimal(value), own, **facts)
    assert found == (None if rest is None else Decimal(rest))


def test_what_is_left_is_what_neither_paid_nor_planned_support_takes():
    stands = standing(YEARLY, {1: aid(240, is_paid=True), 2: aid(180, SPRING)}, 2, SPRING)
    assert (stands.paid, stands.planned, stands.left) == (240, 180, 180)
    assert (stands.here, stands.most_here, stands.is_over) == (180, 360, False)


def test_the_next_program_year_has_an_amount_of_its_own():
    aids = {1: aid(600), 2: aid(100, NEXT)}
    assert standing(YEARLY, aids, 2, NEXT).left == 500
    assert standing(Limit(Decimal(600), "in_all", "stop", service=1), aids, 2, NEXT).left == -100


@pytest.mark.parametrize(
    ("limit", "counts"),
    [
        ({"service": 1}, True),
        ({"service": 2}, True),
        ({"service": 3}, False),
        ({"support_type": 7}, True),
        ({"support_type": 8}, False),
        ({}, True),
    ],
)
def test_a_limit_is_of_an_entry_of_a_kind_or_of_all_support(limit, counts):
    """A bus pass counts as transportation, whichever entry of the catalog gives it."""
    (youth,) = aid(10, services=(1, 2))
    assert Limit(Decimal(5), "in_all", "warn", **limit).is_of(youth) is counts


def stand(amount, beyond="stop"):
    return standing(Limit(Decimal(600), "program_year", beyond, service=1), {1: aid(amount)}, 1, AUTUMN)


@pytest.mark.parametrize(
    ("before", "after", "stopped"),
    [("0", "600", False), ("0", "600.01", True), ("700", "700", False), ("700", "650", False), ("700", "700.01", True)],
)
def test_a_change_is_stopped_where_it_adds_beyond_the_limit(before, after, stopped):
    assert refused(stand(before), stand(after)) is stopped
    assert not refused(stand(before, "warn"), stand(after, "warn"))


amounts = st.decimals(min_value=0, max_value=10_000, places=2)


@given(st.lists(st.tuples(amounts, st.booleans()), min_size=1, max_size=8), amounts)
def test_what_is_paid_planned_and_left_is_the_limit_to_the_cent(given, amount):
    aids = {key: aid(each, is_paid=is_paid) for key, (each, is_paid) in enumerate(given)}
    stands = standing(Limit(amount, "program_year", "stop"), aids, 0, AUTUMN)
    assert stands.paid + stands.planned + stands.left == amount
    assert stands.over == max(-stands.left, 0)
    assert stands.left - stands.over + stands.over == stands.left
    within = {**aids, 0: aid(stands.most_here, is_paid=aids[0][0].is_paid)}
    assert standing(stands.limit, within, 0, AUTUMN).over == 0 or stands.most_here == 0

"""The days and the cents of payroll."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worksites.payroll.policy import days_of, days_of_work, differs, most_hours, parts_of, to_the_cent
from worksites.placements.policy import Hold

FIRST = date(2028, 2, 20)


def after(days):
    return FIRST + timedelta(days=days)


@pytest.mark.parametrize(("amount", "cents"), [("0.005", "0.01"), ("0.0049", "0.00"), ("1.125", "1.13"), ("2", "2.00")])
def test_a_half_cent_is_a_cent(amount, cents):
    assert to_the_cent(Decimal(amount)) == Decimal(cents)


def test_one_cent_is_a_matter_of_rounding_and_two_are_none():
    assert not differs(Decimal("10.01"), Decimal("10.00"))
    assert differs(Decimal("10.02"), Decimal("10.00"))


@pytest.mark.parametrize(("days", "hours"), [(1, 60), (7, 60), (8, 120), (14, 120), (15, 180)])
def test_a_part_of_a_week_may_have_the_hours_of_a_whole_one_and_half_of_them_again(days, hours):
    assert most_hours(Decimal(40), FIRST, after(days - 1)) == hours


@given(st.integers(0, 30), st.lists(st.integers(-5, 40), max_size=5))
def test_the_parts_of_a_period_are_its_days_and_begin_where_something_does(length, begins):
    last = after(length)
    parts = list(parts_of(FIRST, last, [after(day) for day in begins]))
    days = [begin + timedelta(days=n) for begin, end in parts for n in range(days_of(begin, end))]
    assert days == [after(n) for n in range(length + 1)]
    inside = {after(day) for day in begins if 0 < day <= length}
    assert {begin for begin, _end in parts} == {FIRST} | inside


@given(
    st.integers(0, 30),
    st.lists(st.tuples(st.integers(-5, 40), st.none() | st.integers(0, 20)), max_size=1),
)
def test_days_of_work_are_those_that_are_in_no_hold(length, spans):
    """Counted day by day: the inactive date is of the hold, the return date is not."""
    holds = [Hold(after(day), None if more is None else after(day + more)) for day, more in spans]

    def is_held(day):
        return any(hold.inactive_on <= day and (hold.returned_on is None or day < hold.returned_on) for hold in holds)

    counted = sum(not is_held(after(n)) for n in range(length + 1))
    assert days_of_work(FIRST, after(length), holds) == counted

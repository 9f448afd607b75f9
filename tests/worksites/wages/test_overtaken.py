"""When a minimum wage overtakes what a placement pays, and since when."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wages import rates_of_the_file
from worksites.wages.overtaken import Low, Minimums, Paid, birthday, low_wage
from worksites.wages.policy import ProgramRate, Rate, Rates, Work

ON = date(2026, 11, 29)
SIXTY = timedelta(days=60)
UNTIL = ON + SIXTY
CHICAGO = Work("IL", "Cook", "Chicago", 30, date(1990, 1, 1))
MINIMUMS = Minimums(Rates(rates_of_the_file()))


def paid(*rows, work=CHICAGO, is_entered=False):
    return [Paid(day, Decimal(dollars), work, is_entered) for day, dollars in rows]


def low_on(rows, minimums=MINIMUMS, *, on=ON, until=UNTIL):
    return seen(low_wage(rows, minimums, on=on, until=until))


def seen(low):
    return (low.since, low.rate.dollars) if low else None


CASES = [
    ("paid enough from the first", [(date(2026, 7, 1), "17.05")], None),
    ("paid more than the rise", [(date(2025, 8, 1), "18.00")], None),
    ("overtaken in July", [(date(2025, 8, 1), "16.60")], (date(2026, 7, 1), Decimal("17.05"))),
    ("overtaken twice", [(date(2024, 8, 1), "16.20")], (date(2025, 7, 1), Decimal("17.05"))),
    ("mended since", [(date(2025, 8, 1), "16.60"), (date(2026, 10, 1), "17.05")], None),
    ("mended from a day to come", [(date(2025, 8, 1), "16.60"), (date(2026, 12, 15), "17.05")],
     (date(2026, 7, 1), Decimal("17.05"))),
    ("too little from the first", [(date(2026, 7, 2), "16.60")], (date(2026, 7, 2), Decimal("17.05"))),
    ("raised, and not enough", [(date(2025, 8, 1), "16.60"), (date(2026, 9, 1), "16.80")],
     (date(2026, 7, 1), Decimal("17.05"))),
    ("too little before, and no more", [(date(2024, 8, 1), "16.20"), (date(2026, 6, 1), "17.05")], None),
    ("one to come that is too little", [(date(2027, 1, 1), "16.60")], (date(2027, 1, 1), Decimal("17.05"))),
    ("no wage", [], None),
]  # fmt: skip


@pytest.mark.policy("ILL-132")
@pytest.mark.parametrize(("rows", "low"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_since_when_a_wage_is_too_low(rows, low):
    assert low_on(paid(*rows)) == low


def with_rise(day, dollars="17.50"):
    return Minimums(Rates([*rates_of_the_file(), Rate("IL-Chicago", day, Decimal(dollars))]))


@pytest.mark.parametrize(("day", "told"), [(UNTIL, True), (UNTIL + timedelta(days=1), False)])
def test_a_rise_is_told_sixty_days_before(day, told):
    low = low_on(paid((date(2026, 8, 1), "17.05")), with_rise(day))
    assert low == ((day, Decimal("17.50")) if told else None)


def test_a_wage_to_come_is_held_to_what_comes_after_it():
    rows = paid((date(2026, 8, 1), "17.05"), (date(2026, 12, 1), "17.20"))
    assert low_on(rows, with_rise(date(2027, 1, 1))) == (date(2027, 1, 1), Decimal("17.50"))


def unverified(day, dollars="18.00"):
    return Minimums(Rates([*rates_of_the_file(), Rate("IL-Chicago", day, Decimal(dollars), is_verified=False)]))


def test_a_rate_that_nobody_verified_is_told_too():
    rows = paid((date(2026, 8, 1), "17.05"))
    assert low_on(rows, unverified(date(2026, 11, 1))) == (date(2026, 11, 1), Decimal(18))
    assert low_on(rows, unverified(date(2026, 7, 15))) == (date(2026, 8, 1), Decimal(18))


@pytest.mark.policy("AMB-I9")
def test_what_was_entered_is_overtaken_by_what_is_sure_or_came_later():
    rows = paid((date(2026, 8, 1), "17.05"), is_entered=True)
    assert low_on(rows, unverified(date(2026, 7, 15))) is None, "the planner knows it, and found another one"
    assert low_on(rows, unverified(date(2026, 11, 1))) == (date(2026, 11, 1), Decimal(18))
    assert low_on(rows, with_rise(date(2026, 7, 15))) == (date(2026, 8, 1), Decimal("17.50"))


def test_an_eighteenth_birthday_ends_the_rate_for_youth():
    work = Work("IL", "Will", "Joliet", 30, date(2008, 12, 24), frozenset({"few_hours"}))
    low = low_on(paid((date(2026, 8, 1), "13.00"), work=work))
    assert low == (date(2026, 12, 24), Decimal("15.00"))


OF_A_PROGRAM = Work("IL", "Will", "Joliet", 30, date(1990, 1, 1), program=7)


def with_program(from_on, until_on):
    return Minimums(Rates(rates_of_the_file(), [ProgramRate(7, None, from_on, until_on, Decimal(20))]))


def test_a_program_asks_for_more_from_a_day_on():
    rows = paid((date(2026, 8, 1), "15.00"), work=OF_A_PROGRAM)
    assert low_on(rows, with_program(date(2026, 10, 1), None)) == (date(2026, 10, 1), Decimal(20))
    other = paid((date(2026, 8, 1), "15.00"), work=replace(OF_A_PROGRAM, program=8))
    assert low_on(other, with_program(date(2026, 10, 1), None)) is None


@pytest.mark.policy("ILL-132")
@pytest.mark.parametrize(("until_on", "told"), [(ON - timedelta(days=1), False), (ON, True), (UNTIL, True)])
def test_a_rate_that_holds_no_longer_marks_nothing(until_on, told):
    rows = paid((date(2026, 8, 1), "15.00"), work=OF_A_PROGRAM)
    low = low_on(rows, with_program(date(2026, 10, 1), until_on))
    assert low == ((date(2026, 10, 1), Decimal(20)) if told else None)


def test_too_little_of_another_time_does_not_count():
    """Of two stretches the one that goes on."""
    rates = [ProgramRate(7, None, date(2026, month, 1), date(2026, month, 20), Decimal(20)) for month in (9, 11, 12)]
    rows = paid((date(2026, 8, 1), "15.00"), work=OF_A_PROGRAM)
    minimums = Minimums(Rates(rates_of_the_file(), rates))
    assert low_on(rows, minimums, on=date(2026, 11, 10)) == (date(2026, 11, 1), Decimal(20))
    assert low_on(rows, minimums) == (date(2026, 12, 1), Decimal(20))


def test_whoever_was_born_on_a_leap_day_has_the_birthday_in_march():
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


WAGES = st.lists(
    st.tuples(st.dates(date(2019, 1, 1), UNTIL), st.decimals(7, 20, places=2)), max_size=4, unique_by=lambda row: row[0]
)
WORKS = st.builds(
    Work,
    state=st.just("IL"), county=st.sampled_from(["Cook", "Will"]), city=st.sampled_from(["Chicago", "Oak Park"]),
    employees=st.integers(1, 40), born_on=st.dates(date(1990, 1, 1), date(2010, 12, 31)),
    circumstances=st.sampled_from([frozenset(), frozenset({"few_hours"}), frozenset({"youth_program"})]),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(WAGES, WORKS, st.booleans(), st.dates(date(2020, 1, 1), ON))
def test_it_is_as_found_by_asking_each_day(wages, work, is_entered, on):
    """What is too little that day or later, and since when without a break."""
    rows, until = sorted(paid(*wages, work=work, is_entered=is_entered), key=lambda row: row.from_on), on + SIXTY
    days = [rows[0].from_on + timedelta(days=n) for n in range((until - rows[0].from_on).days + 1)] if rows else []
    rates = {day: MINIMUMS.above([row for row in rows if row.from_on <= day][-1], day) for day in days}
    lows = [day for day in days if day >= on and rates[day]]
    since = lows[0] if lows else None
    while since is not None and since <= max(on, rows[0].from_on) and rates.get(since - timedelta(days=1)):
        since -= timedelta(days=1)
    low = low_wage(rows, MINIMUMS, on=on, until=until)
    assert seen(low) == ((since, max(rates[day].dollars for day in lows)) if lows else None)
    assert low is None or isinstance(low, Low)

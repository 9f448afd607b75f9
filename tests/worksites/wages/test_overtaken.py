"""When a minimum wage overtakes what a placement pays, and since when."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wages import rates_of_the_file
from worksites.wages.overtaken import Low, Minimums, Paid, birthday, low_wage
from worksites.wages.policy import ProgramRate, Rate, Rates, Work

ON = date(2026, 11, 29)
UNTIL = ON + timedelta(days=60)
CHICAGO = Work("IL", "Cook", "Chicago", 30, date(1990, 1, 1))
MINIMUMS = Minimums(Rates(rates_of_the_file()))


def paid(*rows):
    return [Paid(day, Decimal(dollars)) for day, dollars in rows]


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
    ("the day on which the wage begins was asked then", [(date(2026, 7, 1), "16.60")], None),
    ("no wage", [], None),
]  # fmt: skip


@pytest.mark.policy("ILL-132")
@pytest.mark.parametrize(("rows", "low"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_since_when_a_wage_is_too_low(rows, low):
    assert seen(low_wage(paid(*rows), CHICAGO, MINIMUMS, on=ON, until=UNTIL)) == low


def with_rise(day, dollars="17.50"):
    return Minimums(Rates([*rates_of_the_file(), Rate("IL-Chicago", day, Decimal(dollars))]))


@pytest.mark.parametrize(("day", "told"), [(UNTIL, True), (UNTIL + timedelta(days=1), False)])
def test_a_rise_is_told_sixty_days_before(day, told):
    low = low_wage(paid((date(2026, 8, 1), "17.05")), CHICAGO, with_rise(day), on=ON, until=UNTIL)
    assert seen(low) == ((day, Decimal("17.50")) if told else None)


def test_a_wage_to_come_is_held_to_what_comes_after_it():
    rows = paid((date(2026, 8, 1), "17.05"), (date(2026, 12, 1), "17.20"))
    low = low_wage(rows, CHICAGO, with_rise(date(2027, 1, 1)), on=ON, until=UNTIL)
    assert seen(low) == (date(2027, 1, 1), Decimal("17.50"))


def test_a_rate_that_nobody_verified_is_told_too():
    rates = [*rates_of_the_file(), Rate("IL-Chicago", date(2026, 11, 1), Decimal(18), is_verified=False)]
    low = low_wage(paid((date(2026, 8, 1), "17.05")), CHICAGO, Minimums(Rates(rates)), on=ON, until=UNTIL)
    assert seen(low) == (date(2026, 11, 1), Decimal(18))


def test_an_eighteenth_birthday_ends_the_rate_for_youth():
    work = Work("IL", "Will", "Joliet", 30, date(2008, 12, 24), frozenset({"few_hours"}))
    low = low_wage(paid((date(2026, 8, 1), "13.00")), work, MINIMUMS, on=ON, until=UNTIL)
    assert seen(low) == (date(2026, 12, 24), Decimal("15.00"))


def test_a_program_asks_for_more_from_a_day_on():
    rates = Rates(rates_of_the_file(), [ProgramRate(7, None, date(2026, 10, 1), None, Decimal(20))])
    work = Work("IL", "Will", "Joliet", 30, date(1990, 1, 1), program=7)
    assert seen(low_wage(paid((date(2026, 8, 1), "15.00")), work, Minimums(rates), on=ON, until=UNTIL)) == (
        date(2026, 10, 1), Decimal(20),
    )  # fmt: skip


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
@given(WAGES, WORKS, st.dates(date(2020, 1, 1), ON))
def test_it_is_as_found_by_asking_each_day(wages, work, on):
    """Of the wage that is paid, and of those to come."""
    rows, until = sorted(paid(*wages), key=lambda row: row.from_on), on + timedelta(days=60)
    low = low_wage(rows, work, MINIMUMS, on=on, until=until)
    present = max((row.from_on for row in rows if row.from_on <= on), default=date.min)
    first, most = None, Decimal(0)
    day = max(present, date(2019, 1, 1))
    while rows and day <= until:
        held = [row for row in rows if present <= row.from_on <= day]
        rate = MINIMUMS.listed(work, day)
        if held and rate and changed_since(work, held[-1].from_on, day) and rate.dollars > held[-1].dollars:
            first, most = first or day, max(most, rate.dollars)
        day += timedelta(days=1)
    assert seen(low) == ((first, most) if first else None)
    assert low is None or isinstance(low, Low)


def changed_since(work, first, day):
    """What the wage was not asked on its first day."""
    return any(first < change <= day for change in MINIMUMS.days_of_change(work))

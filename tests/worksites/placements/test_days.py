"""Days in subsidized employment, against a count day by day (ILL-137, ILL-155, AMB-I11)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worksites.placements.policy import Hold, Subsidized, days_in_subsidized_employment, subsidized_spans

FIRST, LAST = date(2019, 12, 1), date(2021, 3, 31)  # with the leap day of 2020
DAYS = st.dates(FIRST, LAST)


@pytest.mark.policy("AMB-I11", "ILL-137", "ILL-155")
def test_the_documents_example_has_nine_days():
    held = Subsidized(
        date(2020, 5, 15), holds=[Hold(date(2020, 5, 20), date(2020, 5, 29))], subsidy_starts_on=date(2020, 5, 15)
    )
    assert days_in_subsidized_employment(held, date(2020, 6, 2)) == 9


@pytest.mark.policy("AMB-I11")
@pytest.mark.parametrize(
    ("about", "on", "days"),
    [
        (Subsidized(None), date(2020, 6, 2), 0),
        (Subsidized(date(2020, 5, 15)), date(2020, 5, 15), 0),
        (Subsidized(date(2020, 5, 15)), date(2020, 5, 16), 1),
        (Subsidized(date(2020, 5, 15)), date(2020, 5, 1), 0),
        (Subsidized(date(2020, 2, 28)), date(2020, 3, 1), 2),
        (Subsidized(date(2021, 2, 28)), date(2021, 3, 1), 1),
        (Subsidized(date(2020, 5, 15), ends_on=date(2020, 5, 25)), date(2020, 8, 1), 10),
        (
            Subsidized(date(2020, 5, 15), ends_on=date(2020, 8, 1), subsidy_ends_on=date(2020, 6, 1)),
            date(2021, 1, 1),
            17,
        ),
        (Subsidized(date(2020, 5, 15), subsidy_starts_on=date(2020, 6, 1)), date(2020, 6, 11), 10),
        (Subsidized(date(2020, 5, 15), holds=[Hold(date(2020, 5, 20))]), date(2020, 6, 2), 5),
        (Subsidized(date(2020, 5, 15), holds=[Hold(date(2020, 5, 20), date(2020, 6, 10))]), date(2020, 6, 2), 5),
        (Subsidized(date(2020, 5, 15), subsidies=()), date(2020, 6, 2), 0),
        (Subsidized(date(2020, 5, 15), subsidies=[(date(2020, 5, 20), date.max)]), date(2020, 6, 2), 13),
        (
            Subsidized(date(2020, 5, 15), subsidies=[(date.min, date(2020, 5, 20)), (date(2020, 6, 1), date.max)]),
            date(2020, 6, 2),
            6,
        ),
    ],
)
def test_days_of_each_kind(about, on, days):
    assert days_in_subsidized_employment(about, on) == days


@st.composite
def placements(draw):
    """Up to four holds one behind the other, the last of which may go on."""
    starts_on = draw(DAYS)
    marks = sorted(draw(st.lists(st.dates(starts_on, LAST), max_size=8, unique=True)))
    holds = [Hold(*marks[place : place + 2]) for place in range(0, len(marks), 2)]
    optional = st.none() | DAYS
    changes = [starts_on, *sorted(draw(st.lists(DAYS, max_size=3, unique=True)))]
    wages = [(day, Decimal(draw(st.sampled_from([0, 10])))) for day in changes]
    ends_on = draw(optional)
    return Subsidized(
        starts_on=starts_on,
        ends_on=max(ends_on, starts_on) if ends_on else None,
        holds=holds,
        subsidy_starts_on=draw(optional),
        subsidy_ends_on=draw(optional),
        subsidies=subsidized_spans(wages),
    )


def counted(about, on):
    """Each day by itself, the slow way."""
    number, day = 0, about.starts_on
    while day < on:
        ended = about.ends_on is not None and day >= about.ends_on
        held = any(hold.inactive_on <= day and (not hold.returned_on or day < hold.returned_on) for hold in about.holds)
        before = about.subsidy_starts_on is not None and day < about.subsidy_starts_on
        after = about.subsidy_ends_on is not None and day >= about.subsidy_ends_on
        subsidized = any(begin <= day < end for begin, end in about.subsidies)
        number += subsidized and not (ended or held or before or after)
        day += timedelta(days=1)
    return number


@pytest.mark.policy("AMB-I11", "ILL-155")
@given(about=placements(), on=DAYS)
@example(about=Subsidized(date(2020, 2, 29), holds=[Hold(date(2020, 2, 29), date(2020, 3, 1))]), on=date(2020, 3, 2))
def test_it_is_what_a_count_day_by_day_says(about, on):
    assert days_in_subsidized_employment(about, on) == counted(about, on)

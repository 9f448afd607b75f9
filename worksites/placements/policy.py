"""The days of a placement (ILL-140, ILL-151 to ILL-155, AMB-I11). Pure: no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Span = tuple[date, date]
ALWAYS = (date.min, date.max)
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Hold:
    """A time in which the customer did not work. `returned_on`: None where nobody knows yet."""

    inactive_on: date
    returned_on: date | None = None


@dataclass(frozen=True)
class Subsidized:
    """What the days in subsidized employment are counted from; `starts_on`: None before the placement began."""

    starts_on: date | None
    ends_on: date | None = None
    holds: Sequence[Hold] = ()
    subsidy_starts_on: date | None = None
    subsidy_ends_on: date | None = None
    # In which the wage is subsidized: from a day on, up to another.
    subsidies: Sequence[Span] = (ALWAYS,)


def days_in_subsidized_employment(placement: Subsidized, on: date) -> int:
    """Calendar days up to `on`, or up to the end where that was earlier, without holds, within the subsidy's dates, as
    far as something of the wage is subsidized.

    The last day is not counted, be it the end, the day on which a hold begins, the end of the subsidy or `on` itself:
    from 5/15 to 5/20 and from 5/29 to 6/2 are 5 + 4 = 9 days (AMB-I11).
    """
    if placement.starts_on is None:
        return 0
    first = max(placement.starts_on, placement.subsidy_starts_on or placement.starts_on)
    last = min(day for day in (on, placement.ends_on, placement.subsidy_ends_on) if day is not None)
    return sum(days_worked(max(first, begin), min(last, end), placement.holds) for begin, end in placement.subsidies)


def days_worked(first: date, last: date, holds: Sequence[Hold]) -> int:
    """From the first day to the last, which is not counted, without the holds."""
    days = between(first, last)
    for hold in holds:
        days -= between(max(first, hold.inactive_on), min(last, hold.returned_on or last))
    return days


def subsidized_spans(wages: Sequence[tuple[date, Decimal]]) -> list[Span]:
    """`wages`: what is subsidized of an hour from a day on, in their order; the first holds from the beginning."""
    begins = [date.min, *(from_on for from_on, _subsidized in wages[1:])]
    ends = [*begins[1:], date.max]
    return [(begin, end) for begin, end, (_day, amount) in zip(begins, ends, wages, strict=True) if amount]


def is_subsidized(first: date, last: date, starts: date | None, ends: date | None) -> bool:
    """A period, of which both days count, lies within the days of a subsidy, which may have no end."""
    return starts is not None and starts <= first and (ends is None or last <= ends)


def between(first: date, last: date) -> int:
    """Days from the first to the last, which is not counted; none where they are the other way round."""
    return max(0, (last - first).days)


def unsubsidized(hourly_wage: Decimal, subsidized_wage: Decimal) -> Decimal:
    """What the employer pays of an hour (ILL-136)."""
    return hourly_wage - subsidized_wage

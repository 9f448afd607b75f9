"""What a row of payroll can be. Pure: no database, no clock."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from worksites.placements.policy import HOURS_A_DAY, Hold, days_worked

LONGEST_PERIOD = 31  # days
MOST_HOURS = LONGEST_PERIOD * HOURS_A_DAY
CENT = Decimal("0.01")
# So many times the job's hours, or the placement's wage, are overtime; more is a mistake of typing.
OVERTIME = Decimal("1.5")
ONE_DAY = timedelta(days=1)

Span = tuple[date, date]


def to_the_cent(amount: Decimal) -> Decimal:
    """A half cent is a cent."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def differs(amount: Decimal, computed: Decimal) -> bool:
    """By more than the cent that programs of payroll round another way."""
    return abs(amount - computed) > CENT


def days_of(first: date, last: date) -> int:
    """Both of them among the days."""
    return (last - first).days + 1


def days_of_work(first: date, last: date, holds: Sequence[Hold]) -> int:
    """Both of them among the days, without those of the holds: from the inactive date on, up to the return date, on
    which the customer works."""
    return days_worked(first, last + ONE_DAY, holds)


def most_hours(weekly: Decimal, first: date, last: date) -> Decimal:
    return usual_hours(weekly, first, last) * OVERTIME


def usual_hours(weekly: Decimal, first: date, last: date) -> Decimal:
    """Of a part of a week as of a whole one: in which days of it somebody works is nobody's rule."""
    return weekly * ceil(days_of(first, last) / 7)


def meet(one: Span, other: Span) -> bool:
    """They have a day together."""
    return one[0] <= other[1] and other[0] <= one[1]


def days_of_all(spans: Iterable[Span]) -> int:
    """Each day counted once."""
    days, behind = 0, date.min
    for first, last in sorted(spans):
        begin = max(first, behind)
        if begin <= last:
            days += days_of(begin, last)
            behind = last + ONE_DAY
    return days


def parts_of(first: date, last: date, begins: Sequence[date]) -> Iterator[Span]:
    """The period parted where something else begins to hold."""
    cuts = sorted({day for day in begins if first < day <= last})
    for begin, following in zip([first, *cuts], [*cuts, last + ONE_DAY], strict=True):
        yield begin, following - ONE_DAY

"""Which hours can be of a day or of a week, and which services have attendance (ILL-112, ILL-114, ILL-115). Pure."""

from datetime import date, timedelta
from decimal import Decimal

from services.attendance.enums import Span
from services.enums import FormKind

# Illinois workNet, Add Steps/Services: a (work experience), c (career and training) and d (apprenticeship) have it, b
# (support and barrier reduction) has not.
WITH_ATTENDANCE = frozenset({FormKind.WORKSITE, FormKind.CAREER_TRAINING, FormKind.APPRENTICESHIP})
# Hours are counted in quarters.
STEP = Decimal("0.25")
HOURS_A_DAY = 24
HOURS_A_WEEK = 168
MOST = {Span.DAY: HOURS_A_DAY, Span.WEEK: HOURS_A_WEEK}
WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def last_day_of(span: str, day: date) -> date:
    """Of the day itself, or of the week that begins on it."""
    return day + timedelta(days=6) if span == Span.WEEK else day


def can_be(hours: Decimal, span: str) -> bool:
    return 0 <= hours <= MOST[Span(span)]


def is_in_quarters(hours: Decimal) -> bool:
    return hours % STEP == 0

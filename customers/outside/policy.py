"""How long an assessment is reused, what was gained between two tests, and at which level a score stands."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

# An objective assessment of these last months, of another program too, need not be done again (20 CFR 681.420;
# Wisconsin 10.2, objective assessment).
REUSED_FOR_MONTHS = 6


def last_day_of_reuse(assessed_on: date, days_valid: int | None = None) -> date:
    """The last day on which a plan may be based on it. `days_valid`: what its type says; else it is under six months
    old on that day."""
    if days_valid is not None:
        return assessed_on + timedelta(days=days_valid)
    return months_later(assessed_on, REUSED_FOR_MONTHS) - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day of a later month; the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def gain_between(before: Decimal, after: Decimal) -> Decimal:
    """Post minus pre; below zero where the second score is lower."""
    return after - before


def is_on_step(score: Decimal, *, lowest: Decimal, step: Decimal) -> bool:
    return (score - lowest) % step == 0


def level_at(score: Decimal, levels: Iterable[tuple[Decimal, str]]) -> str:
    """The level that begins highest, but not above the score; "" where none does. `levels`: (from score, name)."""
    reached = [(begins, name) for begins, name in levels if begins <= score]
    return max(reached)[1] if reached else ""

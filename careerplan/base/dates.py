"""The calendar day of a moment, and how days and moments are written: one form a place.

In a sentence the month is a word ("Jan. 5, 2027", "5 de enero de 2027"). In a row of a table, of the log among them, a
day is short ("01/05/2027", "5 ene 2027"). Templates write the same two by the filter `date`: DATE_FORMAT (which a bare
day gets) and SHORT_DATE_FORMAT, or DATETIME_FORMAT and SHORT_DATETIME_FORMAT. As evidence a moment is told in UTC.

The days of plans (created, approved, started, due) are those of the installation, whoever acts and wherever: a customer
two time zones to the west must not agree to a version on the day before it was created. What people see as a time, and
the local time of the evidence, stay in the zone of the person.
"""

from datetime import UTC, date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

DAYS_KNOWN = 4096


def day_of(at: datetime) -> date:
    """The installation's calendar day (settings.TIME_ZONE) of an aware moment."""
    return timezone.localdate(at, timezone.get_default_timezone())


def is_before(later: date | None, earlier: date | None) -> bool:
    """Whether what comes later is before what comes earlier; not where one of them is not known."""
    return bool(later and earlier and later < earlier)


def in_text(day: date) -> str:
    """A day in a sentence."""
    return written(day, "DATE_FORMAT", get_language())


def in_row(day: date) -> str:
    """A day in a table or a list."""
    return written(day, "SHORT_DATE_FORMAT", get_language())


@lru_cache(maxsize=DAYS_KNOWN)
def written(day: date, form: str, _language: str | None) -> str:
    """A day has one text in a language."""
    return date_format(day, form)


def moment_in_text(at: datetime) -> str:
    """A moment in a sentence, by the clock that it carries."""
    return date_format(at, "DATETIME_FORMAT")


def moment_in_row(at: datetime) -> str:
    """A moment in a table or in the log, by the reader's clock."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def time_in_text(at: datetime) -> str:
    """The time of today in a sentence, by the reader's clock."""
    return date_format(timezone.localtime(at), "TIME_FORMAT")


def as_typed(day: date) -> str:
    """A day in a field, as `base/typed.py` reads it in either language."""
    return f"{day:%m/%d/%Y}"


def as_evidence(at: datetime) -> str:
    """A moment that is compared letter by letter, whoever reads it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def as_of(at: datetime, *, now: datetime) -> str:
    """By the reader's clock: the time where it was today, else with the day; at the end of a sentence."""
    is_today = timezone.localdate(at) == timezone.localdate(now)
    said = time_in_text(at) if is_today else moment_in_text(timezone.localtime(at))
    return said.removesuffix(".")

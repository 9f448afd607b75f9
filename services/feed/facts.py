"""What a source says of one service, read from the texts of a file, and what it may not be.

A fault of one record is a Refusal with its field: the others stand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal
from careerplan.base.typed import Unreadable, read_number
from services.enums import ServiceStatus
from services.feed.models import HOURS_A_WEEK, LONGEST_CODE, LONGEST_NOTES
from services.fitting import refuse_days_that_do_not_fit

LONGEST_ID = 100
LONGEST_PROVIDER = 150
# Two readings alone, as in every file of rows: nobody looks at ten thousand days.
DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})", re.ASCII)
# How a spreadsheet is told to keep the zeros of a number: ="00123".
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


@dataclass(frozen=True)
class Facts:
    """`participant_id` is the ID by which the customer is known; `service` a code of the source's own, or one of the
    catalog."""

    external_id: str
    participant_id: str
    service: str
    status: str = ServiceStatus.PLANNED
    planned_start_on: date | None = None
    planned_end_on: date | None = None
    actual_start_on: date | None = None
    ended_on: date | None = None
    weekly_hours: Decimal | None = None
    provider: str = ""
    notes: str = ""


DAYS = ("planned_start_on", "planned_end_on", "actual_start_on", "ended_on")
NEEDED = ("external_id", "participant_id", "service")
COLUMNS = (*NEEDED, "status", *DAYS, "weekly_hours", "provider", "notes")
LONGEST = {
    "external_id": LONGEST_ID,
    "participant_id": 20,
    "service": LONGEST_CODE,
    "provider": LONGEST_PROVIDER,
    "notes": LONGEST_NOTES,
}


def facts_of(texts: Mapping[str, str]) -> Facts:
    """Raises Refusal for the first cell that can't be read."""
    said = {name: as_text(texts.get(name, "")) for name in COLUMNS}
    days = {name: day_in(said[name], name) for name in DAYS}
    hours = hours_in(said["weekly_hours"])
    values: dict[str, Any] = {name: said[name] for name in (*NEEDED, "provider", "notes")} | days
    return Facts(**values, weekly_hours=hours, status=status_in(said["status"]))


def as_text(cell: str) -> str:
    kept = KEPT_AS_TEXT.fullmatch(cell.strip())
    return (kept[1] if kept else cell).strip()


def status_in(text: str) -> str:
    """By its code, or as the product calls it in English; planned where nothing is said."""
    code = re.sub(r"[\s-]+", "_", text.casefold())
    return code or ServiceStatus.PLANNED


def day_in(text: str, field: str) -> date | None:
    if not text:
        return None
    found = DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        parts = ("year", "month", "day") if found["year"] else ("y", "m", "d")
        return date(*(int(found[part]) for part in parts))
    except ValueError as error:
        raise Refusal("not-a-day", _("Write the day as 2026-03-31 or 03/31/2026."), field=field) from error


def hours_in(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return read_number(text)
    except Unreadable as error:
        raise Refusal(
            "not-a-number", _("Write the weekly hours as a number, for example 12.5."), field="weekly_hours"
        ) from error


def refuse_unfit(facts: Facts, *, today: date) -> None:
    """Raises Refusal for what no record may say, whoever sends it: the sentences of the plan's own services."""
    for name in NEEDED:
        if not getattr(facts, name).strip():
            raise Refusal("missing", _("This must not be empty."), field=name)
    for name, most in LONGEST.items():
        text = getattr(facts, name)
        if len(text) > most:
            raise Refusal("too-long", _("Shorten this to %(most)d letters or fewer.") % {"most": most}, field=name)
        if any(not letter.isprintable() and letter not in "\r\n\t" for letter in text):
            raise Refusal("unreadable", _("There is a letter that can't be read. Type this cell again."), field=name)
    if facts.status not in ServiceStatus.values:
        names = ", ".join(ServiceStatus.values)
        raise Refusal(
            "unknown-status", _("The status must be one of these: %(names)s.") % {"names": names}, field="status"
        )
    for name in DAYS:
        day = getattr(facts, name)
        if day is not None:
            refuse_unlikely(day, today, happened=name in ("actual_start_on", "ended_on"), field=name)
    refuse_hours(facts.weekly_hours)
    refuse_days_that_do_not_fit(facts)


def refuse_hours(hours: Decimal | None) -> None:
    if hours is None:
        return
    if not hours.is_finite() or not 0 <= hours <= HOURS_A_WEEK or hours != round(hours, 2):
        sentence = _("Weekly hours are 0 to %(most)d, with at most two digits after the period.")
        raise Refusal("unlikely-hours", sentence % {"most": HOURS_A_WEEK}, field="weekly_hours")

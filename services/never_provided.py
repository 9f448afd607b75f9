"""The reason of a planned service that was never provided: documented within ten calendar days of the planned start.

The duty opens on the day after the planned start, and an actual start, a new planned date or a reason clears it
(12.7.5; `services.deadlines.NEVER_PROVIDED`). Here it is told: on the page of the service, and in the Update Log.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.base.dates import day_of
from careerplan.base.history import changed_values
from careerplan.base.history.carried import Change
from services.enums import ServiceStatus
from services.models import PlannedService
from services.policy import REASON_DAYS, days_late


@dataclass(frozen=True)
class Asked:
    """The reason is asked for until this day; `late`: by so many days, 0 within them."""

    until: date
    late: int


@dataclass(frozen=True)
class Documented:
    """The day on which the reason was recorded, and whether that was on time, in words."""

    on: date
    told: str


def reason_asked(planned: PlannedService, on: date) -> Asked | None:
    """What the page of a service asks for on this day; None where it asks for nothing."""
    start = planned.planned_start_on
    if planned.status != ServiceStatus.PLANNED or start is None or start >= on:
        return None
    return Asked(start + timedelta(days=REASON_DAYS), days_late(start, on))


def reason_documented(planned: PlannedService) -> Documented | None:
    """Of a service that was never provided, by the entry of its history that says so first: what is corrected later
    documents nothing anew. None of another service, or of one that had no planned start then."""
    if planned.status != ServiceStatus.NEVER_PROVIDED:
        return None
    first = None
    for entry in planned.history.order_by("-history_date", "-history_id"):
        if entry.status != ServiceStatus.NEVER_PROVIDED:
            break
        first = entry
    if first is None or first.planned_start_on is None:
        return None
    day = day_of(first.history_date)
    return Documented(day, in_words(days_late(first.planned_start_on, day)))


def told_in_log(planned: PlannedService, on: date) -> list[Change]:
    """What the Update Log says beside the reason that a change of the service records; nothing of another change."""
    if planned.status != ServiceStatus.NEVER_PROVIDED or "status" not in changed_values(planned):
        return []
    if planned.planned_start_on is None:
        return []
    told = in_words(days_late(planned.planned_start_on, on))
    return [{"label": _("reason documented"), "from": "", "to": told}]


def in_words(late: int) -> str:
    if late == 0:
        return _("on time")
    return ngettext("late by %(days)d day", "late by %(days)d days", late) % {"days": late}

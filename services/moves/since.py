"""Since when a planned service has been on hold: no column says it, its history does."""

from datetime import date

from careerplan.base.dates import day_of
from services.enums import ServiceStatus
from services.models import PlannedService


def held_since(planned: PlannedService) -> date | None:
    """The day on which it was put on hold last; None where it is not on hold. One query where it is."""
    if planned.status != ServiceStatus.ON_HOLD:
        return None
    first = None
    for entry in planned.history.order_by("-history_date", "-history_id"):
        if entry.status != ServiceStatus.ON_HOLD:
            break
        first = entry
    return None if first is None else day_of(first.history_date)

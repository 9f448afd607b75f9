"""What the attendance of a service asks of a change of its days."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from careerplan.base.dates import in_text
from careerplan.base.history import changed_values
from careerplan.base.refusals import Refusal
from services.attendance.enums import Span
from services.attendance.models import Attendance
from services.attendance.policy import monday_of

DAYS = ("actual_start_on", "ended_on")


def refuse_days_attended(planned: Any) -> None:
    """For a change of a locked service: what was attended stays within its days. One query, where they change."""
    if not set(DAYS) & changed_values(planned).keys() or planned._state.adding:
        return
    rows = Attendance.objects.standing().filter(planned=planned).order_by("day")
    start, end = planned.actual_start_on, planned.ended_on
    outside = Q(day__gt=end) if end else Q(pk=None)
    if start:
        outside |= Q(span=Span.DAY, day__lt=start) | Q(span=Span.WEEK, week__lt=monday_of(start))
    found = (rows.filter(outside) if start else rows).first()
    if found is None:
        return
    field = "actual_start_on" if start is None or found.last_day < start else "ended_on"
    sentence = _("Attendance is recorded for %(day)s. Take it back first, or choose another date.")
    raise Refusal("attended-outside", sentence % {"day": in_text(found.day)}, field=field)

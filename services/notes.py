"""A case note about a planned service: its dates, and why it was never provided (12.7.5, Services; WIS-061, 062)."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.base.dates import in_text
from customers.enums import NoteCategory, NoteMatter
from customers.notes.matters import Beginning, Matter, MatterKind
from services.deadlines import service_page
from services.enums import ServiceStatus
from services.models import PlannedService
from services.policy import REASON_DAYS, days_late


def services_of(customer: int) -> QuerySet[PlannedService]:
    """Those that left the plan, too: a note may say why."""
    rows: QuerySet[PlannedService] = PlannedService.objects.filter(plan__customer=customer)
    return rows.select_related("service")


def begin(planned: PlannedService, on: date) -> Beginning:
    days = [
        (_("Planned start"), planned.planned_start_on),
        (_("Planned end"), planned.planned_end_on),
        (_("Actual start"), planned.actual_start_on),
        (_("Completion date"), planned.ended_on),
    ]
    lines = [f"{label}: {in_text(day)}" for label, day in days if day]
    lines.insert(0, _("Status: %(status)s") % {"status": planned.get_status_display()})
    never = planned.status == ServiceStatus.NEVER_PROVIDED
    waits = planned.status == ServiceStatus.PLANNED and planned.planned_start_on and planned.planned_start_on < on
    if never:
        lines.append(_("Why it was never provided: %(why)s") % {"why": planned.get_never_provided_reason_display()})
    if never or waits:
        lines.extend(filter(None, [in_time(planned.planned_start_on, on)]))
    pattern = _("Never provided: %(service)s") if never else _("Step/service: %(service)s")
    return Beginning(
        subject=pattern % {"service": planned.service.plain_name},
        text="\n".join(lines),
        category=NoteCategory.SERVICE,
        about=Matter(NoteMatter.SERVICE.value, planned.pk),
    )


def in_time(planned_start_on: date | None, on: date) -> str:
    """Whether the reason is documented in time, within so many calendar days of the planned start (WIS-062)."""
    if planned_start_on is None:
        return ""
    late = days_late(planned_start_on, on)
    if late == 0:
        return _("Documented in time (within %(days)d days of the planned start).") % {"days": REASON_DAYS}
    return ngettext("Documented %(days)d day late.", "Documented %(days)d days late.", late) % {"days": late}


SERVICES = MatterKind(kind=NoteMatter.SERVICE, rows=services_of, page=service_page, begin=begin)

"""The attendance of one service: its weeks, quick entry, and corrections."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.dates import as_typed, day_of
from careerplan.base.fields import written
from careerplan.base.pages import answered, form_page
from careerplan.plans.pages import plan_context, started_page
from services.attendance.actions import add_attendance, record_attendance
from services.attendance.courses import Course
from services.attendance.enums import Span
from services.attendance.forms import AttendanceForm, CorrectionForm
from services.attendance.models import Attendance
from services.attendance.reading import Weeks, has_attendance
from services.selected import planned_of

WEEKS_OF_PAGE = 26


def attended_of(request, page, service_pk):
    """The service of an address, 404 where it has no attendance."""
    planned = planned_of(request, page, service_pk)
    if not has_attendance(planned):
        raise Http404
    return planned


def newest_day(planned, on):
    """Today, or the last day of a service that has ended."""
    return min(on, planned.ended_on) if planned.ended_on else on


def quick_form(data, planned, on):
    return AttendanceForm(data, initial={"span": Span.DAY, "day": newest_day(planned, on)})


def attendance_block(planned, on):
    """What the page of a service shows of it; {} where it has no attendance."""
    if not has_attendance(planned):
        return {}
    return {"attendance": Weeks(planned, on=on), "attendance_form": quick_form(None, planned, on)}


def class_of(planned, office, on):
    """The address of the class that the service is of, in its newest week."""
    chosen = {"office": office, "course": Course.of(planned).code, "week": as_typed(newest_day(planned, on))}
    return f"{reverse('attendance-class')}?{urlencode(chosen)}"


@require_http_methods(["GET", "POST"])
def attendance(request, pk, service_pk):
    page = started_page(request, pk)
    planned, today = attended_of(request, page, service_pk), day_of(clock.now())
    form = quick_form(request.POST or None, planned, today)

    def record():
        return add_attendance(form.said_of(planned), by=request.user, at=clock.now())

    if answered(request, form, record, _("The attendance was recorded.")):
        return redirect("plan:attendance", pk, service_pk)
    context = plan_context(request, page, "services") | {"planned": planned}
    context["attendance"] = Weeks(planned, on=today, number=WEEKS_OF_PAGE)
    context["class_url"] = class_of(planned, page.customer.office_id, today)
    return form_page(request, "services/attendance/attendance.html", form, context)


@require_http_methods(["GET", "POST"])
def attendance_edit(request, pk, service_pk, attendance_pk):
    page = started_page(request, pk)
    planned = attended_of(request, page, service_pk)
    rows = Attendance.objects.visible_to(request.user).filter(planned=planned)
    row = get_object_or_404(rows.select_related("recorded_by"), pk=attendance_pk)
    form = CorrectionForm(request.POST or None, row=row)

    def correct():
        return record_attendance(form.said(), by=request.user, at=clock.now())

    if answered(request, form, correct, _("The attendance was corrected.")):
        return redirect("plan:attendance", pk, service_pk)
    entries = [
        {"entry": entry, "hours": None if entry.hours is None else written(entry.hours)}
        for entry in row.history.select_related("history_user").order_by("-history_id")
    ]
    context = plan_context(request, page, "services") | {"planned": planned, "row": row, "entries": entries}
    return form_page(request, "services/attendance/attendance_edit.html", form, context)

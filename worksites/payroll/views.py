"""The pages of payroll: its uploads, one of them, the file to fill in, and the totals."""

from itertools import islice

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base import clock
from careerplan.base.csv_cells import csv_lines
from careerplan.base.events import note_event
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import NotAllowed
from careerplan.imports.tables import MOST_ROWS
from customers.pages import require_staff
from worksites.payroll import actions, reading, sheets
from worksites.payroll.forms import PeriodForm, SheetForm, WithdrawForm
from worksites.payroll.models import PayrollEntry, PayrollUpload
from worksites.payroll.rights import WHO_MAY, may_bring_payroll
from worksites.placements.models import Placement

ENTRY_ROWS = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In the address of a file that is asked for although some are left out.
WITHOUT = "without"
SECTION = {"nav_section": "worksites"}


def upload_for(request, payroll_pk):
    require_staff(request)
    rows = PayrollUpload.objects.visible_to(request.user).select_related("uploaded_by", "confirmed_by", "withdrawn_by")
    return get_object_or_404(rows, pk=payroll_pk)


def require_bringer(request):
    require_staff(request)
    if not may_bring_payroll(request.user):
        raise NotAllowed("may-not-bring-payroll", WHO_MAY)


def seen_entries(request):
    return PayrollEntry.objects.visible_to(request.user)


@require_GET
def payroll(request):
    """The uploads, the newest first."""
    require_staff(request)
    rows = PayrollUpload.objects.visible_to(request.user).select_related("uploaded_by", "withdrawn_by")
    page = page_of(rows, request, keys=["-id"])
    sums = reading.sums_of_uploads([row.pk for row in page.rows])
    context = SECTION | {
        "page": page,
        "uploads": [(row, sums.get(row.pk)) for row in page.rows],
        "may_bring": may_bring_payroll(request.user),
    }
    return render(request, "worksites/payroll/payroll.html", context)


@require_GET
def payroll_upload(request, payroll_pk):
    upload = upload_for(request, payroll_pk)
    entries = seen_entries(request).filter(upload=upload)
    named = ("placement__job__worksite", "placement__planned__plan__customer")
    page = page_of(entries.select_related(*named), request, keys=["line"], rows=ENTRY_ROWS)
    total = reading.total(entries)
    context = SECTION | {
        "upload": upload,
        "page": page,
        "total": total,
        "hidden": upload.rows - total.rows,
        "may_withdraw": may_bring_payroll(request.user) and not upload.is_withdrawn,
    }
    return render(request, "worksites/payroll/upload.html", context)


@require_GET
def payroll_entry(request, paid_pk):
    """Where a row of payroll is shown: in its upload, or, where that is another's, at the service it was paid under;
    at its placement, where that service has no page any more."""
    require_staff(request)
    rows = seen_entries(request).select_related("planned__plan", "placement__planned")
    entry = get_object_or_404(rows, pk=paid_pk)
    if PayrollUpload.objects.visible_to(request.user).filter(pk=entry.upload_id).exists():
        return redirect("payroll-upload", entry.upload_id)
    planned, customer = entry.planned, entry.planned.plan.customer_id
    if planned.removed_at is None and planned.plan_id == entry.placement.planned.plan_id:
        return redirect(f"{reverse('plan:service-edit', args=[customer, planned.pk])}#costs")
    return redirect("placement", customer, entry.placement_id)


@require_http_methods(["GET", "POST"])
def payroll_withdraw(request, payroll_pk):
    upload = upload_for(request, payroll_pk)
    require_bringer(request)
    form = WithdrawForm(request.POST or None)

    def withdraw():
        actions.withdraw(upload, form.cleaned_data["reason"], by=request.user, at=clock.now())

    if answered(request, form, withdraw, ""):
        messages.success(request, _("The payroll of %(file)s was withdrawn.") % {"file": upload.file_name})
        return redirect("payroll-upload", payroll_pk)
    context = SECTION | {"upload": upload, "total": reading.total(PayrollEntry.objects.filter(upload=upload))}
    return form_page(request, "worksites/payroll/withdraw.html", form, context)


@require_GET
def payroll_template(request):
    """The form; and the file, where it says for whom and for which days. Whom the file leaves out although they are
    under way is said first."""
    require_bringer(request)
    form, context = SheetForm(request.GET if "kind" in request.GET else None, person=request.user), {}
    if form.is_bound and form.is_valid():
        asked = [form.cleaned_data[name] for name in ("begins_on", "ends_on", "program")]
        seen = form.narrowed(Placement.objects.visible_to(request.user))
        found = sheets.rows_of(sheets.under_way_in(seen, *asked[:2]), *asked)
        rows = list(islice(found, MOST_ROWS + 1))
        left_out = None if WITHOUT in request.GET else sheets.left_out(seen, *asked)
        if len(rows) > MOST_ROWS:
            form.add_error("worksite", words_for_too_many())
        elif left_out and left_out.number:
            context = {"left_out": left_out, "without": WITHOUT if rows else ""}
        elif rows:
            return sheet(request, form.cleaned_data["kind"], rows, asked[0])
        else:
            form.add_error("worksite", words_for_nobody())
    return render(request, "worksites/payroll/template.html", SECTION | context | {"form": form})


def words_for_too_many():
    sentence = _("This file would have more than %(number)d rows. Choose a smaller group, or fewer days.")
    return sentence % {"number": MOST_ROWS}


def words_for_nobody():
    return _("No placement of this choice is under way in this period. Choose other people, or other days.")


def sheet(request, kind, rows, first):
    note_event("list-taken", request, thing="payroll-template")
    headers = {"Content-Disposition": f'attachment; filename="payroll-{first.isoformat()}.{kind}"'}
    if kind == "xlsx":
        return HttpResponse(sheets.workbook_of(rows), content_type=WORKBOOK, headers=headers)
    lines = csv_lines(sheets.texts_of(rows))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def asked_of(request):
    """The rows that one sees, of the pay periods that were asked for, and the form that says which."""
    form = PeriodForm(request.GET or None)
    days = form.cleaned_data if form.is_bound and form.is_valid() else {}
    entries = seen_entries(request).standing()
    return reading.overlapping(entries, days.get("since"), days.get("until")), form


@require_GET
def payroll_totals(request):
    require_staff(request)
    entries, form = asked_of(request)
    way = reading.BY_CODE.get(request.GET.get("by", ""), reading.BY_CODE["worksite"])
    page = page_of(reading.grouped(entries, way), request, keys=way.keys)
    days = {name: request.GET[name] for name in form.fields if request.GET.get(name) and name not in form.errors}
    context = SECTION | {
        "form": form,
        "way": way,
        "ways": reading.WAYS,
        "page": page,
        "rows": [reading.shown(row, way) for row in page.rows],
        "total": reading.total(entries),
        "days": days,
    }
    return render(request, "worksites/payroll/totals.html", context)


@require_GET
def payroll_totals_csv(request):
    require_staff(request)
    entries, _form = asked_of(request)
    way = reading.BY_CODE.get(request.GET.get("by", ""), reading.BY_CODE["worksite"])
    note_event("list-taken", request, thing="payroll-totals")
    headers = {"Content-Disposition": f'attachment; filename="payroll-by-{way.code}.csv"'}
    rows = csv_lines(reading.told_of_sums(entries, way))
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)

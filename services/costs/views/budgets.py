"""The pages of budgets: what regions may spend, what is planned, obligated, paid and left, and the files of both."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from careerplan.base import clock
from careerplan.base.csv_cells import csv_lines
from careerplan.base.dates import as_typed, day_of
from careerplan.base.events import note_event
from careerplan.base.keyset import page_of
from customers.pages import require_staff
from services.costs.asked import asked_of
from services.costs.models import CENT, NOTHING, Budget, CostLine
from services.costs.policy import program_year_of
from services.costs.reading import BY_CODE, SHOWN, WAYS, read_all, sums_by

LINES_IN_ORDER = ["-id"]


@require_GET
def budgets(request):
    """Those of the regions that one sees, of the present program year where no other is asked for; and the costs of the
    customers whom one sees, added up in one way (`?by=`)."""
    require_staff(request)
    asked = asked_of(request, year=program_year_of(day_of(clock.now())))
    rows = asked.of_budgets(Budget.objects.visible_to(request.user))
    lines = asked.of_lines(CostLine.objects.visible_to(request.user))
    way = BY_CODE.get(request.GET.get("by", ""), BY_CODE["program"])
    context = asked.context(request) | {
        "rows": list(in_order(rows)),
        "way": way,
        "ways": WAYS,
        "sums": sums_by(lines, way),
        "nav_section": "costs",
    }
    return render(request, "services/costs/budgets.html", context)


def in_order(rows):
    rows = rows.with_figures().select_related("funding_source", "region")
    return rows.order_by("-program_year", "region__name", "funding_source__position", "id")


@require_GET
def budget(request, budget_pk):
    """One budget, and of its costs those of the customers whom one sees, the newest first."""
    require_staff(request)
    row = get_object_or_404(in_order(Budget.objects.visible_to(request.user)), pk=budget_pk)
    lines = CostLine.objects.visible_to(request.user).filter(budget=row)
    named = ("service__plan__customer", *SHOWN)
    page = page_of(lines.select_related(*named), request, keys=LINES_IN_ORDER)
    context = {"row": row, "page": page, "lines": page.rows, "nav_section": "costs"}
    return render(request, "services/costs/budget.html", context)


@require_GET
def budgets_csv(request):
    require_staff(request)
    rows = asked_of(request).of_budgets(Budget.objects.visible_to(request.user))
    return taken(request, "budgets", told_of_budgets(in_order(rows)))


@require_GET
def costs_csv(request):
    """The costs of the customers whom one sees, voided ones among them, written as they are read."""
    require_staff(request)
    lines = asked_of(request).of_lines(CostLine.objects.visible_to(request.user))
    return taken(request, "costs", told_of_costs(read_all(lines)))


def taken(request, name, rows):
    note_event("list-taken", request, thing=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8", headers=headers)


def told_of_budgets(rows):
    yield [
        _("Region"), _("Funding source"), _("Program year"), _("Budget"), pgettext("a cost", "Planned"),
        _("Obligated, not paid yet"), pgettext("a cost", "Paid"), pgettext("of a budget", "Left"), _("Over the budget"),
    ]  # fmt: skip
    for row in rows:
        yield [
            str(row.region), str(row.funding_source), str(row.program_year),
            *map(in_cents, (row.amount, row.planned_sum, row.obligated_sum, row.paid_sum)),
            *map(in_cents, (max(row.left, NOTHING), row.over)),
        ]  # fmt: skip


def in_cents(amount):
    """Whatever the database makes of a sum."""
    return str(amount.quantize(CENT))


def told_of_costs(lines):
    yield [
        _("Participant ID"), _("Region"), _("Program"), _("Service"), _("Funding source"), _("Program year"),
        _("Stage"), _("Amount"), _("Obligated on"), _("Promised until"), _("Date paid"), _("Paid to"),
        _("Voucher or reference number"), _("Entered by"), _("Obligated by"), _("Paid by"),
        pgettext("a cost", "Voided"), _("Voided by"), _("Why it was voided"),
    ]  # fmt: skip
    for line in lines:
        yield cells(line)


def cells(line):
    service, customer, budget = line.service, line.service.plan.customer, line.budget
    return [
        customer.state_id,
        str(budget.region if budget else customer.office.region),
        str(service.program or ""),
        str(service),
        str(line.funding_source),
        str(budget.program_year) if budget else "",
        str(line.get_stage_display()),
        in_cents(line.amount),
        *(as_typed(day) if day else "" for day in (line.obligated_on, line.until_on, line.paid_on)),
        line.paid_to,
        line.reference,
        *(str(person or "") for person in (line.entered_by, line.obligated_by, line.paid_by)),
        as_typed(day_of(line.voided_at)) if line.voided_at else "",
        str(line.voided_by or ""),
        line.voided_reason,
    ]

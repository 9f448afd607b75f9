"""The caseload of a planner, and every list of customers (ILL-007 to ILL-011)."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.addresses import key_asked, key_in
from careerplan.base.csv_cells import csv_lines
from careerplan.base.dates import as_typed, day_of
from careerplan.base.events import note_event
from careerplan.base.pages import answered, form_page
from careerplan.pages.caseload.choosing import (
    Chosen,
    DueBy,
    Order,
    Show,
    caseload_of,
    offices_offered,
    programs_offered,
    read_chosen,
    still_there,
)
from careerplan.pages.caseload.facts import Standing, read_facts
from careerplan.pages.caseload.forms import SaveViewForm
from careerplan.pages.caseload.lists import Caseload, Line, at_hand, in_bulk, read_caseload
from customers.deadlines import WaitsFor
from customers.enums import EnrollmentStatus
from customers.models import SavedView
from customers.pages import require_staff
from customers.saved_views import remove_view, save_view


@dataclass(frozen=True)
class View:
    """A link to a list: its filters, and whether it is the present one."""

    label: str
    query: str
    is_current: bool
    number: int | None = None
    key: int | None = None


def chosen_by(request) -> tuple[Chosen, list[int]]:
    """What the address chooses, and the person's own customers."""
    own = caseload_of(request.user.pk) if request.user.edits_plans else []
    return still_there(read_chosen(request.GET, has_caseload=bool(own)), request.user), own


@require_GET
def caseload(request):
    """A line for each customer: state of the plan, what is due next, who has to act, what is unread."""
    require_staff(request)
    today = day_of(clock.now())
    chosen, own = chosen_by(request)
    found = read_caseload(request, request.user, chosen, own, on=today)
    context = {
        "nav_section": "customers",
        "page": found,
        "chosen": chosen,
        "today": today,
        "standings": Standing,
        "views": views_of(request, chosen, found),
        "shows": Show,
        "orders": Order,
        "due_by": DueBy,
        "waits_for": WaitsFor,
        "statuses": EnrollmentStatus.choices,
        "offered": offices_offered(request.user, region=key_asked(request.GET, "region"), office=key_in(chosen.office)),
        "programs": programs_offered(),
        "may_add": request.user.edits_plans,
    }
    template = "careerplan/caseload/_results.html" if request.htmx else "careerplan/caseload/caseload.html"
    return render(request, template, context)


def views_of(request, chosen: Chosen, found: Caseload) -> list[View]:
    """The four that everybody has, then the person's own."""
    mine = Chosen(show=Show.MINE)
    # Of all one's customers: of fewer, the numbers would say something else than the views.
    totals = found.totals if replace(chosen, plan="", waits="", due="", order="") == mine else None
    given = [
        (Show.MINE.label, mine, totals.everybody if totals else None),
        (_("Waits for me"), Chosen(show=Show.MINE, waits=WaitsFor.STAFF), totals.waiting if totals else None),
        (_("Due in 14 days"), Chosen(show=Show.MINE, due=DueBy.SOON), totals.soon if totals else None),
        (
            Standing.NONE.label,
            Chosen(show=Show.MINE, plan=Standing.NONE),
            totals.of(Standing.NONE) if totals else None,
        ),
        (Show.ALL.label, Chosen(show=Show.ALL), None),
    ]
    present = chosen.query()
    views = [View(str(label), one.query(), one.query() == present, number) for label, one, number in given]
    saved = SavedView.objects.filter(user=request.user).order_by("name")
    # Of filters that are gone, too: or nobody could remove the view.
    asked = {present, request.GET.urlencode()}
    return views + [View(row.name, row.query, row.query in asked, key=row.pk) for row in saved]


@require_GET
def caseload_csv(request):
    """What the list shows, all pages of it, as a CSV file."""
    require_staff(request)
    today = day_of(clock.now())
    chosen, own = chosen_by(request)
    names = at_hand(request.user, chosen, own)
    if names is None:
        return render(request, "careerplan/caseload/too_many.html", {"nav_section": "customers"}, status=422)
    found = read_caseload(request, request.user, chosen, own, on=today)
    keys = sorted(names, key=lambda key: (names[key], key)) if found.keys is None else found.keys
    facts, customers = read_facts(keys, request.user, on=today), in_bulk(keys)
    note_event("list-taken", request, number=len(keys))
    rows = [HEADINGS(), *(cells(Line(customers[key], facts[key])) for key in keys)]
    content, headers = "".join(csv_lines(rows)), {"Content-Disposition": FILE_NAME}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


FILE_NAME = 'attachment; filename="customers.csv"'


def HEADINGS() -> list[str]:  # the words are the reader's
    return [
        _("Name"),
        _("Participant ID"),
        _("Program"),
        _("Plan"),
        _("Due"),
        _("What is due"),
        _("Waits for"),
        _("Unread"),
    ]


def cells(line: Line) -> list[str]:
    first = line.facts.next
    return [
        line.customer.listed_name,
        line.customer.state_id,
        ", ".join(program.name for program in line.programs),
        str(line.facts.standing.label),
        as_typed(first.due_on) if first and first.due_on else "",
        str(first.deadline.what) if first else "",
        line.waits_for,
        str(line.facts.unread or ""),
    ]


@require_http_methods(["GET", "POST"])
def view_save(request):
    """Give the filters of the list a name."""
    require_staff(request)
    query = chosen_by(request)[0].query()
    form = SaveViewForm(request.POST or None, initial={"query": query})

    def save():
        return save_view(**form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, save, _("The view was saved.")):
        return redirect(f"{reverse('customers:list')}?{form.cleaned_data['query']}")
    context = {"nav_section": "customers", "query": form["query"].value()}
    return form_page(request, "careerplan/caseload/view_save.html", form, context)


@require_POST
def view_remove(request, view_pk):
    view = get_object_or_404(SavedView, pk=view_pk, user=request.user)
    remove_view(view, by=request.user, at=clock.now())
    return redirect("customers:list")

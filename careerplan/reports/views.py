"""Counts for the state."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from careerplan.accounts.models import Office, Region
from careerplan.base import clock
from careerplan.base.addresses import key_asked
from careerplan.base.csv_cells import csv_lines
from careerplan.base.dates import as_of, as_typed, day_of
from careerplan.base.events import note_event
from careerplan.base.keyset import page_of
from careerplan.reports.counting import LISTED, counted_state, is_old
from careerplan.reports.forms import DaysForm
from careerplan.reports.models import RegionCount, SharedPlanCount
from careerplan.reports.reviews import ORDER, Review, between, read_all, reviews
from customers.models import Customer
from customers.pages import require_staff


def require_whole_state(request):
    require_staff(request)
    if not request.user.sees_every_region:
        raise PermissionDenied


@require_GET
def shared_plans(request):
    """For monitoring: each co-enrolled customer has one plan, and one version of it is active (12.7.9)."""
    require_whole_state(request)
    rows = SharedPlanCount.objects.filter(customer__in=Customer.objects.visible_to(request.user))
    rows = rows.select_related("customer__office__region").order_by("position")
    return counts_page(request, "reports/shared_plans.html", {"rows": rows, "shown": LISTED})


@require_GET
def statewide(request):
    require_whole_state(request)
    rows = list(RegionCount.objects.select_related("region").order_by("region__name"))
    totals = {name: sum(getattr(row, name) for row in rows) for name in RegionCount.NUMBERS}
    return counts_page(request, "reports/statewide.html", {"rows": rows, "totals": totals})


@require_GET
def all_reviews(request):
    """Reviews and agreements, the newest first; of an office or a region alone where one is chosen."""
    require_whole_state(request)
    office, region = key_asked(request.GET, "office"), key_asked(request.GET, "region")
    page = page_of(reviews(office, region), request, keys=ORDER)
    context = {
        "page": page,
        "rows": [Review(row) for row in page.rows],
        "office": office,
        "region": region,
        "offices": Office.objects.select_related("region").order_by("region__name", "name"),
        "regions": Region.objects.order_by("name"),
        "form": DaysForm(initial={"last": day_of(clock.now()), "first": day_of(clock.now()) - timedelta(days=90)}),
        "nav_section": "statewide",
    }
    return render(request, "reports/reviews.html", context)


@require_GET
def reviews_csv(request):
    """The reviews of some days as a CSV file, written as it is read."""
    require_whole_state(request)
    form = DaysForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/reviews_days.html", {"form": form, "nav_section": "statewide"}, status=422)
    rows = between(reviews(), form.cleaned_data["first"], form.cleaned_data["last"])
    note_event("list-taken", request, thing="reviews")
    headers = {"Content-Disposition": 'attachment; filename="reviews.csv"'}
    return StreamingHttpResponse(csv_lines(told_of(rows)), content_type="text/csv; charset=utf-8", headers=headers)


def told_of(rows):
    yield [
        _("Participant ID"), _("Region"), _("Office"), _("Version"), _("Recorded"), _("Way"), _("Career planner"),
        _("Date of contact"), _("Kind of contact"), _("Acknowledgment asked for"), _("Rules"), _("Next review"),
    ]  # fmt: skip
    for review in read_all(rows):
        yield cells(review)


def cells(review):
    version, customer = review.row.version, review.row.version.plan.customer
    return [
        customer.state_id,
        str(customer.office.region),
        str(customer.office),
        str(version.number),
        as_typed(day_of(review.row.acknowledged_at)),
        str(review.row.get_method_display()),
        review.planner,
        as_typed(review.contact_on) if review.contact_on else "",
        review.contact_method,
        _("yes") if review.is_asked else _("no"),
        " ".join(review.rules),
        as_typed(version.next_review_on) if version.next_review_on else "",
    ]


def counts_page(request, template, context):
    """With the moment of the counts; before the first ones the page says so."""
    now = clock.now()
    state = counted_state(at=now)
    if state is not None:
        context |= {"state": state, "as_of": as_of(state.counted_at, now=now), "old": is_old(state, at=now)}
    return render(request, template, context | {"nav_section": "statewide"})

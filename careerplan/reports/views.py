"""Counts for the state."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET

from careerplan.base import clock
from careerplan.base.dates import moment_in_text, time_in_text
from careerplan.reports.counting import LISTED, counted_state, is_old
from careerplan.reports.models import RegionCount, SharedPlanCount
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


def counts_page(request, template, context):
    """With the moment of the counts; before the first ones the page says so."""
    now = clock.now()
    state = counted_state(at=now)
    if state is not None:
        context |= {"state": state, "as_of": as_of(state.counted_at, now=now), "old": is_old(state, at=now)}
    return render(request, template, context | {"nav_section": "statewide"})


def as_of(at, *, now):
    """By the reader's clock: the time where it was today, else with the day; at the end of a sentence."""
    said = time_in_text(at) if localdate(at) == localdate(now) else moment_in_text(localtime(at))
    return said.removesuffix(".")

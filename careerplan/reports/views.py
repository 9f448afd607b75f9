"""Counts for the state."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import render
from django.views.decorators.http import require_GET

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.reports.counts import co_enrolled, counts_by_region
from customers.pages import require_staff

SHOWN = 100


def require_whole_state(request):
    require_staff(request)
    if not request.user.sees_every_region:
        raise PermissionDenied


@require_GET
def shared_plans(request):
    """For monitoring: each co-enrolled customer has one plan, and one version of it is active (12.7.9)."""
    require_whole_state(request)
    rows = co_enrolled()
    totals = rows.aggregate(everybody=Count("pk"), one_active=Count("pk", filter=Q(open_plans=1, active_versions=1)))
    context = {"rows": rows[:SHOWN], "totals": totals, "shown": SHOWN, "nav_section": "statewide"}
    return render(request, "reports/shared_plans.html", context)


@require_GET
def statewide(request):
    require_whole_state(request)
    rows = counts_by_region(on=day_of(clock.now()))
    names = ("customers", "drafts", "awaiting", "active", "overdue")
    totals = {name: sum(getattr(row, name) for row in rows) for name in names}
    return render(request, "reports/statewide.html", {"rows": rows, "totals": totals, "nav_section": "statewide"})

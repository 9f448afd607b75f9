"""Counts for the state."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from careerplan.reports.counts import counts_by_region
from customers.pages import require_staff


@require_GET
def statewide(request):
    require_staff(request)
    if not request.user.sees_every_region:
        raise PermissionDenied
    rows = counts_by_region(on=timezone.localdate())
    names = ("customers", "drafts", "awaiting", "active", "overdue")
    totals = {name: sum(getattr(row, name) for row in rows) for name in names}
    return render(request, "reports/statewide.html", {"rows": rows, "totals": totals, "nav_section": "statewide"})

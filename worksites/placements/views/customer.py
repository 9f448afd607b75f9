"""The Worksites tab of a record: the placements of all plans, and the services that wait for one (ILL-124)."""

from django.db.models import Exists, F, OuterRef
from django.shortcuts import render
from django.views.decorators.http import require_GET

from careerplan.base import clock
from careerplan.base.dates import day_of
from customers.pages import context_for, staff_customer
from services.enums import FormKind
from services.models import PlannedService
from worksites.placements.models import Placement
from worksites.placements.reading import placements_shown


@require_GET
def customer_worksites(request, pk):
    customer = staff_customer(request, pk)
    context = context_for(request, customer, "worksites") | {
        "placements": placements_shown(placements_of(request.user, customer), on=day_of(clock.now())),
        "services": services_without(customer),
        "taken_back": taken_back(request.user, customer),
    }
    return render(request, "worksites/placements/tab.html", context)


def placements_of(user, customer):
    """The newest start first; what has no start date yet stands before."""
    rows = Placement.objects.visible_to(user).standing().filter(planned__plan__customer=customer)
    return rows.select_related("planned__service").order_by(F("starts_on").desc(nulls_first=True), "-id")


def taken_back(user, customer):
    """What was planned and did not come about, with the reason; the newest first."""
    rows = Placement.objects.visible_to(user).filter(planned__plan__customer=customer, withdrawn_at__isnull=False)
    return rows.select_related("job__worksite__employer", "withdrawn_by").order_by("-withdrawn_at", "-id")


def services_without(customer):
    """Work-experience services under which the customer was added to no worksite. Each says whether one can be. Of one
    that goes on in another one the placements went along."""
    placed = Placement.objects.standing().filter(planned=OuterRef("pk"))
    continued = PlannedService.objects.in_plan().filter(continues=OuterRef("pk"))
    rows = PlannedService.objects.in_plan().filter(plan__customer=customer, service__form_kind=FormKind.WORKSITE)
    rows = (
        rows.filter(~Exists(placed), ~Exists(continued))
        .select_related("service", "goal", "plan")
        .order_by("-planned_start_on", "-id")
    )
    found = list(rows)
    for row in found:
        row.takes_placement = row.plan.is_open and not row.has_ended
    return found

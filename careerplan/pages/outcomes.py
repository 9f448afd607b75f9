"""What came of all plans of a customer: completed goals and services, credentials; and the worksites."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from customers.pages import context_for, staff_customer
from goals.enums import GoalStatus
from goals.models import Goal
from services.enums import FormKind
from services.models import EarnedCredential, PlannedService


@require_GET
def outcomes(request, pk):
    customer = staff_customer(request, pk)
    goals = (
        Goal.objects.in_plan()
        .filter(plan__customer=customer, status=GoalStatus.COMPLETE)
        .select_related("category", "plan")
    )
    services = PlannedService.objects.filter(plan__customer=customer).accomplished()
    credentials = EarnedCredential.objects.visible_to(request.user).filter(customer=customer)
    context = context_for(request, customer, "outcomes") | {
        "goals": goals.order_by("-plan_id", "position"),
        "services": services.select_related("service", "goal", "plan").order_by("-ended_on", "-id"),
        "credentials": credentials.select_related("service__service", "proof").order_by("-earned_on", "-id"),
    }
    return render(request, "careerplan/outcomes.html", context)


@require_GET
def worksites(request, pk):
    """The customer's work-experience services."""
    customer = staff_customer(request, pk)
    rows = PlannedService.objects.in_plan().filter(plan__customer=customer, service__form_kind=FormKind.WORKSITE)
    rows = rows.select_related("service", "goal", "plan").order_by("-planned_start_on", "-id")
    context = context_for(request, customer, "worksites") | {"services": rows}
    return render(request, "careerplan/worksites.html", context)

"""What came of all plans of a customer: completed goals and services, and credentials."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from customers.pages import context_for, staff_customer
from goals.enums import GoalStatus
from goals.models import Goal
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

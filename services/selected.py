"""The planned service that an address names."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from services.models import PlannedService


def planned_of(request: HttpRequest, page: Any, service_pk: int) -> PlannedService:
    """Of the plan of the page, with what its own pages show; 404 where the person may not see it."""
    rows = PlannedService.objects.visible_to(request.user).in_plan().filter(plan=page.plan)
    named = [
        "service__category",
        "goal",
        "program",
        "apprenticeship__occupation",
        "support__support_type",
        "training__listed_provider",
        "training__training_program__provider",
    ]
    planned: PlannedService = get_object_or_404(rows.select_related(*named), pk=service_pk)
    planned.plan = page.plan
    return planned

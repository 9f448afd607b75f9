"""What the catalog lets a plan give while career exploration is the goal (12.7.5, Career Exploration; AMB-W25)."""

from collections.abc import Collection

from goals.careers.exploring import Limits
from services.models import Service
from services.policy import forbidden_in_exploration, needs_reason_in_exploration


def limits_of(kinds: Collection[str]) -> Limits:
    """Of the services that programs of these kinds offer (ProgramKind). One query."""
    limits = Limits([], [], [])
    for service in Service.objects.filter(is_active=True).order_by("category__position", "code"):
        if any(service.is_offered_to(kind) for kind in kinds):
            list_of(service, limits).append(service.plain_name)
    return limits


def list_of(service: Service, limits: Limits) -> list[str]:
    if forbidden_in_exploration(service.in_exploration):
        return limits.refused
    return limits.with_reason if needs_reason_in_exploration(service.in_exploration) else limits.allowed

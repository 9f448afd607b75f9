"""The codes of services in one system."""

from collections.abc import Iterable

from services.crosswalk.models import STATE_SYSTEM, SYSTEM, ServiceCrosswalk


def system_asked(named: str) -> str:
    """The system that an address names; the state's where it names none, or nothing that a system is called."""
    return named if SYSTEM.fullmatch(named) else STATE_SYSTEM


def codes_in(system: str, services: Iterable[int]) -> dict[int, str]:
    """By the key of the catalog's entry; one that the system has no code for is not there."""
    rows = ServiceCrosswalk.objects.filter(system=system, service__in=set(services)).exclude(code="")
    return dict(rows.values_list("service_id", "code"))

"""Earned credentials, as the page of their service shows them."""

from services.models import EarnedCredential, PlannedService


def earned_in(planned: PlannedService) -> list[EarnedCredential]:
    """Through this service, the latest first. One query."""
    rows = EarnedCredential.objects.filter(service=planned).select_related("proof")
    return list(rows.order_by("-earned_on", "-id"))

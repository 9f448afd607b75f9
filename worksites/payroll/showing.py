"""Payroll on the pages of what it was paid for (ILL-144)."""

from datetime import date
from typing import Any

from services.enums import FormKind
from services.models import PlannedService
from worksites.payroll.models import PayrollEntry
from worksites.payroll.reading import Sums, total
from worksites.placements.models import Placement

# The newest so many periods.
PERIODS = 12


def block_of(placement: Placement, *, on: date) -> dict[str, Any]:
    """For the page of a placement (`worksites/payroll/_block.html`). Two queries."""
    entries = PayrollEntry.objects.standing().filter(placement=placement, begins_on__lte=on)
    return {"payroll": list(entries.order_by("-begins_on")[:PERIODS]), "paid": total(entries)}


def paid_of_service(planned: PlannedService) -> Sums | None:
    """What was paid in all placements of the service; None of one that has no placements. One query."""
    if planned.service.form_kind != FormKind.WORKSITE:
        return None
    return total(PayrollEntry.objects.standing().filter(placement__planned=planned))

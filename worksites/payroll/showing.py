"""Payroll on the pages of what it was paid for (ILL-144)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from services.enums import FormKind
from services.models import PlannedService
from worksites.payroll.models import PayrollEntry
from worksites.payroll.reading import Sums, total
from worksites.placements.models import Placement

# The newest so many periods.
PERIODS = 12


def newest_entries(placement: int) -> QuerySet[PayrollEntry]:
    rows: QuerySet[PayrollEntry] = PayrollEntry.objects.standing().filter(placement=placement)
    return rows.order_by("-begins_on")[:PERIODS]


def block_of(placement: Placement, *, entries: Iterable[PayrollEntry] | None = None) -> dict[str, Any]:
    """For the page of a placement (`worksites/payroll/_block.html`). `entries`: where they are at hand; one query, else
    two."""
    found = newest_entries(placement.pk) if entries is None else entries
    paid = total(PayrollEntry.objects.standing().filter(placement=placement))
    return {"payroll": list(found), "paid": paid}


def paid_of_service(planned: PlannedService) -> Sums | None:
    """What was paid for the service in all of its placements; None of one that has no placements. One query."""
    if planned.service.form_kind != FormKind.WORKSITE:
        return None
    return total(PayrollEntry.objects.standing().filter(planned=planned))

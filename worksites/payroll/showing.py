"""Payroll on the pages of what it was paid for (ILL-144)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from services.enums import FormKind
from services.models import PlannedService
from worksites.evaluations.reading import confirmed_hours
from worksites.payroll.models import PayrollEntry
from worksites.payroll.reading import Sums, total
from worksites.placements.models import Placement

# The newest so many periods.
PERIODS = 12


def newest_entries(placement: int) -> QuerySet[PayrollEntry]:
    rows: QuerySet[PayrollEntry] = PayrollEntry.objects.standing().filter(placement=placement)
    return rows.order_by("-begins_on")[:PERIODS]


def block_of(placement: Placement, *, entries: Iterable[PayrollEntry] | None = None) -> dict[str, Any]:
    """For the page of a placement (`worksites/payroll/_block.html`). `entries`: where they are at hand; two queries,
    else three."""
    found = list(newest_entries(placement.pk) if entries is None else entries)
    paid = total(PayrollEntry.objects.standing().filter(placement=placement))
    return {"payroll": with_confirmed(placement, found), "paid": paid}


def with_confirmed(placement: Placement, entries: list[PayrollEntry]) -> list[tuple[PayrollEntry, Decimal | None]]:
    """Each with the hours that the supervisor confirmed for the same period, where they are others."""
    if not entries:
        return []
    first, last = min(entry.begins_on for entry in entries), max(entry.ends_on for entry in entries)
    said = {(row.begins_on, row.ends_on): row.hours for row in confirmed_hours([placement.pk], first, last)}
    found = []
    for entry in entries:
        hours = said.get((entry.begins_on, entry.ends_on), entry.hours)
        found.append((entry, None if hours == entry.hours else hours))
    return found


def paid_of_service(planned: PlannedService) -> Sums | None:
    """What was paid for the service in all of its placements; None of one that has no placements. One query."""
    if planned.service.form_kind != FormKind.WORKSITE:
        return None
    return total(PayrollEntry.objects.standing().filter(planned=planned))

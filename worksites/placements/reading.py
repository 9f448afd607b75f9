"""Placements as pages show them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.models import PlannedService
from worksites.placements.models import Placement, PlacementWage


@dataclass(frozen=True)
class Shown:
    """A placement with what the page says of it as of a day."""

    row: Placement
    on: date

    @property
    def wage(self) -> PlacementWage:
        """That day's; one that holds from a later day is listed apart."""
        found: PlacementWage = self.row.wage_on(self.on)
        return found

    @property
    def unsubsidized(self) -> Decimal:
        found: Decimal = self.wage.unsubsidized_wage
        return found

    @property
    def days(self) -> int:
        """In subsidized employment (ILL-137)."""
        return int(self.row.days_in_subsidized(self.on))


def placements_shown(rows: Any, *, on: date) -> list[Shown]:
    """Four queries at most: the rows with their jobs, wages and holds."""
    return [Shown(row, on) for row in rows.with_job().with_days()]


def placements_of_service(planned: PlannedService, *, on: date) -> list[Shown]:
    """With those under its former funding, the newest first."""
    rows = Placement.objects.standing().filter(planned__in=[row.pk for row in planned.chain()]).order_by("-id")
    return placements_shown(rows, on=on)

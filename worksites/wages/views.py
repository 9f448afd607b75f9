"""Placements that pay less than the minimum wage, or will within 60 days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.shortcuts import render
from django.views.decorators.http import require_GET

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.keyset import page_of
from customers.pages import require_staff
from worksites.placements.models import Placement, PlacementWage
from worksites.wages.minimum import Minimum, all_rates, minimum_of
from worksites.wages.overtaken import Minimums
from worksites.wages.rises import low_wage_of

IN_ORDER = ["low_since", "id"]


@dataclass(frozen=True)
class Shown:
    """A placement with what it pays, and the rate that is more; None where that was taken back since the last night."""

    row: Placement
    on: date
    minimum: Minimum | None

    @property
    def wage(self) -> PlacementWage:
        found: PlacementWage = self.row.wage_on(self.on)
        return found

    @property
    def is_soon(self) -> bool:
        return bool(self.row.low_since and self.row.low_since > self.on)


@require_GET
def low_wages(request: Any) -> Any:
    """Of the customers whom one sees, the longest underpaid first."""
    require_staff(request)
    on = day_of(clock.now())
    rows = Placement.objects.visible_to(request.user).holding().filter(low_since__isnull=False)
    page = page_of(
        rows.with_job().with_customer().select_related("planned__continues").with_days(), request, keys=IN_ORDER
    )
    context = {"page": page, "rows": shown(page.rows, on=on), "nav_section": "worksites"}
    return render(request, "worksites/wages/low_wages.html", context)


def shown(rows: list[Placement], *, on: date) -> list[Shown]:
    minimums = Minimums(all_rates()) if rows else None
    lows = [(row, low_wage_of(row, minimums, on=on) if minimums else None) for row in rows]
    return [Shown(row, on, minimum_of(low.rate) if low else None) for row, low in lows]

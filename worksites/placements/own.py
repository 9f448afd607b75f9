"""My work: a customer's own placements, planned or under way, in plain words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from careerplan.base.dates import is_before
from careerplan.base.prepared import PreparedRows
from worksites.enums import UNDER_WAY, PlacementStatus
from worksites.placements.models import FormerHold, Placement, PlacementWage


def told_to(customer: int) -> QuerySet[Placement, Placement]:
    """What is under way, and what is planned under a service that the customer agreed to: nothing of a draft is told
    before that."""
    agreed = Q(planned__authorised_in__isnull=False) | ~Q(planned__gate_exemption="")
    rows = Placement.objects.standing().filter(planned__plan__customer=customer)
    rows = rows.filter(Q(status__in=UNDER_WAY) | agreed & Q(status=PlacementStatus.PLANNED))
    found: QuerySet[Placement, Placement] = rows.select_related("job__worksite__employer").order_by("-id")
    return found


def of_placements(customer: int) -> dict[str, Any]:
    return {"placement__in": told_to(customer).order_by().values("pk")}


def holds_of(customer: int) -> QuerySet[FormerHold, FormerHold]:
    return FormerHold.objects.filter(**of_placements(customer)).order_by("pk")


def wages_of(customer: int) -> QuerySet[PlacementWage, PlacementWage]:
    asked = ("placement", "from_on", "hourly_wage", "subsidized_wage")
    return PlacementWage.objects.filter(**of_placements(customer)).only(*asked).order_by("pk")


PLACEMENTS, HOLDS, WAGES = PreparedRows(told_to), PreparedRows(holds_of), PreparedRows(wages_of)


@dataclass(frozen=True)
class MyWork:
    """A placement as its customer reads it on a day."""

    row: Placement
    on: date

    @property
    def begins(self) -> bool:
        """It is still planned."""
        return self.row.status == PlacementStatus.PLANNED

    @property
    def is_on_hold(self) -> bool:
        return self.row.status == PlacementStatus.ON_HOLD

    @property
    def was_to_start(self) -> bool:
        """The planned day is past, and nobody said that the placement began."""
        return self.begins and is_before(self.row.starts_on, self.on)

    @property
    def was_to_return(self) -> bool:
        """The expected day is past, and nobody said that the customer is back."""
        return self.is_on_hold and is_before(self.row.returned_on, self.on)

    @property
    def hourly_wage(self) -> Decimal:
        found: Decimal = self.row.wage_on(self.on).hourly_wage
        return found

    @property
    def days(self) -> int:
        """In subsidized employment (ILL-137)."""
        return int(self.row.days_in_subsidized(self.on))


def my_work(
    placements: list[Placement], holds: Iterable[FormerHold], wages: Iterable[PlacementWage], *, on: date
) -> list[MyWork]:
    """Of what `PLACEMENTS`, `HOLDS` and `WAGES` read together; no query."""
    by_placement: dict[int, dict[str, list[Any]]] = defaultdict(lambda: {"former_holds": [], "wages": []})
    for hold in holds:
        by_placement[hold.placement_id]["former_holds"].append(hold)
    for wage in wages:
        by_placement[wage.placement_id]["wages"].append(wage)
    for row in placements:  # as `with_days` would have read them
        row._prefetched_objects_cache = by_placement[row.pk]  # type: ignore[attr-defined]
    return [MyWork(row, on) for row in placements]

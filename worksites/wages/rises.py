"""A minimum wage that rises during a placement: whoever is paid less from then on is told to the planner, from 60 days
before it comes into force (WIOA sec. 181(a)(1), ILL-132).

What a placement was held against stays as it was. Whatever else raises the minimum is found as well: a birthday that
ends a rate for youth, a program's own rate, a rate that was entered late or corrected, a worksite or a birth date that
was put right.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from careerplan.base.dates import day_of
from careerplan.base.history import record_quietly
from worksites.enums import MinimumFrom, PlacementStatus
from worksites.placements.models import Placement
from worksites.wages.minimum import all_rates, work_on
from worksites.wages.overtaken import Low, Minimums, Paid, low_wage

TOLD_BEFORE = timedelta(days=60)
AT_ONCE = 1000
ROSE = gettext_noop("the minimum wage changed")


def mark_low_wages(*, at: datetime) -> int:
    """Write down since when each placement that holds is paid too little; of how many that changed. Three queries for
    each thousand; rows are locked only where something changes, and looked at again then."""
    minimums, on, last, changed = Minimums(all_rates()), day_of(at), 0, 0
    while rows := list(looked_at().filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = rows[-1].pk
        keys = [row.pk for row in rows if is_news(row, low_wage_of(row, minimums, on=on))]
        changed += note(keys, minimums, on=on, at=at) if keys else 0
    return changed


def looked_at() -> Any:
    """Those that hold, and what was marked and holds no more."""
    rows = Placement.objects.filter(
        Q(withdrawn_at=None) & ~Q(status=PlacementStatus.TERMINATED) | Q(low_since__isnull=False)
    )
    rows = rows.select_related("job__worksite__employer", "planned__plan__customer__office", "planned__continues")
    return rows.prefetch_related("wages")


@transaction.atomic
def note(keys: Iterable[int], minimums: Minimums, *, on: date, at: datetime) -> int:
    changed = []
    for row in looked_at().filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)):
        low = low_wage_of(row, minimums, on=on)
        if is_news(row, low):
            row.low_since, row.low_minimum = said_of(low)
            changed.append(row)
    record_quietly(changed, ["low_since", "low_minimum"], by=None, at=at, reason=ROSE)
    return len(changed)


def low_wage_of(placement: Placement, minimums: Minimums, *, on: date) -> Low | None:
    """Of a row as `looked_at` reads it, or with its job, its customer and its wages."""
    if placement.withdrawn_at is not None or placement.status == PlacementStatus.TERMINATED:
        return None
    until, ends_on = on + TOLD_BEFORE, placement.ends_on
    if ends_on is not None and on <= ends_on < until:
        until = ends_on
    return low_wage(paid_by(placement), minimums, on=on, until=until)


def paid_by(placement: Placement) -> list[Paid]:
    """By day, as another wage or another funding begins."""
    wages = placement.wages_in_order
    fundings = [service.actual_start_on for service in placement.planned.chain()[:-1]]
    days = {wage.from_on for wage in wages} | {day for day in fundings if day and wages and day > wages[0].from_on}
    return [paid_from(placement, day) for day in sorted(days)]


def paid_from(placement: Placement, day: date) -> Paid:
    wage = placement.wage_on(day)
    return Paid(day, wage.hourly_wage, work_on(placement, day), wage.minimum_from == MinimumFrom.ENTERED)


def look_again(placement: Placement, *, on: date) -> None:
    """Set what is marked of one that was just changed; the caller saves it. Three queries."""
    placement.low_since, placement.low_minimum = said_of(low_wage_of(placement, Minimums(all_rates()), on=on))


def is_news(placement: Placement, low: Low | None) -> bool:
    return (placement.low_since, placement.low_minimum) != said_of(low)


def said_of(low: Low | None) -> tuple[date | None, Decimal | None]:
    return (low.since, low.rate.dollars) if low else (None, None)

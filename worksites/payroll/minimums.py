"""The minimum wages of a period, a rise within it among them, for many rows of payroll."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from worksites.placements.models import Placement
from worksites.wages.minimum import Minimum, finding_for
from worksites.wages.models import MinimumWage


@dataclass(frozen=True)
class FromADay:
    day: date
    minimum: Minimum


class Minimums:
    """Of one file. What was found for a job and an age is kept for all days between two rises."""

    def __init__(self) -> None:
        self.found: dict[tuple[Any, ...], Minimum | None] = {}

    @cached_property
    def rises(self) -> list[date]:
        """The days on which some minimum wage came into force: between two of them all stay as they are."""
        days = MinimumWage.objects.filter(usable_for_placement=True).values_list("effective_on", flat=True)
        return sorted(set(days))

    def above(self, placement: Placement, wage: Any, first: date, last: date) -> FromADay | None:
        """The first day of the period from which the minimum wage is more than this. What the list is not sure of
        was held against the placement's wage when that was entered."""
        for day in (first, *(rise for rise in self.rises if first < rise <= last)):
            minimum = self.on(placement, day)
            if minimum is not None and minimum.rate > wage:
                return FromADay(day, minimum)
        return None

    def on(self, placement: Placement, day: date) -> Minimum | None:
        customer, program = placement.planned.plan.customer, placement.planned.program
        circumstances = placement.wage_on(day).circumstances
        key = (placement.job_id, customer.office_id, age_of(customer.birth_date, day), placement.planned.program_id,
               tuple(circumstances), bisect_right(self.rises, day))  # fmt: skip
        if key not in self.found:
            finding = finding_for(placement.job, customer, program, day, circumstances)
            self.found[key] = finding.minimum if finding.is_sure else None
        return self.found[key]


def age_of(born: date | None, on: date) -> int | None:
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))

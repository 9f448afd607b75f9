"""The minimum wages of a period, a rise within it among them, for many rows of payroll."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from worksites.placements.models import Placement
from worksites.wages.minimum import Minimum, all_rates, minimum_of, work_on
from worksites.wages.overtaken import Minimums as Listed
from worksites.wages.policy import Work


@dataclass(frozen=True)
class FromADay:
    day: date
    minimum: Minimum


class Minimums:
    """Of one file: the list is read once, and each question answered once."""

    @cached_property
    def listed(self) -> Listed:
        return Listed(all_rates())

    def above(self, placement: Placement, wage: Any, first: date, last: date) -> FromADay | None:
        """The first day of the period from which the minimum wage is more than this. What the list is not sure of
        was held against the placement's wage when that was entered."""
        work = work_on(placement, first)
        rises = sorted(day for day in self.listed.days_of_change(work) if first < day <= last)
        for day in (first, *rises):
            minimum = self.on(work, day)
            if minimum is not None and minimum.rate > wage:
                return FromADay(day, minimum)
        return None

    def rises(self, placement: Placement, first: date, last: date) -> dict[date, Any]:
        """The minimum wage by the day from which it is another one, the first day among them; as `above` holds it
        against a row that begins on that day, whose wage and funding it has."""
        work = work_on(placement, first)
        days = sorted({first, *(day for day in self.listed.days_of_change(work) if first < day <= last)})
        found = {day: self.on(work, day) for day in days}
        return {day: minimum.rate for day, minimum in found.items() if minimum is not None}

    def on(self, work: Work, day: date) -> Minimum | None:
        return minimum_of(self.listed.found(work, day).sure)

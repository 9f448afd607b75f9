"""The minimum wage that holds for a placement: the highest of the country's, the state's, the county's, the city's and
the program's own, by the customer's age and circumstance, on the day on which it starts (ILL-132, AMB-I9).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from customers.models import Customer, Program
from worksites.enums import MinimumFrom
from worksites.places.models import Job
from worksites.wages.floors import floor_of


@dataclass(frozen=True)
class Minimum:
    """Dollars an hour, and where they were found."""

    rate: Decimal
    found_in: MinimumFrom
    place: str
    since: date | None
    source: str


@dataclass(frozen=True)
class Entered:
    """What a career planner found where the list is not sure."""

    rate: Decimal
    source: str


@dataclass(frozen=True)
class Finding:
    """`minimum`: the highest that the list knows; `doubts`: why it may not be the one that holds, in sentences."""

    minimum: Minimum | None
    doubts: tuple[Any, ...] = ()
    # Where the customer works, as it is said beside a rate that was entered.
    place: str = ""

    @property
    def is_sure(self) -> bool:
        return self.minimum is not None and not self.doubts


def finding_for(
    job: Job, customer: Customer, program: Program | None, on: date, circumstances: Collection[str] = ()
) -> Finding:
    floor, place = floor_of(customer, on), f"{job.worksite.city}, {job.worksite.state}".strip(", ")
    if floor is None:
        return Finding(None, (_("The list has no minimum wage of this place."),), place)
    found = Minimum(floor.rate, MinimumFrom.LIST, floor.place, floor.since, floor.source)
    return Finding(found, () if floor.is_verified else (_("This rate was not verified."),), place)


def settled(finding: Finding, entered: Entered | None) -> Minimum:
    """What a placement is held against: what the list is sure of, or what was entered where it is not, or is more.

    Raises Refusal: the list is not sure and nothing was entered, without its source, or less than the list knows.
    """
    known = finding.minimum
    if entered is None:
        if known is not None and finding.is_sure:
            return known
        sentence = _("Enter the minimum wage of this place, and where you found it: the list is not sure.")
        raise Refusal("minimum-not-sure", sentence, field="minimum_wage")
    if is_blank(entered.source):
        raise Refusal("minimum-without-source", _("Enter where you found the minimum wage."), field="minimum_source")
    if known is not None and entered.rate < known.rate:
        sentence = _("The list knows of %(rate)s (%(place)s). Enter that or more.")
        raise Refusal("minimum-too-low", sentence % {"rate": known.rate, "place": known.place}, field="minimum_wage")
    if known is not None and finding.is_sure and entered.rate == known.rate:
        return known
    return Minimum(entered.rate, MinimumFrom.ENTERED, finding.place, None, entered.source)

"""What counts toward a limit of support, and what is left of it. Pure.

Counted are planned and paid amounts of the customer's services of the kind, each once: what goes on in another service
counts there. What was never provided, was entered in error, or left the plan before it was given, doesn't count; nor
does what a closed plan had only planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# The program year of WIOA Title I is called by the year in which it begins (WIOA sec. 189(g)(1)(A)).
PROGRAM_YEAR_BEGINS = (7, 1)

NEVER_PROVIDED, COMPLETE = "never_provided", "complete"
ENTERED_IN_ERROR = "entered_in_error"
PROGRAM_YEAR, STOP = "program_year", "stop"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Aid:
    """What one planned service gives. `services`: its entry of the catalog, and the one to which its kind belongs;
    `day`: on which it counts."""

    amount: Decimal
    day: date
    is_paid: bool
    services: frozenset[int] = frozenset()
    support_type: int | None = None


@dataclass(frozen=True)
class Limit:
    """So much for one customer. Of a kind of support, of an entry of the catalog, or (neither) of all support."""

    amount: Decimal
    period: str
    beyond: str
    service: int | None = None
    support_type: int | None = None

    @property
    def stops(self) -> bool:
        return self.beyond == STOP

    def is_of(self, aid: Aid) -> bool:
        if self.support_type is not None:
            return aid.support_type == self.support_type
        return self.service is None or self.service in aid.services

    def lasts(self, day: date, another: date) -> bool:
        """Whether what counts on the two days comes out of one amount."""
        return self.period != PROGRAM_YEAR or program_year(day) == program_year(another)


@dataclass(frozen=True)
class Standing:
    """How a limit stands with one planned service. `here`: what the service itself adds; it is in `paid` or `planned`,
    too."""

    limit: Limit
    paid: Decimal
    planned: Decimal
    here: Decimal

    @property
    def left(self) -> Decimal:
        """Below 0: so much is too much."""
        return self.limit.amount - self.paid - self.planned

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def over(self) -> Decimal:
        return max(-self.left, NOTHING)

    @property
    def most_here(self) -> Decimal:
        """The largest amount of the service itself that is within the limit."""
        return max(self.here + self.left, NOTHING)


def program_year(day: date) -> int:
    """The year in which the program year of the day begins: 2026 of June 30, 2027."""
    return day.year if (day.month, day.day) >= PROGRAM_YEAR_BEGINS else day.year - 1


def is_counted(*, status: str, removal: str, is_paid: bool, in_open_plan: bool, goes_on: bool) -> bool:
    """Whether a service counts. `removal`: why it left its plan, "" where it stands there; `goes_on`: in another row
    that counts."""
    if goes_on or status == NEVER_PROVIDED or removal == ENTERED_IN_ERROR:
        return False
    is_given = is_paid or status == COMPLETE
    return is_given or (in_open_plan and not removal)


def standing(limit: Limit, aids: Mapping[int, Aid], key: int, day: date) -> Standing:
    """How the limit stands on the day of the service with this key, among all that counts, by their keys."""
    counted = {other: aid for other, aid in aids.items() if limit.is_of(aid) and limit.lasts(aid.day, day)}
    paid = sum((aid.amount for aid in counted.values() if aid.is_paid), NOTHING)
    planned = sum((aid.amount for aid in counted.values() if not aid.is_paid), NOTHING)
    return Standing(limit, paid, planned, counted[key].amount if key in counted else NOTHING)


def refused(before: Standing, after: Standing) -> bool:
    """Whether a limit stops a change. What adds nothing is always taken, as where the limit was lowered since."""
    return after.limit.stops and after.over > before.over

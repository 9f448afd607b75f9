"""What counts toward a limit of support, and what is left of it. Pure.

Counted is what was paid and promised of the customer's services of the kind, as their costs say, whatever became of
the service since: that money is spoken for until the cost is voided. Beside it counts the rest of what the plan says
that a service is worth, once: what goes on in another service counts there. Nothing more is planned of what was never
provided, was entered in error, or left the plan before it was given, nor of what a closed plan had only planned; and a
service that ended came to what was spent on it, where anything was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# The program year of WIOA Title I is called by the year in which it begins (WIOA sec. 189(g)(1)(A)).
PROGRAM_YEAR_BEGINS = (7, 1)

NEVER_PROVIDED, COMPLETE, TERMINATED = "never_provided", "complete", "terminated"
ENTERED_IN_ERROR = "entered_in_error"
PROGRAM_YEAR, STOP = "program_year", "stop"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Aid:
    """A payment of a planned service, or what is still to come of it. `services`: its entry of the catalog, and the one
    to which its kind belongs; `day`: on which it counts."""

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


def is_counted(*, status: str, removal: str, in_open_plan: bool, goes_on: bool) -> bool:
    """Whether what the plan says that a service is worth counts. `removal`: why it left its plan, "" where it stands
    there; `goes_on`: in another row that counts."""
    if goes_on or status == NEVER_PROVIDED or removal == ENTERED_IN_ERROR:
        return False
    return status == COMPLETE or (in_open_plan and not removal)


@dataclass(frozen=True)
class Spent:
    """What the costs of a service say. `paid`: the days and amounts; `promised`: what else is spoken for."""

    paid: tuple[tuple[date, Decimal], ...] = ()
    promised: Decimal = NOTHING

    @property
    def together(self) -> Decimal:
        return sum((amount for _day, amount in self.paid), self.promised)


def to_come(value: Decimal | None, own: Spent, before: Decimal, *, status: str, counted: bool) -> Decimal | None:
    """What counts of a service beside its payments; None where it says nothing. `value`: what the plan says that it is
    worth; `before`: what was spent on those from which it goes on; `counted`: as `is_counted`."""
    spent = own.together + before
    has_ended = status in (COMPLETE, TERMINATED)
    if value is None or not counted or (has_ended and spent):
        return own.promised or None
    return own.promised + max(value - spent, NOTHING)


def standing(limit: Limit, aids: Mapping[int, Sequence[Aid]], key: int, day: date) -> Standing:
    """How the limit stands on the day for the service with this key, among all that counts, by the keys of services."""
    counted = {
        other: [aid for aid in parts if limit.is_of(aid) and limit.lasts(aid.day, day)] for other, parts in aids.items()
    }
    every = [aid for parts in counted.values() for aid in parts]
    paid = sum((aid.amount for aid in every if aid.is_paid), NOTHING)
    planned = sum((aid.amount for aid in every if not aid.is_paid), NOTHING)
    return Standing(limit, paid, planned, sum((aid.amount for aid in counted.get(key, ())), NOTHING))


def refused(before: Standing, after: Standing) -> bool:
    """Whether a limit stops a change. What adds nothing is always taken, as where the limit was lowered since."""
    return after.limit.stops and after.over > before.over

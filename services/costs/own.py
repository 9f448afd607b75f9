"""My help in dollars: what a customer was promised, what of it was paid, and until when the money is there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Q, QuerySet

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.prepared import PreparedRows
from careerplan.base.spoken import Words, plain_words
from careerplan.plans.enums import PlanState
from services.costs.enums import CostStage
from services.costs.models import CostLine
from services.costs.reading import sums_of
from services.enums import ServiceStatus

NAMES = ("name", "plain_english", "plain_spanish")


@dataclass(frozen=True)
class Help:
    """Of a planned service, by its key. `until`: the last day of what is promised and not paid yet; None where all is
    paid."""

    service: int
    name: Words
    paid: Decimal
    open: Decimal
    until: date | None
    # Whether that day has passed.
    is_over: bool = False

    @property
    def promised(self) -> Decimal:
        return self.paid + self.open


def promises_to(customer: int) -> QuerySet[CostLine, CostLine]:
    """The lines of the open plan, and what is still to be paid of former ones. What waits in a draft is not told before
    the customer agreed to it."""
    agreed = Q(service__authorised_in__isnull=False) | ~Q(service__gate_exemption="")
    still = Q(service__plan__state=PlanState.OPEN) | Q(stage=CostStage.OBLIGATED)
    # What was paid before the service left the plan, or came to nothing, was help all the same.
    to_come = Q(service__removed_at=None) & ~Q(service__status=ServiceStatus.NEVER_PROVIDED)
    stands = to_come | Q(stage=CostStage.PAID)
    lines: QuerySet[CostLine, CostLine] = CostLine.objects.filter(
        agreed, still, stands, service__plan__customer=customer, voided_at=None
    ).exclude(stage=CostStage.PLANNED)
    named = (f"service__service__{name}" for name in NAMES)
    told = lines.select_related("service__service").only("service", "stage", "amount", "until_on", "voided_at", *named)
    return told.order_by("service", "pk")


PROMISES = PreparedRows(promises_to)


@dataclass(frozen=True)
class HelpInDollars:
    rows: tuple[Help, ...]

    @property
    def paid(self) -> Decimal:
        return sum((row.paid for row in self.rows), Decimal(0))

    @property
    def promised(self) -> Decimal:
        return sum((row.promised for row in self.rows), Decimal(0))


def help_in_dollars(promises: list[CostLine]) -> HelpInDollars:
    """Service by service, of what `PROMISES` reads; no query."""
    of_services = groupby(promises, key=lambda line: line.service_id)
    return HelpInDollars(tuple(help_of(list(lines)) for _service, lines in of_services))


def help_of(lines: list[CostLine]) -> Help:
    """Of one service."""
    planned, sums = lines[0].service, sums_of(lines)
    name = plain_words(*(getattr(planned.service, name) for name in NAMES))
    days = [line.until_on for line in lines if line.stage == CostStage.OBLIGATED and line.until_on is not None]
    until = max(days, default=None)
    is_over = until is not None and until < day_of(clock.now())
    return Help(planned.pk, name, sums.paid, sums.obligated, until, is_over)

"""My help in dollars: what a customer was promised, what of it was paid, and until when the money is there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet

from careerplan.base.prepared import Prepared
from careerplan.base.spoken import Words, plain_words
from careerplan.plans.enums import PlanState
from services.costs.enums import CostStage
from services.costs.models import CostLine, sum_of

NAMES = ("service__service__name", "service__service__plain_english", "service__service__plain_spanish")


@dataclass(frozen=True)
class Help:
    """`until`: the last day of what is promised and not paid yet; None where all is paid."""

    name: Words
    paid: Decimal
    open: Decimal
    until: date | None

    @property
    def promised(self) -> Decimal:
        return self.paid + self.open


def promises_to(customer: int) -> QuerySet[CostLine, Any]:
    """Service by service, of the open plan, and what is still to be paid of former ones. What waits in a draft is not
    told before the customer agreed to it."""
    agreed = Q(service__authorised_in__isnull=False) | ~Q(service__gate_exemption="")
    still = Q(service__plan__state=PlanState.OPEN) | Q(stage=CostStage.OBLIGATED)
    # What was paid before the service left the plan was help all the same.
    stands = Q(service__removed_at=None) | Q(stage=CostStage.PAID)
    lines: Any = CostLine.objects.filter(
        agreed, still, stands, service__plan__customer=customer, voided_at=None
    ).exclude(stage=CostStage.PLANNED)
    grouped = lines.order_by().values("service", *NAMES)
    sums = grouped.annotate(
        paid_sum=sum_of(CostStage.PAID),
        open_sum=sum_of(CostStage.OBLIGATED),
        until=Max("until_on", filter=Q(stage=CostStage.OBLIGATED)),
    )
    ordered: QuerySet[CostLine, Any] = sums.order_by("service").values_list(*NAMES, "paid_sum", "open_sum", "until")
    return ordered


PROMISES = Prepared(promises_to)


@dataclass(frozen=True)
class HelpInDollars:
    rows: tuple[Help, ...]

    @property
    def paid(self) -> Decimal:
        return sum((row.paid for row in self.rows), Decimal(0))

    @property
    def promised(self) -> Decimal:
        return sum((row.promised for row in self.rows), Decimal(0))


def help_in_dollars(customer: int) -> HelpInDollars:
    """One query."""
    found = PROMISES.ask(customer)
    return HelpInDollars(tuple(Help(plain_words(*names), paid, due, until) for *names, paid, due, until in found))

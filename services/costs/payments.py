"""What is paid at once, as a bus pass is at the counter: planned, obligated and paid in one action and one line.

The budget is asked once, and so are the limits of support (services/limits): there is no second record of the payment.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.plans.rows import for_recording
from services.costs.actions import (
    refuse_no_amount,
    refuse_nothing_to_pay_for,
    refuse_other_money,
    refuse_outside_the_budget,
)
from services.costs.budgets import PaidFrom, require_room
from services.costs.enums import CostStage
from services.costs.models import CostLine
from services.gate import refuse_early_payment
from services.limits.spending import within_limits
from services.models import PlannedService


@transaction.atomic
def pay_at_once(
    service: PlannedService,
    *,
    paid_from: PaidFrom,
    amount: Decimal,
    paid_on: date,
    paid_to: str = "",
    reference: str = "",
    over_budget: bool = False,
    by: User,
    at: datetime,
) -> CostLine:
    """Record what was paid of a service in an open plan and was promised by no line before.

    Raises:
        Refusal: the service was never provided, the money is not for this customer, the budget has not enough left
            (with the figures), or support goes over a limit of the region, or is paid before it may start (AMB-W27).
    """
    plan = for_recording(service.plan, by=by)
    found = PlannedService.objects.select_related("service").get(plan=plan, pk=service.pk)
    found.plan = plan
    refuse_nothing_to_pay_for(found)
    refuse_other_money(found, paid_from)
    refuse_no_amount(amount)
    refuse_early_payment(found, paid_on)
    refuse_outside_the_budget(paid_from.budget, paid_on, field="paid_on")
    require_room(paid_from.budget, amount, confirmed=over_budget)
    line = CostLine(
        service=found,
        funding_source=paid_from.source,
        budget=paid_from.budget,
        amount=amount,
        stage=CostStage.PAID,
        reference=reference,
        entered_at=at,
        entered_by=by,
        obligated_on=paid_on,
        until_on=paid_on,
        obligated_at=at,
        obligated_by=by,
        paid_on=paid_on,
        paid_to=paid_to,
        paid_at=at,
        paid_by=by,
    )
    with within_limits(found, field="amount"):
        record(line, by=by, at=at, reason=gettext_noop("paid at once"))
    return line

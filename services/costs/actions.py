"""Changes of costs: planned, obligated, paid, and voided.

The plan is locked first, then the line, then its budget (`budgets.require_room`): two planners who take the last dollar
of a budget wait for each other, and the second is told what is left.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.plans.enums import PlanState
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.rows import for_recording
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from services.costs.budgets import PaidFrom, require_room
from services.costs.enums import CostStage
from services.costs.models import CENT, Budget, CostLine
from services.enums import ServiceStatus
from services.gate import refuse_early_payment
from services.limits.spending import within_limits
from services.models import PlannedService


@transaction.atomic
def plan_cost(
    service: PlannedService, *, paid_from: PaidFrom, amount: Decimal, reference: str = "", by: User, at: datetime
) -> CostLine:
    """Enter what a service in an open plan will cost. It takes nothing of the budget yet.

    Raises:
        Refusal: the service was never provided, the amount can't be, or the money is not for this customer.
    """
    plan = for_recording(service.plan, by=by)
    found = PlannedService.objects.select_related("service").get(plan=plan, pk=service.pk)
    found.plan = plan
    refuse_nothing_to_pay_for(found)
    refuse_other_money(found, paid_from)
    refuse_no_amount(amount)
    line = CostLine(
        service=found,
        funding_source=paid_from.source,
        budget=paid_from.budget,
        amount=amount,
        reference=reference,
        entered_at=at,
        entered_by=by,
    )
    record(line, by=by, at=at)
    return line


def refuse_nothing_to_pay_for(service: PlannedService) -> None:
    if service.removed_at is not None or service.status == ServiceStatus.NEVER_PROVIDED:
        raise Refusal(
            "no-service-to-pay-for",
            _("This service was removed from the plan or never provided, so that it has no new costs."),
        )


def refuse_other_money(service: PlannedService, paid_from: PaidFrom) -> None:
    """Money is the customer's region's own, of a source that pays for the customer."""
    source, budget, customer = paid_from.source, paid_from.budget, service.plan.customer
    checks = (
        (
            "source-not-offered",
            not source.is_active,
            _("This funding source is no longer offered. Choose another."),
        ),
        (
            "budget-missing",
            source.has_budgets and budget is None,
            _("This funding source has no budget in the customer's region. Ask an administrator to enter it."),
        ),
        (
            "budget-of-another-source",
            budget is not None and budget.funding_source_id != source.pk,
            _("Choose a budget of this funding source."),
        ),
        (
            "budget-of-another-region",
            budget is not None and budget.region_id != customer.office.region_id,
            _("Choose a budget of the customer's region, %(region)s.") % {"region": customer.office.region},
        ),
        (
            "source-of-another-program",
            source.program_id is not None and not customer.enrollments.filter(program=source.program_id).exists(),
            _("%(source)s pays only for customers of that program. Choose another, or enroll the customer first.")
            % {"source": source.told},
        ),
    )
    for code, broken, sentence in checks:
        if broken:
            raise Refusal(code, sentence, field="paid_from")


def refuse_no_amount(amount: Decimal) -> None:
    if amount <= 0 or amount != amount.quantize(CENT):
        raise Refusal("no-amount", _("Enter an amount of one cent or more, in whole cents."), field="amount")


@transaction.atomic
def obligate(
    line: CostLine,
    *,
    amount: Decimal,
    obligated_on: date,
    until_on: date,
    reference: str = "",
    over_budget: bool = False,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> CostLine:
    """Promise a planned cost: from now on the money is taken of the budget.

    Raises:
        Refusal: the budget has not enough left (with the figures), support goes over a limit, the days do not go
            together, or the customer is in another region by now.
    """
    plan = for_recording(line.service.plan, by=by)
    line = locked_line(line, CostStage.PLANNED, seen=seen)
    line.service.plan = plan
    refuse_nothing_to_pay_for(line.service)
    refuse_no_amount(amount)
    refuse_other_money(line.service, PaidFrom(line.funding_source, line.budget))
    if until_on < obligated_on:
        raise Refusal("until-before", _("The promise can't end before it is made."), field="until_on")
    refuse_outside_the_budget(line.budget, obligated_on, field="obligated_on")
    require_room(line.budget, amount, confirmed=over_budget)
    line.stage, line.amount, line.reference = CostStage.OBLIGATED, amount, reference
    line.obligated_on, line.until_on, line.obligated_at, line.obligated_by = obligated_on, until_on, at, by
    with within_limits(line.service, field="amount"):
        record(line, by=by, at=at, reason=gettext_noop("obligated"))
    return line


def refuse_outside_the_budget(budget: Budget | None, day: date, *, field: str) -> None:
    """The money of a program year is promised in that year and in the one after it; what was promised is paid later."""
    if budget is None:
        return
    if day < budget.first_day:
        sentence = _("This budget begins on %(day)s. Enter a day from then on, or choose an earlier budget.")
        raise Refusal("before-the-budget", sentence % {"day": in_text(budget.first_day)}, field=field)
    if day > budget.last_day_to_spend:
        sentence = _("This budget could be spent until %(day)s. Plan the cost anew from a later budget.")
        raise Refusal("after-the-budget", sentence % {"day": in_text(budget.last_day_to_spend)}, field=field)


@transaction.atomic
def pay(
    line: CostLine,
    *,
    amount: Decimal,
    paid_on: date,
    paid_to: str = "",
    reference: str = "",
    rest_stays: bool = False,
    over_budget: bool = False,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> CostLine:
    """Record that an obligated cost was paid, also after the plan was closed.

    Where less is paid, the rest is free again, or (`rest_stays`) goes on as an obligated line of its own. Where more is
    paid, the budget must have room for the difference.

    Raises:
        Refusal: the amount or the day can't be, the budget has not enough left, support goes over a limit, or is paid
            before it may start (AMB-W27).
    """
    lock_plan(line.service.plan_id)
    require_editor(line.service.plan.customer, by)
    line = locked_line(line, CostStage.OBLIGATED, seen=seen)
    refuse_no_amount(amount)
    if line.obligated_on is not None and paid_on < line.obligated_on:
        sentence = _("It was obligated on %(day)s, and can't have been paid before.")
        raise Refusal("paid-before", sentence % {"day": in_text(line.obligated_on)}, field="paid_on")
    refuse_early_payment(line.service, paid_on)
    rest = line.amount - amount
    if rest < 0 and not line.service.plan.is_open:
        lock_open_plans(line.service.plan.customer_id)
    require_room(line.budget, -rest, confirmed=over_budget)
    line.stage, line.amount, line.reference = CostStage.PAID, amount, reference
    line.paid_on, line.paid_to, line.paid_at, line.paid_by = paid_on, paid_to, at, by
    with within_limits(line.service, field="amount"):
        record(line, by=by, at=at, reason=gettext_noop("paid"))
        if rest_stays and rest > 0:
            record(rest_of(line, rest), by=by, at=at, reason=gettext_noop("the rest of a payment"))
    return line


def lock_open_plans(customer: int) -> None:
    """Support is held to the limits under the lock of the open plan, also where an older plan's is paid."""
    open_ones = EmploymentPlan.objects.filter(customer=customer, state=PlanState.OPEN)
    list(open_ones.select_for_update(of=("self",)).order_by("pk"))


def rest_of(line: CostLine, rest: Decimal) -> CostLine:
    """An unsaved line of what of a promise was not paid yet, which says the same of the promise."""
    same = ("service", "funding_source", "budget", "entered_at", "entered_by")
    promise = ("obligated_on", "until_on", "obligated_at", "obligated_by")
    values = {name: getattr(line, name) for name in (*same, *promise)}
    return CostLine(amount=rest, stage=CostStage.OBLIGATED, **values)


@transaction.atomic
def void(line: CostLine, *, reason: str, seen: int | None = None, by: User, at: datetime) -> CostLine:
    """Take a line out of all sums, at any stage, also after the plan was closed; the row stays, and says why.

    Raises:
        Refusal: it was voided already, or no reason is given.
    """
    lock_plan(line.service.plan_id)
    require_editor(line.service.plan.customer, by)
    line = locked_line(line, *CostStage, seen=seen)
    line.voided_reason = said(reason, _("Enter why the cost is voided."), field="reason")
    line.voided_at, line.voided_by = at, by
    record(line, by=by, at=at, reason=gettext_noop("voided"))
    return line


def locked_line(line: CostLine, *stages: str, seen: int | None) -> CostLine:
    """The line as it stands, locked, if it is at one of these stages and not voided.

    Raises:
        StaleRow: a colleague changed it since the form was opened.
        Refusal: it was voided, or moved on, meanwhile.
    """
    rows = CostLine.objects.select_for_update(of=("self",))
    named = ("service__service", "service__plan__customer__office__region", "funding_source", "budget")
    found: CostLine = rows.select_related(*named).get(pk=line.pk)
    if found.is_voided:
        raise Refusal("voided-already", _("This cost was voided. Enter a new one instead."))
    if found.stage not in stages:
        raise Refusal(
            "moved-meanwhile",
            _("This cost is %(stage)s now. Open the page again.") % {"stage": found.get_stage_display().lower()},
        )
    ensure_current(found, seen)
    return found

"""Angela's costs and the budgets of her region, as tests change them."""

from decimal import Decimal

from services.costs.actions import obligate, pay, plan_cost
from services.costs.budgets import PaidFrom
from services.costs.models import Budget, BudgetRule, CostLine, FundingSource
from services.costs.payments import pay_at_once
from services.costs.policy import program_year_of
from tests import states
from tests.people import angela, planner
from tests.rows import write
from tests.services.funding import service_of


def budget(code="WIOA-ADULT", customer=None, year=None):
    """Of the present program year, in the customer's region."""
    region = (customer or angela()).office.region_id
    return Budget.objects.select_related("funding_source", "region").get(
        funding_source__code=code, region=region, program_year=year or program_year_of(states.today())
    )


def figures(row):
    """Planned, obligated, paid, left."""
    found = Budget.objects.with_figures().get(pk=row.pk)
    return tuple(getattr(found, name) for name in ("planned_sum", "obligated_sum", "paid_sum", "left"))


def leave(amount, row=None):
    """Of a budget so much is left."""
    row = row or budget()
    _planned, obligated, paid, _left = figures(row)
    write(row, amount=obligated + paid + Decimal(amount))
    return budget(row.funding_source.code)


def rule(when_over, region=None):
    BudgetRule(region=region or angela().office.region, when_over=when_over).save()


def care():
    """Child care: planned, not started."""
    return service_of(angela(), "SS-CHLD")


def source(code):
    return FundingSource.objects.get(code=code)


def free(code="OTHER"):
    """What regions have no budgets of."""
    return PaidFrom(source(code))


def from_budget(row=None):
    row = row or budget()
    return PaidFrom(row.funding_source, row)


def entered(amount="100.00", *, service=None, paid_from=None, by=None, **values):
    """A planned line."""
    return plan_cost(
        service or care(),
        paid_from=paid_from or from_budget(),
        amount=Decimal(amount),
        by=by or planner(),
        at=states.now(),
        **values,
    )


def promised(line, **values):
    values = {"amount": line.amount, "obligated_on": states.today(), "until_on": states.today()} | values
    return obligate(line, **{"by": planner(), "at": states.now()} | values)


def settled(line, **values):
    values = {"amount": line.amount, "paid_on": states.today()} | values
    return pay(line, **{"by": planner(), "at": states.now()} | values)


def paid(amount="100.00", *, service=None, paid_from=None, **values):
    """At once, without a promise before."""
    values = {"paid_on": states.today(), "by": planner(), "at": states.now()} | values
    return pay_at_once(service or care(), paid_from=paid_from or from_budget(), amount=Decimal(amount), **values)


def line_of(row):
    return CostLine.objects.get(pk=row.pk)

"""Which budget a cost is paid from, and whether there is room in it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from careerplan.accounts.models import Region
from careerplan.base.readable import dollars
from careerplan.base.refusals import Refusal
from customers.models import Customer
from services.costs.enums import WhenOver
from services.costs.models import Budget, BudgetRule, FundingSource, year_words
from services.costs.policy import years_to_spend_from


@dataclass(frozen=True)
class PaidFrom:
    """A funding source, and the budget of it; None where regions have no budgets of the source."""

    source: FundingSource
    budget: Budget | None = None


def choices_for(customer: Customer, on: date) -> list[PaidFrom]:
    """What a cost of the customer may be paid from: two queries."""
    programs = set(customer.enrollments.values_list("program_id", flat=True))
    budgets = Budget.objects.filter(
        region=customer.office.region_id,
        funding_source__is_active=True,
        program_year__in=years_to_spend_from(on),
    ).with_figures()
    ordered = budgets.select_related("funding_source", "region").order_by("funding_source__position", "-program_year")
    free = FundingSource.objects.filter(is_active=True, has_budgets=False).order_by("position", "name")
    found = [PaidFrom(row.funding_source, row) for row in ordered] + [PaidFrom(row) for row in free]
    return [each for each in found if each.source.program_id is None or each.source.program_id in programs]


def when_over(region: int) -> str:
    """What the region does with what its budget has no room for (WhenOver)."""
    said = BudgetRule.objects.filter(region=region).values_list("when_over", flat=True).first()
    return str(said or WhenOver.STOP)


def locked_budget(budget: Budget) -> Budget:
    """With its figures, which nobody changes until the transaction ends: whoever spends of it comes here first."""
    list(Budget.objects.select_for_update(of=("self",)).filter(pk=budget.pk))
    rows: QuerySet[Budget] = Budget.objects.with_figures()
    return rows.select_related("funding_source", "region").get(pk=budget.pk)


def require_room(budget: Budget | None, more: Decimal, *, confirmed: bool) -> None:
    """`more`: what is to be taken of the budget beside what is obligated and paid already. It is locked.

    Raises:
        Refusal: it has not enough left; where the region only warns, `confirmed` says that the planner knows.
    """
    if budget is None or more <= 0:
        return
    found = locked_budget(budget)
    left: Decimal = getattr(found, "left")  # noqa: B009  # the query's own column
    if more <= left:
        return
    figures = {
        "budget": called(found),
        "left": dollars(str(max(left, Decimal(0)))),
        "more": dollars(str(more)),
        "over": dollars(str(more - left)),
    }
    sentence = _("%(budget)s has %(left)s left. This takes %(more)s of it, and would go over by %(over)s.") % figures
    if when_over(found.region_id) == WhenOver.STOP:
        instead = _("Lower the amount, or choose other funding.")
        raise Refusal("over-budget", f"{sentence} {instead}", field="amount")
    if not confirmed:
        confirm = _("Confirm it to go on.")
        raise Refusal("confirm-over-budget", f"{sentence} {confirm}", field="over_budget")


def over_by(budget: Budget) -> Decimal:
    """By how much more is obligated and paid than the budget has."""
    found = Budget.objects.with_figures().get(pk=budget.pk)
    over: Decimal = found.over
    return over


def called(budget: Budget) -> str:
    """A budget in a sentence."""
    words = {"source": budget.funding_source.told, "region": budget.region, "year": year_words(budget.program_year)}
    return _("The budget %(source)s of %(region)s for %(year)s") % words


def regions_with_budgets(budgets: QuerySet[Budget]) -> QuerySet[Region]:
    return Region.objects.filter(pk__in=budgets.values("region")).order_by("name")

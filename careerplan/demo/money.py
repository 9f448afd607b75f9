"""The budgets of the demo regions, and what Angela's course and support cost."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from careerplan.accounts.models import Region
from careerplan.base.history import record
from customers.models import Customer
from services.costs.actions import obligate, pay, plan_cost
from services.costs.budgets import PaidFrom
from services.costs.models import Budget, CostLine, FundingSource
from services.costs.policy import last_day, program_year_of
from services.models import PlannedService

# What each region has of a source in a program year.
AMOUNTS = {"WIOA-ADULT": 48_000, "WIOA-DW": 36_000, "WIOA-YOUTH": 52_000, "STATE": 15_000}
# The demo customers' money is of this year, or of the one before where a program year has just begun.
REACHES_BACK = timedelta(days=40)


def build_budgets(*, at: datetime) -> None:
    """Of every region, for the present program year and for that of the demo customers; those that are there stay."""
    years = {program_year_of(timezone.localdate(day)) for day in (at - REACHES_BACK, at)}
    sources = FundingSource.objects.in_bulk(AMOUNTS, field_name="code")
    for region in Region.objects.all():
        for year in sorted(years):
            for code, amount in AMOUNTS.items():
                what = {"funding_source": sources[code], "region": region, "program_year": year}
                if not Budget.objects.filter(**what).exists():
                    record(Budget(**what, amount=Decimal(amount)), by=None, at=at, reason="demo")


def angelas_costs(customer: Customer, *, at: datetime) -> None:
    """A part of the tuition and of the bus passes is paid; the rest and child care are promised, books are planned."""
    promise(customer, "TR-OST", "1480.00", paid="600.00", reference="V-20418", at=at)
    plan(customer, "TR-OST", "95.00", at=at)
    promise(customer, "SS-CHLD", "1250.00", at=at)
    promise(customer, "SS-TRAN", "240.00", paid="80.00", reference="V-20431", at=at)


def plan(customer: Customer, code: str, amount: str, *, at: datetime) -> CostLine:
    service = PlannedService.objects.select_related("plan").get(plan__customer=customer, service__code=code)
    budget = Budget.objects.select_related("funding_source").get(
        funding_source__code="WIOA-ADULT",
        region=customer.office.region_id,
        program_year=program_year_of(timezone.localdate(at)),
    )
    money = PaidFrom(budget.funding_source, budget)
    return plan_cost(service, paid_from=money, amount=Decimal(amount), by=customer.planner, at=at)


def promise(customer: Customer, code: str, amount: str, *, paid: str = "", reference: str = "", at: datetime) -> None:
    by, day, line = customer.planner, timezone.localdate(at), plan(customer, code, amount, at=at)
    until = line.service.planned_end_on or last_day(program_year_of(day))
    line = obligate(line, amount=line.amount, obligated_on=day, until_on=until, by=by, at=at)
    if paid:
        pay(line, amount=Decimal(paid), paid_on=day, reference=reference, rest_stays=True, by=by, at=at)

"""How many customers and plans each region has, and how they stand: the live questions, which read the whole state."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from careerplan.accounts.models import Region
from careerplan.plans.enums import PlanState, VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.reports.models import RegionCount
from customers.models import Customer, Enrollment


def counts_by_region(*, on: date) -> list[RegionCount]:
    """Of each region by name, not saved. Each table is read once, however many regions there are."""
    found = {region.pk: RegionCount(region=region) for region in Region.objects.order_by("name")}
    for region, number in by_region(Customer.objects.not_merged(), "office__region", customers=Count("pk")):
        found[region].customers = number
    active = Q(state=VersionState.ACTIVE)
    versions = by_region(
        PlanVersion.objects.filter(plan__state=PlanState.OPEN),
        "plan__customer__office__region",
        drafts=Count("pk", filter=Q(state=VersionState.DRAFT)),
        awaiting=Count("pk", filter=Q(state=VersionState.AWAITING)),
        active=Count("pk", filter=active),
        overdue=Count("pk", filter=active & Q(next_review_on__lt=on)),
    )
    for region, *numbers in versions:
        row = found[region]
        row.drafts, row.awaiting, row.active, row.overdue = numbers
    return list(found.values())


def by_region(rows: QuerySet, region: str, **counts: Count) -> Iterable[tuple[int, ...]]:
    found: Any = rows.order_by().values(region).annotate(**counts)
    numbers: Iterable[tuple[int, ...]] = found.values_list(region, *counts)
    return numbers


def co_enrolled() -> QuerySet[Customer]:
    """Customers in two or more programs, with how many `programs`, `open_plans` and `active_versions` each has.

    Monitors look for one active plan, and so for one development or review service (12.7.9).
    """
    enrollments = Enrollment.objects.filter(exited_on__isnull=True)
    in_two = enrollments.order_by().values("customer").annotate(number=Count("pk")).filter(number__gte=2)
    plans = EmploymentPlan.objects.filter(customer=OuterRef("pk"), state=PlanState.OPEN)
    versions = PlanVersion.objects.filter(
        plan__customer=OuterRef("pk"), plan__state=PlanState.OPEN, state=VersionState.ACTIVE
    )
    return (
        Customer.objects.filter(pk__in=in_two.values("customer"))
        .annotate(
            programs=counted(enrollments.filter(customer=OuterRef("pk")), "customer"),
            open_plans=counted(plans, "customer"),
            active_versions=counted(versions, "plan__customer"),
        )
        .order_by("active_versions", "name_key", "pk")
    )


def counted(rows: QuerySet, by: str) -> Coalesce:
    counts = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)

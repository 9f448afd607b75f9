"""How many customers and plans each region has, and how they stand."""

from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from careerplan.accounts.models import Region
from careerplan.plans.enums import PlanState, VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion
from customers.models import Customer, Enrollment


def counts_by_region(*, on: date) -> QuerySet[Region]:
    """Regions by name with `customers`, versions in `drafts`, `awaiting`, `active`, and reviews `overdue` on a day."""
    customers = Customer.objects.filter(office__region=OuterRef("pk"))
    versions = PlanVersion.objects.filter(plan__customer__office__region=OuterRef("pk"), plan__state=PlanState.OPEN)
    return Region.objects.annotate(
        customers=counted(customers, "office__region"),
        drafts=counted(versions.filter(state=VersionState.DRAFT), "plan__customer__office__region"),
        awaiting=counted(versions.filter(state=VersionState.AWAITING), "plan__customer__office__region"),
        active=counted(versions.filter(state=VersionState.ACTIVE), "plan__customer__office__region"),
        overdue=counted(
            versions.filter(Q(state=VersionState.ACTIVE, next_review_on__lt=on)), "plan__customer__office__region"
        ),
    ).order_by("name")


def co_enrolled() -> QuerySet[Customer]:
    """Customers in two or more programs, with how many `programs`, `open_plans` and `active_versions` each has.

    Monitors look for one active plan, and so for one development or review service (12.7.9).
    """
    enrollments = Enrollment.objects.filter(customer=OuterRef("pk"), exited_on__isnull=True)
    plans = EmploymentPlan.objects.filter(customer=OuterRef("pk"), state=PlanState.OPEN)
    versions = PlanVersion.objects.filter(
        plan__customer=OuterRef("pk"), plan__state=PlanState.OPEN, state=VersionState.ACTIVE
    )
    return (
        Customer.objects.annotate(
            programs=counted(enrollments, "customer"),
            open_plans=counted(plans, "customer"),
            active_versions=counted(versions, "plan__customer"),
        )
        .filter(programs__gte=2)
        .select_related("office__region")
        .order_by("active_versions", "name_key", "pk")
    )


def counted(rows: QuerySet, by: str) -> Coalesce:
    counts = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)

"""What is due of plans and reviews (12.7.1, 12.7.2, 12.7.4, 12.7.8)."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careerplan.plans.enums import PlanState, VersionState
from careerplan.plans.models import EmploymentPlan, LegacyPlan, PlanVersion
from customers.deadlines import Deadline, Topic
from customers.enums import EnrollmentStatus
from customers.models import Customer, Enrollment


def in_a_program(customer: str) -> Exists:
    """In a query: the customer is in a program now."""
    return Exists(Enrollment.objects.still_open().filter(customer=OuterRef(customer)))


def versions_in(*states: VersionState) -> Any:
    """Of open plans, in one of these states."""
    return PlanVersion.objects.filter(state__in=states, plan__state=PlanState.OPEN)


def reviews(_on: date) -> Any:
    """Versions in force, reviewed for as long as the customer is in a program."""
    return versions_in(VersionState.ACTIVE).filter(in_a_program("plan__customer"))


def without_plan(_on: date) -> Any:
    """Enrolled customers without an open plan; one that moves here from an older system is a duty of its own."""
    enrolled = Enrollment.objects.still_open().filter(customer=OuterRef("pk"), status=EnrollmentStatus.ENROLLED)
    begun = enrolled.order_by().values("customer").annotate(first=Min("begun_on")).values("first")
    open_plans = EmploymentPlan.objects.filter(customer=OuterRef("pk"), state=PlanState.OPEN)
    moving = LegacyPlan.objects.unmoved().filter(customer=OuterRef("pk"))
    return Customer.objects.filter(Exists(enrolled), ~Exists(open_plans), ~Exists(moving)).annotate(
        enrolled_on=Subquery(begun)
    )


def drafts(_on: date) -> Any:
    return versions_in(VersionState.DRAFT)


def enrolled_of_draft() -> Any:
    return Enrollment.objects.still_open().filter(customer=OuterRef("plan__customer"), status=EnrollmentStatus.ENROLLED)


def in_force_of_draft() -> Exists:
    return Exists(PlanVersion.objects.filter(plan=OuterRef("plan"), state=VersionState.ACTIVE))


def first_drafts(on: date) -> Any:
    """Drafts of plans of which nothing is in force yet, of enrolled customers: the plan is due since the enrollment."""
    begun = enrolled_of_draft().order_by().values("customer").annotate(first=Min("begun_on")).values("first")
    found = drafts(on).filter(Exists(enrolled_of_draft()), ~in_force_of_draft())
    return found.annotate(enrolled_on=Subquery(begun))


def later_drafts(on: date) -> Any:
    """All others; each is looked at by itself, for a list of the first ones would be one of the whole state."""
    return drafts(on).filter(~Exists(enrolled_of_draft()) | in_force_of_draft())


def older_plans(_on: date) -> Any:
    return LegacyPlan.objects.unmoved().filter(in_a_program("customer"))


def agreement_page(customer: int, _key: int) -> str:
    return reverse("plan:agreement", args=[customer])


def overview_page(customer: int, _key: int) -> str:
    return reverse("plan:overview", args=[customer])


NEXT_REVIEW = Deadline(
    code="next-review",
    topic=Topic.PLANS,
    citation="DWD 12.7.8",
    what=_("Review the plan with the customer"),
    act=_("Open the review"),
    open_rows=reviews,
    customer="plan__customer",
    due=F("next_review_on"),
    since=F("approved_on"),
    page=agreement_page,
)
PLAN_MISSING = Deadline(
    code="plan-missing",
    topic=Topic.PLANS,
    citation="DWD 12.7.1",
    what=_("Begin the first plan"),
    act=_("Open the plan"),
    open_rows=without_plan,
    customer="pk",
    due=F("enrolled_on"),
    since=F("enrolled_on"),
    page=overview_page,
)
PLAN_NOT_IN_FORCE = Deadline(
    code="plan-not-in-force",
    topic=Topic.PLANS,
    citation="DWD 12.7.1",
    what=_("Finish the first plan"),
    act=_("Work on it"),
    open_rows=first_drafts,
    customer="plan__customer",
    due=F("enrolled_on"),
    since=F("created_on"),
    page=agreement_page,
)
DRAFT = Deadline(
    code="draft",
    topic=Topic.PLANS,
    citation="DWD 12.7.6",
    what=_("Finish the draft"),
    act=_("Work on it"),
    open_rows=later_drafts,
    customer="plan__customer",
    since=F("created_on"),
    reminds=(-14, -30),
    page=agreement_page,
)
OLDER_PLAN = Deadline(
    code="older-plan",
    topic=Topic.PLANS,
    citation="DWD 12.7.2",
    what=_("Move the plan from the older system"),
    act=_("Move it"),
    open_rows=older_plans,
    customer="customer",
    due=F("next_review_on"),
    since=TruncDate("registered_at"),
    page=lambda customer, _key: reverse("plan:legacy-plan", args=[customer]),
)

DEADLINES = (NEXT_REVIEW, PLAN_MISSING, PLAN_NOT_IN_FORCE, DRAFT, OLDER_PLAN)

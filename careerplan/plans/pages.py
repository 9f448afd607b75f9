"""What every page of a customer's career plan shares: the plan, its versions, and what may be changed now."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from careerplan.plans.enums import PlanState, VersionState
from careerplan.plans.kinds import Kind
from careerplan.plans.models import EmploymentPlan, LegacyPlan, PlanVersion, plan_type_now
from customers.models import Customer
from customers.pages import Profile, context_for, person_of, recognise, staff_customer


@dataclass
class PlanPage:
    """A customer's plan as a page shows it: the open plan, else the newest closed one, else none."""

    customer: Customer
    plan: EmploymentPlan | None
    current: PlanVersion | None
    active: PlanVersion | None
    may_edit: bool
    declined: PlanVersion | None = None
    legacy: LegacyPlan | None = None
    # The only draft was deleted, and no version is left: a new one can be begun, or this one recovered.
    deleted: PlanVersion | None = None
    # All of the plan, the newest first.
    versions: list[PlanVersion] = field(default_factory=list)
    profile: Profile | None = None

    @property
    def may_change(self) -> bool:
        """A draft is open: what the customer agrees to may be changed."""
        return bool(self.may_edit and self.plan and self.plan.is_open and self.current and self.current.is_draft)

    @property
    def may_record(self) -> bool:
        return bool(self.may_edit and self.plan and self.plan.is_open)

    @property
    def may_start(self) -> bool:
        return self.may_edit and (self.plan is None or not self.plan.is_open)

    @property
    def may_review(self) -> bool:
        """Update/Review is offered: the plan is open and no version is in the making."""
        return self.may_record and self.current is None


def plan_page(request: HttpRequest, pk: int) -> PlanPage:
    """Three queries: the customer (404 where not visible), the plan, its versions; a fourth where a draft is open, for
    what the frame shows in any case."""
    customer = staff_customer(request, pk)
    plan, profile = newest_plan(customer), Profile(customer)
    versions = list(PlanVersion.objects.filter(plan=plan).order_by("-number")) if plan is not None else []
    for version in versions:
        version.plan = plan
        recognise(person_of(request), version, "created_by", "sent_by")
    show_kind_of_plan(plan, versions, profile)
    active = next((version for version in versions if version.state == VersionState.ACTIVE), None)
    current = next((version for version in versions if version.is_draft or version.is_awaiting), None)
    newest = versions[0] if versions else None
    declined = newest if newest and newest.state == VersionState.NOT_COMPLETED else None
    deleted = newest if newest and newest.state == VersionState.DELETED and active is None else None
    legacy = None if plan and plan.is_open else LegacyPlan.objects.unmoved().filter(customer=customer).first()
    may_edit = person_of(request).edits_plans
    return PlanPage(customer, plan, current, active, may_edit, declined, legacy, deleted, versions, profile)


def show_kind_of_plan(plan: EmploymentPlan | None, versions: list[PlanVersion], profile: Profile) -> None:
    """A draft shows the kind of plan that today's programs make; it is kept when the version is sent (12.7.9)."""
    drafts = [version for version in versions if version.is_draft]
    if plan is None or not drafts:
        return
    plan.types_now = [row.program.plan_type for row in profile.enrollments if row.exited_on is None]
    plan.plan_type = drafts[0].plan_type = plan_type_now(plan)


def newest_plan(customer: Customer) -> EmploymentPlan | None:
    """The open plan, else the newest closed one."""
    found = list(EmploymentPlan.objects.filter(customer=customer).order_by("-started_at", "-id")[:5])
    for plan in found:
        plan.customer = customer
    return next((plan for plan in found if plan.state == PlanState.OPEN), found[0] if found else None)


def started_page(request: HttpRequest, pk: int) -> PlanPage:
    """As `plan_page`, 404 where no plan was started."""
    page = plan_page(request, pk)
    if page.plan is None:
        raise Http404
    return page


def undo_url(pk: int, kind: Kind, item: Any) -> str:
    """Where the Undo beside a removal posts to."""
    return reverse("plan:undo", args=[pk, kind.slug, item.pk])


def plan_context(request: HttpRequest, page: PlanPage, subtab: str) -> dict[str, Any]:
    context = context_for(request, page.customer, "plan", profile=page.profile)
    return context | {"page": page, "plan": page.plan, "subtab": subtab, "may_edit": page.may_edit}

"""What every page of a customer's career plan shares: the plan, its versions, and what may be changed now."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from careerplan.plans.enums import VersionState
from careerplan.plans.kinds import Kind
from careerplan.plans.models import EmploymentPlan, LegacyPlan, PlanVersion, plan_type_now
from careerplan.plans.working_rows import rows_of_plan
from customers.models import Customer, Enrollment
from customers.pages import (
    ENROLLMENTS,
    Profile,
    context_for,
    person_of,
    recognise,
    staff_customer,
    welcome,
)


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
    # What the page has found out about sending the draft, on the floor that knows (templatetags/readiness.py).
    readiness: Any = None

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

    @cached_property
    def rows(self) -> dict[Kind, list[Any]]:
        """Of the working copy, as `rows_of_plan`: what the page shows of them and the list beside it, read once."""
        return rows_of_plan(self.plan.pk) if self.plan else {}

    def in_plan(self, kind: Kind) -> list[Any]:
        """The rows of a kind that stand in the plan, in plan order."""
        return sorted((row for row in self.rows.get(kind, ()) if row.removed_at is None), key=kind.place)

    def item(self, kind: Kind, pk: int) -> Any:
        """A row that stands in the plan; 404 where this plan has none with this key."""
        row = next((row for row in self.in_plan(kind) if row.pk == pk), None)
        if row is None:
            raise Http404
        row.plan = self.plan
        return row

    def read_again(self) -> None:
        """After an action that changed a row, where the page is shown all the same."""
        self.__dict__.pop("rows", None)

    @property
    def may_review(self) -> bool:
        """Update/Review is offered: the plan is open and no version is in the making."""
        return self.may_record and self.current is None


def plan_page(request: HttpRequest, pk: int, *, acts: bool = False) -> PlanPage:
    """The customer (404 where not visible), the versions with their plan and the programs, in one query; one more where
    no plan was started.

    `acts`: nothing is asked of the page's plan before the action, which locks it, and reads the programs by itself.
    """
    found, enrollments = read_frame(pk, acts=acts)
    if found:
        return page_of_versions(request, found, enrollments, acts=acts)
    return page_of(request, staff_customer(request, pk), None, [], acts=acts)


def page_of(
    request: HttpRequest,
    customer: Customer,
    plan: EmploymentPlan | None,
    versions: list[PlanVersion],
    enrollments: list[Enrollment] | None = None,
    *,
    acts: bool,
) -> PlanPage:
    for version in versions:
        recognise(person_of(request), version, "created_by", "sent_by")
    active = next((version for version in versions if version.state == VersionState.ACTIVE), None)
    current = next((version for version in versions if version.is_draft or version.is_awaiting), None)
    newest = versions[0] if versions else None
    declined = newest if newest and newest.state == VersionState.NOT_COMPLETED else None
    deleted = newest if newest and newest.state == VersionState.DELETED and active is None else None
    legacy = None if plan and plan.is_open else LegacyPlan.objects.unmoved().filter(customer=customer).first()
    may_edit, profile = person_of(request).edits_plans and not customer.merged_into_id, Profile(customer)
    if enrollments is not None:
        profile.enrollments = enrollments
    page = PlanPage(customer, plan, current, active, may_edit, declined, legacy, deleted, versions, profile)
    if not acts:
        show_kind_of_plan(page)
    return page


def show_kind_of_plan(page: PlanPage) -> None:
    """A draft shows the kind of plan that today's programs make; it is kept when the version is sent (12.7.9)."""
    plan, draft = page.plan, page.current
    if plan is None or page.profile is None or draft is None or not draft.is_draft or plan.types_now is not None:
        return
    plan.follow_programs(page.profile.enrollments)
    plan.plan_type = draft.plan_type = plan_type_now(plan)


def versions_of(customer: int) -> QuerySet[PlanVersion]:
    """Of all plans of a customer, the newest plan and the newest version first."""
    rows = PlanVersion.objects.filter(plan__customer=customer).select_related("plan")
    return rows.order_by("-plan__started_at", "-plan_id", "-number")


def versions_with_customer(customer: int) -> QuerySet[PlanVersion]:
    whose = ("office__region", "office__grantee", "merged_into", "merged_by")
    return versions_of(customer).select_related(*(f"plan__customer__{name}" for name in whose))


VERSIONS, WITH_CUSTOMER = PreparedRows(versions_of), PreparedRows(versions_with_customer)
FRAME = PreparedTogether(WITH_CUSTOMER, ENROLLMENTS)


def plan_and_versions(customer: Customer) -> tuple[EmploymentPlan | None, list[PlanVersion]]:
    """The open plan, else the newest closed one, with all its versions, the newest first: every plan began with one."""
    found = VERSIONS.read(customer.pk)
    if not found:
        return None, []
    plan, versions = plan_shown(found)
    plan.customer = customer
    return plan, versions


def plan_shown(found: list[PlanVersion]) -> tuple[EmploymentPlan, list[PlanVersion]]:
    """The open plan, else the newest closed one, with its versions. `found`: of one customer, as `versions_of`."""
    plan = next((row.plan for row in found if row.plan.is_open), found[0].plan)
    versions = [row for row in found if row.plan_id == plan.pk]
    for version in versions:
        version.plan = plan
    return plan, versions


def newest_plan(customer: Customer) -> EmploymentPlan | None:
    """The open plan, else the newest closed one."""
    return plan_and_versions(customer)[0]


def started_page(request: HttpRequest, pk: int, *, acts: bool = False) -> PlanPage:
    """As `plan_page`, 404 where no plan was started."""
    found, enrollments = read_frame(pk, acts=acts)
    if not found:
        raise Http404
    return page_of_versions(request, found, enrollments, acts=acts)


def read_frame(pk: int, *, acts: bool) -> tuple[list[PlanVersion], list[Enrollment] | None]:
    """The versions with the customer, and the customer's programs, which an action reads by itself. One query."""
    if acts:
        return WITH_CUSTOMER.read(pk), None
    versions, enrollments = FRAME.read(pk)
    return versions, enrollments


def page_of_versions(
    request: HttpRequest, found: list[PlanVersion], enrollments: list[Enrollment] | None, *, acts: bool
) -> PlanPage:
    """`found`, `enrollments`: as `read_frame`."""
    plan, versions = plan_shown(found)
    welcome(request, plan.customer)
    return page_of(request, plan.customer, plan, versions, enrollments, acts=acts)


def undo_url(pk: int, kind: Kind, item: Any) -> str:
    """Where the Undo beside a removal posts to."""
    return reverse("plan:undo", args=[pk, kind.slug, item.pk])


def plan_context(request: HttpRequest, page: PlanPage, subtab: str) -> dict[str, Any]:
    show_kind_of_plan(page)
    context = context_for(request, page.customer, "plan", profile=page.profile)
    return context | {"page": page, "plan": page.plan, "subtab": subtab, "may_edit": page.may_edit}

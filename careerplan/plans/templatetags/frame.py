"""What the line of the person says of the plan, on every page of a customer."""

from typing import Any, NamedTuple

from django import template
from django.utils.translation import gettext_lazy as _

from careerplan.plans.enums import PlanState, VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.pages import PlanPage, plan_and_versions

register = template.Library()


class Line(NamedTuple):
    """The state of the plan as a pill, and whether there is a paper to print."""

    words: Any
    pill: str
    has_paper: bool


@register.simple_tag(takes_context=True)
def plan_line(context: dict[str, Any]) -> Line:
    """Of a plan's page without a question; of other pages of the customer by one."""
    page: PlanPage | None = context.get("page") if isinstance(context.get("page"), PlanPage) else None
    if page is not None:
        return line_of(page.plan, page.current, page.active, moves_here=page.legacy is not None)
    # `ready_to_send` (acknowledgments) asks of the same plan.
    plan, versions = context["plan_and_versions"] = plan_and_versions(context["customer"])
    current = next((version for version in versions if version.is_draft or version.is_awaiting), None)
    active = next((version for version in versions if version.state == VersionState.ACTIVE), None)
    return line_of(plan, current, active)


def line_of(
    plan: EmploymentPlan | None, current: PlanVersion | None, active: PlanVersion | None, *, moves_here: bool = False
) -> Line:
    """The version in the making before the one in force, as what is to be done comes first."""
    has_paper = bool(current or active)
    if moves_here:
        return Line(_("In an older system"), "on-hold", has_paper)
    if plan is None:
        return Line(_("No plan"), "not-started", has_paper)
    if not plan.is_open:
        return Line(PlanState.CLOSED.label, "not-started", has_paper)
    if current is not None:
        return Line(current.get_state_display(), "on-hold" if current.is_draft else "started", has_paper)
    if active is not None:
        return Line(active.get_state_display(), "done", has_paper)
    return Line(_("No version"), "not-started", has_paper)

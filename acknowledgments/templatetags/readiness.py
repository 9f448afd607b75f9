"""The list of tasks of a draft, on every page of its plan: asked for once a page."""

from typing import Any

from django import template

from acknowledgments.agreement.known_readiness import Known, known_readiness
from acknowledgments.agreement.readiness import Readiness, contents_to_check
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.rules.completeness import TO_DO
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.pages import PlanPage
from customers.pages import Profile

register = template.Library()

# The steps of a plan: beside them stands the list.
STEPS = {"assessment", "goals", "services"}


@register.simple_tag(takes_context=True)
def ready_to_send(context: dict[str, Any]) -> Readiness | Known | None:
    """None where no draft is open. Two queries, and one where an occupation is chosen; none where the page has read the
    draft's contents; one more where items are named. Beside the record, where the number alone is shown: one."""
    page = context.get("page")
    if "plan_and_versions" in context:
        return known_of(context)
    if not isinstance(page, PlanPage) or page.plan is None or page.current is None or not page.current.is_draft:
        return None
    if page.readiness is None:
        page.readiness = readiness_of(page, page.plan, context)
    found: Readiness = page.readiness
    return found


def known_of(context: dict[str, Any]) -> Known | None:
    """Of a page of the record, whose line has read the plan (`plan_line`)."""
    plan, versions = context["plan_and_versions"]
    if plan is None or not any(version.is_draft for version in versions):
        return None
    profile = context.get("profile") or Profile(context["customer"])
    return known_readiness(plan, versions, profile.enrollments)


def readiness_of(page: PlanPage, plan: EmploymentPlan, context: dict[str, Any]) -> Readiness:
    has_panel, read = context.get("subtab") in STEPS, context.get("contents")
    enrollments = (page.profile or Profile(page.customer)).enrollments
    contents = read or contents_to_check(plan, enrollments, page.rows)
    found = Readiness(contents, page.customer.pk, has_panel=has_panel)
    if read is None and any(task.items and task.state == TO_DO for task in found.tasks):
        return Readiness(in_plain_words(contents), page.customer.pk, has_panel=has_panel)
    return found

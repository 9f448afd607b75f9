"""What a version lacks before it may be sent, as the plan says it now."""

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.rules.completeness import Missing, missing_from
from careerplan.plans.models import EmploymentPlan, PlanVersion


def lacking(version: PlanVersion) -> list[Missing]:
    plan = EmploymentPlan.objects.select_related("customer").get(pk=version.plan_id)
    return missing_from(contents_of(plan, version))


def codes_lacking(version: PlanVersion) -> list[str]:
    return [entry.code for entry in lacking(version)]

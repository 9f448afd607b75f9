"""Record one of the two assessments on which an IEP rests (12.7.3, footnote 3): the result in the customer's record,
and the service. One act, with its date and who did it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.rows import for_changing
from customers.actions import save_assessment
from customers.enums import AssessmentCategory, AssessmentKind
from customers.models import Program
from services.actions import add_service, save_service
from services.enums import AssessmentStep, ServiceStatus
from services.items import UNDER_WAY
from services.models import PlannedService, Service
from services.programs import likely_program

NOT_IN_CATALOG = {
    AssessmentStep.INITIAL: gettext_lazy("The catalog has no Initial Assessment. Ask an administrator to add it."),
    AssessmentStep.COMPREHENSIVE: gettext_lazy(
        "The catalog has no Comprehensive Assessment. Ask an administrator to add it."
    ),
}


def entry(step: AssessmentStep = AssessmentStep.INITIAL) -> Service:
    """Raises Refusal where the catalog has none."""
    found = Service.objects.filter(assessment_step=step, is_active=True).order_by("code").first()
    if found is None:
        raise Refusal(f"no-{step}-assessment", NOT_IN_CATALOG[step])
    return found


def recorded(customer_id: int) -> dict[str, PlannedService]:
    """By step the last one that was completed, in whichever plan of the customer."""
    rows = PlannedService.objects.filter(plan__customer=customer_id, status=ServiceStatus.COMPLETE)
    done = rows.exclude(service__assessment_step="").select_related("assessment", "service")
    return {row.service.assessment_step: row for row in done.order_by("ended_on", "id")}


@transaction.atomic
def record_assessment_step(
    plan: EmploymentPlan,
    *,
    assessed_on: date,
    assessed_by: str,
    result: str,
    program: Program | None = None,
    step: AssessmentStep = AssessmentStep.INITIAL,
    by: User,
    at: datetime,
) -> PlannedService:
    """The result is an assessment of the customer, and the service is complete; one that was planned is completed.

    `program`: where several may give it; else it follows from the catalog.

    Raises:
        ApprovalNeeded: only other planners' programs may give it, and it is not in the plan yet (12.7.9).
        Refusal: no draft is open, or the day is still to come.
    """
    plan = for_changing(plan, by=by)
    service = entry(step)
    assessed_by = said(assessed_by, _("Enter who did the assessment."), field="assessed_by")
    result = said(result, _("Enter the result."), field="result")
    rows = PlannedService.objects.in_plan().filter(plan=plan, service=service, status__in=UNDER_WAY)
    planned = rows.select_related("service", "program").order_by("id").first()
    planned = planned or add_service(plan, service, by=by, at=at)
    planned.plan = plan
    assessment = save_assessment(
        plan.customer,
        None,
        {
            "name": service.name[:120],
            "result": result,
            "assessed_on": assessed_on,
            "assessed_by": assessed_by,
            "kind": AssessmentKind.OTHER,
            "category": AssessmentCategory.OTHER,
        },
        seen=None,
        by=by,
        at=at,
    )
    values = {
        "status": ServiceStatus.COMPLETE,
        "actual_start_on": min(planned.actual_start_on or assessed_on, assessed_on),
        "ended_on": assessed_on,
        "assessment": assessment,
    }
    if planned.program_id is None:
        values["program"] = program or likely_program(planned, by)
    return save_service(planned, values, by=by, at=at)

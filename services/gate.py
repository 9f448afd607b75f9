"""When a planned service may start (12.7.3, 12.7.5, 12.7.8; AMB-W17, AMB-W27, AMB-W30).

A service that causes participation, or supports, or that could not be added without the customer's acknowledgment,
starts on or after the day on which the first version that lists it became active. Assessments and pre-enrollment need
no plan, and what only changed its funding goes on.
"""

from copy import copy
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.history import changed_values
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from careerplan.plans.agreed import adding_asks, permit_as_it_stands
from careerplan.plans.enums import GateExemption
from careerplan.plans.gate import Sentences, require_authorised
from customers.models import Enrollment
from goals.models import CareerGoal
from services.enums import FormKind
from services.models import PlannedService
from services.participation import causes_participation, may_cause_participation
from services.policy import forbidden_in_exploration, lacks_approval_in_exploration

SENTENCES = Sentences(
    gettext_lazy(
        "%(version)s, the first that lists this service, became active on %(day)s. The service can't "
        "start before that day."
    ),
    gettext_lazy(
        "No active version lists this service. Choose Update/Review: the service can start once "
        "the new version is active."
    ),
    gettext_lazy(
        "This can't start yet: %(version)s, which lists it, was opened on %(day)s and is not active (%(state)s)."
    ),
)


def pass_the_gate(planned: PlannedService) -> None:
    """Let a new start through, noting why where no version had to list it.

    Raises:
        TooEarly: no version that lists it is active yet, or it became active after this day.
        Refusal: the goal is career exploration, and the service is not allowed in it.
    """
    if "actual_start_on" not in changed_values(planned):
        return
    if planned.actual_start_on is None:
        planned.gate_exemption = ""
        permit_as_it_stands(planned)
        return
    refuse_in_exploration(
        planned,
        sentence=_("%(service)s can't start while career exploration is the goal (12.7.5)."),
        field="actual_start_on",
    )
    planned.gate_exemption = exemption_of(planned)
    if not planned.gate_exemption:
        require_authorised(planned, planned.actual_start_on, SENTENCES, field="actual_start_on")


def refuse_early_payment(planned: PlannedService, paid_on: date) -> None:
    """Raises as `pass_the_gate`, at its field, where support is paid before it may start (WI 8.3.1; AMB-W27). What had
    started, or left the plan once it might start, is paid by what stood in its row then."""
    if planned.service.form_kind != FormKind.SUPPORT:
        return
    since = planned.actual_start_on or (planned.authorised_on if planned.removed_at is not None else None)
    if since is not None and paid_on >= since:
        return
    given = copy(planned)
    given.actual_start_on = paid_on
    try:
        pass_the_gate(given)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.sentence, field="paid_on") from refusal


def exemption_of(planned: PlannedService) -> str:
    """Why the service needs no version that lists it; "" where it needs one. Sets what permits it, on which the answer
    rests."""
    permit_as_it_stands(planned)
    if planned.service.is_gate_exempt:
        return GateExemption.ASSESSMENT
    if planned.continues_id and goes_on(planned) and may_go_on(planned):
        return GateExemption.CONTINUES
    if not waits(planned):
        return GateExemption.NOT_GATED
    if may_be_early(planned):
        return GateExemption.EARLY
    return ""


def start_of(planned: PlannedService) -> date:
    """Of one that has started."""
    assert planned.actual_start_on is not None
    return planned.actual_start_on


def waits(planned: PlannedService) -> bool:
    """Whether a service that starts on this day has to be in an active version first."""
    if planned.service.is_supportive and settings.GATE_SUPPORTIVE_SERVICES:
        return True
    enrollments = Enrollment.objects.filter(customer=planned.plan.customer_id).select_related("program")
    return causes_participation(planned, enrollments) or adding_asks(planned, on=start_of(planned))


def refuse_new_participation(latter: PlannedService, *, field: str) -> None:
    """Raises TooEarly where a service goes on under other funding and causes participation, to which the customer has
    not agreed: then it is more than its funding that changes (12.7.5)."""
    kept = latter.authorised_in, latter.authorised_on
    permit_as_it_stands(latter)
    if not may_go_on(latter):
        require_authorised(latter, latter.actual_start_on, SENTENCES, field=field)
    latter.authorised_in, latter.authorised_on = kept


def may_go_on(latter: PlannedService) -> bool:
    """What began for a reason of its own, as before this product, goes on for that reason. What a version permitted, or
    what caused no participation, has to be permitted where it causes participation now."""
    if latter.authorised_on is not None and start_of(latter) >= latter.authorised_on:
        return True
    if latter.origin().gate_exemption not in {"", GateExemption.NOT_GATED}:
        return True
    enrollments = Enrollment.objects.filter(customer=latter.plan.customer_id).select_related("program")
    return not may_cause_participation(latter, enrollments)


def goes_on(planned: PlannedService) -> bool:
    """From a service that had started, and not from a day before that."""
    former = planned.continues.actual_start_on if planned.continues else None
    start = planned.actual_start_on
    return bool(former and start and start >= former)


def may_be_early(planned: PlannedService) -> bool:
    """Where local policy allows it: an assessment asks for the service, a supervisor allowed it, a note says why."""
    said = bool(planned.assessment_id and not is_blank(planned.early_supervisor) and not is_blank(planned.notes))
    return bool(settings.EARLY_DELIVERY_BY_ASSESSMENT and said and planned.authorised_on is None)


def refuse_in_exploration(planned: PlannedService, *, sentence: str, field: str | None = None) -> None:
    """Raises Refusal where career exploration is the goal and the service is not allowed in it."""
    if forbidden_in_exploration(planned.service.in_exploration) and explores(planned):
        raise Refusal("not-in-exploration", sentence % {"service": planned.service.told}, field=field)


def refuse_unapproved(planned: PlannedService) -> None:
    """Raises Refusal where a service starts, or has started and loses its approval, that a supervisor has to approve
    while career exploration is the goal (AMB-W25). What is recorded of it later is not asked again."""
    asks = {"actual_start_on", "exploration_supervisor"} & changed_values(planned).keys()
    if planned.actual_start_on is None or not asks:
        return
    lacks = lacks_approval_in_exploration(planned.service.in_exploration, planned.exploration_supervisor)
    if lacks and explores(planned):
        sentence = _(
            "Name the supervisor who approved it: %(service)s needs that while career exploration is the goal."
        )
        raise Refusal("approval-missing", sentence % {"service": planned.service.told}, field="exploration_supervisor")


def explores(planned: PlannedService) -> bool:
    """Whether career exploration is the goal of its plan."""
    found: bool = CareerGoal.objects.in_plan().filter(plan=planned.plan_id, explores=True).exists()
    return found

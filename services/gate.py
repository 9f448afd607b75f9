"""The gate: when a planned service may start (12.7.3, 12.7.5, 12.7.8; AMB-W17, AMB-W27).

A service that causes participation, or supports, starts on or after the day on which the first version that lists it
became active. Assessments and pre-enrollment need no plan, and what only changed its funding goes on.
"""

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careerplan.base.history import changed_values
from careerplan.base.refusals import Refusal
from customers.models import Enrollment
from goals.models import CareerGoal
from services.enums import Exploration, GateExemption
from services.models import PlannedService


class TooEarly(Refusal):
    """The service may not start on this day; the sentence names the version and the day."""

    def __init__(self, sentence: str):
        super().__init__("not-authorised", sentence, field="actual_start_on")


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
        return
    refuse_in_exploration(
        planned,
        sentence=_("%(service)s can't start while career exploration is the goal (12.7.5)."),
        field="actual_start_on",
    )
    planned.gate_exemption = exemption_of(planned)
    if not planned.gate_exemption:
        require_authorised(planned)


def exemption_of(planned: PlannedService) -> str:
    """Why the service needs no version that lists it; "" where it needs one."""
    service = planned.service
    if service.is_gate_exempt:
        return GateExemption.ASSESSMENT
    if planned.continues_id and goes_on(planned):
        return GateExemption.CONTINUES
    gated = service.is_supportive and settings.GATE_SUPPORTIVE_SERVICES
    if not gated and not service.causes_participation(kinds_of_programs(planned)):
        return GateExemption.NOT_GATED
    if may_be_early(planned):
        return GateExemption.EARLY
    return ""


def goes_on(planned: PlannedService) -> bool:
    """From a service that had started, and not from a day before that."""
    former, start = planned.continues.actual_start_on, planned.actual_start_on
    return bool(former and start and start >= former)


def kinds_of_programs(planned: PlannedService) -> set[str]:
    """The kinds of the programs that the customer was in on the day of the start; of all, where one was in none."""
    every = Enrollment.objects.filter(customer=planned.plan.customer_id)
    still = Q(exited_on__isnull=True) | Q(exited_on__gt=planned.actual_start_on)
    then = every.filter(still, begun_on__lte=planned.actual_start_on).values_list("program__kind", flat=True)
    return set(then) or set(every.values_list("program__kind", flat=True))


def may_be_early(planned: PlannedService) -> bool:
    """Where local policy allows it: an assessment asks for the service, a supervisor allowed it, a note says why."""
    said = bool(planned.assessment_id and planned.early_supervisor.strip() and planned.notes.strip())
    return bool(settings.EARLY_DELIVERY_BY_ASSESSMENT and said and planned.authorised_on is None)


def require_authorised(planned: PlannedService) -> None:
    start, version = planned.actual_start_on, planned.authorised_in
    if version is not None and start >= planned.authorised_on:
        return
    if version is not None:
        raise TooEarly(
            _("%(version)s, the first that lists this service, became active on %(day)s. It can't start before.")
            % {"version": version, "day": date_format(planned.authorised_on)}
        )
    current = planned.plan.versions.open().first()
    if current is None:
        raise TooEarly(
            _("No active version lists this service. Choose Update/Review: it may start once the version is agreed to.")
        )
    raise TooEarly(
        _("This can't start yet: %(version)s, which lists it, was opened on %(day)s and is not active (%(state)s).")
        % {
            "version": current,
            "day": date_format(current.created_on),
            "state": current.get_state_display().lower(),
        }
    )


def refuse_in_exploration(planned: PlannedService, *, sentence: str, field: str | None = None) -> None:
    """Career exploration forbids training and work-based contracts with employers (12.7.5, Career Exploration)."""
    if planned.service.in_exploration != Exploration.NO:
        return
    if CareerGoal.objects.in_plan().filter(plan=planned.plan_id, explores=True).exists():
        raise Refusal("not-in-exploration", sentence % {"service": planned.service}, field=field)

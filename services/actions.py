"""Changes of planned services, and of the credentials earned through them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.dates import day_of, is_before
from careerplan.base.history import changed_values, record
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import is_blank, said
from careerplan.plans.coenrollment import NOBODY, Asked, open_enrollments, others_of, require_approval
from careerplan.plans.models import Barrier, EmploymentPlan
from careerplan.plans.rows import for_changing, for_recording, item_for_saving, take_out
from customers.models import Enrollment, Program
from goals.actions import start_goal_of
from goals.models import Goal, require_goal_of_plan
from services.amounts import tell_of_amount
from services.attendance.keeping import refuse_days_attended
from services.catalog.refusing import refuse_not_offered
from services.classes.actions import part_with_details, refuse_unsaid, save_detail, unsaid_of
from services.enums import Continuation, ServiceRemoval, ServiceStatus
from services.fitting import refuse_what_does_not_fit
from services.gate import pass_the_gate, refuse_new_participation, refuse_unapproved
from services.items import SERVICE, going_on
from services.limits.spending import within_limits
from services.models import EarnedCredential, PlannedService, Service
from services.never_provided import told_in_log
from services.placed import let_placements_go, refuse_removal_while_placed, refuse_while_placed
from services.programs import only_program, others_answering, refuse_program_not_offered


@transaction.atomic
def add_service(
    plan: EmploymentPlan,
    service: Service,
    *,
    goal: Goal | None = None,
    planned_start_on: date | None = None,
    planned_end_on: date | None = None,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> PlannedService:
    """Put a catalog entry into the plan; under its program, where only one may give it.

    Raises:
        ApprovalNeeded: only other planners' programs may give it, and they have not approved (12.7.9).
        Refusal: it is not offered, or may not be in this plan.
    """
    values = {
        "service": service,
        "goal": goal,
        "planned_start_on": planned_start_on,
        "planned_end_on": planned_end_on,
    }
    planned: PlannedService = item_for_saving(SERVICE, plan, None, values, seen=None, by=by)
    enrollments = open_enrollments(plan.customer)
    refuse_not_offered(planned, enrollments, day_of(at))
    require_goal_of_plan(goal, plan)
    planned.program = only_program(service, enrollments)
    days = {"planned_start_on": planned_start_on, "planned_end_on": planned_end_on}
    asked = Asked("plan_service", {"service": service.pk, "goal": goal.pk if goal else None, **days})
    require_approval(others_answering(planned, by), approved_by, asked)
    refuse_what_does_not_fit(planned)
    record(planned, by=by, at=at)
    return planned


@transaction.atomic
def add_services(
    plan: EmploymentPlan,
    services: Iterable[Service],
    *,
    goal: Goal | None = None,
    planned_start_on: date | None = None,
    planned_end_on: date | None = None,
    by: User,
    at: datetime,
) -> list[PlannedService]:
    """Put several catalog entries into the plan, all of them or none, under one goal and with the same planned days.

    Raises as `add_service`, with the name of the service that is the reason, where there are several.
    """
    values: dict[str, Any] = {"goal": goal, "planned_start_on": planned_start_on, "planned_end_on": planned_end_on}
    chosen, added = list(services), []
    for service in chosen:
        try:
            added.append(add_service(plan, service, **values, by=by, at=at))
        except NotAllowed:
            raise
        except Refusal as refusal:
            if len(chosen) == 1 or refusal.field:
                raise
            raise named(service, refusal) from refusal
    return added


def named(service: Service, refusal: Refusal) -> Refusal:
    """The same, said of one service among others; it is answered where they were ticked, whatever page it leads to."""
    sentence = _("%(service)s: %(sentence)s") % {"service": service.plain_name, "sentence": refusal.sentence}
    found = Refusal(refusal.code, sentence, field=refusal.field)
    found.leads_to, found.leads_as = refusal.leads_to, refusal.leads_as
    return found


@transaction.atomic
def save_service(
    planned: PlannedService,
    values: dict[str, Any],
    *,
    seen: int | None = None,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> PlannedService:
    """Change a planned service: its goal is bound, everything else is recorded at any time.

    Raises:
        ApprovalNeeded: it comes to, leaves or ends early in a program whose planner has not approved (12.7.9).
        TooEarly: it may not start on this day (12.7.3, 12.7.5).
        Refusal: with the field and the sentence, for dates and values that do not go together, and for a program that
            may not give the service; and for support that goes over a limit of the region.
    """
    values = dict(values)
    barriers, detail = values.pop("barriers", None), part_with_details(planned, values)
    planned = item_for_saving(SERVICE, planned.plan, planned, values, seen=seen, by=by)
    refuse_another_service(planned)
    require_goal_of_plan(planned.goal, planned.plan)
    refuse_to_reopen(planned)
    refuse_what_does_not_fit(planned)
    refuse_days_attended(planned)
    changed = changed_values(planned)
    if "program_id" in changed:
        refuse_program_not_offered(planned.service, planned.program, planned.plan.customer)
    require_approval(others_touched(planned, by), approved_by, asked_of(planned))
    pass_the_gate(planned)
    refuse_unapproved(planned)
    refuse_while_placed(planned, changed, by=by)
    begins = {"actual_start_on", "goal_id"} & changed.keys()
    starts = "actual_start_on" in changed and changed["actual_start_on"][0] is None
    owing = set() if starts else unsaid_of(planned).keys()
    with within_limits(planned):
        also = [*link_barriers(planned, barriers), *save_detail(planned, detail, by=by, at=at)]
        also += told_in_log(planned, day_of(at))
        refuse_unsaid(planned, but=owing)
        record(planned, by=by, at=at, also=also)
    if "status" in changed and planned.has_ended:
        let_placements_go(planned, by=by, at=at)
    if "dollar_value" in changed:
        tell_of_amount(planned, by=by, at=at)
    if begins and planned.actual_start_on and planned.goal_id and planned.needs_goal:
        start_goal_of(planned, by=by, at=at)
    return planned


def refuse_another_service(planned: PlannedService) -> None:
    """Another service is another row (AMB-W8): what was agreed to, and may start, says nothing of it."""
    if "service_id" in changed_values(planned):
        raise Refusal(
            "another-service",
            _("A service can't become another one. Remove it from the plan, and add the other service."),
            field="service",
        )


ENDED_EARLY = frozenset({ServiceStatus.NEVER_PROVIDED, ServiceStatus.TERMINATED})


def others_touched(planned: PlannedService, by: User) -> list[Enrollment]:
    """The enrollments of other planners whose programs lose or gain the service: it moves, or ends early."""
    changed = changed_values(planned)
    moved = Program.objects.filter(pk__in=[key for key in changed.get("program_id", ()) if key is not None])
    touched = others_of(planned.plan.customer, moved, by)
    if "status" in changed and planned.status in ENDED_EARLY:
        touched += [row for row in others_answering(planned, by) if row not in touched]
    return touched


def asked_of(planned: PlannedService) -> Asked:
    """What its planner is asked: another program takes the service over, or loses it, or it ends early."""
    changed = changed_values(planned)
    if "program_id" in changed:
        return Asked("add_service", {"service": planned.pk, "program": planned.program_id}, field="program")
    ended = {"status": planned.status, "reason": planned.never_provided_reason, "ended_on": planned.ended_on}
    # What the end rests on, and what explains it: both are entered in the same form.
    also: dict[str, Any] = {n: getattr(planned, n) for n in ("actual_start_on", "notes") if n in changed}
    return Asked("end_service", {"service": planned.pk, **ended, **also}, field="status")


def refuse_to_reopen(planned: PlannedService) -> None:
    """What ended because it goes on under other funding stays ended, even where the one that goes on was removed; and
    what a credential was earned through stays complete (ILL-005)."""
    ended, _now = changed_values(planned).get("status", ("", ""))
    if ended == ServiceStatus.COMPLETE and EarnedCredential.objects.filter(service=planned).exists():
        raise Refusal(
            "credential-earned",
            _("A credential was earned through this service. Correct the credential first, then the service."),
            field="status",
        )
    if ended != ServiceStatus.TERMINATED:
        return
    if PlannedService.objects.filter(continues=planned, continuation=Continuation.FUNDING).exists():
        raise Refusal(
            "goes-on-already",
            _("This service already continues under other funding. Change that one."),
            field="status",
        )


def link_barriers(planned: PlannedService, barriers: Iterable[Barrier] | None) -> list[dict[str, str]]:
    """Set the related barriers; returns the change in words for the log."""
    if barriers is None:
        return []
    chosen = list(barriers)
    if any(barrier.plan_id != planned.plan_id for barrier in chosen):
        raise Refusal("barrier-of-another-plan", _("Choose barriers of this plan."), field="barriers")
    linked = list(planned.barriers.select_related("category"))
    if {barrier.pk for barrier in linked} == {barrier.pk for barrier in chosen}:
        return []
    planned.barriers.set(chosen)
    words = [", ".join(sorted(str(barrier) for barrier in barriers)) for barriers in (linked, chosen)]
    return [{"label": str(_("related barriers")), "from": words[0], "to": words[1]}]


@transaction.atomic
def remove_service(
    planned: PlannedService,
    *,
    removal: str,
    note: str = "",
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> PlannedService:
    """Take a service out of the plan, with the reason.

    Raises:
        ApprovalNeeded: it is a service of another program, whose planner has not approved (12.7.9).
        Refusal: "completed" is said of a service without a completion date.
    """
    plan = for_changing(planned.plan, by=by)
    planned = PlannedService.objects.select_related("service", "program").get(pk=planned.pk)
    why = chosen(removal, ServiceRemoval, _("Choose why you are removing the service from the plan."), field="removal")
    if why == ServiceRemoval.COMPLETED and planned.status != ServiceStatus.COMPLETE:
        raise Refusal(
            "not-completed",
            _("This service is not complete. Set its status and completion date first, or choose another reason."),
            field="removal",
        )
    if why == ServiceRemoval.OTHER:
        note = said(note, _("Enter the reason."), field="note")
    asked = Asked("remove_service", {"service": planned.pk, "removal": removal, "note": note})
    refuse_removal_while_placed(planned)
    planned.plan = plan
    require_approval(others_answering(planned, by), approved_by, asked)
    reason = f"{why.label}. {'' if is_blank(note) else note}".strip()
    removed: PlannedService = take_out(plan, planned, reason=reason, why=why, by=by, at=at)
    return removed


@transaction.atomic
def change_funding(
    planned: PlannedService,
    *,
    program: Program | None,
    contract: str,
    changes_on: date,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> PlannedService:
    """End a service that is under way and re-create it for another funding source or contract.

    Nothing else changes for the customer, so that it needs neither a draft nor an acknowledgment (12.7.5, Services).

    Raises:
        ApprovalNeeded: one of the two programs is another planner's, who has not approved (12.7.9).
        TooEarly: a participation would start by it, to which the customer has not agreed.
        Refusal: the service is not under way or goes on already, the day is before its start, or the program may not
            give it.
    """
    plan = for_recording(planned.plan, by=by)
    contract = said(contract, _("Enter the funding source or contract."), field="contract")
    rows = PlannedService.objects.in_plan().select_for_update(of=("self",)).select_related("service", "program")
    former = rows.filter(plan=plan, pk=planned.pk).first()
    if former is None or former.status not in {ServiceStatus.STARTED, ServiceStatus.ON_HOLD}:
        raise Refusal(
            "not-under-way", _("You can change the funding only of a service that has started and has not ended.")
        )
    former.plan = plan
    refuse_unlikely(changes_on, day_of(at), happened=True, field="changes_on")
    if is_before(changes_on, former.actual_start_on):
        raise Refusal(
            "change-before-start", _("The change can't be before the start of the service."), field="changes_on"
        )
    if program != former.program:
        refuse_program_not_offered(former.service, program, plan.customer)
    funding = {"program": program.pk if program else None, "contract": contract, "changes_on": changes_on}
    asked = Asked("add_service", {"service": former.pk, **funding})
    require_approval(others_of(plan.customer, [former.program, program], by), approved_by, asked)
    latter: PlannedService = going_on(former, plan, Continuation.FUNDING)
    latter.program, latter.contract, latter.actual_start_on = program, contract, changes_on
    refuse_new_participation(latter, field="changes_on")
    former.status, former.ended_on = ServiceStatus.TERMINATED, changes_on
    refuse_days_attended(former)
    record(former, by=by, at=at, reason=gettext_noop("funding or contract changed"))
    record(latter, by=by, at=at, reason=gettext_noop("funding or contract changed"))
    latter.take_along(former, by=by, at=at)
    latter.barriers.set(former.barriers.all())
    return latter

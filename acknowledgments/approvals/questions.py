"""What a planner may ask other staff: from the words of an address to a question with its action (12.7.7, 12.7.9)."""

from datetime import date
from typing import Any

from django.http import Http404, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from acknowledgments.agreement.drafts import added_services, may_come_back
from acknowledgments.approvals.requests import Question
from acknowledgments.enums import OF_A_DRAFT, RequestKind
from careerplan.accounts.models import User
from careerplan.base.addresses import key_in
from careerplan.base.words import is_blank
from careerplan.plans.coenrollment import others, others_of
from careerplan.plans.enums import Outcome, OutcomeReason, VersionState
from careerplan.plans.models import PlanVersion
from careerplan.plans.pages import PlanPage
from customers.models import Enrollment, Program
from goals.enums import CareerGoalRole, Term
from goals.models import STATEMENT_LIMIT, CareerGoal, Goal, GoalCategory, Occupation
from services.actions import ENDED_EARLY
from services.enums import NeverProvided, ServiceRemoval, ServiceStatus
from services.models import NOTES_LIMIT, PlannedService


def question_for(kind: str, page: PlanPage, data: QueryDict, by: User) -> Question:
    """The question that the address asks; Http404 where it makes no sense for this customer's plan."""
    if kind not in RequestKind.values or (page.plan is None and kind != RequestKind.START_PLAN):
        raise Http404
    found = ASKED[RequestKind(kind)](page, data, by)
    if kind in OF_A_DRAFT and page.current is not None:
        found["arguments"]["draft"] = page.current.pk
    values: dict[str, Any] = {"kind": RequestKind(kind), "customer": page.customer, "plan": page.plan}
    if kind == RequestKind.START_PLAN:
        values["plan"] = None
    return Question(**values | found)


def row_of(rows: Any, key: str) -> Any:
    """The row that a key of the address names, or Http404."""
    row = rows.filter(pk=key_in(key)).first()
    if row is None:
        raise Http404
    return row


def known(value: str, choices: Any) -> str:
    if value not in choices.values:
        raise Http404
    return value


def partners(page: PlanPage, by: User) -> tuple[Enrollment, ...]:
    """Those who must approve what concerns the whole plan; Http404 where nobody has to."""
    return somebody(others(page.customer, by))


def partners_of(page: PlanPage, programs: list[Program | None], by: User) -> tuple[Enrollment, ...]:
    """As `partners`, of what concerns these programs alone."""
    return somebody(others_of(page.customer, programs, by))


def somebody(found: list[Enrollment]) -> tuple[Enrollment, ...]:
    if not found:
        raise Http404
    return tuple(found)


def recovery(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    rows = PlanVersion.objects.visible_to(by).select_related("plan")
    rows = rows.filter(plan=page.plan, state=VersionState.DELETED)
    version = row_of(rows, data.get("version", ""))
    if not may_come_back(version):
        raise Http404
    return {"what": str(version), "target": f"version:{version.pk}", "arguments": {"version": version.pk}}


def service_of(page: PlanPage, data: QueryDict, by: User) -> PlannedService:
    rows = PlannedService.objects.visible_to(by).in_plan().filter(plan=page.plan)
    found: PlannedService = row_of(rows.select_related("service", "program"), data.get("service", ""))
    return found


def removal(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    planned = service_of(page, data, by)
    why = known(data.get("removal", ""), ServiceRemoval)
    return {
        "what": f"{planned} ({planned.program}): {ServiceRemoval(why).label}",
        "target": f"service:{planned.pk}",
        "arguments": {"service": planned.pk, "removal": why, "note": data.get("note", "")[:200]},
        "enrollments": partners_of(page, [planned.program], by),
    }


def addition(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    """A service comes to a program, or leaves one; with a day, its funding changes from that day on."""
    planned = service_of(page, data, by)
    program = row_of(Program.objects.all(), data["program"]) if data.get("program") else None
    arguments: dict[str, Any] = {"service": planned.pk, "program": program.pk if program else None}
    nothing = _("no program")
    about = f"{planned}: {planned.program or nothing} → {program or nothing}"
    if data.get("changes_on"):
        day = read_day(data["changes_on"])
        about += f", {date_format(day, 'SHORT_DATE_FORMAT')}, {data.get('contract', '')}"
        arguments |= {"changes_on": day.isoformat(), "contract": data.get("contract", "")[:100]}
    return {
        "what": about,
        "target": f"service:{planned.pk}",
        "arguments": arguments,
        "enrollments": partners_of(page, [planned.program, program], by),
    }


def ending(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    """A service ends before it is complete, or was never provided."""
    planned = service_of(page, data, by)
    status = ServiceStatus(known(data.get("status", ""), ServiceStatus))
    if status not in ENDED_EARLY:
        raise Http404
    arguments = {"service": planned.pk, "was": planned.status, "status": status, "reason": "", "ended_on": ""}
    about = f"{planned} ({planned.program}): {status.label}"
    if status == ServiceStatus.NEVER_PROVIDED:
        why = NeverProvided(known(data.get("reason", ""), NeverProvided))
        arguments["reason"] = why
        about += f", {why.label}"
    else:
        day = read_day(data.get("ended_on", ""))
        arguments["ended_on"] = day.isoformat()
        about += f", {date_format(day, 'SHORT_DATE_FORMAT')}"
    if "actual_start_on" in data:
        start = read_day(data["actual_start_on"]) if data["actual_start_on"] else None
        arguments["actual_start_on"] = start.isoformat() if start else ""
        day = date_format(start, "SHORT_DATE_FORMAT") if start else _("none")
        about += ", " + _("actual start: %(day)s") % {"day": day}
    if "notes" in data:
        arguments["notes"] = data["notes"].strip()[:NOTES_LIMIT]
        about += f": {arguments['notes']}"
    return {
        "what": about,
        "target": f"service:{planned.pk}",
        "arguments": arguments,
        "enrollments": partners_of(page, [planned.program], by),
    }


def goal_of(page: PlanPage, data: QueryDict, by: User) -> Goal:
    rows = Goal.objects.visible_to(by).in_plan().filter(plan=page.plan)
    found: Goal = row_of(rows.select_related("category"), data.get("goal", ""))
    return found


def rewording(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    goal = goal_of(page, data, by)
    category = GoalCategory.objects.filter(code=data.get("category", "")).first()
    statement, term = data.get("statement", "").strip()[:STATEMENT_LIMIT], Term(known(data.get("term", ""), Term))
    if category is None or is_blank(statement):
        raise Http404
    arguments = {"statement": statement, "term": term, "category": category.code}
    return {
        "what": f"{goal} → {statement} ({category}, {term.label})",
        "target": f"goal:{goal.pk}",
        "arguments": arguments | {"goal": goal.pk, "seen": goal.row_version},
        "enrollments": partners(page, by),
    }


def goal_removal(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    goal = goal_of(page, data, by)
    arguments = {"goal": goal.pk, "seen": goal.row_version}
    asked = {"target": f"goal:{goal.pk}", "enrollments": partners(page, by)}
    return {"what": str(goal), "arguments": arguments, **asked}


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def career_goal(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    role = CareerGoalRole(known(data.get("role", ""), CareerGoalRole))
    asked = {"target": f"career-goal:{role}", "enrollments": partners(page, by)}
    current = CareerGoal.objects.in_plan().filter(plan=page.plan, role=role).first()
    if data.get("removed"):
        if current is None:
            raise Http404
        about = _("%(role)s: remove %(goal)s") % {"role": role.label, "goal": current}
        return {"what": about, "arguments": {"role": role, "removed": current.pk, "seen": current.row_version}, **asked}
    goal, arguments = new_goal(data)
    arguments |= {"role": role, "words": data.get("words", "")[:200], "seen": current.row_version if current else 0}
    if not (goal or arguments["words"]):
        raise Http404
    return {"what": f"{role.label}: {goal or arguments['words']}", "arguments": arguments, **asked}


def new_goal(data: QueryDict) -> tuple[str, dict[str, Any]]:
    """The occupation or career exploration that the address names: in words, and as arguments."""
    explores = bool(data.get("explores"))
    occupation = Occupation.objects.filter(code=data.get("occupation", "")).first()
    words = str(_("Career exploration")) if explores else str(occupation or "")
    return words, {"explores": explores, "occupation": occupation.code if occupation else ""}


def employment_goal(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    goal, arguments = new_goal(data)
    if not goal:
        raise Http404
    carried = {name: bool(data.get(name)) for name in ("career_goals", "barriers", "services", "steps")}
    target = {"target": "employment-goal", "enrollments": partners(page, by)}
    return {"what": goal, "arguments": arguments | carried, **target}


def deletion(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    """The draft goes, with the services of other programs that it adds."""
    version, reason = page.current, data.get("reason", "").strip()[:300]
    if page.plan is None or version is None or not version.is_draft or is_blank(reason):
        raise Http404
    services = added_services(page.plan)
    enrollments = partners_of(page, [service.program for service in services], by)
    programs = {enrollment.program_id for enrollment in enrollments}
    named = ", ".join(str(service) for service in services if service.program_id in programs)
    return {
        "what": f"{version} ({named}): {reason}",
        "target": f"version:{version.pk}",
        "arguments": {"version": version.pk, "reason": reason, "services": [service.pk for service in services]},
        "enrollments": enrollments,
    }


def closing(page: PlanPage, data: QueryDict, by: User) -> dict[str, Any]:
    outcome = Outcome(known(data.get("outcome", ""), Outcome))
    reason = data.get("reason", "")
    about = str(outcome.label)
    if outcome == Outcome.NOT_COMPLETED:
        about += f", {OutcomeReason(known(reason, OutcomeReason)).label}"
    arguments = {"outcome": outcome, "reason": reason if outcome == Outcome.NOT_COMPLETED else ""}
    return {"what": about, "target": "plan", "arguments": arguments, "enrollments": partners(page, by)}


def beginning(page: PlanPage, _data: QueryDict, by: User) -> dict[str, Any]:
    return {"what": str(page.customer), "target": "plan", "enrollments": partners(page, by)}


ASKED = {
    RequestKind.RECOVER_DRAFT: recovery,
    RequestKind.REMOVE_SERVICE: removal,
    RequestKind.ADD_SERVICE: addition,
    RequestKind.END_SERVICE: ending,
    RequestKind.CHANGE_GOAL: rewording,
    RequestKind.REMOVE_GOAL: goal_removal,
    RequestKind.CHANGE_CAREER_GOAL: career_goal,
    RequestKind.CHANGE_EMPLOYMENT_GOAL: employment_goal,
    RequestKind.DELETE_DRAFT: deletion,
    RequestKind.CLOSE_PLAN: closing,
    RequestKind.START_PLAN: beginning,
}

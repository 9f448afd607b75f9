"""Contents as people read them: the same rows for the paper, the version page and the customer's page."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from acknowledgments.contents.items import KINDS, PlanContents
from acknowledgments.contents.kinds import reference
from acknowledgments.enums import DOCUMENTED
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.paper.desk import said_of_desk
from acknowledgments.paper.facts import (
    assistance_rows,
    credential_rows,
    customer_facts,
    fact,
    goal_facts,
    language_name,
    office_facts,
    plan_facts,
    planner_facts,
)
from acknowledgments.paper.words import item_rows
from careerplan.base.dates import as_evidence, in_text, moment_in_text
from careerplan.base.readable import day, dollars, hours, short_day, weekly
from careerplan.base.spoken import OFFICIAL_LANGUAGE, Words, in_language_of, language_now
from careerplan.plans.enums import BarrierStatus
from careerplan.plans.items import BARRIER, BarrierItem
from careerplan.plans.kinds import Kind
from careerplan.plans.policy import NO_BARRIERS
from customers.enums import PlanType
from goals.enums import CareerGoalRole, GoalStatus, StepWho, Term
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL, CareerGoalItem, GoalItem
from services.classes.apprenticeship.words import step_rows
from services.enums import ServiceStatus
from services.items import SERVICE, ServiceItem

PILLS = {
    "not_started": "not-started",
    "started": "started",
    "on_track": "on-track",
    "off_track": "off-track",
    "complete": "done",
    "planned": "not-started",
    "on_hold": "on-hold",
    "never_provided": "on-hold",
    "terminated": "off-track",
}


def career_goal_rows(contents: PlanContents) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for goal in contents.career_goals:
        titled = in_language_of(goal.occupation, f"{goal.occupation} ({goal.occupation_code})")
        occupation = titled if goal.occupation_code else goal.words
        what = _("Career exploration") if goal.explores else occupation
        if is_same_as_employment(goal, contents):
            what = _("Same as the employment goal")
        ref = reference(CAREER_GOAL, goal.id)
        rows.append({"ref": ref, "role": str(CareerGoalRole(goal.role).label), "what": what})
    return rows


def is_same_as_employment(goal: CareerGoalItem, contents: PlanContents) -> bool:
    """One occupation in several roles of an IEP is shown as a single goal (12.7.5, Goals, third example)."""
    employment = contents.career_goal(CareerGoalRole.EMPLOYMENT)
    if contents.plan_type != PlanType.IEP or employment is None or goal.role == CareerGoalRole.EMPLOYMENT:
        return False
    return goal.occupation_code == employment.occupation_code != ""


def job_fit_row(contents: PlanContents) -> dict[str, str] | None:
    """The job fit review as done: on which day, of which occupation, with which result; outside, by which assessment.
    None where none was done."""
    fit = contents.about.job_fit
    if fit is None or not fit.done_on:
        return None
    counted = {"fits": fit.fits, "number": fit.asked_of, "learns": fit.learns}
    here = _("%(fits)d of %(number)d items are comfortable, %(learns)d are to be learned") % counted
    return {
        "occupation": Words(fit.occupation, OFFICIAL_LANGUAGE),
        "on": day(fit.done_on),
        "outside": fit.outside,
        "result": fit.outside_result if fit.outside else here,
    }


def goal_rows(contents: PlanContents) -> list[dict[str, Any]]:
    """Each goal with its services and action steps."""
    rows = []
    for number, goal in enumerate(contents.goals, start=1):
        row = goal_row(goal)
        row["number"] = number
        row["answers"] = what_it_answers(goal, contents)
        row["services"] = [service_row(service, contents) for service in contents.services_of(goal.id)]
        row["steps"] = [step_row(step, contents) for step in contents.steps_of(goal.id)]
        rows.append(row)
    return rows


def goal_row(goal: GoalItem) -> dict[str, Any]:
    return {
        "ref": reference(GOAL, goal.id),
        "statement": goal.statement,
        "category": goal.category,
        "term": Term(goal.term).label,
        "status": GoalStatus(goal.status).label,
        "pill": PILLS[goal.status],
        "said": said_of_status(goal),
        "starts": short_day(goal.starts_on),
        "ends": short_day(goal.ends_on),
        "ends_long": day(goal.ends_on),
    }


def what_it_answers(goal: GoalItem, contents: PlanContents) -> list[dict[str, Any]]:
    """Barriers, assessments and the credential that it leads to, each with its names; nothing where it names none."""
    barriers = [barrier.category for barrier in contents.barriers if barrier.id in goal.barrier_ids]
    told = (
        (_("Barriers"), barriers),
        (_("Assessments"), list(goal.assessments)),
        (_("Leads to the credential"), [goal.credential] if goal.credential else []),
    )
    return [{"label": label, "names": names} for label, names in told if names]


def said_of_status(goal: GoalItem) -> list[dict[str, str]]:
    """Why it is off track and what will be done, or how it was verified; nothing where the contents do not say."""
    told = (
        (_("Why it is off track"), goal.setback_reason),
        (_("What will be done"), goal.setback_remedy),
        (_("How it was verified"), goal.verified_how),
    )
    return [{"label": label, "text": text} for label, text in told if text]


def goal_number(contents: PlanContents, goal_id: int | None) -> str:
    """The number that the goal carries on the paper."""
    return next((str(number) for number, goal in enumerate(contents.goals, start=1) if goal.id == goal_id), "")


def service_row(service: ServiceItem, contents: PlanContents) -> dict[str, Any]:
    goal = next((goal.statement for goal in contents.goals if goal.id == service.goal_id), "")
    barriers = [barrier.category for barrier in contents.barriers if barrier.id in service.barrier_ids]
    return {
        "ref": reference(SERVICE, service.id),
        "name": service.name,
        "category": service.category,
        "goal": goal,
        "goal_number": goal_number(contents, service.goal_id),
        "is_supportive": service.is_supportive,
        "status": ServiceStatus(service.status).label,
        "pill": PILLS[service.status],
        "planned_start": short_day(service.planned_start_on),
        "planned_end": short_day(service.planned_end_on),
        "actual_start": short_day(service.actual_start_on),
        "actual_end": short_day(service.ended_on),
        "starts": short_day(service.actual_start_on or service.planned_start_on),
        "ends": short_day(service.ended_on or service.planned_end_on),
        "starts_long": day(service.actual_start_on or service.planned_start_on),
        "ends_long": day(service.ended_on or service.planned_end_on),
        "provider": service.provider or service.listed_provider or contents.about.grantee,
        "contact": service.provider_contact or service.listed_provider_contact,
        "training_program": service.training_program,
        "expected_credentials": service.expected_credentials,
        "apprenticeship": apprenticeship_facts(service),
        "wage_steps": step_rows(service.wage_steps),
        "hours": hours(service.weekly_hours),
        "weekly": weekly(service.weekly_hours),
        "cost": dollars(service.dollar_value),
        "notes": service.notes,
        "barriers": barriers,
    }


def apprenticeship_facts(service: ServiceItem) -> list[dict[str, str]]:
    """What only an apprenticeship says, but for its wage steps; `text` has a language, `name` is in none."""
    occupation = in_language_of(service.soc_title, f"{service.soc_title} ({service.soc_code})")
    told = (
        (_("Occupation"), occupation if service.soc_code else "", ""),
        (_("Sponsor"), "", service.sponsor),
        (_("RAPIDS ID"), "", service.rapids_id),
        (_("Hours on the job"), "", hours(service.job_hours)),
        (_("Hours of related instruction"), "", hours(service.instruction_hours)),
    )
    return [{"label": label, "text": text, "name": name} for label, text, name in told if text or name]


def step_row(step: Any, contents: PlanContents) -> dict[str, Any]:
    goal = next((goal.statement for goal in contents.goals if goal.id == step.goal_id), "")
    return {
        "ref": reference(ACTION_STEP, step.id),
        "text": step.text,
        "goal": goal,
        "goal_number": goal_number(contents, step.goal_id),
        "who": StepWho(step.who).label,
        "who_to_customer": who_to_customer(step.who),
        "due": short_day(step.due_on),
        "due_long": day(step.due_on),
        "done": short_day(step.done_on),
        "is_done": bool(step.done_on),
    }


def who_to_customer(who: str) -> str:
    """Who does a step, as the customer reads it."""
    words = {StepWho.CUSTOMER: _("You"), StepWho.PLANNER: _("Your career planner")}
    return words.get(StepWho(who), _("You and your career planner"))


def barrier_rows(contents: PlanContents) -> list[dict[str, str]]:
    return [
        {
            "ref": reference(BARRIER, barrier.id),
            "category": barrier.category,
            "description": barrier.description,
            "how": barrier.how_addressed,
            "status": str(BarrierStatus(barrier.status).label) if barrier.category_code != NO_BARRIERS else "",
        }
        for barrier in contents.barriers
    ]


def plan_rows(contents: PlanContents) -> dict[str, Any]:
    """Everything of the contents in rows."""
    services = [service_row(service, contents) for service in contents.services]
    values = [row.dollar_value for row in contents.services if row.status != ServiceStatus.NEVER_PROVIDED]
    total = sum((Decimal(value) for value in values if value), Decimal(0))
    return {
        "contents": contents,
        "about": contents.about,
        "title": PlanType(contents.plan_type).label,
        "career_goals": career_goal_rows(contents),
        "job_fit": job_fit_row(contents),
        "goals": goal_rows(contents),
        "barriers": barrier_rows(contents),
        "services": services,
        "groundwork": [service_row(service, contents) for service in contents.services if service.goal_id is None],
        "steps": [step_row(step, contents) for step in contents.action_steps],
        "total_cost": dollars(str(total)) if total else "",
        "shown": sections_of(contents, "contents", lambda kind: kind.shown),
        "written_in": contents.about.written_in,
        "is_foreign": contents.about.written_in != language_now(),
    }


def sections_of(
    contents: PlanContents, folder: str, names: Callable[[Kind], tuple[str, ...]], kinds: Sequence[Kind] = KINDS
) -> list[dict[str, Any]]:
    """The parts in which the items are shown, in plan order; a kind that names none is told by all its fields."""
    sections: dict[str, dict[str, Any]] = {}
    for kind in kinds:
        for name in names(kind):
            sections.setdefault(name, {"template": f"acknowledgments/{folder}/_{name}.html"})
        if not names(kind):
            told = {"heading": _(kind.label), "slug": kind.slug, "told": item_rows(kind, contents)}
            sections[kind.name] = {"template": f"acknowledgments/{folder}/_items.html"} | told
    return list(sections.values())


# --- the paper --------------------------------------------------------------------------------


def paper_context(
    contents: PlanContents, *, seal: Seal | None, acknowledgment: Acknowledgment | None, printed_on: date
) -> dict[str, Any]:
    """The context of the paper. What is confidential stays out of it as a whole."""
    shared_contents = without_confidential(contents)
    rows = plan_rows(shared_contents)
    about = contents.about
    return rows | {
        "sections": sections_of(shared_contents, "paper", lambda kind: kind.printed),
        "career_goals": rows["career_goals"] + same_as_employment(contents),
        "is_iss": contents.plan_type in {PlanType.ISS, PlanType.BOTH},
        "office_facts": office_facts(about),
        "plan_facts": plan_facts(about, seal=seal, acknowledgment=acknowledgment, printed_on=printed_on),
        "customer_facts": customer_facts(contents),
        "planner_facts": planner_facts(about),
        "assessments": [
            {"name": row.name, "result": row.result, "kind": row.kind, "on": short_day(row.assessed_on)}
            for row in about.assessments
        ],
        "apprenticeships": [row for row in rows["services"] if row["apprenticeship"] or row["wage_steps"]],
        "trainings": [row for row in rows["services"] if row["training_program"]],
        "credentials": credential_rows(contents),
        "service_groups": service_groups(rows["services"]),
        "supportive": [row for row in rows["services"] if row["is_supportive"]],
        "wage_goal": dollars(about.wage_goal),
        "goal_facts": goal_facts(contents),
        "assistance": assistance_rows(contents),
        "seal": seal,
        "sealed_on": in_text(timezone.localdate(seal.sealed_at)) if seal else "",
        "acknowledgment": acknowledgment,
        "agreed_at": local_moment(acknowledgment) if acknowledgment else "",
        "agreed_zone": acknowledgment.time_zone if acknowledgment and acknowledgment.agreed_on is None else "",
        "next_review": next_review(acknowledgment),
        "evidence": evidence_facts(acknowledgment) if acknowledgment else [],
        "printed_on": printed_on,
    }


def without_confidential(contents: PlanContents) -> PlanContents:
    """The contents as they may be shared on paper: a confidential barrier keeps its place and loses its words."""
    barriers = [shared(barrier) if barrier.confidential else barrier for barrier in contents.barriers]
    return replace(contents, barriers=tuple(barriers))


def shared(barrier: BarrierItem) -> BarrierItem:
    words = _("Confidential need, kept in the customer's record")
    return BarrierItem(barrier.id, "", words, status=barrier.status, confidential=True)


def same_as_employment(contents: PlanContents) -> list[dict[str, str]]:
    """An IEP whose goals are the same may name a single one (12.7.5, Goals): the paper says it of the others."""
    employment = contents.career_goal(CareerGoalRole.EMPLOYMENT)
    if contents.plan_type == PlanType.ISS or employment is None or employment.explores:
        return []
    others = (CareerGoalRole.LONG_TERM, CareerGoalRole.SELF_SUFFICIENCY)
    missing = [role for role in others if contents.career_goal(role) is None]
    return [{"role": str(role.label), "what": _("Same as the employment goal")} for role in missing]


def service_groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The services other than supportive ones by category, in the order in which the plan first names each."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if not row["is_supportive"]:
            groups.setdefault(row["category"], []).append(row)
    return [{"category": category or _("Other services"), "services": found} for category, found in groups.items()]


def next_review(acknowledgment: Acknowledgment | None) -> str:
    due = acknowledgment.version.next_review_on if acknowledgment else None
    return in_text(due) if due else ""


def local_moment(acknowledgment: Acknowledgment) -> str:
    """The customer's own clock at the acknowledgment, such as Jan. 5, 2027, 2:30 p.m.; of a document its day."""
    if acknowledgment.agreed_on is not None:
        return in_text(acknowledgment.agreed_on)
    return moment_in_text(datetime.fromisoformat(acknowledgment.local_time))


def evidence_facts(acknowledgment: Acknowledgment) -> list[dict[str, str]]:
    """Who acknowledged what, when and how: as recorded, so that it can be compared with the record."""
    if acknowledgment.method in DOCUMENTED:
        return documented_facts(acknowledgment)
    facts = [
        fact(_("Method"), acknowledgment.get_method_display()),
        fact(_("Name typed"), acknowledgment.typed_name),
        fact(_("Name on the plan"), acknowledgment.sealed_name),
        fact(_("Signer on record"), acknowledgment.signer_name),
        fact(_("Signer's account"), acknowledgment.signer.get_username()),
        fact(_("Time (UTC)"), as_evidence(acknowledgment.acknowledged_at)),
        fact(_("Local time"), acknowledgment.local_time),
        fact(_("Time zone"), acknowledgment.time_zone),
        fact(_("IP address"), acknowledgment.ip_address or _("Not recorded")),
        fact(_("Browser"), acknowledgment.user_agent or _("Not recorded")),
        fact(_("Statement"), f"{acknowledgment.statement_version}, {language_name(acknowledgment.language)}"),
        fact(_("Request ID"), str(acknowledgment.request.key) if acknowledgment.request else _("None")),
        fact(_("Acknowledged contents (SHA-256)"), acknowledgment.digest),
    ]
    desk = [fact(label, value) for label, value in said_of_desk(acknowledgment)]
    return [row for row in [*facts, *desk, *sign_in_facts(acknowledgment)] if row["lines"]]


def sign_in_facts(acknowledgment: Acknowledgment) -> list[dict[str, Any]]:
    """The marks of evidence that was made within a week of what an administrator did with the sign-in."""
    marks = (
        (_("Sign-in set up by an administrator"), acknowledgment.sign_in_set_up_at),
        (_("Sign-in changed by an administrator"), acknowledgment.sign_in_changed_at),
    )
    lately = [(label, in_text(timezone.localdate(at))) for label, at in marks if at is not None]
    return [fact(label, _("%(day)s, within a week before") % {"day": day}) for label, day in lately]


def documented_facts(acknowledgment: Acknowledgment) -> list[dict[str, str]]:
    """Of an agreement on paper or by e-mail: the customer's name and day, and the account that recorded it."""
    recorded_at = as_evidence(acknowledgment.acknowledged_at)
    facts = [
        fact(_("Method"), acknowledgment.get_method_display()),
        fact(_("Agreed on"), in_text(acknowledgment.agreed_on) if acknowledgment.agreed_on else ""),
        fact(_("Name as signed"), acknowledgment.typed_name),
        fact(_("Name on the plan"), acknowledgment.sealed_name),
        fact(_("Signer on record"), acknowledgment.signer_name),
        fact(_("The customer's e-mail address"), acknowledgment.sender),
        fact(_("Recorded by"), str(acknowledgment.signer)),
        fact(_("Account that recorded it"), acknowledgment.signer.get_username()),
        fact(_("Recorded at (UTC)"), recorded_at),
        fact(_("Statement"), f"{acknowledgment.statement_version}, {language_name(acknowledgment.language)}"),
        fact(_("Acknowledged contents (SHA-256)"), acknowledgment.digest),
    ]
    return [row for row in facts if row["lines"]]

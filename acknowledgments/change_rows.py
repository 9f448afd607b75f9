"""Changes and the rules that decide about them, as people read them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acknowledgments.changes import ACTION_STEP, ADDED, BARRIER, CAREER_GOAL, GOAL, PLAN, REMOVED, SERVICE, Change
from acknowledgments.contents import PlanContents
from acknowledgments.decisions import Decision
from acknowledgments.form_rows import day, dollars
from acknowledgments.policy import Requirement
from goals.enums import CareerGoalRole, GoalStatus, StepWho, Term
from services.enums import ServiceStatus

KINDS = {ADDED: gettext_lazy("Added"), REMOVED: gettext_lazy("Removed")}
THINGS = {
    CAREER_GOAL: gettext_lazy("Career goal"),
    GOAL: gettext_lazy("Goal"),
    BARRIER: gettext_lazy("Barrier"),
    SERVICE: gettext_lazy("Service"),
    ACTION_STEP: gettext_lazy("Action step"),
    PLAN: gettext_lazy("Plan"),
}
FIELDS = {
    "statement": gettext_lazy("wording"),
    "category": gettext_lazy("category"),
    "term": gettext_lazy("short or long term"),
    "status": gettext_lazy("status"),
    "explores": gettext_lazy("career exploration"),
    "occupation_code": gettext_lazy("occupation"),
    "words": gettext_lazy("wording"),
    "description": gettext_lazy("description"),
    "how_addressed": gettext_lazy("how it will be addressed"),
    "goal_id": gettext_lazy("goal"),
    "program_code": gettext_lazy("program"),
    "planned_start_on": gettext_lazy("planned start"),
    "planned_end_on": gettext_lazy("planned end"),
    "actual_start_on": gettext_lazy("start date"),
    "ended_on": gettext_lazy("completion date"),
    "weekly_hours": gettext_lazy("weekly hours"),
    "provider": gettext_lazy("provider"),
    "provider_contact": gettext_lazy("provider's address and phone"),
    "dollar_value": gettext_lazy("dollar value"),
    "notes": gettext_lazy("notes"),
    "barrier_ids": gettext_lazy("related barriers"),
    "assessment": gettext_lazy("assessment that it answers"),
    "exploration_reason": gettext_lazy("why during career exploration"),
    "contract": gettext_lazy("funding source or contract"),
    "text": gettext_lazy("wording"),
    "who": gettext_lazy("who does it"),
    "due_on": gettext_lazy("due"),
    "done_on": gettext_lazy("done"),
    "plan_type": gettext_lazy("plan type"),
    "barriers_comment": gettext_lazy("comments on barriers"),
    "no_services_reason": gettext_lazy("why no services are planned"),
    "no_supportive_services": gettext_lazy("no supportive services are needed"),
}
CHOICES = {
    "term": dict(Term.choices),
    "who": dict(StepWho.choices),
    (GOAL, "status"): dict(GoalStatus.choices),
    (SERVICE, "status"): dict(ServiceStatus.choices),
}


def decision_rows(decision: Decision, before: PlanContents | None, after: PlanContents) -> list[dict[str, Any]]:
    """Each change with its rule; a row without `what` is about the plan as a whole."""
    goals = {goal.id: goal.statement for contents in (before, after) if contents for goal in contents.goals}
    return [requirement_row(requirement, goals) for requirement in decision.requirements]


def requirement_row(requirement: Requirement, goals: dict[int, str]) -> dict[str, Any]:
    rule = requirement.rule
    row = {"needs": rule.needs, "sentence": _(rule.sentence), "citation": rule.citation, "code": rule.code}
    return row | (change_row(requirement.change, goals) if requirement.change else {})


def change_rows(changes: list[Change], before: PlanContents, after: PlanContents) -> list[dict[str, Any]]:
    """The changes alone, for the customer and for two versions side by side."""
    goals = {goal.id: goal.statement for contents in (before, after) for goal in contents.goals}
    return [change_row(change, goals) for change in changes]


def change_row(change: Change, goals: dict[int, str]) -> dict[str, Any]:
    what = CareerGoalRole(change.item.role).label if change.what == CAREER_GOAL else THINGS[change.what]
    return {
        "kind": KINDS.get(change.kind, _("Changed")),
        "what": what,
        "label": change.label,
        "fields": [
            {
                "label": FIELDS[field.name],
                "before": in_words(change.what, field.name, field.before, goals),
                "after": in_words(change.what, field.name, field.after, goals),
            }
            for field in change.fields
        ],
    }


def in_words(what: str, name: str, value: Any, goals: dict[int, str]) -> str:
    if name == "goal_id":
        return goals.get(value, _("none"))
    if name == "barrier_ids":
        return str(len(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name.endswith("_on"):
        return day(value)
    if name == "dollar_value":
        return dollars(value)
    choices = CHOICES.get((what, name)) or CHOICES.get(name, {})
    return str(choices.get(value, value))

"""Changes and the rules that decide about them, as people read them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acknowledgments.contents.changes import (
    ACTION_STEP,
    ADDED,
    BARRIER,
    CAREER_GOAL,
    GOAL,
    PLAN,
    REMOVED,
    SERVICE,
    Change,
)
from acknowledgments.contents.items import PlanContents
from acknowledgments.rules.decisions import Decision
from acknowledgments.rules.policy import Requirement
from careerplan.base.readable import day, dollars, hours
from careerplan.plans.enums import BarrierStatus, Rewording
from customers.enums import PlanType
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
    "times_off_track": gettext_lazy("times off track"),
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
    "causes_participation": gettext_lazy("starts a participation"),
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
    (BARRIER, "status"): dict(BarrierStatus.choices),
    "plan_type": dict(PlanType.choices),
}
DAYS = ("planned_start_on", "planned_end_on", "actual_start_on", "ended_on", "due_on", "done_on")
SHOWN = dict.fromkeys(DAYS, day) | {"dollar_value": dollars, "weekly_hours": hours}
Names = dict[tuple[str, int], str]


def decision_rows(decision: Decision, before: PlanContents | None, after: PlanContents) -> list[dict[str, Any]]:
    """Each change with its rule; a row without `what` is about the plan as a whole."""
    names = names_of(before, after) if before else names_of(after)
    return [requirement_row(requirement, names) for requirement in decision.requirements]


def requirement_row(requirement: Requirement, names: Names) -> dict[str, Any]:
    rule = requirement.rule
    row = {"needs": rule.needs, "sentence": _(rule.sentence), "citation": rule.citation, "code": rule.code}
    return row | (change_row(requirement.change, names) if requirement.change else {})


def stored_rows(decision: dict[str, Any]) -> list[dict[str, Any]]:
    """The changes of a decision as it is stored with a seal (decisions.requirement_data), in today's language."""
    return [
        {
            "kind": KINDS.get(row["kind"], _("Changed")),
            "what": THINGS[row["what"]] if row["kind"] else "",
            "label": row["label"],
            "needs": row["needs_acknowledgment"],
            "sentence": _(row["sentence"]),
            "citation": row["citation"],
            "word": word_about(row["what"], row.get("asked", {}).get("rewording", ""), row["fields"]),
        }
        for row in decision.get("changes", [])
    ]


def change_rows(changes: list[Change], before: PlanContents, after: PlanContents) -> list[dict[str, Any]]:
    """The changes alone, for the customer and for two versions side by side."""
    names = names_of(before, after)
    return [change_row(change, names) for change in changes]


def names_of(*all_contents: PlanContents) -> Names:
    """What goals and barriers are called, where a service or a step refers to them."""
    goals = {(GOAL, goal.id): goal.statement for contents in all_contents for goal in contents.goals}
    return goals | {(BARRIER, row.id): row.category for contents in all_contents for row in contents.barriers}


def change_row(change: Change, names: Names) -> dict[str, Any]:
    is_career_goal = change.what == CAREER_GOAL
    return {
        "kind": KINDS.get(change.kind, _("Changed")),
        "what": CareerGoalRole(change.item.role).label if is_career_goal else THINGS[change.what],
        "label": _("Career exploration") if is_career_goal and change.item.explores else change.label,
        "word": word_about(change.what, change.rewording, [{"name": field.name} for field in change.fields]),
        "fields": [
            {
                "label": FIELDS[field.name],
                "before": in_words(change.what, field.name, change.before, names),
                "after": in_words(change.what, field.name, change.after, names),
            }
            for field in change.fields
            if field.name != "times_off_track" or "status" not in change.field_names
        ],
    }


# What the planner says of a changed text, by what it belongs to (AMB-W8, AMB-W9).
WORDS = {
    BARRIER: {
        Rewording.CLEARER: gettext_lazy("The planner: the same need, in clearer words."),
        Rewording.ANOTHER: gettext_lazy("The planner: another need."),
    },
    ACTION_STEP: {
        Rewording.CLEARER: gettext_lazy("The planner: the same step, in clearer words."),
        Rewording.ANOTHER: gettext_lazy("The planner: another step."),
    },
    PLAN: {
        Rewording.CLEARER: gettext_lazy("The planner: no further need."),
        Rewording.ANOTHER: gettext_lazy("The planner: a further need."),
    },
}
REWORDED = {"description", "text", "barriers_comment"}


def word_about(what: str, rewording: str, fields: list[dict[str, Any]]) -> str:
    """The planner's word, where a text was changed; "" where none was, or none was said."""
    reworded = any(field["name"] in REWORDED for field in fields)
    return str(WORDS.get(what, {}).get(Rewording(rewording), "")) if reworded and rewording else ""


def in_words(what: str, name: str, item: Any, names: Names) -> str:
    """A field of an item as it is read; "" where it is empty."""
    value = getattr(item, name)
    if name == "goal_id":
        return names.get((GOAL, value), _("none"))
    if name == "barrier_ids":
        return ", ".join(names[BARRIER, key] for key in value if (BARRIER, key) in names)
    if name == "occupation_code":
        return f"{item.occupation} ({value})" if value else ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in SHOWN:
        return SHOWN[name](value)
    choices = CHOICES.get((what, name)) or CHOICES.get(name, {})
    return str(choices.get(value, value))

"""A decision about changes as plain data: what is stored with a version, printed by commands, shown on pages."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from acknowledgments.contents.changes import REMOVED, Change, compare
from acknowledgments.contents.items import PlanContents
from acknowledgments.rules.policy import RULE_SET_VERSION, Past, Requirement, acknowledgment_needed, requirements
from careerplan.plans.items import PLAN
from services.items import SERVICE


@dataclass(frozen=True)
class Decision:
    """Whether the customer is asked, by which rule set, and the row that decided about each change."""

    plan_type: str
    rule_set: str
    rule_set_version: str
    decided_on: date
    requirements: tuple[Requirement, ...]
    options: frozenset[str] = frozenset()

    @property
    def needs_acknowledgment(self) -> bool:
        return acknowledgment_needed(self.requirements)

    def as_data(self) -> dict[str, Any]:
        """JSON-ready: the same shape for the database, the commands and whoever repeats the decision."""
        return {
            "acknowledgment_needed": self.needs_acknowledgment,
            "plan_type": self.plan_type,
            "rules": self.rule_set,
            "rules_version": self.rule_set_version,
            "options": sorted(self.options),
            "decided_on": self.decided_on.isoformat(),
            "changes": [requirement_data(requirement) for requirement in self.requirements],
        }


def decide(
    before: PlanContents | None,
    after: PlanContents,
    *,
    rule_set: str,
    on: date,
    plan_type: str = "",
    acknowledged_before: bool = True,
    options: frozenset[str] = frozenset(),
) -> Decision:
    """Compare two contents and apply the rules.

    `before` None: the first plan, which always asks the customer, unless it was acknowledged in an older system.
    """
    plan_type = plan_type or after.plan_type
    changes = compare(before or PlanContents(plan_type=after.plan_type), after)
    past = past_of(before, after) if acknowledged_before else Past.NOTHING
    found = requirements(changes, plan_type, rule_set, on=on, past=past, options=options)
    return Decision(plan_type, rule_set, RULE_SET_VERSION, on, tuple(found), options)


def past_of(before: PlanContents | None, after: PlanContents) -> Past:
    if before is not None:
        return Past.AGREED
    # Career exploration begins with an acknowledgment of its own (12.7.5), a goal off track asks for one (ILL-075).
    asks = after.explores or any(goal.status == "off_track" for goal in after.goals)
    return Past.MOVED_HERE if after.about.moved_from and not asks else Past.NOTHING


def requirement_data(requirement: Requirement) -> dict[str, Any]:
    rule, change = requirement.rule, requirement.change
    decided = {
        "needs_acknowledgment": rule.needs,
        "rule": rule.code,
        "source": rule.source,
        "citation": rule.citation,
        "statements": list(rule.statements),
        "sentence": rule.sentence,
    }
    if change is None:
        return {"kind": "", "what": PLAN.name, "id": 0, "label": "", "why": "", "fields": [], "asked": {}} | decided
    fields = [asdict(field) for field in change.fields]
    described = {
        "kind": change.kind,
        "what": change.what.name,
        "id": change.id,
        "label": change.label,
        "why": change.why,
    }
    return described | {"fields": fields, "asked": asked_of(change)} | decided


def asked_of(change: Change) -> dict[str, Any]:
    """The facts of a change that the table was asked about, beside its kind and its fields."""
    facts: dict[str, Any] = {name: getattr(change.item, name) for name in change.what.asked}
    if change.what == SERVICE:
        facts |= {"goes_on": change.goes_on}
    if change.what.rewording:
        facts |= {"rewording": change.rewording}
    if change.kind == REMOVED and change.removal is not None:
        facts |= {"status_at_removal": change.removal.status, "ended_on": change.removal.ended_on}
    if change.kind == REMOVED and change.what == SERVICE:
        facts |= {"is_completed": change.is_completed}
    return facts

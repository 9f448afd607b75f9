"""A decision about changes as plain data: what is stored with a version, printed by commands, shown on pages."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from acknowledgments.changes import PLAN, compare
from acknowledgments.contents import PlanContents
from acknowledgments.policy import RULE_SET_VERSION, Requirement, acknowledgment_needed, requirements


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
    """Compare two contents and apply the rules. `before` None: the first plan, which always asks the customer."""
    plan_type = plan_type or after.plan_type
    changes = compare(before or PlanContents(plan_type=after.plan_type), after)
    known = acknowledged_before and before is not None
    found = requirements(changes, plan_type, rule_set, on=on, acknowledged_before=known, options=options)
    return Decision(plan_type, rule_set, RULE_SET_VERSION, on, tuple(found), options)


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
        return {"kind": "", "what": PLAN, "id": 0, "label": "", "why": "", "fields": []} | decided
    fields = [asdict(field) for field in change.fields]
    described = {"kind": change.kind, "what": change.what, "id": change.id, "label": change.label, "why": change.why}
    return described | {"fields": fields} | decided

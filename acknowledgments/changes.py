"""What differs between two contents: a pure comparison, in plan order.

Items are compared by what they are to the customer: career goals by their role, everything else by its id. What
follows from other items (a goal's dates) or from the catalog (a service's name and class) is no change of the plan. A
service or barrier that became another one counts as removed and added (AMB-W8).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from acknowledgments.contents import PlanContents, Removal

ADDED = "added"
REMOVED = "removed"
EDITED = "edited"

CAREER_GOAL = "career_goal"
GOAL = "goal"
BARRIER = "barrier"
SERVICE = "service"
ACTION_STEP = "action_step"
PLAN = "plan"


@dataclass(frozen=True)
class FieldChange:
    """One field of an item or of the plan itself, with both values."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One difference. `before` is None for what was added, `after` for what was removed; `why` is a removal's code."""

    kind: str
    what: str
    id: int
    label: str
    before: Any = None
    after: Any = None
    fields: tuple[FieldChange, ...] = ()
    why: str = ""

    @property
    def item(self) -> Any:
        """The item as it stands, or stood when it was removed."""
        return self.after if self.after is not None else self.before

    @property
    def field_names(self) -> frozenset[str]:
        return frozenset(field.name for field in self.fields)

    @property
    def is_completed(self) -> bool:
        """A service that was completed when it left the plan."""
        return self.what == SERVICE and self.item.status == "complete"

    def is_service(self, *classes: str) -> bool:
        return self.what == SERVICE and self.item.service_class in classes


@dataclass(frozen=True)
class Part:
    """How one kind of item is compared: by which key, in which fields; another identity is another item."""

    what: str
    items: Callable[[PlanContents], Iterable[Any]]
    key: Callable[[Any], Any]
    identity: Callable[[Any], Any]
    label: Callable[[Any], str]
    fields: tuple[str, ...]


PARTS = (
    Part(
        CAREER_GOAL,
        lambda contents: contents.career_goals,
        lambda item: item.role,
        lambda item: item.role,
        lambda item: "Career exploration" if item.explores else item.words or item.occupation,
        ("explores", "occupation_code", "words"),
    ),
    Part(
        GOAL,
        lambda contents: contents.goals,
        lambda item: item.id,
        lambda item: item.id,
        lambda item: item.statement,
        ("statement", "category", "term", "status"),
    ),
    Part(
        BARRIER,
        lambda contents: contents.barriers,
        lambda item: item.id,
        lambda item: item.category_code,
        lambda item: item.category,
        ("description", "how_addressed", "status"),
    ),
    Part(
        SERVICE,
        lambda contents: contents.services,
        lambda item: item.id,
        lambda item: item.code,
        lambda item: item.name,
        (
            "goal_id",
            "program_code",
            "status",
            "planned_start_on",
            "planned_end_on",
            "actual_start_on",
            "ended_on",
            "weekly_hours",
            "provider",
            "provider_contact",
            "dollar_value",
            "notes",
            "barrier_ids",
            "assessment",
            "exploration_reason",
            "contract",
        ),
    ),
    Part(
        ACTION_STEP,
        lambda contents: contents.action_steps,
        lambda item: item.id,
        lambda item: item.id,
        lambda item: item.text,
        ("goal_id", "text", "who", "due_on", "done_on"),
    ),
)

PLAN_FIELDS = ("plan_type", "barriers_comment", "no_services_reason", "no_supportive_services")


def compare(before: PlanContents, after: PlanContents) -> list[Change]:
    """Every difference that a rule may speak of, in plan order; nothing for equal contents."""
    changes: list[Change] = []
    for part in PARTS:
        changes += compare_part(part, before, after)
    fields = field_changes(PLAN_FIELDS, before, after)
    if fields:
        changes.append(Change(EDITED, PLAN, 0, "", before, after, fields))
    return changes


def compare_part(part: Part, before: PlanContents, after: PlanContents) -> list[Change]:
    """Added and edited items in the order of `after`, then removed ones in the order of `before`."""
    old = {part.key(item): item for item in part.items(before)}
    new = {part.key(item): item for item in part.items(after)}
    reasons = removal_reasons(part.what, after.removals)
    changes = []
    for key, item in new.items():
        former = old.get(key)
        if former is None or part.identity(former) != part.identity(item):
            changes.append(Change(ADDED, part.what, item.id, part.label(item), after=item))
        elif fields := field_changes(part.fields, former, item):
            changes.append(Change(EDITED, part.what, item.id, part.label(item), former, item, fields))
    for key, item in old.items():
        if key not in new or part.identity(new[key]) != part.identity(item):
            why = reasons.get(item.id, "")
            changes.append(Change(REMOVED, part.what, item.id, part.label(item), before=item, why=why))
    return changes


def removal_reasons(what: str, removals: Iterable[Removal]) -> dict[int, str]:
    return {removal.id: removal.why for removal in removals if removal.kind == what}


def field_changes(names: Iterable[str], before: Any, after: Any) -> tuple[FieldChange, ...]:
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)

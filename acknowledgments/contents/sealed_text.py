"""Contents as text: the one canonical JSON that is sealed, and its readers (docs/contents.md)."""

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any

from acknowledgments.contents.items import (
    SCHEMA,
    About,
    ActionStepItem,
    AssessmentItem,
    BarrierItem,
    CareerGoalItem,
    GoalItem,
    PlanContents,
    Removal,
    ServiceItem,
)

ITEM_CLASSES: dict[str, type] = {
    "career_goals": CareerGoalItem,
    "goals": GoalItem,
    "barriers": BarrierItem,
    "services": ServiceItem,
    "action_steps": ActionStepItem,
    "removals": Removal,
}


def canonical_json(contents: PlanContents) -> str:
    """The one text of these contents: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(asdict(contents), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(canonical: str) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_contents(canonical: str) -> PlanContents:
    """The contents that a stored version holds.

    Raises:
        ValueError: the text is no contents, or of a schema that this release does not know.
    """
    data = json.loads(canonical)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError("These are not plan contents of a known schema.")
    for name, item_class in ITEM_CLASSES.items():
        data[name] = tuple(read_item(item_class, item) for item in data.get(name, ()))
    about = dict(data.get("about", {}))
    about["assessments"] = tuple(read_item(AssessmentItem, item) for item in about.get("assessments", ()))
    data["about"] = read_item(About, about)
    contents: PlanContents = read_item(PlanContents, data)
    return contents


def read_item(item_class: type, data: dict[str, Any]) -> Any:
    known = {entry.name for entry in fields(item_class)}
    if unknown := data.keys() - known:
        raise ValueError(f"{item_class.__name__} has no {', '.join(sorted(unknown))}.")
    return item_class(**{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})

"""Contents as text: the one canonical JSON that is sealed, and its readers (docs/contents.md).

What is sealed is never written again: each schema keeps its reader for ever, and `tests/acknowledgments/sealed/` a text
of each.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any

from acknowledgments.contents import schema_1
from acknowledgments.contents.items import (
    KINDS,
    SCHEMA,
    About,
    AssessmentItem,
    AssistanceItem,
    ContactItem,
    CredentialItem,
    JobFitItem,
    PlanContents,
    Removal,
)
from services.classes.apprenticeship.items import WageStepItem

ITEM_CLASSES: dict[str, type] = {kind.plural: kind.item for kind in KINDS} | {"removals": Removal}
CLASSES_OF_ABOUT: dict[str, type] = {
    "assessments": AssessmentItem,
    "emergency_contacts": ContactItem,
    "employment_assistance": AssistanceItem,
    "credentials": CredentialItem,
}
# What an item holds in a list of its own, by the list in which the item stands.
CLASSES_OF_ITEMS: dict[str, dict[str, type]] = {"services": {"wage_steps": WageStepItem}}


def canonical_json(contents: PlanContents) -> str:
    """The one text of these contents: sorted keys, no spaces, Unicode as it is.

    Raises:
        ValueError: they were read from a text of an older schema, which is the only text of theirs.
    """
    if contents.schema != SCHEMA:
        raise ValueError(f"Contents of schema {contents.schema} are sealed already, and written no more.")
    return json.dumps(contents, default=vars, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(canonical: str) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_contents(canonical: str, codes: Callable[[], schema_1.Codes] = schema_1.Codes) -> PlanContents:
    """The contents that a stored version holds.

    `codes`: what a text of schema 1 names without its code; asked for such a text alone.

    Raises:
        ValueError: the text is no contents, or of a schema that this release does not know.
    """
    data = json.loads(canonical)
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema == schema_1.SCHEMA:
        data = schema_1.with_codes(data, codes())
    elif schema != SCHEMA:
        raise ValueError("These are not plan contents of a known schema.")
    for name, item_class in ITEM_CLASSES.items():
        parts = CLASSES_OF_ITEMS.get(name, {})
        data[name] = tuple(read_item(item_class, with_parts(item, parts)) for item in data.get(name, ()))
    about = with_parts(data.get("about", {}), CLASSES_OF_ABOUT)
    if about.get("job_fit") is not None:
        about["job_fit"] = read_item(JobFitItem, about["job_fit"])
    data["about"] = read_item(About, about)
    contents: PlanContents = read_item(PlanContents, data)
    return contents


def with_parts(data: dict[str, Any], classes: dict[str, type]) -> dict[str, Any]:
    """With the lists of these names read, empty where an older text has none."""
    if not classes:
        return data
    return data | {
        name: tuple(read_item(part_class, part) for part in data.get(name, ())) for name, part_class in classes.items()
    }


def read_item(item_class: type, data: dict[str, Any]) -> Any:
    if unknown := data.keys() - names_of(item_class):
        raise ValueError(f"{item_class.__name__} has no {', '.join(sorted(unknown))}.")
    return item_class(**{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})


@cache
def names_of(item_class: type) -> frozenset[str]:
    return frozenset(entry.name for entry in fields(item_class))

"""The kinds of plan items, found by name and by row (docs/adr/0011-kinds.md)."""

from dataclasses import fields
from typing import Any

from acknowledgments.contents.items import KINDS
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Kind, Part

# Those that wait for the customer's agreement before they begin (12.7.8).
GATED = tuple(kind for kind in KINDS if kind.begins)
BY_NAME: dict[str, Part] = {part.name: part for part in (*KINDS, PLAN)}
BY_MODEL: dict[str, Kind] = {kind.model: kind for kind in KINDS}
BY_SLUG: dict[str, Kind] = {kind.slug: kind for kind in KINDS}


def kind_of(row: Any) -> Kind:
    """The kind of a row of the working copy."""
    return BY_MODEL[row._meta.label]


def reference(part: Part, item_id: int) -> str:
    """The name of an item on a page, as goal-12."""
    return f"{part.slug if isinstance(part, Kind) else part.name}-{item_id}"


def row_count(contents: Any) -> int:
    """How many rows of a plan there are to print."""
    return sum(len(contents.of(kind)) for kind in KINDS)


def table() -> str:
    """The kinds with the fields of their items, in Markdown (docs/contents.md)."""
    lines = ["| kind | key | fields |", "| --- | --- | --- |"]
    for kind in KINDS:
        names = ", ".join(entry.name for entry in fields(kind.item))
        lines.append(f"| {kind.label.lower()} | `{kind.plural}` | {names} |")
    return "\n".join(lines) + "\n"

"""Reads contents of schema 1, in which a goal's category and a service's assessment were held by name alone.

An administrator may rename both. Whoever has the rows at hand knows which were meant when the text was sealed
(`Codes`); where nobody does, as for a file that stands alone, the name is taken for the code, so that two texts of this
schema compare as they always did.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCHEMA = 1
# What a later schema says of an item: a text of this one that says it is none.
UNKNOWN = {"goals": ("category_code",), "services": ("category_code", "program", "assessment_id")}


@dataclass(frozen=True)
class Codes:
    """The code of each goal's category and the id of each service's assessment, by the item's id."""

    categories: Mapping[int, str] = field(default_factory=dict)
    assessments: Mapping[int, int] = field(default_factory=dict)


def with_codes(data: dict[str, Any], codes: Codes) -> dict[str, Any]:
    """The same contents in the shape of today; `schema` keeps saying in which they were sealed.

    Raises:
        ValueError: an item says what this schema does not know.
    """
    for name, later in UNKNOWN.items():
        if any(key in item for item in data.get(name, ()) for key in later):
            raise ValueError(f"Contents of schema {SCHEMA} don't say {' or '.join(later)} of {name}.")
    goals = [goal | {"category_code": category_of(goal, codes)} for goal in data.get("goals", ())]
    services = [service | {"assessment_id": assessment_of(service, codes)} for service in data.get("services", ())]
    return data | {"goals": goals, "services": services}


def codes_said_by(other: dict[str, Any], data: dict[str, Any]) -> Codes:
    """What a later text of the same plan calls by these names: for two texts that stand alone."""
    goals = [goal for goal in other.get("goals", ()) if "category_code" in goal]
    services = [service for service in other.get("services", ()) if "assessment_id" in service]
    categories = {goal["category"]: goal["category_code"] for goal in goals}
    assessments = {service["assessment"]: service["assessment_id"] for service in services}
    goals, services = data.get("goals", ()), data.get("services", ())
    return Codes(
        {goal["id"]: categories[goal["category"]] for goal in goals if goal["category"] in categories},
        {row["id"]: assessments[row["assessment"]] for row in services if row.get("assessment") in assessments},
    )


def category_of(goal: dict[str, Any], codes: Codes) -> str:
    return codes.categories.get(goal["id"]) or str(goal["category"])


def assessment_of(service: dict[str, Any], codes: Codes) -> int | str | None:
    name: str = service.get("assessment", "")
    return (codes.assessments.get(service["id"]) or name) if name else None

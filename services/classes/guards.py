"""The database's guards of detail rows, for the migrations of each class."""

from collections.abc import Sequence
from typing import Any

from careerplan.base.database import allow, keep_rows, refuse, release_rows

FORM_KIND = (
    '(SELECT entry.form_kind FROM "services_plannedservice" planned '
    'JOIN "services_service" entry ON entry.id = planned.service_id WHERE planned.id = NEW.planned_id)'
)


def keep_details(schema_editor: Any, name: str, form_kinds: Sequence[str]) -> None:
    """Of the class `name` (the model's name in small letters): a row stays, of the service whose it is, which is of one
    of these kinds when it is made; its history stays as it is."""
    table, history = f"services_{name}", f"services_historical{name}"
    release_rows(schema_editor, history)  # a new installation may have kept it with all others
    keep_rows(schema_editor, history)
    keep_rows(schema_editor, table, changeable=["row_version"], columns=["id", "planned_id", "row_version"])
    kinds = ", ".join(f"'{kind}'" for kind in form_kinds)
    refuse(schema_editor, table, of_its_class(name), moment="INSERT", when=f"{FORM_KIND} NOT IN ({kinds})")


def release_details(schema_editor: Any, name: str) -> None:
    allow(schema_editor, f"services_{name}", of_its_class(name))
    for table in (f"services_historical{name}", f"services_{name}"):
        release_rows(schema_editor, table)


def of_its_class(name: str) -> str:
    return f"{name}_details_are_of_a_service_of_the_class"

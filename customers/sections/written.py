"""Questions as a file of the product writes them (`customers/data/assessment_fields.csv`).

A cell of choices holds `code=English|Spanish; ...`, one of columns `code:kind=English|Spanish; ...`, where `:required`
after the kind says that no row is without it.
"""

from typing import Any

from customers.sections.defining import Wording

TEXTS = ("label_english", "label_spanish", "help_english", "help_spanish", "pirl_elements", "notes")


def wording_in(row: dict[str, str]) -> Wording:
    return Wording(
        kind=row["kind"],
        **{name: row[name] for name in TEXTS},
        choices=[named(code, words) for code, words in entries_in(row["choices"])],
        columns=[column_in(head, words) for head, words in entries_in(row["columns"])],
        is_required=row["required"] == "yes",
        is_confidential=row["confidential"] == "yes",
        is_verified=row["verification"] == "verified",
    )


def entries_in(cell: str) -> list[tuple[str, str]]:
    """What stands before and after the first `=` of each entry."""
    entries = [entry.strip().partition("=") for entry in cell.split(";") if entry.strip()]
    return [(head, words) for head, _sign, words in entries]


def named(code: str, words: str) -> dict[str, Any]:
    english, _sign, spanish = words.partition("|")
    return {"code": code, "english": english, "spanish": spanish}


def column_in(head: str, words: str) -> dict[str, Any]:
    code, kind, *more = head.split(":")
    return named(code, words) | {"kind": kind, "required": more == ["required"]}

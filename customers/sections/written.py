"""Choices and columns as a person writes them, in the product's file and in the administration.

One a line, or between semicolons: a choice as `code = English | Spanish`, a column as `code: kind = English | Spanish`
or, where no row is without it, `code: kind: required = English | Spanish`.
"""

import re
from typing import Any

from customers.sections.defining import Wording

TEXTS = ("label_english", "label_spanish", "help_english", "help_spanish", "pirl_elements", "notes")
CHOICE = re.compile(r"(?P<code>[\w-]+)\s*=\s*(?P<english>[^|]+?)\s*\|\s*(?P<spanish>[^|]+?)")
COLUMN = re.compile(
    r"(?P<code>\w+)\s*:\s*(?P<kind>\w+)\s*(?P<required>:\s*required\s*)?=\s*"
    r"(?P<english>[^|]+?)\s*\|\s*(?P<spanish>[^|]+?)"
)


class Unwritten(ValueError):
    """A line that says no choice, or no column. `line`: the first one."""

    def __init__(self, line: str):
        super().__init__(line)
        self.line = line


def choices_in(text: str) -> list[dict[str, Any]]:
    """Raises Unwritten."""
    return entries_in(text, CHOICE)


def columns_in(text: str) -> list[dict[str, Any]]:
    """Raises Unwritten."""
    return [column | {"required": bool(column["required"])} for column in entries_in(text, COLUMN)]


def entries_in(text: str, pattern: re.Pattern[str]) -> list[dict[str, Any]]:
    found = []
    for line in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        entry = pattern.fullmatch(line)
        if entry is None:
            raise Unwritten(line)
        found.append(entry.groupdict())
    return found


def choices_as_text(choices: list[dict[str, Any]]) -> str:
    return "\n".join(f"{entry['code']} = {entry['english']} | {entry['spanish']}" for entry in choices)


def columns_as_text(columns: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{entry['code']}: {entry['kind']}{': required' if entry.get('required') else ''} = "
        f"{entry['english']} | {entry['spanish']}"
        for entry in columns
    )


def wording_in(row: dict[str, str]) -> Wording:
    """Of a row of `customers/data/assessment_fields.csv`."""
    return Wording(
        kind=row["kind"],
        **{name: row[name] for name in TEXTS},
        choices=choices_in(row["choices"]),
        columns=columns_in(row["columns"]),
        is_required=row["required"] == "yes",
        is_confidential=row["confidential"] == "yes",
        is_verified=row["verification"] == "verified",
    )

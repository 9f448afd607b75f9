"""How cells are read by the fields of a form, and what a row would change: for kinds whose rows are lists of things."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from careerplan.imports.kinds import Difference, Fault

# As Excel writes an ID that keeps its zeros at the beginning.
QUOTED = re.compile(r'="([^"]*)"')


def text_of(cell: str) -> str:
    """Without what keeps an ID as it is typed."""
    found = QUOTED.fullmatch(cell)
    return found[1].strip() if found else cell


def read_cells(fields: Mapping[str, forms.Field], texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """What the cells say, by field, without those that are empty; and what is wrong with each of the others."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, cell in texts.items():
        text = text_of(cell)
        if text.startswith("="):
            faults.append(Fault.of(name, "formula", words_for_formula))
        elif text and name in fields:
            try:
                values[name] = fields[name].clean(text)
            except ValidationError as error:
                faults.append(fault_of(name, text, error, fields[name]))
    return values, faults


def longest(model: Any, name: str) -> int:
    """Letters that a column takes."""
    return int(model._meta.get_field(name).max_length)


def fault_of(name: str, text: str, error: ValidationError, field: forms.Field) -> Fault:
    """In each language: the sentence is made anew."""

    def say() -> str:
        try:
            field.clean(text)
        except ValidationError as again:
            return str(again.messages[0])
        return str(error.messages[0])

    return Fault.of(name, error.error_list[0].code or "invalid", say)


def words_for_formula() -> str:
    return _("This cell has a formula. Write what it comes to.")


# --- what a row would change ------------------------------------------------------------------


def differing(values: Mapping[str, Any], entry: Any, columns: Mapping[str, str]) -> list[Difference]:
    """Of the fields that the row says. `columns`: of each field the column of the entry."""
    found = []
    for name, column in columns.items():
        if name in values:
            before, after = neutral(getattr(entry, column)), neutral(values[name])
            if before != after:
                found.append(Difference(name, before, after))
    return found


def neutral(value: Any) -> str:
    """A text in no language."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(getattr(value, "code", value))


def columns_of(values: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """By column, what the row says of its fields."""
    return {column: values[name] for name, column in columns.items() if name in values}

"""What a definition asks, as the policy of answers reads it, and what an answer says in the reader's words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.dates import in_row
from careerplan.base.fields import written
from careerplan.base.refusals import Refusal
from customers.models import FieldDefinition
from customers.models.sections import labels_of
from customers.sections.policy import Kind, Question, Unfit, kept

UNFIT = {
    "not-a-choice": gettext_lazy("Choose from the list: %(label)s."),
    "too-long": gettext_lazy("Shorten this: %(label)s."),
    "no-number": gettext_lazy("Enter a number: %(label)s."),
    "unlikely-number": gettext_lazy("Check this number: %(label)s."),
    "row-incomplete": gettext_lazy("A row is not complete: %(label)s."),
    "too-many-rows": gettext_lazy("These are more rows than can be saved: %(label)s."),
    "wrong-kind": gettext_lazy("Enter this again: %(label)s."),
}


def question_of(definition: FieldDefinition) -> Question:
    return Question(
        kind=Kind(definition.kind),
        choices=codes_of(definition.choices),
        columns={column["code"]: column_of(column) for column in definition.columns},
        is_required=definition.is_required,
    )


def column_of(column: dict[str, Any]) -> Question:
    choices = codes_of(column.get("choices", []))
    return Question(Kind(column["kind"]), choices, is_required=bool(column.get("required")))


def codes_of(choices: list[dict[str, Any]]) -> frozenset[str]:
    return frozenset(choice["code"] for choice in choices)


def settled(definition: FieldDefinition, value: Any) -> Any:
    """The answer as it is kept. Raises Refusal, at the question, where it does not fit."""
    try:
        return kept(question_of(definition), value)
    except Unfit as unfit:
        sentence = UNFIT[unfit.code] % {"label": definition.label}
        raise Refusal(unfit.code, sentence, field=definition.field.code) from unfit


def says_the_same(answer: Any, value: Any, asked: FieldDefinition) -> bool:
    """Whether the answer was this one already, under the wording of its time. `answer`: None where there is none;
    `asked`: the wording under which the value was said."""
    if answer is None:
        return value is None or value in ("", [])
    question, before = question_of(answer.definition), answer.value
    if question.kind == Kind.ROWS and value and before:
        new = [column for column in asked.columns if column["code"] not in question.columns]
        if any(row.get(column["code"]) not in (None, "") for row in value for column in new):
            return False
        question, before = without_columns(question, before, {column["code"] for column in asked.columns})
    try:
        return bool(kept(question, value) == before)
    except Unfit:
        return False


def without_columns(question: Question, rows: list[dict[str, Any]], asked: set[str]) -> tuple[Question, Any]:
    """Of both what is still asked: nobody can say again what no column asks for."""
    columns = {code: column for code, column in question.columns.items() if code in asked}
    shown = [{code: row.get(code) for code in columns} for row in rows]
    said = [row for row in shown if any(cell is not None for cell in row.values())]
    return replace(question, columns=columns), said or None


def typed(kind: str, value: Any) -> Any:
    """A kept answer as forms and actions know it: days, numbers and amounts as what they are."""
    if value is None:
        return None
    if kind == Kind.DAY:
        return date.fromisoformat(value)
    if kind in {Kind.NUMBER, Kind.MONEY}:
        return Decimal(value)
    return value


def typed_answer(definition: FieldDefinition, value: Any) -> Any:
    """As `typed`, of rows too."""
    if definition.kind != Kind.ROWS or value is None:
        return typed(definition.kind, value)
    kinds = {column["code"]: column["kind"] for column in definition.columns}
    return [{code: typed(kinds[code], cell) for code, cell in row.items()} for row in value]


def in_words(definition: FieldDefinition, value: Any) -> str:
    """A kept answer in one text, in the language in force; "" where nothing is said."""
    if value is None:
        return ""
    if definition.kind == Kind.ROWS:
        return "\n".join(", ".join(cell for cell in row if cell) for row in cells_of(definition, value))
    return one_in_words(definition.kind, definition.choices, value)


def cells_of(definition: FieldDefinition, value: Any) -> list[list[str]]:
    """The rows of a kept answer in words, in the order of the columns."""
    columns = definition.columns
    return [
        [one_in_words(column["kind"], column.get("choices", []), row.get(column["code"])) for column in columns]
        for row in value or []
    ]


def one_in_words(kind: str, choices: list[dict[str, Any]], value: Any) -> str:
    if value is None:
        return ""
    labels = labels_of(choices)
    if kind == Kind.RATING:
        return f"{value} - {labels[str(value)]}" if str(value) in labels else str(value)
    if kind == Kind.CHOICES:
        return ", ".join(labels.get(code, code) for code in value)
    found = typed(kind, value)
    if kind == Kind.YES_NO:
        return _("Yes") if found else _("No")
    if kind == Kind.MONEY:
        return f"${found:,.2f}"
    if isinstance(found, Decimal):
        return written(found)
    if isinstance(found, date):
        return in_row(found)
    return str(labels.get(value, value))

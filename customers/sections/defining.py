"""What sections ask: a question is added, said in new words, asked no longer. Former words stay as they were."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.accounts.permissions import is_administrator
from careerplan.base.choices import chosen
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import is_blank
from customers.enums import FieldKind
from customers.models import AssessmentSection, FieldDefinition, SectionField
from customers.sections.policy import (
    IN_A_ROW,
    MOST_CHOICES,
    MOST_COLUMNS,
    RATINGS,
    WITH_CHOICES,
    WITH_COLUMNS,
    Kind,
)

# Of a rating that brings no words of its own, from 1 to 5.
RATING_WORDS = (
    ("Not yet", "Todavía no"),
    ("With a lot of help", "Con mucha ayuda"),
    ("With some help", "Con algo de ayuda"),
    ("Well", "Bien"),
    ("Very well", "Muy bien"),
)
USUAL_RATING = [
    {"code": str(step), "english": english, "spanish": spanish}
    for step, (english, spanish) in zip(RATINGS, RATING_WORDS, strict=True)
]


@dataclass(frozen=True)
class Wording:
    """What a question says. `choices`, `columns`: as `FieldDefinition` keeps them."""

    kind: str
    label_english: str
    label_spanish: str
    help_english: str = ""
    help_spanish: str = ""
    choices: list[dict[str, Any]] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    is_required: bool = False
    is_confidential: bool = False
    pirl_elements: str = ""
    is_verified: bool = True
    notes: str = ""


def wording_of(definition: FieldDefinition) -> Wording:
    return Wording(**{name: getattr(definition, name) for name in Wording.__dataclass_fields__})


@transaction.atomic
def add_question(
    section: AssessmentSection, *, code: str, position: int, wording: Wording, by: User, at: datetime
) -> FieldDefinition:
    """A question of the agency's own. Raises Refusal where the code is taken, or the wording can't be."""
    require_administrator(by)
    if SectionField.objects.filter(code=code).exists():
        raise Refusal("code-taken", _("Another question has this code. Choose another one."), field="code")
    question = SectionField(section=section, code=code, position=position)
    record(question, by=by, at=at, reason="administration")
    return begin_wording(question, wording, by=by, at=at)


@transaction.atomic
def reword(question: SectionField, wording: Wording, *, by: User, at: datetime) -> FieldDefinition:
    """Ask it in other words from now on. The same words begin nothing.

    Raises Refusal: it would become a question of another kind, or be read by others than it was.
    """
    require_administrator(by)
    question = SectionField.objects.select_for_update(of=("self",)).get(pk=question.pk)
    newest: FieldDefinition | None = FieldDefinition.objects.newest().filter(field=question).first()
    if newest is not None:
        wording = settled_wording(wording)
        if wording == wording_of(newest):
            return newest
        if wording.kind != newest.kind:
            sentence = _("A question keeps its kind. Stop asking this one, and add another.")
            raise Refusal("another-kind", sentence, field="kind")
        if wording.is_confidential != newest.is_confidential:
            sentence = _("What was answered stays as confidential as it was. Stop asking this one, and add another.")
            raise Refusal("another-secrecy", sentence, field="is_confidential")
        refuse_other_columns(question, wording)
    begun = begin_wording(question, wording, by=by, at=at)
    said = {"label": _("Question"), "from": newest.label_english if newest else "", "to": begun.label_english}
    record(question, by=by, at=at, reason="reworded", also=[said])
    return begun


def refuse_other_columns(question: SectionField, wording: Wording) -> None:
    """Raises Refusal: a column becomes one of another kind, under which former answers could not be read."""
    kinds = {column["code"]: column["kind"] for column in wording.columns}
    for former in question.definitions.all():
        for column in former.columns:
            if kinds.get(column["code"], column["kind"]) != column["kind"]:
                sentence = _("The column %(code)s keeps its kind. Give another one a code of its own.")
                raise Refusal("another-kind", sentence % {"code": column["code"]}, field="columns")


def begin_wording(question: SectionField, wording: Wording, *, by: User | None, at: datetime) -> FieldDefinition:
    wording = settled_wording(wording)
    last = question.definitions.aggregate(last=Max("number"))["last"] or 0
    values = {name: getattr(wording, name) for name in Wording.__dataclass_fields__}
    return FieldDefinition.objects.create(field=question, number=last + 1, begun_at=at, begun_by=by, **values)


def require_administrator(by: User) -> None:
    if not is_administrator(by):
        raise NotAllowed("administrators-only", _("Only an administrator changes what the sections ask."))


def settled_wording(wording: Wording) -> Wording:
    """With the usual words of a rating where it has none. Raises Refusal where it can't be asked."""
    chosen(wording.kind, FieldKind, _("Choose the kind of the question."), field="kind")
    for name in ("label_english", "label_spanish"):
        if is_blank(getattr(wording, name)):
            raise Refusal("nothing-said", _("Write the question in English and in Spanish."), field=name)
    values = {name: getattr(wording, name) for name in Wording.__dataclass_fields__}
    values["choices"] = choices_for(wording.kind, wording.choices, at="choices")
    if bool(wording.columns) != (wording.kind in WITH_COLUMNS):
        raise Refusal("columns", _("Rows have columns; other questions have none."), field="columns")
    refuse_doubles(wording.columns, most=MOST_COLUMNS, at="columns")
    values["columns"] = [
        column | {"choices": choices_for(column["kind"], column.get("choices", []), at="columns")}
        for column in wording.columns
    ]
    if any(column["kind"] not in IN_A_ROW for column in wording.columns):
        raise Refusal("columns", _("A column can't ask for this. Choose another kind."), field="columns")
    return Wording(**values)


def choices_for(kind: str, choices: list[dict[str, Any]], *, at: str) -> list[dict[str, Any]]:
    if kind == Kind.RATING:
        choices = choices or USUAL_RATING
        if [choice["code"] for choice in choices] != [str(step) for step in RATINGS]:
            raise Refusal("choices", _("A rating has five steps, from 1 to 5, each with its words."), field=at)
    elif bool(choices) != (kind in WITH_CHOICES):
        raise Refusal("choices", _("Write the choices of a question to choose from, and of no other."), field=at)
    refuse_doubles(choices, most=MOST_CHOICES, at=at)
    return choices


def refuse_doubles(entries: Iterable[dict[str, Any]], *, most: int, at: str) -> None:
    codes = [entry["code"] for entry in entries]
    if len(set(codes)) < len(codes):
        raise Refusal("code-twice", _("A code stands there twice. Each has one of its own."), field=at)
    if len(codes) > most:
        raise Refusal("too-many", _("These are too many. At most %(most)d fit.") % {"most": most}, field=at)
    if any(is_blank(str(entry[name])) for entry in entries for name in ("code", "english", "spanish")):
        raise Refusal("nothing-said", _("Each needs a code, and its words in English and in Spanish."), field=at)

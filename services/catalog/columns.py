"""The columns of the catalog as a file: what is written is read again, and the product's own list has the same ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from careerplan.base.csv_cells import csv_lines
from careerplan.base.typed import read_day
from careerplan.base.words import is_blank
from services.models import Service, ServiceCategory

YES, NO = "yes", "no"
ANSWERS = {"yes": True, "y": True, "true": True, "1": True, "sí": True, "si": True, "verified": True}
ANSWERS |= {"no": False, "n": False, "false": False, "0": False, "not verified": False}
# A day has two readings that nobody looks at one by one, and no others.
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}")


class Form(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    ANSWER = "answer"
    DAY = "day"
    CATEGORY = "category"


@dataclass(frozen=True)
class Column:
    """`heading`: in the file; `name`: of the model; `is_wanted`: a new service has to say it."""

    heading: str
    name: str
    form: Form = Form.TEXT
    is_wanted: bool = False

    @property
    def label(self) -> Any:
        return capfirst(self.field.verbose_name)

    @property
    def field(self) -> Any:
        """The model's."""
        return Service._meta.get_field(self.name)


COLUMNS = (
    Column("code", "code", is_wanted=True),
    Column("name", "name", is_wanted=True),
    Column("plain_english", "plain_english"),
    Column("plain_spanish", "plain_spanish"),
    Column("category", "category", Form.CATEGORY, is_wanted=True),
    Column("service_class", "service_class", Form.CHOICE, is_wanted=True),
    Column("pirl_elements", "pirl_elements"),
    Column("description", "description", is_wanted=True),
    Column("participation_causing_adult", "causes_adult", Form.CHOICE, is_wanted=True),
    Column("participation_causing_dw", "causes_dislocated_worker", Form.CHOICE, is_wanted=True),
    Column("participation_causing_youth", "causes_youth", Form.CHOICE, is_wanted=True),
    Column("is_training", "is_training", Form.ANSWER),
    Column("is_supportive", "is_supportive", Form.ANSWER),
    Column("is_referral", "is_referral", Form.ANSWER),
    Column("is_assessment", "is_gate_exempt", Form.ANSWER),
    Column("assessment_step", "assessment_step", Form.CHOICE),
    Column("opened_by_system", "is_opened_by_system", Form.ANSWER),
    Column("career_exploration", "in_exploration", Form.CHOICE, is_wanted=True),
    Column("career_exploration_note", "exploration_note"),
    Column("offered_adult", "offered_adult", Form.ANSWER),
    Column("offered_dw", "offered_dislocated_worker", Form.ANSWER),
    Column("offered_youth", "offered_youth", Form.ANSWER),
    Column("form_kind", "form_kind", Form.CHOICE, is_wanted=True),
    Column("worksite_required", "needs_worksite", Form.ANSWER),
    Column("soc_required", "needs_soc", Form.ANSWER),
    Column("rapids_required", "needs_rapids", Form.ANSWER),
    Column("dollar_required", "needs_dollar_value", Form.ANSWER),
    Column("offered", "is_active", Form.ANSWER),
    Column("offered_from", "offered_from", Form.DAY),
    Column("offered_until", "offered_until", Form.DAY),
    Column("verification", "is_verified", Form.ANSWER),
    Column("notes", "notes"),
)


class Unreadable(ValueError):
    """Why a cell can't be read, in words."""


def written(value: Any, column: Column) -> str:
    """A value as it stands in the file, in no language."""
    if value is None:
        return ""
    if column.form == Form.ANSWER:
        return YES if value else NO
    if column.form == Form.DAY:
        return str(value.isoformat())
    return str(value.code) if column.form == Form.CATEGORY else " ".join(str(value).split())


def value_in(text: str, column: Column, categories: Mapping[str, ServiceCategory]) -> Any:
    """What a cell says. Raises Unreadable."""
    if column.form == Form.ANSWER:
        return answer_in(text)
    if column.form == Form.DAY:
        return day_in(text)
    if column.form == Form.CATEGORY:
        return category_in(text, categories)
    if column.form == Form.CHOICE:
        return choice_in(text, column)
    return text_in(text, column)


def answer_in(text: str) -> bool:
    answer = ANSWERS.get(text.casefold())
    if answer is None:
        raise Unreadable(_("Write yes or no."))
    return answer


def day_in(text: str) -> date | None:
    if not text:
        return None
    sentence = _("Write this day as 03/31/2027 (month first) or 2027-03-31, with all four digits of the year.")
    if DAY.fullmatch(text) is None:
        raise Unreadable(sentence)
    try:
        return read_day(text)
    except ValueError as error:
        raise Unreadable(sentence) from error


def category_in(text: str, categories: Mapping[str, ServiceCategory]) -> ServiceCategory:
    if text.casefold() not in categories:
        known = ", ".join(sorted({category.code for category in categories.values()}))
        raise Unreadable(_("Write the code of a category: %(codes)s.") % {"codes": known})
    return categories[text.casefold()]


def choice_in(text: str, column: Column) -> str:
    field = column.field
    known = {str(said).casefold(): str(value) for value, label in field.flatchoices for said in (label, value) if value}
    if not text and field.blank:
        return ""
    if text.casefold() not in known:
        raise Unreadable(_("Write one of these: %(choices)s.") % {"choices": ", ".join(dict.fromkeys(known.values()))})
    return known[text.casefold()]


def text_in(text: str, column: Column) -> str:
    field = column.field
    if is_blank(text) and not field.blank:
        raise Unreadable(_("Write something here: a service does not stand without it."))
    if field.max_length is not None and len(text) > field.max_length:
        raise Unreadable(_("Write %(number)d letters or fewer.") % {"number": field.max_length})
    return text


def as_csv(services: Iterable[Service]) -> Iterator[str]:
    """The catalog as a file that the import takes again; what is no formula is none in a spreadsheet."""
    return csv_lines(lines_of(services))


def lines_of(services: Iterable[Service]) -> Iterator[list[str]]:
    yield [column.heading for column in COLUMNS]
    for service in services:
        yield [written(getattr(service, column.name), column) for column in COLUMNS]

"""How the cells of a file of customers are read: each as a form's field reads it, with its sentence where it can't be.

A file says more dates at once than a person types, and nobody looks at each: so a day is read in two ways only, month
first with strokes and four digits of the year, or year first with hyphens.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Office, User
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import DateField, StateField, TextField
from careerplan.base.names import fold
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal
from customers.enums import CustomerType, EnrollmentStatus
from customers.models import Customer, Program

DAY = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})(?: 00:00(?::00)?)?")
# A number as people write it, with what is dialled inside.
PHONE = re.compile(r"\+?[\d ().\-/]+(?:(?:ext|x|#)\.? ?\d{1,6})?", re.IGNORECASE)
FEWEST_DIGITS, MOST_DIGITS = 7, 21
ZIP = re.compile(r"\d{5}(-\d{4})?")


class DayCell(DateField):
    default_error_messages = {
        "invalid": _("Write this day as 03/31/1991 (month first) or 1991-03-31, with all four digits of the year.")
    }

    def __init__(self, *, happened: bool, **options: Any):
        self.happened = happened
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        found = DAY.fullmatch(value)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(found[1])
        try:
            refuse_unlikely(day, day_of(clock.now()), happened=self.happened, field="")  # type: ignore[arg-type]
        except Refusal as refusal:
            raise ValidationError(str(refusal.sentence), code=refusal.code) from refusal
        return day


class PhoneCell(TextField):
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        digits = sum(letter.isdecimal() for letter in text)
        if PHONE.fullmatch(text) is None or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
            sentence = _("Write one phone number with its area code, for example 555-010-0123.")
            raise ValidationError(sentence, code="phone")
        return text


class ZipCell(TextField):
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if ZIP.fullmatch(text) is None:
            sentence = _(
                "Write five digits, or five and four: 62799 or 62799-0001. A zero at the beginning may be lost."
            )
            raise ValidationError(sentence, code="zip")
        return text


class OneOf(forms.Field):
    """One of a list, by any of the words that name it. `several`: what is said where two have one name."""

    def __init__(self, found: dict[str, list[Any]], *, unknown: Any, several: Any = ""):
        super().__init__(required=False)
        self.found, self.unknown, self.several = found, unknown, several or unknown

    def clean(self, value: Any) -> Any:
        named = self.found.get(word_of(value), [])
        if len(named) != 1:
            raise ValidationError(self.several if named else self.unknown, code="not-a-choice")
        return named[0]


@lru_cache(maxsize=4096)
def word_of(text: str) -> str:
    """As it is compared. A text without letters and digits stays as it is."""
    return fold(text) or text.casefold()


def by_words(entries: Iterable[tuple[Any, Iterable[str]]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for entry, words in entries:
        for word in {word_of(word) for word in words if word}:
            found.setdefault(word, []).append(entry)
    return found


def choices_by_words(choices: Callable[[], Iterable[tuple[str, Any]]]) -> dict[str, list[Any]]:
    """The values by themselves and by their labels in each language."""
    words: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for value, label in choices():
                words.setdefault(value, {value}).add(str(label))
    return by_words(words.items())


def languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


# Of fields with a list of their own; for people, too.
LABELS: dict[str, Callable[[], list[tuple[str, Any]]]] = {
    "language": languages,
    "customer_type": lambda: list(CustomerType.choices),
    "status": lambda: [(one.value, one.label) for one in EnrollmentStatus if one != EnrollmentStatus.EXITED],
}


def fields(*, offices: list[Office], planners: list[User], programs: Iterable[Program]) -> dict[str, forms.Field]:
    """By the names of `importing.FIELDS`."""
    texts = (
        "state_id", "first_name", "middle_name", "last_name", "preferred_name", "street", "city", "needs",
    )  # fmt: skip
    found: dict[str, forms.Field] = {name: TextField(max_length=longest(name), required=False) for name in texts}
    for name in LABELS:
        unknown = {
            "language": _("Choose a language of the product: English (en) or Spanish (es)."),
            "customer_type": _("This is no customer type. Choose one of those that a record offers."),
            "status": _("Write Applicant, Registrant or Enrolled. A program ends in the customer's record."),
        }[name]
        found[name] = OneOf(choices_by_words(LABELS[name]), unknown=unknown)
    return found | {
        "email": forms.EmailField(max_length=longest("email"), required=False),
        "phone": PhoneCell(max_length=longest("phone"), required=False),
        "zip_code": ZipCell(max_length=longest("zip_code"), required=False),
        "state": StateField(required=False),
        "birth_date": DayCell(happened=True, required=False),
        "begun_on": DayCell(happened=False, required=False),
        "office": OneOf(
            by_words((office, [office.name]) for office in offices),
            unknown=_("None of your offices has this name."),
            several=_("Several of your offices have this name. Leave the column out, and choose the office above it."),
        ),
        "planner": OneOf(
            by_words((planner, [planner.username, planner.email]) for planner in planners),
            unknown=_("No career planner has this e-mail or username."),
        ),
        "program": OneOf(
            by_words((one, [one.code, one.name, one.plain_english, one.plain_spanish]) for one in programs),
            unknown=_("This is no program. Write its code or its name."),
        ),
    }


def longest(name: str) -> int:
    field: Any = Customer._meta.get_field(name)
    return int(field.max_length)

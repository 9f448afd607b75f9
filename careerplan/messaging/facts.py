"""What the words of a message are filled with: names as they were, and what each reader is told in the own language.

A name, a number or what somebody typed is a text. A day with its hour is kept as that moment, and a choice as its list
and code: both become words as the message is read. Apps register the lists of choices that their messages name.
"""

from datetime import datetime
from typing import Any

from django.db.models import Choices
from django.utils import timezone
from django.utils.formats import date_format

Fact = str | dict[str, str]

CHOICES: dict[str, type[Choices]] = {}


def register(*lists: type[Choices]) -> None:
    CHOICES.update({choices.__name__: choices for choices in lists})


def moment(at: datetime) -> Fact:
    return {"at": at.isoformat()}


def choice(value: Any) -> Fact:
    """A member of a list of choices."""
    assert type(value).__name__ in CHOICES, f"Register {type(value).__name__} in the app's ready()."
    return {"of": type(value).__name__, "code": value.value}


def in_words(fact: Fact) -> str:
    """In the language and time zone in force. A choice that a later release no longer offers is told as its code."""
    if isinstance(fact, str):
        return fact
    if "at" in fact:
        return date_format(timezone.localtime(datetime.fromisoformat(fact["at"])), "DATETIME_FORMAT")
    labels = dict(CHOICES[fact["of"]].choices) if fact["of"] in CHOICES else {}
    return str(labels.get(fact["code"], fact["code"]))

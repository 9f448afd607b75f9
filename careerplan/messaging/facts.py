"""What the words of a message are filled with: names as they were, and what each reader is told in the own language.

A name or a number is a text, what somebody typed a text with its language, and what was said in each language all of
its texts. A day with its hour is kept as that
moment, a choice as its list and code, a word of the product in English: they become words of the reader as the message
is read. Apps register the lists of choices that their messages name.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Choices
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from careerplan.base.dates import moment_in_text
from careerplan.base.spoken import Words, isolated, language_now
from careerplan.base.templatetags.wording import spoken

Fact = str | dict[str, str] | list[dict[str, str]]

# The mark of the language in a text of `in_each`.
IN = "in:"

CHOICES: dict[str, type[Choices]] = {}


def register(*lists: type[Choices]) -> None:
    for choices in lists:
        CHOICES[choices.__name__] = choices


def moment(at: datetime) -> Fact:
    return {"at": at.isoformat()}


def choice(value: Any) -> Fact:
    """A member of a list of choices."""
    assert type(value).__name__ in CHOICES, f"Register {type(value).__name__} in the app's ready()."
    return {"of": type(value).__name__, "code": value.value}


def typed(text: str, language: str) -> Fact:
    """What somebody wrote, in this language ("": nobody said)."""
    return {"typed": text, "language": language} if language else text


def word(text: str | Promise, count: int | None = None) -> dict[str, str]:
    """A word that the product says, such as a label, with how many of it there are."""
    with translation.override("en"):
        said = {"says": str(text)}
    return said if count is None else said | {"count": str(count)}


def in_each(said: Mapping[str, str]) -> Fact:
    """What was said in each language, by language (`base/every_language.py`)."""
    return {f"{IN}{language}": text for language, text in said.items()}


def in_words(fact: Fact) -> str:
    """In the language and time zone in force. A choice that a later release no longer offers is told as its code."""
    if isinstance(fact, str):
        return isolated(fact)
    if isinstance(fact, list):
        return ", ".join(in_words(part) for part in fact)
    if "typed" in fact:
        return isolated(fact["typed"])
    if all(key.startswith(IN) for key in fact):
        return isolated(fact.get(f"{IN}{language_now()}") or next(iter(fact.values())))
    if "says" in fact:
        return f"{gettext(fact['says'])} ({fact['count']})" if "count" in fact else gettext(fact["says"])
    if "at" in fact:
        return moment_in_text(timezone.localtime(datetime.fromisoformat(fact["at"])))
    labels = dict(CHOICES[fact["of"]].choices) if fact["of"] in CHOICES else {}
    return str(labels.get(fact["code"], fact["code"]))


def on_pages(fact: Fact) -> SafeString:
    """As `in_words`, in HTML: what is in another language than the one in force is marked."""
    if isinstance(fact, dict) and "typed" in fact:
        return conditional_escape(spoken(Words(fact["typed"], fact["language"])))
    return conditional_escape(in_words(fact))

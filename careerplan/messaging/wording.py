"""The words of a message on the dashboard, filled with the facts of its event.

The names in the words of its kind (`kinds/`) are what `notify` is given, and all that is kept of the event.
"""

import re
from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from careerplan.base.spoken import from_left
from careerplan.messaging.facts import Fact, in_words, on_pages
from careerplan.messaging.kinds import kind_of

NAME = re.compile(r"%\((\w+)\)s")


class Filled(dict[str, str]):
    """Words that name what the event of a former release did not say leave a gap: the page is read all the same."""

    def __missing__(self, name: str) -> str:
        return "…"


def told(kind: str, facts: Mapping[str, Fact]) -> tuple[str, str]:
    """Subject and body as the reader is told them, in the language in force."""
    filled = Filled({name: in_words(fact) for name, fact in facts.items()})
    subject, body = dashboard_words(kind)
    return from_left(subject % filled), from_left(body % filled)


def told_on_pages(kind: str, facts: Mapping[str, Fact]) -> SafeString:
    """The body as HTML, with what somebody typed marked where it is in another language than the page's."""
    filled = Filled({name: on_pages(fact) for name, fact in facts.items()})
    _subject, body = dashboard_words(kind)
    return mark_safe(from_left(escape(body) % filled))  # the sentence and each fact are escaped


def names_of(kind: str) -> set[str]:
    """What is kept of an event of this kind: what its words name, and nothing else."""
    return {name for words in dashboard_words(kind) for name in NAME.findall(words)}


def dashboard_words(kind: str) -> tuple[str, str]:
    """Subject and body as they stand in the kind's class, in the language in force."""
    words = kind_of(kind)
    return str(words.subject), str(words.body)

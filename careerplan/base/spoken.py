"""Words that know which language they are in: names of reference data, and what people typed.

Pages and paper mark what is in another language than they are (`templatetags/wording.py`). Plain text has signs for the
direction of what was typed, as pages have `<bdi>`.
"""

import unicodedata
from typing import Any

from django.utils.translation import get_language

# The language of the official names, which WIOA and the state give.
OFFICIAL_LANGUAGE = "en"
# First strong isolate and its end: what stands between runs as it runs in its own script, and turns nothing around it.
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
LEFT_TO_RIGHT_MARK = "\u200e"


class Words(str):
    """Text with its language, and the official name where it is a plain one."""

    __slots__ = ("language", "official")
    language: str
    official: str

    def __new__(cls, text: str, language: str, official: str = "") -> "Words":
        words = super().__new__(cls, text)
        words.language = language
        words.official = official if official != text else ""
        return words

    def __reduce__(self) -> Any:
        return (Words, (str(self), self.language, self.official))

    @property
    def is_foreign(self) -> bool:
        """Whether it is in another language than the one in force."""
        return self.language != language_now()


def in_language_of(words: str, text: str) -> str:
    """A text that was made of the words: in their language, where they know it."""
    return Words(text, words.language, words.official) if isinstance(words, Words) else text


def with_official(name: str) -> str:
    """A plain name in text without marks, and the official one in brackets: for lists to choose from and for notes."""
    official = getattr(name, "official", "")
    return f"{name} ({official})" if official else str(name)


def official_of(name: str) -> str:
    """What is kept of a plain name: the official one. Other text is kept as it is."""
    return getattr(name, "official", "") or str(name)


def runs_from_right(text: str) -> bool:
    """Whether any of its letters is of a script that runs from right to left."""
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)


def isolated(typed: str) -> str:
    """Typed text for the middle of a plain sentence; an isolate ends with its line. Other text stays as it is."""
    lines = typed.split("\n")
    return "\n".join(f"{ISOLATE}{line}{END_OF_ISOLATE}" if runs_from_right(line) else line for line in lines)


def from_left(sentence: str) -> str:
    """A sentence of the product that may begin with such a text: a page that asks its first letter is told the way.

    English and Spanish both run from the left.
    """
    return f"{LEFT_TO_RIGHT_MARK}{sentence}" if ISOLATE in sentence else sentence


def language_now() -> str:
    """The language in force, without its region."""
    return (get_language() or OFFICIAL_LANGUAGE).split("-")[0]


def in_reader_language(english: str, spanish: str) -> Words:
    """What is kept in both languages, for the reader of now; English where nothing is said in Spanish."""
    if language_now() == "es" and spanish:
        return Words(spanish, "es")
    return Words(english, OFFICIAL_LANGUAGE)


def plain_words(official: str, english: str, spanish: str) -> Words:
    """The plain name for the reader of now; where there is none in the reader's language, the English one."""
    if language_now() == "es" and spanish:
        return Words(spanish, "es", official)
    return Words(english or official, OFFICIAL_LANGUAGE, official)

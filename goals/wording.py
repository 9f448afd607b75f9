"""How words for occupations are read: the same for what is stored and for what is typed. Pure.

Small letters without accents; apostrophes go, every other sign parts words; the ending of a plural goes ("Nurses" is
found as "nurse"), and so do words that say nothing by themselves.
"""

import re
from functools import lru_cache

from careerplan.base.folded import folded

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['\u2018\u2019\u00b4`]")
# Of English and Spanish.
FILLERS = frozenset(
    ("a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with")
    + ("de", "del", "el", "en", "la", "las", "los", "o", "para", "por", "un", "una", "y")
)
# So long is a word whose last s is that of a plural: "gas" and "bus" end so by themselves.
SHORTEST_PLURAL = 4
NO_PLURAL = ("ss", "us", "is")


@lru_cache(maxsize=8192)
def words_for(text: str) -> tuple[str, ...]:
    found = [singular(word) for word in WORD.findall(APOSTROPHES.sub("", folded(text)))]
    return tuple(word for word in found if word not in FILLERS) or tuple(found)


def singular(word: str) -> str:
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith(NO_PLURAL):
        return word
    return word[:-1]


def search_key(title: str) -> str:
    """The words with a space before and behind each, so that the database finds whole words and beginnings by LIKE."""
    return f" {' '.join(words_for(title))} "

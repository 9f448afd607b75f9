"""Which occupations a search finds, and in which order: by official titles, other titles and abbreviations.

The rule is `closeness`: all that was typed is the title, then its whole words, then beginnings of words, then letters
inside words, and words that differ by a letter or two. Every typed word must be found in one title. The database only
narrows down what is looked at (`with_words`, `with_letters`), by conditions that PostgreSQL answers from a trigram
index and SQLite by reading the rows; so both find the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import and_
from typing import Any, NamedTuple

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from careerplan.base.letters import Needed, holding
from careerplan.base.spoken import OFFICIAL_LANGUAGE, Words
from goals.enums import OccupationLevel
from goals.models import Occupation, OccupationTitle
from goals.onet.models import OnetTitle
from goals.wording import search_key, words_for

# So many titles of a table are looked at for one search.
LOOKED_AT = 400
# Where no title has the words themselves, and beginnings found fewer than this, misspelled words are looked for.
FEW = 3
MOST_WORDS, LONGEST_WORD, MOST_GROUPS = 8, 30, 24
CODE = re.compile(r"\d\d(-\d{0,4})?(\.\d*)?")
# Shorter words are found at the beginning of words only, and as they are: RN is in "journalists".
SHORT = 3
# A longer word may differ by one letter, and one of so many letters by two.
FORGIVEN_TWICE = 8

EXACT, WHOLE, BEGINS, INSIDE, RESEMBLES = range(5)


class Found(NamedTuple):
    """An occupation, and by which other title it was found ("" where it was the official one), of O*NET or ours."""

    code: str
    title: str
    also: str = ""
    by_onet: bool = False


class Titled(NamedTuple):
    """One title that may be what was meant. `order`: which of two equally close ones comes first."""

    code: str
    occupation: str
    words: tuple[str, ...]
    also: str = ""
    order: int = 0


class Hit(NamedTuple):
    tier: int
    misses: int
    order: int
    begins_later: bool
    length: int
    is_other: bool
    code: str
    titled: Titled


def search(typed: str, *, limit: int) -> list[Found]:
    """The closest first; each occupation once, by its closest title."""
    typed = typed.strip()
    if CODE.fullmatch(typed):
        rows = offered().filter(code__startswith=typed.split(".")[0]).order_by("code")
        return [Found(*row) for row in rows.values_list("code", "title")[:limit]]
    asked = [word[:LONGEST_WORD] for word in words_for(typed)[:MOST_WORDS]]
    if not asked:
        return []
    names = {key: (code, title) for key, code, title in offered().values_list("pk", "code", "title")}
    titles = [Titled(code, title, words_for(title)) for code, title in names.values()]
    titles += others(names, *with_words(asked))
    found = best(asked, titles, most=INSIDE)
    if len(found) < FEW and not (found and found[0].tier <= WHOLE):
        found = best(asked, [*titles, *others(names, *with_letters(asked))], most=RESEMBLES)
    return [Found(hit.code, hit.titled.occupation, hit.titled.also, bool(hit.titled.order)) for hit in found[:limit]]


def is_called(typed: str, found: Found) -> bool:
    """Whether what was typed is its name, or the other title by which it was found."""
    return words_for(typed) == words_for(found.also or found.title)


def offered() -> QuerySet[Occupation]:
    return Occupation.objects.filter(is_active=True, level=OccupationLevel.DETAILED)


def best(asked: Sequence[str], titles: Iterable[Titled], *, most: int) -> list[Hit]:
    """Of each occupation its closest title, the closest occupation first."""
    found: dict[str, Hit] = {}
    for hit in sorted(hit for titled in titles if (hit := hit_of(asked, titled, most)) is not None):
        found.setdefault(hit.code, hit)
    return list(found.values())


def hit_of(asked: Sequence[str], titled: Titled, most: int) -> Hit | None:
    found = closeness(asked, titled.words, most)
    if found is None:
        return None
    tier, misses = found
    beginning = asked[0][0] if tier == RESEMBLES else asked[0]
    later = not titled.words[0].startswith(beginning)
    return Hit(tier, misses, titled.order, later, len(titled.words), bool(titled.also), titled.code, titled)


def closeness(asked: Sequence[str], words: Sequence[str], most: int = RESEMBLES) -> tuple[int, int] | None:
    """How the words were found, and how many of their letters were wrong; None where one was not, within `most`."""
    if tuple(asked) == tuple(words):
        return EXACT, 0
    tier = misses = 0
    for word in asked:
        found = nearest(word, words, most)
        if found is None:
            return None
        tier, misses = max(tier, found[0]), misses + found[1]
    return tier, misses


def nearest(asked: str, words: Sequence[str], most: int) -> tuple[int, int] | None:
    if asked in words:
        return WHOLE, 0
    if any(word.startswith(asked) for word in words):
        return BEGINS, 0
    if len(asked) <= SHORT:
        return None
    if any(asked in word for word in words):
        return INSIDE, 0
    if most < RESEMBLES:
        return None
    misses = [found for word in words if (found := misses_in(asked, word)) is not None]
    return (RESEMBLES, min(misses)) if misses else None


@lru_cache(maxsize=8192)
def misses_in(asked: str, word: str) -> int | None:
    """Letters that are wrong, missing, too many or swapped (one each) between it and the word, or its beginning."""
    allowed = 2 if len(asked) >= FORGIVEN_TWICE else 1
    if len(word) < len(asked) - allowed or not any(group in f" {word}" for group in threes(asked)):
        return None
    former: list[int] = []
    before: list[int] = []
    row = list(range(len(word) + 1))
    for here, letter in enumerate(asked, 1):
        former, before, row = before, row, [here]
        for there, other in enumerate(word, 1):
            least = min(before[there] + 1, row[there - 1] + 1, before[there - 1] + (letter != other))
            if here > 1 and there > 1 and letter == word[there - 2] and asked[here - 2] == other:
                least = min(least, former[there - 2] + 1)
            row.append(least)
    return min(row) if min(row) <= allowed else None


# --- what the database looks at -----------------------------------------------------------------


def with_words(asked: Sequence[str]) -> tuple[Needed, list]:
    """Each word is in the title; first what is typed and nothing else, then whole words, then titles of few letters."""
    whole = reduce(and_, [Q(search_key__contains=f" {word} ") for word in asked])
    begins = reduce(and_, [Q(search_key__contains=f" {word}") for word in asked])
    exact = Q(search_key=search_key(" ".join(asked)))
    tier = Case(
        When(exact, then=EXACT),
        When(whole, then=WHOLE),
        When(begins, then=BEGINS),
        default=INSIDE,
        output_field=IntegerField(),
    )
    return [[word if len(word) > SHORT else f" {word}"] for word in asked], [tier, Length("search_key")]


def with_letters(asked: Sequence[str]) -> tuple[Needed, list]:
    """Each word shares three letters in a row with the title; first what shares most of them."""
    needed = [threes(word) if len(word) > SHORT else [f" {word}"] for word in asked]
    shared = [group for word in asked if len(word) > SHORT for group in threes(word)]
    if not shared:
        return [[]], []  # nothing resembles a short word
    count: Any = Value(0)
    for group in shared[:MOST_GROUPS]:
        count += Case(When(search_key__contains=group, then=1), default=0, output_field=IntegerField())
    return needed, [-count, Length("search_key")]


def threes(word: str) -> list[str]:
    """The word, with the space before it, cut into groups of three letters, and its last three.

    A word of five letters has two of them, one of eight has three: one more than it may have mistakes, so that one of
    them is in the title as it was typed.
    """
    spelled = f" {word}"
    cut = [spelled[start : start + 3] for start in range(0, len(spelled) - 2, 3)]
    return list(dict.fromkeys([*cut, spelled[-3:]]))


Names = Mapping[int, tuple[str, str]]


def others(names: Names, needed: Needed, order: Sequence) -> Iterator[Titled]:
    """Ours, and then those of O*NET, which come later where both are equally close.

    `names`: code and title of the occupations that are offered. They are not joined: a table that was filled a moment
    ago, of which PostgreSQL has no statistics yet, would be joined in the slowest way.
    """
    ours = OccupationTitle.objects.filter(is_active=True)
    yield from rows_of(holding(ours, "search_key", needed), names, order, 0, F("language"))
    theirs = OnetTitle.objects.current()
    yield from rows_of(holding(theirs, "search_key", needed), names, order, 1, Value(OFFICIAL_LANGUAGE))


def rows_of(titles: QuerySet, names: Names, order: Sequence, later: int, language: F | Value) -> Iterator[Titled]:
    rows = titles.order_by(*order, "pk").values_list("occupation_id", "search_key", "title", language)
    for key, words, title, spoken in rows[:LOOKED_AT]:
        if key in names:
            yield Titled(*names[key], tuple(words.split()), Words(title, spoken), later)

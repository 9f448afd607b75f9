"""One way of reading names: what people and phones write differently for the same name is the same name here.

Pure, and the only place that folds names: search, order and signing all ask it. The letters of every language that uses
Latin script read as their plain letter; other scripts keep their letters. What says nothing (signs alone) has no words.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import groupby, pairwise

# Written, or not, within a word: apostrophes of every kind, the okina, primes, accents that stand alone, middle dots.
DROPPED = frozenset(
    "'`´\u2018\u2019\u201a\u201b\u2032\u2035\u275b\u275c\uff07\uff40\u055a\u05f3\u1fbd\u1fbe\u1fbf\u1fef\u1ffd\u1ffe"
    "\ua78b\ua78c·\u0387\u2027\u02ca\u02cb\u02c8\u02ce\u02ee"
    "\ufe0e\ufe0f\u034f\u180b\u180c\u180d\u180f\u115f\u1160\u3164\uffa0"
) | {chr(code) for code in (*range(0x02B9, 0x02C2), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}

# Letters that are neither a letter with a mark nor a letter "with" something by their Unicode name.
LETTERS = {
    "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ȷ": "j", "ŋ": "n", "ĸ": "k", "ə": "a", "ǝ": "e", "ɛ": "e",
    "ɔ": "o", "ɪ": "i", "ɩ": "i", "ʊ": "u", "ɣ": "g", "ʒ": "z", "ʃ": "s", "ɑ": "a", "ʋ": "v", "ɯ": "u", "ɥ": "y",
}  # fmt: skip
# JR, AJ, JRR: one word that may be letters of several names.
LETTERS_IN_ONE = re.compile(r"[^\W\d_]{2}|[b-df-hj-np-tv-xz]{3}")
PLAIN_LETTER = re.compile(r"LATIN SMALL LETTER (?:DOTLESS )?([A-Z]) WITH ")


def fold(name: str) -> str:
    """The words of a name as one text: small plain letters, one space between words; "" of what says nothing."""
    return " ".join(words_of(name))


def words_of(name: str) -> list[str]:
    """Hyphens, commas and spaces part words; so does a dot between letters. `Jr.` is `Jr`, and J.R. is J. R."""
    kept = "".join(sign for sign in name if sign not in DROPPED and unicodedata.category(sign) != "Cf")
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", kept).casefold())
    return "".join(plain(sign) for sign in small).split()


@lru_cache(maxsize=4096)
def plain(sign: str) -> str:
    """One small, decomposed sign as it counts in a name."""
    category = unicodedata.category(sign)
    if sign in DROPPED or category == "Cf" or is_accent(sign):
        return ""
    if sign in LETTERS:
        return LETTERS[sign]
    if category[0] in "PSZC":
        return " "
    marked = PLAIN_LETTER.match(unicodedata.name(sign, ""))
    return marked[1].lower() if marked else sign


def is_accent(sign: str) -> bool:
    """Marks that people leave out: above and below the letters of Latin, Greek and Cyrillic, Arabic and Hebrew points.

    Vowel signs, tones (of both Hmong scripts, too) and voicing of other scripts make another name, and stay.
    """
    place = unicodedata.combining(sign)
    of_these = unicodedata.name(sign, "").startswith(("COMBINING ", "ARABIC ", "HEBREW "))
    return place == 1 or 10 <= place <= 36 or (200 <= place <= 240 and of_these)


def glued(name: str) -> str:
    """The name without spaces, for those who part a name elsewhere: Mac Donald, O Brien, Maryanne."""
    return "".join(words_of(name))


def says_name(typed: str, first: str, last: str) -> bool:
    """Whether `typed` holds the whole first and last name, in any order, with or without names between them.

    A person may have one name only. A name that says nothing is nobody's.
    """
    wanted, said = Counter(words_of(f"{first} {last}")), Counter(words_of(typed))
    if not wanted:
        return False
    if wanted <= said or glued(typed) in {glued(f"{first} {last}"), glued(f"{last} {first}")}:
        return True
    return holds_apart(words_of(typed), glued(first), glued(last))


def holds_apart(said: list[str], first: str, last: str) -> bool:
    """Whether a run of the words makes the first name and another run the last one, however each is parted."""
    runs_of_first, runs_of_last = runs(said, first), runs(said, last)
    return any(one[1] <= other[0] or other[1] <= one[0] for one in runs_of_first for other in runs_of_last)


def runs(said: list[str], name: str) -> list[tuple[int, int]]:
    """From where to where words without spaces between them make this name; an empty one is made of none."""
    places = range(len(said) + 1)
    return [(start, end) for start in places for end in places[start:] if "".join(said[start:end]) == name]


def search_words(name: str) -> set[str]:
    """Under which words a name is found: each of it, the parts of O'Brien, and the whole without spaces."""
    parted = "".join(" " if sign in DROPPED else sign for sign in name)
    return {*words_of(name), *words_of(parted), glued(name)} - {""}


def joined_letters(name: str) -> set[str]:
    """J. R. as JR, where single letters follow each other."""
    runs_of_letters = (list(run) for alone, run in groupby(words_of(name), is_letter) if alone)
    return {"".join(run) for run in runs_of_letters}


def joined_beginnings(name: str) -> set[str]:
    """Of `Van D Angelo` the D'Angelo."""
    return {letter + word for letter, word in pairwise(words_of(name)) if is_letter(letter)}


def parted_letters(name: str) -> set[str]:
    """The letters of a name that may be written J. R. as well: of JR, AJ."""
    whole = fold(name)
    return set(whole) if LETTERS_IN_ONE.fullmatch(whole) else set()


def is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def full_name(*parts: str) -> str:
    """The parts that a person has, with one space between; people with one name exist."""
    return " ".join(part for part in parts if part)


def listed_name(first: str, last: str) -> str:
    """As lists and papers sort it: "last, first"; the one name of who has one."""
    return ", ".join(part for part in (last, first) if part)

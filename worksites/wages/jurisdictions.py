"""How the list of minimum wages names a place, and how places are read that people write otherwise. Pure.

US, a state (IL), a city (IL-OakPark) or a county (IL-CookCounty): letters and digits alone.
"""

import re
import unicodedata
from collections.abc import Iterable

from worksites.us_states import US_STATES

COUNTRY = "US"
FORM = r"^(US|(?!US)[A-Z]{2}(-[A-Z0-9][A-Za-z0-9]*)?)$"
COUNTY = "county"
COUNTY_WORDS = frozenset({COUNTY, "co", "cnty", "parish"})
CITY_WORDS = frozenset({"city", "town", "village"})
# Of two spellings of one name the shorter.
SHORTER = {"saint": "st", "fort": "ft", "mount": "mt"}


def parts(text: str) -> tuple[str, str]:
    """The state, or the country, and the name behind the dash as it is written; "?" where a dash has none behind it."""
    state, dash, name = re.sub("[\N{EN DASH}\N{EM DASH}]", "-", text).partition("-")
    return state.strip().upper(), name.strip() or ("?" if dash else "")


def spelled(text: str) -> str | None:
    """As the list names the place; None where none can be read, or its state is none."""
    state, name = parts(text)
    if not name:
        return state if state in {COUNTRY, *US_STATES} else None
    words = words_of(name)
    if not words or state not in US_STATES:
        return None
    kept = [*without_county(words), COUNTY] if is_county(name) else without_city(words)
    listed = f"{state}-{''.join(word.capitalize() for word in kept)}"
    return listed if place(listed) == place(text) else None


def place(jurisdiction: str) -> tuple[str, bool, str]:
    """By which places are compared: the state, whether it is a county, and the name; no name of a state."""
    state, name = parts(jurisdiction)
    return (state, True, county(name)) if is_county(name) else (state, False, city(name))


def may_be_county(text: str, listed: Iterable[str]) -> bool:
    """Whether it says neither that it is a county nor that it is a city, and there is a county of this name."""
    state, name = parts(text)
    words = words_of(name)
    is_bare = bool(words) and not is_county(name) and without_city(words) == words
    return is_bare and (state, True, county(name)) in map(place, listed)


def is_county(name: str) -> bool:
    words = words_of(name)
    return without_county(words) != words


def county(text: str) -> str:
    """The name by which counties are compared: "Cook County", "Cook Co.", "County of Cook" and "cook" are one."""
    return compared(without_county(words_of(text)))


def city(text: str) -> str:
    """The name by which cities are compared: "City of Chicago", "Chicago, IL" and "CHICAGO" are one."""
    return compared(without_city(words_of(text)))


def mentions(text: str, name: str) -> bool:
    """Whether the name, as it is compared, stands among the words: "Cook and Lake" mentions Cook."""
    words = [SHORTER.get(word.lower(), word.lower()) for word in words_of(text)]
    runs = {"".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)}
    return name in runs


def words_of(text: str) -> list[str]:
    """Without marks, and without the state behind a comma or at the end; "CookCounty" is two words."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    apart = re.sub("(?<=[a-z])(?=[A-Z])", " ", re.split("[,(]", plain)[0])
    words = re.findall("[A-Za-z0-9]+", apart)
    return words[:-1] if len(words) > 1 and words[-1] in US_STATES else words


def without_county(words: list[str]) -> list[str]:
    small = [word.lower() for word in words]
    if len(words) > 2 and small[0] in COUNTY_WORDS and small[1] == "of":
        return words[2:]
    if len(words) > 1 and small[-1] in COUNTY_WORDS:
        return words[:-1]
    if small and small[-1] != COUNTY and small[-1].endswith(COUNTY):
        return [*words[:-1], words[-1][: -len(COUNTY)]]
    return words


def without_city(words: list[str]) -> list[str]:
    small = [word.lower() for word in words]
    return words[2:] if len(words) > 2 and small[0] in CITY_WORDS and small[1] == "of" else words


def compared(words: list[str]) -> str:
    return "".join(SHORTER.get(word, word) for word in map(str.lower, words))

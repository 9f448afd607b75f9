"""Blocks of typed text on paper run as their first letter runs: WeasyPrint does not read `dir="auto"`."""

import unicodedata
from xml.etree.ElementTree import Element

# The strong letters: of scripts from the left, of Hebrew and its like, of Arabic and its like.
DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def tell_direction(page: Element) -> None:
    """Say of each `dir="auto"` which direction it is."""
    for element in page.iter():
        if element.get("dir") == "auto":
            element.set("dir", direction_of("".join(element.itertext())))


def direction_of(text: str) -> str:
    classes = (unicodedata.bidirectional(sign) for sign in text)
    return next((DIRECTIONS[one] for one in classes if one in DIRECTIONS), "ltr")

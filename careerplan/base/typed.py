"""Numbers and days as people type them: one reading each, the same for every field and both languages. Pure.

The comma and the space group thousands and the period comes before the decimals, in English and in the Spanish of the
United States (1,250.50); days are month first (03/31/2027). What can be read in two ways is not guessed: it is asked
again, and stays in the field as it was typed.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

# Digits in groups of three behind one kind of separator, or without any, and decimals. `0,250` has two readings.
NUMBER = re.compile(
    r"(?P<sign>-?)"
    r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+|(?=\.\d))"
    r"(?:\.(?P<decimals>\d*))?"
)
LONGEST = 40  # characters: more is no number of ours

# 2027-03-31; 3/31/2027, 3-31-27, 3.31.2027, 3 31 2027; 03312027, for telephones whose number keys have no stroke.
DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})(?P<stroke>[/. -])(?P<day>\d{1,2})(?P=stroke)(?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<month>\d{2})(?P<day>\d{2})(?P<year>\d{4})"),
)
# April 2, 1991; Apr 2 1991; 2 April 1991; 2 de abril de 1991, 1.º de abril de 1991: the month in words, so that nothing
# has two readings.
DAYS_IN_WORDS = (
    re.compile(r"(?P<month>[a-z]{3,})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)? ?,? ?(?P<year>\d{4})", re.IGNORECASE),
    re.compile(
        r"(?P<day>\d{1,2})(?:\.?(?:[oº°]|ro))?(?: de)? (?P<month>[a-z]{3,})\.?,?(?: del?)? (?P<year>\d{4})",
        re.IGNORECASE,
    ),
)
MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "septiembre", "setiembre"),
    ("october", "octubre"), ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
# Years of two digits are those around today's: 27 is 2027, 70 is 1970.
LATEST_OF_TWO_DIGITS = 68


class Unreadable(ValueError):
    """Not one number, or not one day."""


class TwoReadings(Unreadable):
    """1.250 is one and a quarter here and a thousand elsewhere."""


def plainly(text: str) -> str:
    """In ASCII digits and signs, with single spaces, without what is not seen."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cf", "Cc"} or letter == "\t")
    letters = (str(unicodedata.decimal(letter, letter)) for letter in unicodedata.normalize("NFKC", seen))
    return " ".join("".join(letters).replace("\u2212", "-").replace("\u2013", "-").split())


def read_number(text: str) -> Decimal:
    """The number that a text says: `1,250.00`, `1 250`, `12.5`, `$40`. Raises Unreadable; of it TwoReadings."""
    if len(text) > LONGEST:
        raise Unreadable
    plain = plainly(text)
    sign, amount = ("-", plain[1:].lstrip()) if plain.startswith("-") else ("", plain)
    found = NUMBER.fullmatch(sign + amount.removeprefix("$").lstrip())
    decimals = found["decimals"] or "" if found else ""
    if found is None:
        raise Unreadable
    if len(decimals) == 3 and found["whole"].strip("0"):
        raise TwoReadings
    whole = re.sub(r"[, ]", "", found["whole"]) or "0"
    return Decimal(f"{found['sign']}{whole}" + (f".{decimals}" if decimals else ""))


def read_day(text: str, past: date | None = None) -> date:
    """The day that a text says, month first: `03/31/2027`, or the month in words, of English or Spanish.

    `past`: today, where the day can't be still to come, as a birth date can't: 4/2/61 is of 1961 then.
    Raises Unreadable, for days that no month has, too.
    """
    plain = plainly(text) if len(text) <= LONGEST else ""
    for pattern in (*DAYS, *DAYS_IN_WORDS):
        found = pattern.fullmatch(plain)
        if found:
            try:
                day = date(full_year(found["year"]), month_in(found["month"]), int(found["day"]))
            except ValueError as error:
                raise Unreadable from error
            is_to_come = past is not None and len(found["year"]) == 2 and day > past
            return day.replace(year=day.year - 100) if is_to_come else day
    raise Unreadable


def month_in(text: str) -> int:
    """1 to 12; of a name its beginning is enough (`Sept`), 0 where no month is called so."""
    if text.isdecimal():
        return int(text)
    names = enumerate(MONTHS, start=1)
    return next((number for number, called in names if any(name.startswith(text.lower()) for name in called)), 0)


def full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= LATEST_OF_TWO_DIGITS else 1900)

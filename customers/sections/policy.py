"""What an answer to a question of the assessment may say, and how it is kept: plain Python.

Kept is what JSON holds and what reads the same ever after: numbers and amounts as text, days as 2026-11-28, choices by
their codes. Nothing is kept as None.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    SHORT = "short"
    LONG = "long"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    RATING = "rating"
    PHONE = "phone"
    ROWS = "rows"


LONGEST = {Kind.SHORT: 200, Kind.LONG: 4000, Kind.PHONE: 30}
MOST_NUMBER = 1_000_000
# An amount, cents included: up to 999,999.99.
DIGITS_OF_MONEY = 8
RATINGS = (1, 2, 3, 4, 5)
MOST_CHOICES = 60
MOST_COLUMNS = 8
# Of a work history, say. A form shows so many rows more than were answered.
MOST_ROWS = 20
ROWS_MORE = 2

# What staff see, measure and test is theirs to write: nobody rates oneself as another saw it, or enters an own result
# (ILL-063 to ILL-066). The customer reads it.
SECTIONS_OF_STAFF = frozenset({"EMPLOYMENT_101", "NOCTI_RESULTS", "OBSERVATION", "WORKSITE"})
# In the other sections likewise: levels as tested, what the program gave, and what its estimate says.
QUESTIONS_OF_STAFF = frozenset(
    {"READING_LEVEL", "MATH_LEVEL", "EMPLOYMENT_ASSISTANCE", "ESTIMATE_ON", "ESTIMATE_RESULT"}
)

# What a column of a row may ask.
IN_A_ROW = frozenset({Kind.SHORT, Kind.YES_NO, Kind.CHOICE, Kind.NUMBER, Kind.MONEY, Kind.DAY, Kind.RATING, Kind.PHONE})
WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
WITH_COLUMNS = frozenset({Kind.ROWS})


@dataclass(frozen=True)
class Question:
    """What is asked: the part of a definition that an answer has to fit."""

    kind: Kind
    choices: frozenset[str] = frozenset()
    columns: dict[str, "Question"] = field(default_factory=dict)
    is_required: bool = False


class Unfit(ValueError):
    """The answer does not fit the question. `code`: how."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def kept(question: Question, value: Any) -> Any:
    """The answer as it is kept; None where nothing is said. Raises Unfit."""
    if value is None or value == "" or value == []:
        return None
    return KEPT_AS[question.kind](question, value)


def text(question: Question, value: Any) -> str | None:
    said = expect(value, str).strip()
    if len(said) > LONGEST[question.kind]:
        raise Unfit("too-long")
    return said or None


def yes_no(_question: Question, value: Any) -> bool:
    found: bool = expect(value, bool)
    return found


def choice(question: Question, value: Any) -> str:
    if value not in question.choices:
        raise Unfit("not-a-choice")
    return str(value)


def choices(question: Question, value: Any) -> list[str]:
    """Each once, in the order in which they were chosen."""
    return [choice(question, one) for one in dict.fromkeys(expect(value, (list, tuple)))]


def number(_question: Question, value: Any) -> str:
    return plain_number(value, most=Decimal(MOST_NUMBER))


def money(_question: Question, value: Any) -> str:
    return plain_number(value, most=Decimal(10**DIGITS_OF_MONEY - 1) / 100)


def plain_number(value: Any, *, most: Decimal) -> str:
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise Unfit("no-number")
    found = Decimal(value)
    if not found.is_finite() or not 0 <= found <= most or -int(found.as_tuple().exponent) > 2:
        raise Unfit("unlikely-number")
    return f"{found:f}"


def day(_question: Question, value: Any) -> str:
    found: date = expect(value, date)
    return found.isoformat()


def rating(_question: Question, value: Any) -> int:
    if isinstance(value, bool) or value not in RATINGS:
        raise Unfit("not-a-choice")
    return int(value)


def rows(question: Question, value: Any) -> list[dict[str, Any]] | None:
    """Rows of which each says something. A row lacks nothing that its columns ask for."""
    found = []
    for row in expect(value, (list, tuple)):
        said = {code: kept(column, row.get(code)) for code, column in question.columns.items()}
        if all(one is None for one in said.values()):
            continue
        if any(column.is_required and said[code] is None for code, column in question.columns.items()):
            raise Unfit("row-incomplete")
        found.append(said)
    if len(found) > MOST_ROWS:
        raise Unfit("too-many-rows")
    return found or None


def expect(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind):
        raise Unfit("wrong-kind")
    return value


KEPT_AS = {
    Kind.SHORT: text,
    Kind.LONG: text,
    Kind.PHONE: text,
    Kind.YES_NO: yes_no,
    Kind.CHOICE: choice,
    Kind.CHOICES: choices,
    Kind.NUMBER: number,
    Kind.MONEY: money,
    Kind.DAY: day,
    Kind.RATING: rating,
    Kind.ROWS: rows,
}

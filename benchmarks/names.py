"""Whom the copies of a customer are: names of both states, each with the words under which the product finds it.

The words are the product's own (`customers/search.py`), made once for each name with marks in the place of what differs
from person to person: the participant ID, the phone and the birth date. The database puts those in.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from benchmarks.search import FAMILY, GIVEN, made_up_name
from careerplan.base.names import full_name, listed_name
from careerplan.demo.cast import FAMILY_NAMES, GIVEN_NAMES
from careerplan.demo.made_up import plain
from customers.models import Customer

MARK, MARK_PHONE, MARK_BORN = "98765432109", "212-555-0199", date(1911, 12, 13)
DOMAIN = "careerplan.test"
SEED = 10


@dataclass(frozen=True)
class Name:
    first_name: str
    middle_name: str
    last_name: str
    username: str  # without the number
    full_name: str
    listed_name: str  # as papers have it
    name_key: str
    words: list[str]


def names(count: int) -> Iterator[Name]:
    """The same ones for the same count."""
    dice = random.Random(SEED)
    for _number in range(count):
        first = dice.choice(GIVEN_NAMES if dice.random() < 0.7 else GIVEN)
        middle = dice.choice(GIVEN_NAMES) if dice.random() < 0.4 else ""
        last = dice.choice((FAMILY_NAMES, FAMILY_NAMES, FAMILY)[dice.randrange(3)])
        yield name_of(first, middle, made_up_name(dice) if dice.random() < 0.4 else last)


def name_of(first: str, middle: str, last: str) -> Name:
    username = f"{plain(first)}.{plain(last)}"
    marked = Customer(first_name=first, middle_name=middle, last_name=last, state_id=MARK)
    marked.phone, marked.birth_date, marked.email = MARK_PHONE, MARK_BORN, f"{username}.{MARK}@{DOMAIN}"
    marked.set_keys(f"{username}.{MARK}")
    return Name(
        first,
        middle,
        last,
        username,
        full_name(first, last),
        listed_name(first + (f" {middle[:1]}." if middle else ""), last),
        marked.name_key,
        sorted(marked.search_words()),
    )

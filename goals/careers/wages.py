"""The lowest pay that the law allows where a customer lives, to stand beside occupations and wage goals.

Minimum wages stand on a floor above, which registers the answer.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from careerplan.base.spoken import OFFICIAL_LANGUAGE, Words
from customers.models import Customer


class WageFloor(NamedTuple):
    """A minimum wage in dollars an hour. `place`: as the list of minimum wages names it; `whom`: for whom it is."""

    rate: Decimal
    place: str
    whom: str
    since: date
    source: str
    is_verified: bool

    @property
    def is_federal(self) -> bool:
        return self.place == FEDERAL

    @property
    def told_source(self) -> Words:
        return Words(self.source, OFFICIAL_LANGUAGE)

    @property
    def told_whom(self) -> str:
        """Where it is no mere age, in the language of the list."""
        return Words(self.whom, OFFICIAL_LANGUAGE) if any(sign.isalpha() for sign in self.whom) else self.whom

    def is_above(self, wage: Decimal | None) -> bool:
        return wage is not None and wage < self.rate


# How the list of minimum wages names the whole country.
FEDERAL = "US"

Ask = Callable[[Customer, date], WageFloor | None]
_registered: list[Ask] = []


def register(ask: Ask) -> None:
    _registered[:] = [ask]


def wage_floor(customer: Customer, *, on: date) -> WageFloor | None:
    """Of the customer's office on this day; None where no minimum wage is listed. One query."""
    return _registered[0](customer, on)

"""What hangs on a person at work; each floor above says what it keeps, and how it goes to another person."""

from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User

OWN_SIGN_IN = _("You can't switch your own sign-in off. Another administrator can.")


class Hanging(NamedTuple):
    """So many things of this name, in words."""

    label: Any
    number: int


class Duty(Protocol):
    def hanging(self, person: User) -> list[Hanging]:
        """What the person answers for now."""

    def customers(self, person: User) -> set[int]:
        """The keys of the customers of whom something hangs on the person, who has to see them for it."""

    def people(self, customer_id: int) -> set[int]:
        """The keys of the people on whom something of this customer hangs: `customers` from the other side."""

    def hand_over(
        self, person: User, successor: User, *, customer_id: int | None = None, by: User, at: datetime
    ) -> None:
        """All of it goes to the successor; of one customer alone where a key is given.

        Raises Refusal where the successor can't take it.
        """


_registered: list[Duty] = []


def register(duty: Duty) -> None:
    _registered.append(duty)


def hanging_on(person: User) -> list[Hanging]:
    """What hangs on the person, by kind; nothing is listed that counts none, and nothing hangs on a customer."""
    if person.is_customer:
        return []
    return [entry for duty in _registered for entry in duty.hanging(person) if entry.number]


def customers_of(person: User) -> set[int]:
    """The keys of the customers of whom something hangs on the person."""
    return {key for duty in _registered for key in duty.customers(person)}


def people_of(customer_id: int) -> set[int]:
    """The keys of the people on whom something of the customer hangs."""
    return {key for duty in _registered for key in duty.people(customer_id)}


def hand_over_duties(person: User, successor: User, *, customer_id: int | None = None, by: User, at: datetime) -> None:
    for duty in _registered:
        duty.hand_over(person, successor, customer_id=customer_id, by=by, at=at)

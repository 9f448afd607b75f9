"""What people who are neither the customer nor staff say in a section: it stands beside its answers, as they said it.

Who keeps such words stands above and registers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from careerplan.base.spoken import Words
from customers.models import AssessmentSection, Customer


@dataclass(frozen=True)
class FromOthers:
    """`about`: what it was asked of; `said_as`: the name that was typed; `lines`: questions with what was answered."""

    about: str
    said_as: str
    said_at: datetime
    lines: Sequence[tuple[Words, str]]


Reader = Callable[[Customer, AssessmentSection], list[FromOthers]]

_readers: list[Reader] = []


def register(reader: Reader) -> None:
    _readers.append(reader)


def from_others(customer: Customer, section: AssessmentSection) -> list[FromOthers]:
    return [said for reader in _readers for said in reader(customer, section)]

"""What policy makes due as a customer leaves a program; each floor above says what it knows of.

It is listed before the end is saved, and stands against none (12.7.6, notes: upload before the participant exits; a
participant may exit before documentation is received).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from customers.models import Enrollment


@dataclass(frozen=True)
class DueAtExit:
    """`code`: of the kind; `sentence`: what to do; `path`: where; `due_on`: None where policy names no day."""

    code: str
    citation: str
    sentence: str
    path: str
    due_on: date | None = None


# What is due if this enrollment ends on the day.
Find = Callable[[Enrollment, date], list[DueAtExit]]

_registered: list[Find] = []


def register(find: Find) -> None:
    _registered.append(find)


def due_at_exit(enrollment: Enrollment, *, on: date) -> list[DueAtExit]:
    return [due for find in _registered for due in find(enrollment, on)]

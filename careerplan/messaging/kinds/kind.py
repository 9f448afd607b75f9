"""A kind of message: all that the product knows of it stands in its class.

A new kind is its code in `Notice` and a class in the module of its subject here. Its words on the dashboard are read
after signing in and may name things; an e-mail and a text message never do: they say what kind of thing waits.
"""

from enum import Enum, auto
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice


class Audience(Enum):
    """Whom a kind goes to."""

    CUSTOMERS = auto()
    STAFF = auto()
    EVERYBODY = auto()

    def takes(self, person: Any) -> bool:
        return self is Audience.EVERYBODY or person.is_customer == (self is Audience.CUSTOMERS)


class Kind:
    """`subject` and `body` stand on the dashboard, with the names to fill in, such as planner, goal, version."""

    notice: ClassVar[Notice]
    goes_to: ClassVar[Audience] = Audience.STAFF
    subject: ClassVar[Any]
    body: ClassVar[Any]
    # What the e-mail says waits.
    email_subject: ClassVar[Any] = _("You have a message in CareerPlan")
    email_sentence: ClassVar[Any] = _("You have a message on your CareerPlan dashboard.")
    # How the e-mail of a day lists it; the name of the kind where that tells nothing of a person.
    in_daily_email: ClassVar[Any] = ""
    # Its e-mail leaves at once, also to people who chose one e-mail a day: policy asks for it, or somebody is harmed.
    always_at_once: ClassVar[bool] = False
    # A customer who agreed to text messages is told in one that something waits.
    in_text_message: ClassVar[bool] = False


_kinds: dict[Notice, type[Kind]] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """A decorator of classes."""
    assert kind.notice not in _kinds, f"{kind.notice} has two classes."
    _kinds[kind.notice] = kind
    return kind


def kind_of(notice: str) -> type[Kind]:
    return _kinds[Notice(notice)]


def all_kinds() -> list[type[Kind]]:
    return list(_kinds.values())

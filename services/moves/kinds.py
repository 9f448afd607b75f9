"""The moves of a planned service between its statuses (AMB-I5), each with what it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.enums import ServiceStatus

PLANNED, STARTED, ON_HOLD = ServiceStatus.PLANNED, ServiceStatus.STARTED, ServiceStatus.ON_HOLD
COMPLETE, NEVER, TERMINATED = ServiceStatus.COMPLETE, ServiceStatus.NEVER_PROVIDED, ServiceStatus.TERMINATED
# The days that a move may ask for; one that is there already is corrected in the form of the service.
DAYS = ("actual_start_on", "ended_on")


@dataclass(frozen=True)
class Move:
    """`code`: its word in addresses. `leads_to`: the status after it; `of`: those before it. `asks`: the columns that
    its form has; of `once`, those that are asked only while they are empty. `clears`: columns that say nothing then."""

    code: str
    label: Any
    leads_to: ServiceStatus
    of: frozenset[ServiceStatus]
    said: Any
    asks: tuple[str, ...] = ()
    once: frozenset[str] = frozenset()
    clears: tuple[str, ...] = ()
    ends: bool = False
    corrects: bool = False

    def values_of(self, given: dict[str, Any]) -> dict[str, Any]:
        """What `save_service` is told: what was given, the status, and what it clears."""
        empty = {"actual_start_on": None, "ended_on": None, "never_provided_reason": ""}
        return {**given, "status": self.leads_to, **{name: empty[name] for name in self.clears}}


START = Move(
    "start",
    pgettext_lazy("a service", "Start"),
    STARTED,
    frozenset({PLANNED}),
    _("The service has started."),
    asks=("actual_start_on",),
)
HOLD = Move(
    "hold",
    pgettext_lazy("a service", "Hold"),
    ON_HOLD,
    frozenset({STARTED}),
    _("The service is on hold."),
    asks=("notes",),
)
RESUME = Move(
    "resume",
    pgettext_lazy("a service", "Go on"),
    STARTED,
    frozenset({ON_HOLD}),
    _("The service goes on."),
)
FINISH = Move(
    "complete",
    pgettext_lazy("a service", "Complete"),
    COMPLETE,
    frozenset({PLANNED, STARTED, ON_HOLD}),
    _("The service is complete."),
    asks=DAYS,
    once=frozenset({"actual_start_on"}),
    ends=True,
)
NEVER_PROVIDED = Move(
    "never",
    _("Never provided"),
    NEVER,
    frozenset({PLANNED}),
    _("It was recorded that the service was never provided."),
    asks=("never_provided_reason", "notes"),
    ends=True,
)
TERMINATE = Move(
    "terminate",
    pgettext_lazy("a service", "Terminate"),
    TERMINATED,
    frozenset({STARTED, ON_HOLD}),
    _("The service was terminated."),
    asks=("ended_on", "notes"),
    ends=True,
)
# What was recorded by mistake is taken back.
NOT_STARTED = Move(
    "not-started",
    _("It has not started"),
    PLANNED,
    frozenset({STARTED, ON_HOLD, NEVER}),
    _("The service is planned again."),
    clears=("actual_start_on", "never_provided_reason"),
    corrects=True,
)
NOT_ENDED = Move(
    "not-ended",
    _("It has not ended"),
    STARTED,
    frozenset({COMPLETE, TERMINATED}),
    _("The service goes on."),
    clears=("ended_on",),
    corrects=True,
)

MOVES = (START, RESUME, FINISH, HOLD, NEVER_PROVIDED, TERMINATE, NOT_STARTED, NOT_ENDED)
BY_CODE = {move.code: move for move in MOVES}


def moves_of(status: str) -> Iterator[Move]:
    """What may become of a service that has this status, as its buttons stand."""
    return (move for move in MOVES if status in move.of)

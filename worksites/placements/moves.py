"""The moves of a placement between its statuses, each with the statuses that it leaves (ILL-139, ILL-151, ILL-152)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from worksites.enums import PlacementStatus

PLANNED, STARTED = PlacementStatus.PLANNED, PlacementStatus.STARTED
ON_HOLD, TERMINATED = PlacementStatus.ON_HOLD, PlacementStatus.TERMINATED


@dataclass(frozen=True)
class Move:
    """`code`: its word in addresses. `leads_to`: the status after it, None where it leaves the list. `asks`: the
    fields of its form. `takes_an_opening`: another one may have it by now."""

    code: str
    label: Any
    of: frozenset[PlacementStatus]
    leads_to: PlacementStatus | None
    said: Any
    asks: tuple[str, ...]
    ends: bool = False
    corrects: bool = False
    takes_an_opening: bool = False
    # In a closed plan nothing begins, so what is under way is not planned again, either: it goes on, and ends.
    only_in_open_plan: bool = False


START = Move(
    "start", pgettext_lazy("a placement", "Start"), frozenset({PLANNED}), STARTED,
    _("The placement has started."), ("starts_on", "subsidy_starts_on"), only_in_open_plan=True,
)  # fmt: skip
HOLD = Move(
    "hold", pgettext_lazy("a placement", "Put on hold"), frozenset({STARTED}), ON_HOLD,
    _("The placement is on hold."), ("inactive_on", "returned_on", "words"),
)  # fmt: skip
RETURN = Move(
    "return", pgettext_lazy("a placement", "Back from hold"), frozenset({ON_HOLD}), STARTED,
    _("The placement goes on."), ("returned_on",),
)  # fmt: skip
TERMINATE = Move(
    "terminate", pgettext_lazy("a placement", "Terminate"), frozenset({STARTED, ON_HOLD}), TERMINATED,
    _("The placement was terminated."), ("ends_on", "termination_reason", "words"), ends=True,
)  # fmt: skip
WITHDRAW = Move(
    "withdraw", pgettext_lazy("a placement", "Take back"), frozenset({PLANNED}), None,
    _("The placement was taken back."), ("words",), ends=True,
)  # fmt: skip
NOT_STARTED = Move(
    "not-started", pgettext_lazy("a placement", "It has not started"), frozenset({STARTED}), PLANNED,
    _("The placement is planned again."), (), corrects=True, only_in_open_plan=True,
)  # fmt: skip
NOT_ENDED = Move(
    "not-ended", pgettext_lazy("a placement", "It has not ended"), frozenset({TERMINATED}), STARTED,
    _("The placement goes on."), (), corrects=True, takes_an_opening=True,
)  # fmt: skip

MOVES = (START, RETURN, HOLD, TERMINATE, WITHDRAW, NOT_STARTED, NOT_ENDED)
BY_CODE = {move.code: move for move in MOVES}


def moves_of(status: str, *, in_open_plan: bool) -> list[Move]:
    """What may become of a placement that has this status, as its buttons stand."""
    return [move for move in MOVES if status in move.of and (in_open_plan or not move.only_in_open_plan)]

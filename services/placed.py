"""What placements, which stand a floor above, have to do with changes of a planned service.

A work-experience service with a placement is not taken out of the plan, does not start after it, and does not end
before it. Where it goes on with other funding or in the next plan, those of its placements that have not ended by then
go along. One that needs a worksite is complete only with a placement (ILL-112).
"""

from datetime import datetime
from typing import Any, Protocol

from careerplan.accounts.models import User


class Placing(Protocol):
    def refuse(self, planned: Any, changed: Any, *, by: User) -> None:
        """Raises Refusal where the placements of a service don't let it change so. `changed`: its columns."""

    def refuse_removal(self, planned: Any) -> None:
        """Raises Refusal where it can't leave the plan."""

    def let_go(self, planned: Any, *, by: User, at: datetime) -> None:
        """It left the plan, or ended: what was only planned for it goes, too."""

    def take_up_again(self, planned: Any, left_at: datetime, *, by: User, at: datetime) -> None:
        """It is in the plan again, which it had left at `left_at`: so is what went with it, where its place is free."""

    def go_along(self, former: Any, planned: Any, *, by: User, at: datetime) -> None:
        """The placements of the former service that go on after it stand under the one that continues it."""

    def block_of(self, planned: Any, *, on: Any) -> dict[str, Any]:
        """What the page of the service shows of them."""


_placing: list[Placing] = []


def register(placing: Placing) -> None:
    _placing.append(placing)


def refuse_while_placed(planned: Any, changed: Any, *, by: User) -> None:
    for one in _placing:
        one.refuse(planned, changed, by=by)


def refuse_removal_while_placed(planned: Any) -> None:
    for one in _placing:
        one.refuse_removal(planned)


def let_placements_go(planned: Any, *, by: User, at: datetime) -> None:
    for one in _placing:
        one.let_go(planned, by=by, at=at)


def take_placements_up_again(planned: Any, left_at: datetime, *, by: User, at: datetime) -> None:
    for one in _placing:
        one.take_up_again(planned, left_at, by=by, at=at)


def placements_go_along(former: Any, planned: Any, *, by: User, at: datetime) -> None:
    for one in _placing:
        one.go_along(former, planned, by=by, at=at)


def placements_block(planned: Any, on: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in _placing:
        found |= one.block_of(planned, on=on)
    return found

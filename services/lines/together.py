"""Several planned services of one plan are changed at once: all of them, or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import is_blank
from goals.models import Goal
from services.actions import named, save_service
from services.models import PlannedService
from services.moves.kinds import Move


@dataclass(frozen=True)
class Ticked:
    """A planned service, and the version of its row that the person saw in the list."""

    planned: PlannedService
    seen: int


@transaction.atomic
def assign_together(ticked: Iterable[Ticked], goal: Goal, *, by: User, at: datetime) -> list[PlannedService]:
    """Put them under a goal. Raises as `save_together`."""
    return save_together(ticked, lambda planned: {"goal": goal}, by=by, at=at)


@transaction.atomic
def plan_together(
    ticked: Iterable[Ticked], *, planned_start_on: date | None, planned_end_on: date | None, by: User, at: datetime
) -> list[PlannedService]:
    """Set the planned days that are given; the other one of each service stays. Raises as `save_together`."""
    days = {"planned_start_on": planned_start_on, "planned_end_on": planned_end_on}
    given = {name: day for name, day in days.items() if day is not None}
    if not given:
        raise Refusal("no-day", _("Enter the planned start, the planned end, or both."), field="planned_start_on")
    return save_together(ticked, lambda planned: given, by=by, at=at)


@transaction.atomic
def move_together(
    ticked: Iterable[Ticked], move: Move, given: dict[str, Any], *, by: User, at: datetime
) -> list[PlannedService]:
    """Move them to another status, each with what it asks for. What is asked once alone is taken where it is missing;
    notes are added to those that are there.

    Raises as `save_together`, for a service that its status does not let go there, too.
    """

    def values_of(planned: PlannedService) -> dict[str, Any]:
        if planned.status not in move.of:
            raise Refusal(
                "not-from-there",
                _("It is %(status)s now. Untick it, or open it and choose what is to become of it.")
                % {"status": planned.get_status_display()},
            )
        wanted = {name: value for name, value in given.items() if not (name in move.once and getattr(planned, name))}
        if "notes" in wanted:
            wanted["notes"] = added_to(planned.notes, wanted["notes"])
        return move.values_of(wanted)

    return save_together(ticked, values_of, by=by, at=at)


def added_to(notes: str, said: str) -> str:
    return "\n".join(text for text in (notes, said) if not is_blank(text))


@transaction.atomic
def save_together(
    ticked: Iterable[Ticked], values_of: Callable[[PlannedService], dict[str, Any]], *, by: User, at: datetime
) -> list[PlannedService]:
    """Save each with its values, all or none.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: as `save_service`, with the name of the service that is the reason.
    """
    saved = []
    for row in ticked:
        try:
            saved.append(save_service(row.planned, values_of(row.planned), seen=row.seen, by=by, at=at))
        except NotAllowed:
            raise
        except Refusal as refusal:
            raise named(row.planned.service, refusal) from refusal
    return saved

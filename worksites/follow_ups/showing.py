"""The follow-ups of a placement as its page shows them; before it starts, the days as they will be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from worksites.follow_ups.models import FollowUp, label_of
from worksites.placements.models import Placement


@dataclass(frozen=True)
class Shown:
    """`row`: None where the placement has not started."""

    days: int
    due_on: date
    on: date
    row: FollowUp | None = None

    @property
    def label(self) -> str:
        return label_of(self.days)

    @property
    def is_done(self) -> bool:
        return self.row is not None and self.row.is_done

    @property
    def days_late(self) -> int:
        """0 until the end of the day on which it is due, and once it is done."""
        return 0 if self.row is None or self.is_done else max((self.on - self.due_on).days, 0)


def follow_ups_of(placement: int) -> QuerySet[FollowUp]:
    rows: QuerySet[FollowUp] = FollowUp.objects.filter(placement=placement)
    return rows.select_related("done_by").order_by("days")


def block_of(placement: Placement, *, on: date, rows: Iterable[FollowUp] | None = None) -> dict[str, Any]:
    """For `worksites/follow_ups/_block.html`. `rows`: where they are at hand; else one query at most."""
    if placement.has_begun:
        found = follow_ups_of(placement.pk) if rows is None else rows
        return {"follow_ups": [Shown(row.days, row.due_on, on, row) for row in found]}
    if placement.starts_on is None or placement.withdrawn_at is not None:
        return {"follow_ups": []}
    start = placement.starts_on
    days = sorted(settings.FOLLOW_UP_DAYS)
    return {"follow_ups": [Shown(number, start + timedelta(days=number), on) for number in days]}

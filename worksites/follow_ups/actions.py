"""Follow-ups are made when a placement starts, and done."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from careerplan.accounts.models import User
from careerplan.base.history import record, record_all
from worksites.follow_ups.models import FollowUp


def keep_days_of_follow_ups(placement: Any, *, by: User, at: datetime) -> None:
    """Of a placement that has begun: those of the setting, each so many days after its start (AMB-I2). What is done
    stays as it is; what waits moves along with the start."""
    if not placement.has_begun or placement.starts_on is None:
        return
    there = {row.days: row for row in FollowUp.objects.filter(placement=placement)}
    for days, row in there.items():
        due_on = placement.starts_on + timedelta(days=days)
        if row.done_on is None and row.due_on != due_on:
            row.placement, row.due_on = placement, due_on
            record(row, by=by, at=at, reason="follows: the start date was moved")
    missing = [days for days in settings.FOLLOW_UP_DAYS if days not in there]
    record_all(
        [
            FollowUp(placement=placement, days=days, due_on=placement.starts_on + timedelta(days=days))
            for days in missing
        ],
        by=by,
        at=at,
    )

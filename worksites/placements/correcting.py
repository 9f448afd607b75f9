"""Dates, position type and notes of a placement are corrected; its status moves by `moving`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.dates import day_of
from careerplan.base.history import changed_values, record
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from worksites.enums import PositionType
from worksites.follow_ups.actions import keep_days_of_follow_ups
from worksites.placements.days import (
    IN_HISTORY,
    note_corrected_hold,
    note_status,
    refuse_days,
    refuse_days_paid,
)
from worksites.placements.holds import correct_former_holds
from worksites.placements.locking import locked_placement
from worksites.placements.models import Placement
from worksites.placements.paying import keep_wage_from_the_start
from worksites.placements.policy import Hold

CORRECTED = ("position_type", "wioa_funded", "starts_on", "ends_on", "inactive_on", "returned_on",
             "subsidy_starts_on", "subsidy_ends_on", "notes")  # fmt: skip


@transaction.atomic
def save_placement(
    placement: Placement,
    values: Mapping[str, Any],
    *,
    former_holds: Mapping[int, Hold] | None = None,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Placement:
    """Correct its dates, its position type and its notes; its status moves by `move_placement`. Raises as that.

    `former_holds`: those before the newest, by key.
    """
    plan = lock_plan(placement.planned.plan_id)
    require_editor(plan.customer, by)
    placement = locked_placement(placement, plan, seen=seen)
    say(placement, {name: values[name] for name in CORRECTED if name in values})
    corrected = correct_former_holds(placement, former_holds or {}, by=by, at=at)
    refuse_days(placement, on=day_of(at))
    refuse_days_paid(placement, [hold for hold, _was in corrected], by=by)
    in_history = bool(IN_HISTORY & changed_values(placement).keys())
    record(placement, by=by, at=at)
    keep_wage_from_the_start(placement, by=by, at=at)
    keep_days_of_follow_ups(placement, by=by, at=at)
    for hold, was in corrected:
        note_corrected_hold(placement, was=was, now=hold.as_hold, by=by, at=at)
    if in_history:
        note_status(placement, by=by, at=at)
    return placement


def say(placement: Placement, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in CORRECTED:
            raise ValueError(f"{name} is not entered with a placement.")
        setattr(placement, name, value)
    placement.position_type = chosen(
        placement.position_type, PositionType, _("Choose full-time or part-time."), field="position_type"
    )

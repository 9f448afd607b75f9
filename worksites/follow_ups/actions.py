"""Follow-ups are made when a placement starts; they are done, corrected, and taken back.

They go on after the plan was closed and after the placement has ended: what they ask is whether the work lasted.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.dates import day_of, in_text
from careerplan.base.history import ensure_current, record, record_all
from careerplan.base.history.words import plain_in_words
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from worksites.enums import EMPLOYED, FollowUpOutcome
from worksites.follow_ups.models import FollowUp
from worksites.places.models import HOURS_A_WEEK, LEAST_WAGE

# What is said of a follow-up once it is done, and what stands there before.
NOTHING_SAID: Mapping[str, Any] = {
    "done_on": None, "outcome": "", "hourly_wage": None, "weekly_hours": None, "verification": "", "notes": "",
}  # fmt: skip


@transaction.atomic
def do_follow_up(
    follow_up: FollowUp, values: Mapping[str, Any], *, seen: int | None = None, by: User, at: datetime
) -> FollowUp:
    """Record what came of it. `values`: of `NOTHING_SAID`, what there is to say.

    Raises:
        NotAllowed: not a planner of this customer.
        StaleRow: somebody else recorded it meanwhile.
        Refusal: with the field, for a day that can't be, and for what the outcome asks or leaves no room for.
    """
    follow_up = locked_follow_up(follow_up, seen=seen, by=by)
    if follow_up.is_done:
        raise Refusal("done-already", _("This follow-up was recorded already. Open it again to correct it."))
    follow_up.done_at, follow_up.done_by = at, by
    say(follow_up, values, on=day_of(at))
    record(follow_up, by=by, at=at, reason=gettext_noop("followed up"))
    return follow_up


@transaction.atomic
def correct_follow_up(
    follow_up: FollowUp, values: Mapping[str, Any], *, seen: int | None = None, by: User, at: datetime
) -> FollowUp:
    """Say something else of one that is done; who did it stays. Raises as `do_follow_up`."""
    follow_up = done_one(locked_follow_up(follow_up, seen=seen, by=by))
    say(follow_up, values, on=day_of(at))
    record(follow_up, by=by, at=at, reason=gettext_noop("corrected"))
    return follow_up


@transaction.atomic
def take_back_follow_up(
    follow_up: FollowUp, *, reason: str, seen: int | None = None, by: User, at: datetime
) -> FollowUp:
    """It was recorded by mistake, and waits again. What it said and why it was taken back stay in its history."""
    follow_up = done_one(locked_follow_up(follow_up, seen=seen, by=by))
    reason = said(reason, _("Enter why the follow-up is taken back."), field="reason")
    for name, nothing in NOTHING_SAID.items():
        setattr(follow_up, name, nothing)
    follow_up.done_at, follow_up.done_by = None, None
    also = [{"label": _("why it was taken back"), "from": "", "to": reason}]
    record(follow_up, by=by, at=at, reason=gettext_noop("taken back"), also=also)
    return follow_up


def locked_follow_up(follow_up: FollowUp, *, seen: int | None, by: User) -> FollowUp:
    """As it stands, locked after its plan, which may be closed."""
    plan = lock_plan(follow_up.placement.planned.plan_id)
    require_editor(plan.customer, by)
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("placement__planned__plan", "placement__job")
    found: FollowUp = rows.get(pk=follow_up.pk)
    ensure_current(found, seen)
    if not found.placement.has_begun or found.placement.withdrawn_at is not None:
        raise Refusal("placement-not-begun", _("The placement has not started. Start it first."))
    return found


def done_one(follow_up: FollowUp) -> FollowUp:
    if not follow_up.is_done:
        raise Refusal("not-done", _("This follow-up is not recorded any more. Open it again to record it."))
    return follow_up


def say(follow_up: FollowUp, values: Mapping[str, Any], *, on: date) -> None:
    for name, nothing in NOTHING_SAID.items():
        setattr(follow_up, name, values.get(name, nothing))
    refuse_day(follow_up, on=on)
    follow_up.outcome = chosen(follow_up.outcome, FollowUpOutcome, _("Choose the outcome."), field="outcome")
    refuse_what_does_not_fit(follow_up)


def refuse_day(follow_up: FollowUp, *, on: date) -> None:
    done_on, starts_on = follow_up.done_on, follow_up.placement.starts_on
    if done_on is None:
        raise Refusal("day-missing", _("Enter the day on which you followed up."), field="done_on")
    refuse_unlikely(done_on, on, happened=True, field="done_on")
    if starts_on is not None and done_on < starts_on:
        sentence = _("The placement started on %(day)s. Enter that day or a later one.")
        raise Refusal("before-the-start", sentence % {"day": in_text(starts_on)}, field="done_on")


def refuse_what_does_not_fit(follow_up: FollowUp) -> None:
    """Who is employed has a wage, hours, and how that was verified; others earn nothing that could be said."""
    employed = follow_up.outcome in EMPLOYED
    wage, hours = follow_up.hourly_wage, follow_up.weekly_hours
    empty = _("Leave this empty, or choose that the customer is employed.")
    checks = (
        ("wage-missing", "hourly_wage", employed and wage is None, _("Enter the hourly wage.")),
        (
            "wage-can-not-be", "hourly_wage", employed and wage is not None and wage < LEAST_WAGE,
            _("Enter an hourly wage of one cent or more."),
        ),
        ("hours-missing", "weekly_hours", employed and hours is None, _("Enter the hours a week.")),
        (
            "hours-can-not-be", "weekly_hours", employed and hours is not None and not 0 < hours <= HOURS_A_WEEK,
            _("Enter more than 0 hours a week, and not more than a week has (168)."),
        ),
        (
            "verification-missing", "verification", employed and not follow_up.verification,
            _("Choose how it was verified."),
        ),
        ("wage-without-employment", "hourly_wage", not employed and wage is not None, empty),
        ("hours-without-employment", "weekly_hours", not employed and hours is not None, empty),
        (
            "verified-nothing", "verification",
            follow_up.outcome == FollowUpOutcome.NOT_REACHED and bool(follow_up.verification),
            _("Leave this empty: it could not be found out."),
        ),
    )  # fmt: skip
    for code, field, broken, sentence in checks:
        if broken:
            raise Refusal(code, sentence, field=field)


def keep_days_of_follow_ups(placement: Any, *, by: User, at: datetime) -> None:
    """Of a placement that has begun: those of the setting, each so many days after its start (AMB-I2). What is done
    stays as it is; what waits moves along with the start.

    Raises Refusal: the start is moved behind a follow-up that was done.
    """
    if not placement.has_begun or placement.starts_on is None:
        return
    there = {row.days: row for row in FollowUp.objects.filter(placement=placement)}
    refuse_start_after(placement.starts_on, [row.done_on for row in there.values() if row.done_on is not None])
    for days, row in there.items():
        due_on = placement.starts_on + timedelta(days=days)
        if row.done_on is None and row.due_on != due_on:
            also = [{"label": _("due on"), "from": plain_in_words(row.due_on), "to": plain_in_words(due_on)}]
            row.placement, row.due_on = placement, due_on
            record(row, by=by, at=at, reason=gettext_noop("follows: the start date was moved"), also=also)
    missing = [days for days in settings.FOLLOW_UP_DAYS if days not in there]
    record_all(
        [
            FollowUp(placement=placement, days=days, due_on=placement.starts_on + timedelta(days=days))
            for days in missing
        ],
        by=by,
        at=at,
    )


def refuse_start_after(starts_on: date, done: list[date]) -> None:
    if done and min(done) < starts_on:
        sentence = _("A follow-up was done on %(day)s already. Correct the follow-up first, or enter an earlier start.")
        raise Refusal("start-after-a-follow-up", sentence % {"day": in_text(min(done))}, field="starts_on")

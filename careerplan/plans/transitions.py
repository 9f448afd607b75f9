"""Moves a version along the table of `policy.TRANSITIONS`: one check, one move, for every app that adds to them.

Locks are taken in one order everywhere: the plan, then its version. Two people acting at once get one success and one
sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.history import record_together
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.models import EmploymentPlan, PlanVersion, VersionEvent
from careerplan.plans.news import settle_passed
from careerplan.plans.policy import ACTIVE, CUSTOMER, PLANNER, STATEWIDE, SUPERSEDED, TRANSITIONS
from customers.models import sees


def lock_plan(plan_id: int) -> EmploymentPlan:
    """The plan as it stands, locked until the transaction ends."""
    return EmploymentPlan.objects.select_for_update(of=("self",)).select_related("customer__user").get(pk=plan_id)


def check(version: PlanVersion, name: str, by: User) -> PlanVersion:
    """The locked version, if `by` may make this transition now: first who, then state. It knows the one that is in
    force beside it (`in_force`), which is locked with it.

    Raises:
        NotAllowed: the person may not make this transition.
        Refusal: the version is in another state; the sentence says which, and what to do.
    """
    return check_locked(lock_version(lock_plan(version.plan_id), version.pk), name, by)


def lock_version(plan: EmploymentPlan, version_id: int) -> PlanVersion:
    """A version of a locked plan, and with it the one in force: both as they stand, until the transaction ends."""
    rows = PlanVersion.objects.select_for_update(of=("self",)).filter(Q(pk=version_id) | Q(state=ACTIVE), plan=plan)
    locked = {row.pk: row for row in rows.order_by("pk")}
    for row in locked.values():
        row.plan = plan
    version = locked.pop(version_id)
    version.in_force = next(iter(locked.values()), None)
    return version


def check_locked(version: PlanVersion, name: str, by: User) -> PlanVersion:
    """As `check`, of a version that is locked already."""
    transition = TRANSITIONS[name]
    require_actor(version.plan, transition.actor, by)
    if version.state not in transition.source:
        raise Refusal(f"cannot-{name}", sentence_for(version, name))
    version.checked_for = name
    return version


def require_actor(plan: EmploymentPlan, actor: str, by: User) -> None:
    if actor == PLANNER and not (by.edits_plans and sees(by, plan.customer)):
        raise NotAllowed("not-a-planner", _("Only the customer's career planners can do this."))
    if actor == STATEWIDE and by.role != Role.STATEWIDE:
        raise NotAllowed("not-statewide", _("Only statewide staff can do this."))
    if actor == CUSTOMER and plan.customer.user_id != by.pk:
        raise NotAllowed("not-the-customer", _("Only the customer can do this."))


def sentence_for(version: PlanVersion, name: str) -> str:
    """What happened meanwhile, and what to do."""
    number = {"number": version.number}
    if name == "send" and version.is_awaiting:
        return (
            _("Version %(number)d was already sent and is waiting for the customer. Nothing was sent again.") % number
        )
    if name == "acknowledge" and version.is_draft:
        return (
            _(
                "Your planner has taken version %(number)d back to change it. You don't need to sign it. "
                "You will get a message when it is ready again."
            )
            % number
        )
    if name == "acknowledge" and version.state in {ACTIVE, SUPERSEDED}:
        return _("You have already acknowledged version %(number)d. There is nothing more to do.") % number
    if name == "unable":
        return _("%(version)s is no longer waiting for the customer. Open the plan again.") % {"version": version}
    if name == "recall" and version.state in {ACTIVE, SUPERSEDED}:
        return (
            _(
                "Version %(number)d can't be recalled: the customer has acknowledged it. "
                "Use Update/Review to change the plan."
            )
            % number
        )
    return _("Version %(number)d is %(state)s now, so this can't be done. Open the plan again to continue.") % {
        **number,
        "state": version.get_state_display().lower(),
    }


@dataclass(frozen=True)
class Move:
    """A version that `check` has locked for the transition `name`, and the columns that go with its new state.

    `note` says why, in the language `written_in` ("": nobody said).
    """

    version: PlanVersion
    name: str
    note: str = ""
    written_in: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)


def move(
    version: PlanVersion,
    name: str,
    *,
    note: str = "",
    written_in: str = "",
    ended: str = "",
    by: User,
    at: datetime,
    **columns: Any,
) -> PlanVersion:
    """Set the state and the columns that go with it, write the event, and settle what has passed. As `Move` says.

    `ended`: the address at which the customer was asked to sign, where nothing waits any more.

    Raises RuntimeError for a version that `check` has not locked for this very transition.
    """
    move_all([Move(version, name, note, written_in, columns)], ended=ended, by=by, at=at)
    return version


def move_all(moves: Sequence[Move], *, ended: str = "", by: User, at: datetime) -> None:
    """As `move`, of versions of one plan, in this order: their history, their events and what has passed at once."""
    events = [set_state(move, by=by, at=at) for move in moves]
    record_together({move.version: move.name for move in moves}, by=by, at=at)
    VersionEvent.objects.bulk_create(events)
    settle_passed([move.version for move in moves], ended=ended, at=at)


def set_state(move: Move, *, by: User, at: datetime) -> VersionEvent:
    """Not saved, neither the version nor the event of it."""
    version, name = move.version, move.name
    if version.checked_for != name:
        raise RuntimeError(f"Check a version before you move it: {name}.")
    source, version.checked_for = version.state, ""
    version.state = TRANSITIONS[name].target
    for column, value in move.columns.items():
        setattr(version, column, value)
    return VersionEvent(
        version=version,
        name=name,
        source=source,
        target=version.state,
        by=by,
        at=at,
        note=move.note[:1000],
        written_in=move.written_in,
    )

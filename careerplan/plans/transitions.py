"""Moves a version along the table of `policy.TRANSITIONS`: one check, one move, for every app that adds to them.

Locks are taken in one order everywhere: the plan, then its version. Two people acting at once get one success and one
sentence.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.models import EmploymentPlan, PlanVersion, VersionEvent
from careerplan.plans.news import settle_passed
from careerplan.plans.policy import ACTIVE, CUSTOMER, PLANNER, STATEWIDE, SUPERSEDED, TRANSITIONS
from customers.models import sees


def lock_plan(plan_id: int) -> EmploymentPlan:
    """The plan as it stands, locked until the transaction ends."""
    return EmploymentPlan.objects.select_for_update(of=("self",)).select_related("customer__user").get(pk=plan_id)


def check(version: PlanVersion, name: str, by: User) -> PlanVersion:
    """The locked version, if `by` may make this transition now: first who, then state.

    Raises:
        NotAllowed: the person may not make this transition.
        Refusal: the version is in another state; the sentence says which, and what to do.
    """
    return check_in(lock_plan(version.plan_id), version.pk, name, by)


def check_in(plan: EmploymentPlan, version_id: int, name: str, by: User) -> PlanVersion:
    """As `check`, of a version of a plan that is locked already."""
    transition = TRANSITIONS[name]
    version = PlanVersion.objects.select_for_update(of=("self",)).get(pk=version_id)
    version.plan = plan
    require_actor(plan, transition.actor, by)
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


def move(
    version: PlanVersion, name: str, *, note: str = "", written_in: str = "", by: User, at: datetime, **columns: Any
) -> PlanVersion:
    """Set the state and the columns that go with it, write the event, and settle what has passed.

    `note` says why, in the language `written_in` ("": nobody said).

    Raises RuntimeError for a version that `check` has not locked for this very transition.
    """
    if version.checked_for != name:
        raise RuntimeError(f"Check a version before you move it: {name}.")
    source, version.checked_for = version.state, ""
    version.state = TRANSITIONS[name].target
    for column, value in columns.items():
        setattr(version, column, value)
    record(version, by=by, at=at, reason=name)
    VersionEvent.objects.create(
        version=version,
        name=name,
        source=source,
        target=version.state,
        by=by,
        at=at,
        note=note[:1000],
        written_in=written_in,
    )
    settle_passed(version, at=at)
    return version

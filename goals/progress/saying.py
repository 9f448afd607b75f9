"""What has to be said as a goal goes off track, and as it is complete; the action that saves the goal asks it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.models import User
from careerplan.base.history import changed_values
from careerplan.base.words import said
from goals.enums import GoalStatus
from goals.models import Goal
from goals.progress.models import GoalSetback

# What is said of a status, by the names of a form's fields.
SETBACK = ("setback_reason", "setback_remedy")
SAID = (*SETBACK, "verified_how")
# What is said where one of them is missing.
MISSING = {
    "setback_reason": gettext_lazy("Say why the goal is off track."),
    "setback_remedy": gettext_lazy("Say what will be done about it."),
}


def last_setback(goal: Goal) -> GoalSetback | None:
    """What was said as it went off track last."""
    return GoalSetback.objects.filter(goal=goal, number=goal.times_off_track).order_by("-pk").first()


def setback_of(
    goal: Goal, told: Mapping[str, str], *, goes_off_track: bool, by: User, at: datetime
) -> GoalSetback | None:
    """The unsaved row of what is said of a goal that is off track; None where it is not, or nothing new is said.

    Raises Refusal where it does not say why, or what will be done.
    """
    texts = [told[name] for name in SETBACK if name in told]
    if goal.status != GoalStatus.OFF_TRACK or not (texts or goes_off_track):
        return None
    last = None if goes_off_track else last_setback(goal)
    if last is None and not goes_off_track and not any(texts):
        return None  # it went off track in a release that did not ask
    reason, remedy = (said(told.get(name, ""), str(MISSING[name]), field=name) for name in SETBACK)
    if last is not None and (last.reason, last.remedy) == (reason, remedy):
        return None
    return GoalSetback(goal=goal, number=goal.times_off_track, reason=reason, remedy=remedy, said_at=at, said_by=by)


def take_setbacks_along(successors: Mapping[int, Goal]) -> None:
    """Goals that go on into the plan that takes the place of this one say there what was said of them last, of those
    that are off track. `successors`: the new goals, by the keys that they had in the plan before."""
    number = F("goal__times_off_track")
    rows = GoalSetback.objects.filter(goal__in=successors, goal__status=GoalStatus.OFF_TRACK, number=number)
    last = {row.goal_id: row for row in rows.order_by("pk")}
    GoalSetback.objects.bulk_create(
        GoalSetback(
            goal=successors[key],
            number=successors[key].times_off_track,
            reason=row.reason,
            remedy=row.remedy,
            said_at=row.said_at,
            said_by_id=row.said_by_id,
        )
        for key, row in last.items()
    )


def in_history(setback: GoalSetback | None) -> list[dict[str, str]]:
    """What the goal's history tells of it."""
    if setback is None:
        return []
    told = ((_("why it is off track"), setback.reason), (_("what will be done"), setback.remedy))
    return [{"label": label, "from": "", "to": text} for label, text in told]


def keep_verification(goal: Goal, how: str | None) -> None:
    """A goal that is complete says how the planner verified it (ILL-088), anew each time that it becomes so; of another
    status it says what it said. `how`: None where nothing was said of it now.

    Raises Refusal where it does not say so. One that a former release completed may stand as it is.
    """
    completes = "status" in changed_values(goal)
    if goal.status != GoalStatus.COMPLETE or (not completes and (how is None or how == (goal.verified_how or ""))):
        return
    sentence = _("Say how you verified that the customer completed this goal.")
    goal.verified_how = said(how or "", sentence, field="verified_how")

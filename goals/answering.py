"""What a goal answers, and whether it was looked at: barriers, assessments, and the checklist of a good goal
(Illinois workNet, Set Goals). Recorded at any time, and asked of nobody."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.plans.models import Barrier
from goals.models import SMART, Goal

LINKS = ("barriers", "assessments")
Links = Mapping[str, Collection[Any]]


def require_own(goal: Goal, links: Links) -> None:
    """Raises Refusal where a barrier is of another plan, or has left this one, or an assessment is of another
    customer."""
    barriers, assessments = links.get("barriers", ()), links.get("assessments", ())
    keys = {barrier.pk for barrier in barriers}  # one may have left since the page was opened
    if keys and Barrier.objects.in_plan().filter(plan=goal.plan_id, pk__in=keys).count() != len(keys):
        raise Refusal("barrier-of-another-plan", _("Choose barriers of this plan."), field="barriers")
    if any(assessment.customer_id != goal.plan.customer_id for assessment in assessments):
        raise Refusal("assessment-of-another-customer", _("Choose assessments of this customer."), field="assessments")


def changed_links(goal: Goal, links: Links) -> list[dict[str, str]]:
    """The changes in words, for the history of a goal that is not saved yet."""
    told = []
    for name, chosen in links.items():
        before = [] if goal._state.adding else list(linked_to(goal, name))
        if {row.pk for row in before} != {row.pk for row in chosen}:
            label = str(getattr(Goal, name).field.verbose_name)
            told.append({"label": label, "from": in_words(before), "to": in_words(chosen)})
    return told


def linked_to(goal: Goal, name: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = getattr(goal, name).all()
    return rows.select_related("category") if name == "barriers" else rows


def in_words(rows: Iterable[Any]) -> str:
    return ", ".join(sorted(str(row) for row in rows))


def keep_links(goal: Goal, links: Links) -> None:
    for name, chosen in links.items():
        getattr(goal, name).set(chosen)


def keep_look(goal: Goal, smart: Collection[str] | None, *, by: User, at: datetime) -> None:
    """What was looked at in a goal, by whom and when last; None: nothing is said of it now. Not saved."""
    if smart is None or set(smart) == set(goal.smart):
        return
    for criterion, column in SMART.items():
        setattr(goal, column, criterion in smart)
    goal.looked_at, goal.looked_by = (at, by) if goal.smart else (None, None)

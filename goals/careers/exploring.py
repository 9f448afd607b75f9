"""Career exploration: since when it is the goal, and what may be given meanwhile (12.7.5, Career Exploration).

The catalog of services stands on a floor above and says which services are allowed: it registers the answer.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from careerplan.base.history.rows import history_model
from careerplan.plans.models import EmploymentPlan, PlanVersion
from goals.enums import CareerGoalRole
from goals.models import CareerGoal


class Limits(NamedTuple):
    """The plain names of services in three lists, in the order of the catalog."""

    allowed: list[str]
    with_reason: list[str]
    refused: list[str]


# Of the kinds of program in which the customer is enrolled (ProgramKind).
Ask = Callable[[Collection[str]], Limits]
_registered: list[Ask] = []


def register(ask: Ask) -> None:
    _registered[:] = [ask]


def limits_for(kinds: Collection[str]) -> Limits:
    """One query."""
    return _registered[0](kinds)


def explores_since(plan: EmploymentPlan, versions: Iterable[PlanVersion]) -> datetime | None:
    """Since when career exploration is the goal; None where it is not. One query. `versions`: of the plan."""
    entries = history_model(CareerGoal).objects.filter(about_plan_id=plan.pk, role=CareerGoalRole.EMPLOYMENT)
    rows = entries.order_by("history_date", "history_id").values_list("history_date", "explores", "removed_at")
    in_force = [version.approved_at for version in versions if version.approved_at is not None]
    return begun([(at, explores and removed_at is None) for at, explores, removed_at in rows], in_force)


def begun(entries: Iterable[tuple[datetime, bool]], in_force: Collection[datetime]) -> datetime | None:
    """When the exploration began that goes on after the last of these entries (when, and whether it explores then).

    `in_force`: when versions came into force. What one draft tried and took back ended no exploration that had been
    agreed to; another goal that came into force did.
    """
    since = left = None
    for at, explores in entries:
        if not explores:
            left = left or at
            continue
        if since is None or (left is not None and not goes_on(left, at, in_force)):
            since = at
        left = None
    return since if left is None else None


def goes_on(left: datetime, taken_up: datetime, in_force: Collection[datetime]) -> bool:
    return any(at < left for at in in_force) and not any(left <= at < taken_up for at in in_force)

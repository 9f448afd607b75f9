"""Change employment goal: close the IEP as not completed and begin the next one (12.7.8; AMB-W23).

What the customer wants to keep is carried over on request: as new rows of the new plan, which is a first plan again.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acknowledgments.contents.items import KINDS
from acknowledgments.contents.kinds import BY_MODEL
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import close_plan, start_plan
from careerplan.plans.barriers import note_on_plan
from careerplan.plans.coenrollment import NOBODY, Asked
from careerplan.plans.enums import Outcome, OutcomeReason
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import CarryOver, Kind
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.rows import for_recording
from goals.actions import set_career_goal
from goals.enums import CareerGoalRole
from goals.items import GOAL
from goals.models import CareerGoal, Occupation
from goals.progress.saying import take_setbacks_along
from goals.proposing.actions import take_proposals_along

CARRIED = gettext_noop("carried over from the plan before")
# What the planner may choose to carry over, in words.
CHOICES = {
    name: kind.carried.choice for kind in KINDS if kind.carried and kind.carried.choice for name in kind.carried.asked
}


@transaction.atomic
def change_employment_goal(
    plan: EmploymentPlan,
    *,
    occupation: Occupation | None = None,
    explores: bool = False,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
    **carried: bool,
) -> PlanVersion:
    """Close the plan for the changed goal and open the draft of the next one; `carried`: of CHOICES, what comes along.

    Raises:
        TypeError: a choice that no kind of item knows.
        ApprovalNeeded: the plan is shared, and another program's planner has not approved (12.7.9).
        Refusal: no IEP, never active, a version is open, or the goal is the same.
    """
    if carried.keys() - CHOICES.keys():
        raise TypeError(f"Nothing is carried over as {', '.join(sorted(carried.keys() - CHOICES.keys()))}.")
    carrying = {name for name, wanted in carried.items() if wanted}
    plan = for_recording(plan, by=by)
    refuse_needless_change(plan, occupation, explores)
    approval: dict[str, Any] = {"approved_by": approved_by, "by": by, "at": at}
    goal = {"occupation": occupation.code if occupation else "", "explores": explores}
    asked = Asked("change_employment_goal", {**goal, **carried})
    close_plan(plan, outcome=Outcome.NOT_COMPLETED, reason=OutcomeReason.GOAL_CHANGED, asked=asked, **approval)
    version = start_plan(plan.customer, follows=plan, **approval)
    set_career_goal(version.plan, CareerGoalRole.EMPLOYMENT, occupation=occupation, explores=explores, by=by, at=at)
    carry = Carrying(plan, version.plan, explores=explores, by=by, at=at)
    for kind in KINDS:
        if kind.carried and kind.carried.asked & carrying:
            carry.kind(kind, kind.carried)
    carry.links()
    take_setbacks_along(carry.successors(GOAL))
    carry.what_the_plan_says(carrying)
    take_proposals_along(plan, version.plan, by=by, at=at)
    return version


def refuse_needless_change(plan: EmploymentPlan, occupation: Occupation | None, explores: bool) -> None:
    if not plan.is_iep:
        raise Refusal("not-an-iep", _("The goals of an ISS change in its next version: choose Update/Review (12.7.8)."))
    if not plan.was_active():
        raise Refusal("never-active", _("This plan was never active. Change the goal in its draft."))
    goal = CareerGoal.objects.in_plan().filter(plan=plan, role=CareerGoalRole.EMPLOYMENT).first()
    if goal is not None and (goal.occupation, goal.explores) == (occupation, explores):
        raise Refusal(
            "same-goal", _("This is already the employment goal. Choose a different one."), field="occupation"
        )


class Carrying:
    """Copies rows from the closed plan to the new one; remembers which row became which."""

    def __init__(self, former: EmploymentPlan, latter: EmploymentPlan, *, explores: bool, by: User, at: datetime):
        self.former, self.latter, self.explores, self.by, self.at = former, latter, explores, by, at
        self.new: dict[tuple[str, int], Any] = {}
        self.copied: list[tuple[Any, Any, str]] = []

    def kind(self, kind: Kind, how: CarryOver) -> None:
        rows = kind.joined(kind.rows.objects.in_plan().filter(plan=self.former))
        for row in rows.prefetch_related(*kind.linked).order_by(*kind.order):
            goal = self.new.get((GOAL.name, row.goal_id)) if how.goal else None
            if how.stays(row, self.explores) or (how.goal == "must" and goal is None):
                continue
            copy = how.copy(row, self.latter)
            if how.goal:
                copy.goal = goal
            record(copy, by=self.by, at=self.at, reason=CARRIED)
            copy.take_along(row, by=self.by, at=self.at)
            self.new[kind.name, row.pk] = copy
            self.copied += [(row, copy, name) for name in kind.linked]

    def links(self) -> None:
        """The same links as before, to what was carried over, and to what stands beside the plan: once all is there."""
        for row, copy, name in self.copied:
            linked = [self.successor(other) for other in getattr(row, name).all()]
            getattr(copy, name).set([other for other in linked if other is not None])

    def successor(self, other: Any) -> Any:
        """What an item became in the new plan, None where it stayed behind; what is no item of a plan, itself."""
        kind = BY_MODEL.get(other._meta.label)
        return self.new.get((kind.name, other.pk)) if kind else other

    def successors(self, kind: Kind) -> dict[int, Any]:
        """What the items of a kind became in the new plan, by their keys in the former one."""
        return {key: copy for (name, key), copy in self.new.items() if name == kind.name}

    def what_the_plan_says(self, carrying: Collection[str]) -> None:
        fields = [field for field in PLAN.fields if field.carried_with in carrying]
        if fields:
            values = {field.bound: getattr(self.former, field.bound) for field in fields}
            note_on_plan(self.latter, values, by=self.by, at=self.at)

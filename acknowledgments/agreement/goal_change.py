"""Change employment goal: close the IEP as not completed and begin the next one (12.7.8; AMB-W23).

What the customer wants to keep is carried over on request: as new rows of the new plan, which is a first plan again.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import close_plan, for_recording, start_plan
from careerplan.plans.barriers import note_on_plan
from careerplan.plans.coenrollment import NOBODY
from careerplan.plans.enums import BarrierStatus, Outcome, OutcomeReason
from careerplan.plans.models import Barrier, EmploymentPlan, PlanVersion
from goals.actions import set_career_goal
from goals.enums import CareerGoalRole, GoalStatus
from goals.models import ActionStep, CareerGoal, Goal, Occupation
from services.actions import going_on
from services.enums import Continuation, ServiceStatus
from services.models import PlannedService
from services.policy import forbidden_in_exploration

CARRIED = gettext_noop("carried over from the plan before")
UNDER_WAY = (ServiceStatus.PLANNED, ServiceStatus.STARTED, ServiceStatus.ON_HOLD)


@transaction.atomic
def change_employment_goal(
    plan: EmploymentPlan,
    *,
    occupation: Occupation | None = None,
    explores: bool = False,
    career_goals: bool = False,
    barriers: bool = False,
    services: bool = False,
    steps: bool = False,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> PlanVersion:
    """Close the plan for the changed goal and open the draft of the next one; the flags say what is carried over.

    Raises:
        ApprovalNeeded: the plan is shared, and another program's planner has not approved (12.7.9).
        Refusal: no IEP, never active, a version is open, or the goal is the same.
    """
    plan = for_recording(plan, by=by)
    refuse_needless_change(plan, occupation, explores)
    approval = {"approved_by": approved_by, "by": by, "at": at}
    close_plan(plan, outcome=Outcome.NOT_COMPLETED, reason=OutcomeReason.GOAL_CHANGED, **approval)
    version = start_plan(plan.customer, follows=plan, **approval)
    set_career_goal(version.plan, CareerGoalRole.EMPLOYMENT, occupation=occupation, explores=explores, by=by, at=at)
    carry = CarryOver(plan, version.plan, explores=explores, by=by, at=at)
    if career_goals:
        carry.career_goals()
    if barriers:
        carry.barriers()
    if services or steps:
        carry.goals()
    if services:
        carry.services()
    if steps:
        carry.steps()
    return version


def refuse_needless_change(plan: EmploymentPlan, occupation: Occupation | None, explores: bool) -> None:
    if not plan.is_iep:
        raise Refusal("not-an-iep", _("The goals of an ISS change in its next version: choose Update/Review (12.7.8)."))
    if not plan.was_active():
        raise Refusal("never-active", _("This plan was never active. Change the goal in its draft."))
    goal = CareerGoal.objects.in_plan().filter(plan=plan, role=CareerGoalRole.EMPLOYMENT).first()
    if goal is not None and (goal.occupation, goal.explores) == (occupation, explores):
        raise Refusal("same-goal", _("This is the employment goal already. Choose another one."), field="occupation")


class CarryOver:
    """Copies rows from the closed plan to the new one; remembers which row became which."""

    def __init__(self, former: EmploymentPlan, latter: EmploymentPlan, *, explores: bool, by: User, at: datetime):
        self.former, self.latter, self.explores, self.by, self.at = former, latter, explores, by, at
        self.new_goals: dict[int, Goal] = {}
        self.new_barriers: dict[int, Barrier] = {}

    def keep(self, row: Any) -> Any:
        record(row, by=self.by, at=self.at, reason=CARRIED)
        return row

    def career_goals(self) -> None:
        rows = CareerGoal.objects.in_plan().filter(plan=self.former).exclude(role=CareerGoalRole.EMPLOYMENT)
        for row in rows.select_related("occupation"):
            values = {"role": row.role, "occupation": row.occupation, "explores": row.explores, "words": row.words}
            self.keep(CareerGoal(plan=self.latter, **values))

    def barriers(self) -> None:
        rows = Barrier.objects.in_plan().filter(plan=self.former).exclude(status=BarrierStatus.RESOLVED)
        for row in rows.select_related("category").order_by("id"):
            values = {name: getattr(row, name) for name in ("category", "description", "how_addressed", "status")}
            self.new_barriers[row.pk] = self.keep(Barrier(plan=self.latter, **values))
        comment = {"barriers_comment": self.former.barriers_comment}
        note_on_plan(self.latter, comment, by=self.by, at=self.at)

    def goals(self) -> None:
        rows = Goal.objects.in_plan().filter(plan=self.former).exclude(status=GoalStatus.COMPLETE)
        for row in rows.select_related("category").in_order():
            values = {name: getattr(row, name) for name in ("statement", "category", "term", "status", "position")}
            self.new_goals[row.pk] = self.keep(Goal(plan=self.latter, **values))

    def services(self) -> None:
        rows = PlannedService.objects.in_plan().filter(plan=self.former, status__in=UNDER_WAY)
        for row in rows.select_related("service", "program").prefetch_related("barriers").in_order():
            if self.explores and forbidden_in_exploration(row.service.in_exploration):
                continue
            copy = going_on(row, self.latter, Continuation.GOAL_CHANGED)
            copy.goal = self.new_goals.get(row.goal_id)
            self.keep(copy)
            new = self.new_barriers
            copy.barriers.set([new[barrier.pk] for barrier in row.barriers.all() if barrier.pk in new])

    def steps(self) -> None:
        rows = ActionStep.objects.in_plan().filter(plan=self.former, done_on=None, goal__in=self.new_goals)
        for row in rows.order_by("id"):
            values = {name: getattr(row, name) for name in ("text", "who", "due_on")}
            self.keep(ActionStep(plan=self.latter, goal=self.new_goals[row.goal_id], **values))

"""The long-term and the self-sufficiency goal may be the same as the employment goal (12.7.5, Goals).

"The same" sets the same occupation. It is no bond: where the employment goal changes afterwards, the others keep what
they say, and the planner is told which ones said the same until then.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.transitions import lock_plan
from goals.actions import set_career_goal
from goals.enums import CareerGoalRole
from goals.models import CareerGoal, Occupation

MAY_FOLLOW = (CareerGoalRole.LONG_TERM, CareerGoalRole.SELF_SUFFICIENCY)


def may_be_the_same(plan: EmploymentPlan, role: str) -> bool:
    """On an IEP, shared or not; the long-term goal of an ISS has lists of its own (12.7.5, Goals for Youth)."""
    return bool(plan.is_iep) and role in MAY_FOLLOW


@transaction.atomic
def set_the_same_goal(plan: EmploymentPlan, role: str, *, by: User, at: datetime) -> CareerGoal:
    """Set the occupation of the employment goal in this role, too.

    Raises:
        ApprovalNeeded: as for every career goal of a shared plan.
        Refusal: the employment goal is no occupation (yet).
    """
    lock_plan(plan.pk)  # before looking: somebody may set the employment goal at once
    occupation = employment_occupation(plan)
    if occupation is None:
        sentence = _("First choose an occupation as the employment goal. Then another goal can be the same.")
        raise Refusal("no-employment-occupation", sentence)
    return set_career_goal(plan, role, occupation=occupation, by=by, at=at)


def employment_occupation(plan: EmploymentPlan) -> Occupation | None:
    rows = CareerGoal.objects.in_plan().filter(plan=plan, role=CareerGoalRole.EMPLOYMENT)
    goal = rows.select_related("occupation").first()
    return goal.occupation if goal is not None else None


def the_same_before(career_goals: Iterable[CareerGoal], former: Occupation | None) -> list[CareerGoal]:
    """Which of the plan's other goals say what the employment goal said until now."""
    return [goal for goal in career_goals if former is not None and is_the_same(goal, former)]


def is_the_same(goal: CareerGoal, occupation: Occupation) -> bool:
    return goal.role in MAY_FOLLOW and goal.occupation_id == occupation.pk

"""The employment goal changes: what is carried over, and what then stands in the plans."""

from acknowledgments.agreement.goal_change import change_employment_goal
from careerplan.plans.models import Barrier
from goals.models import ActionStep, CareerGoal, Goal, Occupation
from services.models import PlannedService
from tests import states
from tests.people import angela

ELECTRICIAN = "47-2111"
FLAGS = ("career_goals", "barriers", "services", "steps")
KINDS = {
    "career_goals": CareerGoal,
    "goals": Goal,
    "barriers": Barrier,
    "services": PlannedService,
    "steps": ActionStep,
}


def occupation(code=ELECTRICIAN):
    return Occupation.objects.get(code=code)


def change(customer=angela, *flags, by=None, **goal):
    goal = goal or {"occupation": occupation()}
    carried = dict.fromkeys(flags, True)
    plan = states.plan_of(customer())
    change_employment_goal(plan, **goal, **carried, by=by or customer().planner, at=states.now())
    return states.newest(customer())


def rows(model, plan):
    return list(model.objects.in_plan().filter(plan=plan).order_by("id"))

"""How a goal goes, with what has to be said of it."""

from goals.actions import save_goal
from goals.models import Goal
from tests import states

OFF_TRACK = {
    "status": "off_track",
    "setback_reason": "Two classes were missed.",
    "setback_remedy": "We look for an evening class.",
}
COMPLETE = {"status": "complete", "verified_how": "The certificate was shown."}
SAID = {"off_track": OFF_TRACK, "complete": COMPLETE}


def going(status):
    """The values that a goal is saved with, whichever status it gets."""
    return SAID.get(str(status), {"status": status})


def goal_of(customer, number=0):
    return Goal.objects.in_plan().filter(plan__customer=customer()).select_related("plan").in_order()[number]


def set_status(goal, status):
    return save_goal(goal.plan, goal, going(status), by=goal.plan.customer.planner, at=states.now())

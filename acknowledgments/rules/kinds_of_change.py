"""What a change is to policy: the predicates of the rule table (12.7.8; Illinois workNet, Set Goals). Pure."""

from acknowledgments.contents.changes import ADDED, EDITED, REMOVED, Change
from acknowledgments.contents.items import PlanContents
from careerplan.plans.items import BARRIER, PLAN
from careerplan.plans.kinds import Part
from careerplan.plans.policy import ANOTHER, CLEARER, NO_BARRIERS, OTHER_BARRIER, OVERCOME, is_another
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL, RECORDED, TRACK
from services.items import SERVICE

# Individualized and basic career services; work experience is one of them (WIOA sec. 134(c)(2)).
CAREER = ("career", "work_experience", "follow_up")
ELEMENTS = ("youth_element", "supportive", "work_experience", "training", "apprenticeship")


def added(change: Change, what: Part) -> bool:
    return change.kind == ADDED and change.what == what


def removed(change: Change, what: Part) -> bool:
    return change.kind == REMOVED and change.what == what


def edited(change: Change, what: Part) -> bool:
    return change.kind == EDITED and change.what == what


def added_or_removed(change: Change) -> bool:
    return change.kind in {ADDED, REMOVED}


def is_training(change: Change) -> bool:
    return change.what == SERVICE and (change.item.is_training or change.is_service("training", "apprenticeship"))


def is_supportive(change: Change) -> bool:
    return change.what == SERVICE and bool(change.item.is_supportive)


def is_referral(change: Change) -> bool:
    return change.what == SERVICE and bool(change.item.is_referral)


def is_career(change: Change) -> bool:
    """A career service that no other row of the list names."""
    return change.is_service(*CAREER) and not (is_training(change) or is_supportive(change) or is_referral(change))


def funding_changed(change: Change) -> bool:
    """A service of the version before goes on, re-created only for its funding source or contract."""
    return change.goes_on


def causes_participation(change: Change) -> bool:
    """As the item stands; a service that left, as it was for the customer's programs then, where the contents say."""
    if change.what != SERVICE:
        return False
    when_it_left = change.removal.causes_participation if change.removal else None
    return bool(change.item.causes_participation if when_it_left is None else when_it_left)


def comes_to_participate(change: Change) -> bool:
    """A career service that was listed, perhaps without the customer, starts a participation now (AMB-W30)."""
    return edited(change, SERVICE) and "causes_participation" in change.field_names and is_career(change)


def is_element(change: Change) -> bool:
    return change.is_service(*ELEMENTS) and not is_referral(change)


def is_barrier(change: Change) -> bool:
    """A barrier itself: the row that says that there are none is no barrier."""
    return change.what == BARRIER and change.item.category_code != NO_BARRIERS


def barrier_added(change: Change) -> bool:
    """A row, or another need in words: in a description, in the comments, or after "Other" (AMB-W8)."""
    return (change.kind == ADDED and is_barrier(change)) or describes_another_need(change) or comments_on_need(change)


def barrier_overcome(change: Change) -> bool:
    return removed_barrier(change) and change.why in OVERCOME


def barrier_given_up(change: Change) -> bool:
    """Removed though it still stands in the way; so does what gives no reason."""
    return removed_barrier(change) and change.why not in OVERCOME


def removed_barrier(change: Change) -> bool:
    return change.kind == REMOVED and is_barrier(change)


def describes_another_need(change: Change) -> bool:
    """Another text of a barrier, unless the planner says that it is the same need; "Other" is named by its text.

    Where nothing is written any more no need is named (`takes_words_back`).
    """
    if not (edited(change, BARRIER) and "description" in change.field_names and change.after.description.strip()):
        return False
    reworded = is_another(change.before.description, change.after.description, change.rewording)
    return reworded or change.item.category_code == OTHER_BARRIER


def comments_on_need(change: Change) -> bool:
    """Another text of the comments on barriers, where needs stand that are not on the list (12.7.5).

    With the last barrier the comments say that there are none: that names no need, unless the planner says so.
    """
    if not (comments_changed(change) and change.after.barriers_comment.strip()):
        return False
    before, after = category_codes(change.before), category_codes(change.after)
    if OTHER_BARRIER in before & after:
        return True
    if NO_BARRIERS in after - before:
        return change.rewording == ANOTHER
    return is_another(change.before.barriers_comment, change.after.barriers_comment, change.rewording)


def comments_changed(change: Change) -> bool:
    return edited(change, PLAN) and "barriers_comment" in change.field_names


def takes_words_back(change: Change) -> bool:
    """A need that stood in words is not written any more, and the planner does not say that it is the same need.

    No source speaks of it. The text after "Other" leaves with that barrier, and any with the last one: the rule about
    the barrier decides. While "Other" stands nothing names it in clearer words than its text.
    """
    if edited(change, BARRIER) and "description" in change.field_names:
        emptied, is_other = not change.after.description.strip(), change.item.category_code == OTHER_BARRIER
        return emptied and (is_other or change.rewording != CLEARER)
    if not comments_changed(change) or change.after.barriers_comment.strip():
        return False
    before, after = category_codes(change.before), category_codes(change.after)
    if OTHER_BARRIER in before - after or NO_BARRIERS in after - before:
        return False
    return OTHER_BARRIER in before & after or change.rewording != CLEARER


def category_codes(contents: PlanContents) -> frozenset[str]:
    return frozenset(barrier.category_code for barrier in contents.barriers)


def step_added(change: Change) -> bool:
    """A step that is another one now, or stands under another goal, counts as added (AMB-W9)."""
    if not edited(change, ACTION_STEP):
        return added(change, ACTION_STEP)
    return "goal_id" in change.field_names or is_another(change.before.text, change.after.text, change.rewording)


def plan_type_changed(change: Change) -> bool:
    return edited(change, PLAN) and "plan_type" in change.field_names


def employment_goal(change: Change) -> bool:
    return change.what == CAREER_GOAL and change.item.role == "employment"


def goal_reworded(change: Change) -> bool:
    """What it says to the customer: all that is compared of it but what is recorded at any time."""
    return edited(change, GOAL) and bool(change.field_names - RECORDED)


def goes_off_track(change: Change) -> bool:
    """For the first time, or once more after it was on track (ILL-075; AMB-I7)."""
    return edited(change, GOAL) and bool(TRACK & change.field_names) and change.after.status == "off_track"


def recorded_freely(change: Change) -> bool:
    """Dates, hours, provider, cost, notes, statuses, the same need or step in clearer words, comments."""
    if change.kind != EDITED:
        return False
    if change.what == SERVICE:
        return "goal_id" not in change.field_names and not comes_to_participate(change)
    if change.what == GOAL:
        return change.field_names <= RECORDED
    if change.what == CAREER_GOAL:
        return False
    asks = (barrier_added, step_added, plan_type_changed, takes_words_back)
    return not any(predicate(change) for predicate in asks)

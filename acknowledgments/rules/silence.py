"""Why the customer is asked about a change of which no rule speaks, as people read it.

The silence of one source, or of one list, is not the other's leave (AMB-X3, AMB-W21), and what the customer agreed to
in substance is not changed by what nobody wrote down. Pure: of a change as it is compared, and of one as it was stored.
"""

from collections.abc import Collection

from acknowledgments.contents.changes import EDITED
from acknowledgments.rules.kinds_of_change import CAREER
from acknowledgments.rules.policy import UNSPOKEN, Requirement
from careerplan.base.sentences import _
from goals.items import CAREER_GOAL, GOAL
from services.items import SERVICE

MOVED = _(
    "The service moved to another goal, and the customer agreed to it under the goal it had. The rules do not say "
    "whether the customer must agree to the move, so the customer is asked."
)
ELEMENT_IN_IEP = _(
    "This is a youth program element in an IEP. The list for an IEP does not name youth elements, so the customer is "
    "asked."
)
CAREER_IN_ISS = _(
    "This is a career service in an ISS. The list for an ISS does not name career services, so the customer is asked."
)
GOALS = _(
    "The list for this kind of plan does not name this goal. The customer works toward it, so the customer is asked."
)
BOTH_STATES = _(
    "The rules of both states count here, and at least one of them says nothing about this change. Saying nothing "
    "does not mean that it is allowed, so the customer is asked."
)
BOTH_LISTS = _(
    "This plan is an IEP and an ISS, and at least one of the two lists says nothing about this change. Saying "
    "nothing does not mean that it is allowed, so the customer is asked."
)


def why_asked(
    what: str, kind: str, field_names: Collection[str], service_class: str, *, plan_type: str, rule_set: str
) -> str:
    """The reason nearest to the change first; `what`: the name of a kind of item, `kind`: added, removed, edited."""
    if what == SERVICE.name:
        if kind == EDITED and "goal_id" in field_names:
            return MOVED
        if service_class == "youth_element" and plan_type == "IEP":
            return ELEMENT_IN_IEP
        if service_class in CAREER and plan_type == "ISS":
            return CAREER_IN_ISS
    if rule_set == "both":
        return BOTH_STATES
    if plan_type == "both":
        return BOTH_LISTS
    return GOALS if what in {GOAL.name, CAREER_GOAL.name} else UNSPOKEN.sentence


def sentence_of(requirement: Requirement, *, plan_type: str, rule_set: str) -> str:
    """What the deciding row says; where none speaks, why the customer is asked all the same."""
    change = requirement.change
    if requirement.rule is not UNSPOKEN or change is None:
        return requirement.rule.sentence
    service_class = getattr(change.item, "service_class", "")
    return why_asked(
        change.what.name, change.kind, change.field_names, service_class, plan_type=plan_type, rule_set=rule_set
    )

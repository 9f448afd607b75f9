"""The life of a plan version as a table (12.7.6 to 12.7.8), and what policy says of barriers.

Plain data: `docs/states.md` is generated from the table.
"""

from dataclasses import dataclass

DRAFT = "draft"
AWAITING = "awaiting"
ACTIVE = "active"
SUPERSEDED = "superseded"
NOT_COMPLETED = "not_completed"
DELETED = "deleted"

PLANNER = "planner"
CUSTOMER = "customer"
SYSTEM = "system"
STATEWIDE = "statewide"


@dataclass(frozen=True)
class Transition:
    """From which states, to which, by whom."""

    source: frozenset[str]
    target: str
    actor: str


TRANSITIONS = {
    "send": Transition(frozenset({DRAFT}), AWAITING, PLANNER),
    "recall": Transition(frozenset({AWAITING}), DRAFT, PLANNER),
    "acknowledge": Transition(frozenset({AWAITING}), ACTIVE, CUSTOMER),
    "record_agreement": Transition(frozenset({AWAITING}), ACTIVE, PLANNER),
    "acknowledge_without_customer": Transition(frozenset({DRAFT}), ACTIVE, PLANNER),
    "supersede": Transition(frozenset({ACTIVE}), SUPERSEDED, SYSTEM),
    "unable": Transition(frozenset({AWAITING}), AWAITING, PLANNER),
    "disagree": Transition(frozenset({AWAITING}), AWAITING, CUSTOMER),
    "mark_not_completed": Transition(frozenset({DRAFT, AWAITING}), NOT_COMPLETED, PLANNER),
    "delete": Transition(frozenset({DRAFT}), DELETED, PLANNER),
    "recover": Transition(frozenset({DELETED}), DRAFT, STATEWIDE),
}

BEGINNING = DRAFT
STATES = frozenset({DRAFT, AWAITING, ACTIVE, SUPERSEDED, NOT_COMPLETED, DELETED})
ENDS = frozenset({SUPERSEDED, NOT_COMPLETED})

# The barrier category that says that there are none, and the one that the plan's comment describes (12.7.5).
NO_BARRIERS = "NONE"
OTHER_BARRIER = "OTHR"
# A removal for one of these reasons says that the barrier no longer stands in the way: it needs a case note and asks
# nobody (12.7.8, IEP and ISS no acknowledgment (3) and notes; AMB-W4).
OVERCOME = frozenset({"resolved", "no_longer_impacting"})
# The planner's word about a changed text: the same in clearer words, or something else, which asks the customer, as a
# change without a word does (AMB-W8, AMB-W9).
CLEARER = "clearer"
ANOTHER = "another"


def is_another(former: str | None, text: str, word: str) -> bool:
    """Whether a text says another thing than what was agreed to (`former`; None: nothing), by the planner's word."""
    return text != former and word != CLEARER


def state_diagram() -> str:
    """The table as a Mermaid diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {BEGINNING}: start plan, or Update/Review"]
    for name, transition in TRANSITIONS.items():
        words = name.replace("_", " ")
        lines += [f"    {source} --> {transition.target}: {words}" for source in sorted(transition.source)]
    lines += [f"    {state} --> [*]" for state in sorted(ENDS)]
    return "\n".join(lines) + "\n"

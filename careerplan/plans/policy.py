"""The life of a plan version as a table (12.7.6 to 12.7.8). Plain data: `docs/states.md` is generated from it."""

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
    "mark_not_completed": Transition(frozenset({DRAFT, AWAITING}), NOT_COMPLETED, PLANNER),
    "delete": Transition(frozenset({DRAFT}), DELETED, PLANNER),
    "recover": Transition(frozenset({DELETED}), DRAFT, STATEWIDE),
}

BEGINNING = DRAFT
STATES = frozenset({DRAFT, AWAITING, ACTIVE, SUPERSEDED, NOT_COMPLETED, DELETED})
ENDS = frozenset({SUPERSEDED, NOT_COMPLETED})


def state_diagram() -> str:
    """The table as a Mermaid diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {BEGINNING}: start plan, or Update/Review"]
    for name, transition in TRANSITIONS.items():
        words = name.replace("_", " ")
        lines += [f"    {source} --> {transition.target}: {words}" for source in sorted(transition.source)]
    lines += [f"    {state} --> [*]" for state in sorted(ENDS)]
    return "\n".join(lines) + "\n"

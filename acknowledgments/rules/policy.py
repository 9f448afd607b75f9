"""Which changes of a plan need the customer's acknowledgment: one row a sentence of policy.

Sources: Wisconsin DWD 12.7.6 to 12.7.8 and Illinois workNet, Set Goals. Where they are silent, or speak with two
voices, a row of its own says how that was resolved (AMB-...). A change that no row speaks of needs acknowledgment.
When policy changes, a row is ended (`until`) and a new one added (`since`); rows are never edited.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product

from acknowledgments.contents.changes import ADDED, REMOVED, Change
from acknowledgments.rules.kinds_of_change import (
    added,
    added_or_removed,
    barrier_added,
    barrier_given_up,
    barrier_overcome,
    causes_participation,
    comes_to_participate,
    edited,
    employment_goal,
    funding_changed,
    goal_reworded,
    goes_off_track,
    is_barrier,
    is_career,
    is_element,
    is_referral,
    is_supportive,
    is_training,
    plan_type_changed,
    recorded_freely,
    removed,
    step_added,
)
from careerplan.base.sentences import _
from careerplan.plans.items import BARRIER, PLAN
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL
from services.items import SERVICE

WISCONSIN = "wisconsin"
ILLINOIS = "illinois"
RULE_SETS = {
    WISCONSIN: frozenset({WISCONSIN}),
    ILLINOIS: frozenset({ILLINOIS}),
    "both": frozenset({WISCONSIN, ILLINOIS}),
}
# As pages name them.
RULE_SET_NAMES = {
    WISCONSIN: _("the rules of Wisconsin"),
    ILLINOIS: _("the rules of Illinois"),
    "both": _("the rules of Wisconsin and Illinois"),
}
RULE_SET_VERSION = "2026-3"

# What a local area may choose otherwise: removing a supportive service asks nobody (AMB-W3).
LIGHT_SUPPORT_REMOVAL = "light-support-removal"
OPTIONS = frozenset({LIGHT_SUPPORT_REMOVAL})

IEP = frozenset({"IEP"})
ISS = frozenset({"ISS"})
EITHER = frozenset({"IEP", "ISS"})
PLAN_TYPES = {"IEP": IEP, "ISS": ISS, "both": EITHER}

# A list of policy: whose (a source), and for which kind of plan.
Lists = frozenset[tuple[str, str]]


class Past(Enum):
    """What the customer agreed to before this version: an earlier one here; the plan in an older system, with which
    there is nothing to compare here, so that the planner answers for what changed (12.7.2, note); or nothing."""

    AGREED = "agreed"
    MOVED_HERE = "moved_here"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Rule:
    """One sentence of policy. `statements` are its ids in docs/policy.md; `applies` reads one change.

    A row that `decides_alone` goes before all others; one with an `option` speaks only where a local area chose it.
    """

    code: str
    source: str
    citation: str
    statements: tuple[str, ...]
    plan_types: frozenset[str]
    needs: bool
    sentence: str
    applies: Callable[[Change], bool]
    since: date | None = None
    until: date | None = None
    decides_alone: bool = False
    option: str = ""

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True)
class Requirement:
    """A change (None: the plan as a whole) and the row that decides about it."""

    change: Change | None
    rule: Rule

    @property
    def needs(self) -> bool:
        return self.rule.needs


def never(_change: Change) -> bool:
    """For rows about the plan as a whole, which `requirements` applies itself."""
    return False


INITIAL = Rule(
    "INITIAL-PLAN", WISCONSIN, "DWD 12.7.6; Illinois workNet, Set Goals", ("WIS-076", "WIS-077", "ILL-074"), EITHER,
    True,
    _("The first plan, and one that the customer has never acknowledged, needs the customer's acknowledgment."), never,
)  # fmt: skip
NO_CHANGES = Rule(
    "NO-CHANGES", WISCONSIN, "DWD 12.7.8, no acknowledgment (5)", ("WIS-141", "WIS-172"), EITHER, False,
    _("The plan has no changes."), never,
)  # fmt: skip
MOVED_HERE = Rule(
    "MOVED-HERE", "resolution", "DWD 12.7.2, note", ("AMB-W29", "WIS-008"), EITHER, False,
    _("The plan moves here from an older system, where the customer's acknowledgment of it is on file."), never,
)  # fmt: skip
UNSPOKEN = Rule(
    "UNSPOKEN", "resolution", "No source speaks of this change", (), EITHER, True,
    _("No rule covers this change, so the customer is asked."), never,
)  # fmt: skip

RULES = (
    # --- Wisconsin, IEP: reviews that require the participant's acknowledgment --------------------
    Rule("WI-IEP-ACK-1", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (1)", ("WIS-122",), IEP, True,
         _("A referral was added."),
         lambda change: change.kind == ADDED and is_referral(change)),
    Rule("WI-IEP-ACK-2", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (2)", ("WIS-123",), IEP, True,
         _("A participation-causing career service was added."),
         lambda change: (change.kind == ADDED and is_career(change) and causes_participation(change))
         or comes_to_participate(change)),
    Rule("WI-IEP-ACK-3", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (3)", ("WIS-124",), IEP, True,
         _("A training service was added or removed."),
         lambda change: added_or_removed(change) and is_training(change)),
    Rule("WI-IEP-ACK-4", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (4)", ("WIS-125", "AMB-W8"), IEP, True,
         _("A barrier was added."),
         barrier_added),
    Rule("WI-IEP-ACK-5", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (5)", ("WIS-126", "AMB-W4"), IEP, True,
         _("A barrier that is not overcome was removed."),
         barrier_given_up),
    Rule("WI-IEP-ACK-6", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (6)", ("WIS-127", "AMB-W3"), IEP, True,
         _("A supportive service was added or removed."),
         lambda change: added_or_removed(change) and is_supportive(change)),
    Rule("WI-IEP-ACK-7", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (7)", ("WIS-128", "AMB-W9"), IEP, True,
         _("An action step was added."),
         step_added),
    Rule("WI-IEP-ACK-8", WISCONSIN, "DWD 12.7.8, IEP acknowledgment (8)", ("WIS-129", "AMB-W23"), IEP, True,
         _("The employment goal was changed."),
         employment_goal),
    # --- Wisconsin, IEP: reviews that do not ------------------------------------------------------
    Rule("WI-IEP-NOACK-1", WISCONSIN, "DWD 12.7.8, IEP no acknowledgment (1)", ("WIS-137",), IEP, False,
         _("A career service that does not cause participation was added or removed."),
         lambda change: added_or_removed(change) and is_career(change) and not causes_participation(change)),
    Rule("WI-IEP-NOACK-2", WISCONSIN, "DWD 12.7.8, IEP no acknowledgment (2)", ("WIS-138",), IEP, False,
         _("A completed participation-causing career service was removed."),
         lambda change: removed(change, SERVICE) and is_career(change) and causes_participation(change)
         and change.is_completed),
    Rule("WI-IEP-NOACK-3", WISCONSIN, "DWD 12.7.8, IEP no acknowledgment (3)", ("WIS-139", "AMB-W4"), IEP, False,
         _("A barrier that no longer affects the customer was removed."),
         barrier_overcome),
    Rule("WI-IEP-NOACK-4", WISCONSIN, "DWD 12.7.8, IEP no acknowledgment (4)", ("WIS-140",), IEP, False,
         _("An action step was removed."),
         lambda change: removed(change, ACTION_STEP)),
    # --- Wisconsin, IEP: where the lists are silent -----------------------------------------------
    Rule("WI-IEP-SILENT-1", WISCONSIN, "DWD 12.7.8 is silent", ("AMB-W5",), IEP, True,
         _("A participation-causing career service was removed, but not because it is complete."),
         lambda change: removed(change, SERVICE) and is_career(change) and causes_participation(change)
         and not change.is_completed),
    Rule("WI-IEP-SILENT-2", WISCONSIN, "DWD 12.7.8 is silent", ("AMB-W6",), IEP, True,
         _("A referral was removed."),
         lambda change: change.kind == REMOVED and is_referral(change)),
    Rule("WI-IEP-SILENT-3", WISCONSIN, "DWD 12.7.8 is silent", ("AMB-W8",), IEP, False,
         _("A pre-enrollment or partner program service was added or removed."),
         lambda change: added_or_removed(change) and change.is_service("pre_enrollment", "partner")),
    # --- Wisconsin, ISS: reviews that require the participant's acknowledgment --------------------
    Rule("WI-ISS-ACK-1", WISCONSIN, "DWD 12.7.8, ISS acknowledgment (1)", ("WIS-158",), ISS, True,
         _("A program element was added or removed."),
         lambda change: added_or_removed(change) and is_element(change)),
    Rule("WI-ISS-ACK-2", WISCONSIN, "DWD 12.7.8, ISS acknowledgment (2)", ("WIS-159",), ISS, True,
         _("A partner program service was added."),
         lambda change: change.kind == ADDED and change.is_service("partner")),
    Rule("WI-ISS-ACK-3", WISCONSIN, "DWD 12.7.8, ISS acknowledgment (3)", ("WIS-160", "AMB-W8"), ISS, True,
         _("A barrier was added."),
         barrier_added),
    Rule("WI-ISS-ACK-4", WISCONSIN, "DWD 12.7.8, ISS acknowledgment (4)", ("WIS-161", "AMB-W4"), ISS, True,
         _("A barrier that is not overcome was removed."),
         barrier_given_up),
    Rule("WI-ISS-ACK-5", WISCONSIN, "DWD 12.7.8, ISS acknowledgment (5)", ("WIS-162", "AMB-W9"), ISS, True,
         _("An action step was added."),
         step_added),
    Rule("WI-ISS-ACK-6", WISCONSIN, "DWD 12.7.8, ISS acknowledgment (6)", ("WIS-163",), ISS, True,
         _("A short-term or long-term goal was changed."),
         lambda change: change.what == CAREER_GOAL or goal_reworded(change)
         or (change.what == GOAL and added_or_removed(change))),
    # --- Wisconsin, ISS: reviews that do not ------------------------------------------------------
    Rule("WI-ISS-NOACK-1", WISCONSIN, "DWD 12.7.8, ISS no acknowledgment (1)", ("WIS-168",), ISS, False,
         _("A pre-enrollment service was added or removed."),
         lambda change: added_or_removed(change) and change.is_service("pre_enrollment")),
    Rule("WI-ISS-NOACK-2", WISCONSIN, "DWD 12.7.8, ISS no acknowledgment (2)", ("WIS-169",), ISS, False,
         _("A completed partner program service was removed."),
         lambda change: change.kind == REMOVED and change.is_service("partner") and change.is_completed),
    Rule("WI-ISS-NOACK-3", WISCONSIN, "DWD 12.7.8, ISS no acknowledgment (3)", ("WIS-170", "AMB-W4"), ISS, False,
         _("A barrier that no longer affects the customer was removed."),
         barrier_overcome),
    Rule("WI-ISS-NOACK-4", WISCONSIN, "DWD 12.7.8, ISS no acknowledgment (4)", ("WIS-171",), ISS, False,
         _("An action step was removed."),
         lambda change: removed(change, ACTION_STEP)),
    # --- Wisconsin, ISS: where the lists are silent -----------------------------------------------
    Rule("WI-ISS-SILENT-1", WISCONSIN, "DWD 12.7.8 is silent", ("AMB-W7",), ISS, True,
         _("A partner program service was removed, but not because it is complete."),
         lambda change: change.kind == REMOVED and change.is_service("partner") and not change.is_completed),
    Rule("WI-ISS-SILENT-2", WISCONSIN, "DWD 12.7.8 is silent", ("AMB-W28",), ISS, False,
         _("A referral was added or removed."),
         lambda change: added_or_removed(change) and is_referral(change)),
    # --- Wisconsin, both: what is re-created, and what a local area chose ---------------------------
    Rule("WI-FUNDING", WISCONSIN, "DWD 12.7.5, Services and Planned Services", ("WIS-059",), EITHER, False,
         _("A service was re-created only to change its funding source or contract."),
         funding_changed, decides_alone=True),
    Rule("WI-IEP-LOCAL-1", WISCONSIN, "DWD 12.7.8, note; local policy", ("AMB-W3",), IEP, False,
         _("A supportive service was removed, which local policy counts as a light update."),
         lambda change: removed(change, SERVICE) and is_supportive(change), decides_alone=True,
         option=LIGHT_SUPPORT_REMOVAL),
    # --- Wisconsin, both: the kind of plan, no barriers, and edits ----------------------------------
    Rule("WI-TYPE", WISCONSIN, "DWD 12.7.9", ("AMB-W21",), EITHER, True,
         _("The kind of plan changed with the customer's programs."),
         plan_type_changed),
    Rule("WI-NO-BARRIERS", WISCONSIN, "DWD 12.7.5, Potential Barriers", ("WIS-055",), EITHER, False,
         _("Saying that there are no potential barriers does not add or remove a barrier."),
         lambda change: change.what == BARRIER and added_or_removed(change) and not is_barrier(change)),
    Rule("WI-EDIT", WISCONSIN, "DWD 12.7.8 is silent", ("AMB-W8", "AMB-W9"), EITHER, False,
         _("Only dates, status, provider, hours, cost, comments or the words for the same need or step were changed."),
         recorded_freely),
    # --- Illinois ---------------------------------------------------------------------------------
    Rule("IL-ACK-1", ILLINOIS, "Illinois workNet, Set Goals", ("ILL-075",), EITHER, True,
         _("A goal was added."),
         lambda change: added(change, GOAL)),
    Rule("IL-ACK-2", ILLINOIS, "Illinois workNet, Set Goals", ("ILL-075", "AMB-I7"), EITHER, True,
         _("A goal was marked off track."),
         goes_off_track),
    Rule("IL-SILENT-1", ILLINOIS, "Illinois workNet, Set Goals, is silent", ("AMB-I15",), EITHER, True,
         _("A goal was reworded or removed, and the customer had agreed to it."),
         lambda change: goal_reworded(change) or removed(change, GOAL)),
    Rule("IL-NOACK", ILLINOIS, "Illinois workNet, Set Goals", ("ILL-075",), EITHER, False,
         _("Illinois asks for agreement when goals are added or off track, and this is neither."),
         lambda change: change.what in {SERVICE, ACTION_STEP, BARRIER}
         or (edited(change, PLAN) and not plan_type_changed(change))
         or (edited(change, GOAL) and not goes_off_track(change) and not goal_reworded(change))),
)  # fmt: skip


def requirements(
    changes: Iterable[Change],
    plan_type: str,
    rule_set: str,
    *,
    on: date,
    past: Past = Past.AGREED,
    options: frozenset[str] = frozenset(),
) -> list[Requirement]:
    """Each change with the row that decides about it; the plan as a whole first, where it decides.

    `plan_type`: IEP, ISS or both (the stricter of the two lists, AMB-W21). `rule_set`: a key of RULE_SETS. `on`: the
    day whose rows are in force. `past`: what the customer agreed to before (12.7.8, footnotes 1, 3). `options`: of
    OPTIONS, the local area's choices.

    Raises:
        KeyError: an unknown plan type or rule set.
    """
    lists = frozenset(product(RULE_SETS[rule_set], PLAN_TYPES[plan_type]))
    rows = rows_of(lists, on, options)
    found = [Requirement(change, deciding_rule(change, lists, rows)) for change in changes]
    if past == Past.MOVED_HERE:
        return [Requirement(None, MOVED_HERE)]
    if past == Past.NOTHING:
        return [Requirement(None, INITIAL), *found]
    return found or [Requirement(None, NO_CHANGES)]


def rows_of(lists: Lists, on: date, options: frozenset[str]) -> list[Rule]:
    """The rows of these lists that are in force."""
    return [
        rule
        for rule in RULES
        if speaks_in(rule, lists) and rule.in_force(on) and (not rule.option or rule.option in options)
    ]


def speaks_in(rule: Rule, lists: Lists) -> Lists:
    """The lists that the row is part of."""
    return frozenset((source, plan_type) for source, plan_type in lists if in_list(rule, source, plan_type))


def in_list(rule: Rule, source: str, plan_type: str) -> bool:
    return rule.source == source and plan_type in rule.plan_types


def deciding_rule(change: Change, lists: Lists, rows: list[Rule]) -> Rule:
    """A row that decides alone for every kind of plan that this is; else the first that asks; else, where each list
    speaks, the first that asks nobody. The silence of one list is not another's leave: neither of the two states'
    (AMB-X3) nor of the two kinds of plan (AMB-W21)."""
    found = [rule for rule in rows if rule.applies(change)]
    types = frozenset(plan_type for _source, plan_type in lists)
    alone = next((rule for rule in found if rule.decides_alone), None)
    if alone and alone.plan_types >= types:
        return alone
    if alone:  # of one kind of plan: the rows of that kind are lifted, those of the other stand
        found = [rule for rule in found if rule is alone or not rule.plan_types <= alone.plan_types]
    asks = next((rule for rule in found if rule.needs), None)
    if asks:
        return asks
    spoken = frozenset[tuple[str, str]]().union(*(speaks_in(rule, lists) for rule in found))
    return found[0] if spoken == lists else UNSPOKEN


def acknowledgment_needed(found: Iterable[Requirement]) -> bool:
    return any(requirement.needs for requirement in found)

"""A decision as it is stored: the facts of each kind of change, the row that decided, and what a first plan asks."""

import json
from dataclasses import replace
from datetime import date

import pytest

from acknowledgments.contents.items import About, PlanContents, Removal
from acknowledgments.rules.decisions import decide
from acknowledgments.rules.policy import RULE_SET_VERSION, RULES
from careerplan.plans.items import BarrierItem
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.items import ServiceItem

ON = date(2026, 11, 22)
TRAINING = ServiceItem(
    3, "TR-OST", "Occupational Skills Training", "training", goal_id=1, is_training=True, causes_participation=True
)
# No service has all of these; each stands for a fact of its own.
ASSESSMENT = replace(TRAINING, is_training=False, is_supportive=True, is_referral=True, causes_participation=False)
BARRIER = BarrierItem(2, "TRAN", "Transportation", "No car")
STEP = ActionStepItem(6, 1, "Call the college")
GOAL = GoalItem(1, "Finish the course", "Education/Training Plan", "short", "started")
EMPLOYMENT = CareerGoalItem(4, "employment", occupation_code="31-1131", occupation="Nursing Assistants")

OF_TRAINING = {
    "code": "TR-OST",
    "service_class": "training",
    "is_training": True,
    "is_supportive": False,
    "is_referral": False,
    "causes_participation": True,
    "goes_on": False,
}
OF_ASSESSMENT = OF_TRAINING | {
    "is_training": False,
    "is_supportive": True,
    "is_referral": True,
    "causes_participation": False,
}


def only_change(before, after, **lists):
    """What is stored of the one change between two plans."""
    decision = decide(before, after, rule_set="wisconsin", on=ON, **lists)
    (change,) = decision.as_data()["changes"]
    return change


def iep(**items):
    return PlanContents("IEP", **items)


def gone(kind, key, why, **known):
    return (Removal(kind, key, why, **known),)


# --- a change with the row that decided ------------------------------------------------------------


def test_a_change_is_stored_with_its_row_and_what_that_row_says():
    rule = next(rule for rule in RULES if rule.code == "WI-IEP-ACK-3")
    assert only_change(iep(), iep(services=(TRAINING,))) == {
        "kind": "added",
        "what": "service",
        "id": 3,
        "label": "Occupational Skills Training",
        "why": "",
        "fields": [],
        "asked": OF_TRAINING,
        "needs_acknowledgment": True,
        "rule": "WI-IEP-ACK-3",
        "source": "wisconsin",
        "citation": "DWD 12.7.8, IEP acknowledgment (3)",
        "statements": ["WIS-124"],
        "sentence": rule.sentence,
    }


def test_an_edited_field_is_stored_with_both_values():
    edited = only_change(iep(services=(TRAINING,)), iep(services=(replace(TRAINING, notes="Evenings"),)))
    assert (edited["kind"], edited["what"], edited["id"]) == ("edited", "service", 3)
    assert edited["fields"] == [{"name": "notes", "before": "", "after": "Evenings"}]
    assert edited["asked"] == OF_TRAINING
    assert edited["needs_acknowledgment"] is False


def test_a_plan_without_changes_is_stored_as_one_row_about_the_plan():
    assert only_change(iep(), iep()) == {
        "kind": "",
        "what": "plan",
        "id": 0,
        "label": "",
        "why": "",
        "fields": [],
        "asked": {},
        "needs_acknowledgment": False,
        "rule": "NO-CHANGES",
        "source": "wisconsin",
        "citation": "DWD 12.7.8, no acknowledgment (5)",
        "statements": ["WIS-141", "WIS-172"],
        "sentence": "The plan has no changes.",
    }


# --- the facts of each kind of change --------------------------------------------------------------


def test_of_a_service_it_is_stored_what_it_is_to_the_rules():
    assert only_change(iep(), iep(services=(ASSESSMENT,)))["asked"] == OF_ASSESSMENT


def test_of_a_removed_service_it_is_stored_how_it_stood_then():
    after = iep(removals=gone("service", 3, "completed", status="complete", ended_on="2026-11-20"))
    removed = only_change(iep(services=(TRAINING,)), after)
    assert (removed["kind"], removed["why"]) == ("removed", "completed")
    assert removed["asked"] == OF_TRAINING | {
        "status_at_removal": "complete",
        "ended_on": "2026-11-20",
        "is_completed": True,
    }


def test_of_a_service_that_left_without_a_word_only_its_own_status_is_stored():
    removed = only_change(iep(services=(TRAINING,)), iep())
    assert removed["why"] == ""
    assert removed["asked"] == OF_TRAINING | {"is_completed": False}


def test_a_service_that_goes_on_under_other_funding_says_so():
    ended, anew = replace(TRAINING, status="terminated"), replace(TRAINING, id=9, continues=3, continuation="funding")
    decision = decide(iep(services=(TRAINING,)), iep(services=(ended, anew)), rule_set="wisconsin", on=ON)
    facts = {change["id"]: change["asked"] for change in decision.as_data()["changes"]}
    assert facts[9] == OF_TRAINING | {"goes_on": True}


@pytest.mark.parametrize(
    ("before", "after", "what", "asked"),
    [
        pytest.param(
            iep(), iep(barriers=(BARRIER,)), "barrier", {"category_code": "TRAN", "rewording": ""}, id="barrier added"
        ),
        pytest.param(
            iep(barriers=(BARRIER,)),
            iep(barriers=(replace(BARRIER, description="The car is broken", rewording="clearer"),)),
            "barrier",
            {"category_code": "TRAN", "rewording": "clearer"},
            id="barrier in clearer words",
        ),
        pytest.param(
            iep(barriers=(BARRIER,)),
            iep(removals=gone("barrier", 2, "resolved", status="closed")),
            "barrier",
            {"category_code": "TRAN", "rewording": "", "status_at_removal": "closed", "ended_on": ""},
            id="barrier removed",
        ),
        pytest.param(iep(), iep(action_steps=(STEP,)), "action_step", {"rewording": ""}, id="step added"),
        pytest.param(
            iep(action_steps=(STEP,)),
            iep(action_steps=(replace(STEP, text="Visit the college", rewording="another"),)),
            "action_step",
            {"rewording": "another"},
            id="step that is another",
        ),
        pytest.param(iep(action_steps=(STEP,)), iep(), "action_step", {"rewording": ""}, id="step removed"),
        pytest.param(
            iep(barriers_comment="None"),
            iep(barriers_comment="None at all", comment_rewording="clearer"),
            "plan",
            {"rewording": "clearer"},
            id="comments on barriers",
        ),
        pytest.param(iep(), iep(goals=(GOAL,)), "goal", {}, id="goal added"),
        pytest.param(iep(goals=(GOAL,)), iep(), "goal", {}, id="goal removed"),
        pytest.param(iep(), iep(career_goals=(EMPLOYMENT,)), "career_goal", {}, id="career goal added"),
    ],
)
def test_of_each_kind_of_item_it_is_stored_what_the_rules_asked(before, after, what, asked):
    change = only_change(before, after)
    assert (change["what"], change["asked"]) == (what, asked)


def test_a_change_of_the_plan_itself_stands_under_no_item():
    change = only_change(PlanContents("IEP"), PlanContents("ISS"), plan_type="both")
    assert (change["kind"], change["what"], change["id"], change["label"]) == ("edited", "plan", 0, "")
    assert change["fields"] == [{"name": "plan_type", "before": "IEP", "after": "ISS"}]


# --- the whole decision ----------------------------------------------------------------------------


def test_a_decision_is_stored_with_all_that_repeats_it():
    decision = decide(iep(), iep(action_steps=(STEP,)), rule_set="both", on=ON, options=frozenset({"b", "a"}))
    data = json.loads(json.dumps(decision.as_data()))
    (change,) = data.pop("changes")
    assert change["rule"] == "WI-IEP-ACK-7"
    assert data == {
        "acknowledgment_needed": True,
        "plan_type": "IEP",
        "rules": "both",
        "rules_version": RULE_SET_VERSION,
        "options": ["a", "b"],
        "decided_on": "2026-11-22",
    }


def test_a_decision_that_asks_nobody_says_so():
    assert decide(iep(), iep(), rule_set="wisconsin", on=ON).as_data()["acknowledgment_needed"] is False


def rules_of(decision):
    return [change["rule"] for change in decision.as_data()["changes"]]


def test_the_kind_of_plan_may_be_given():
    """The list of an ISS asks about an added partner service, that of an IEP does not (WIS-159, AMB-W8)."""
    with_partner = iep(services=(replace(TRAINING, service_class="partner", is_training=False),))
    own = decide(iep(), with_partner, rule_set="wisconsin", on=ON)
    given = decide(iep(), with_partner, rule_set="wisconsin", on=ON, plan_type="both")
    assert (own.plan_type, rules_of(own)) == ("IEP", ["WI-IEP-SILENT-3"])
    assert (given.plan_type, rules_of(given)) == ("both", ["WI-ISS-ACK-2"])


def test_options_are_the_local_areas_choices():
    """AMB-W3: a local area may count the removal of support as a light update."""
    supportive = replace(TRAINING, service_class="supportive", is_training=False, is_supportive=True)
    light = frozenset({"light-support-removal"})
    change = only_change(iep(services=(supportive,)), iep(), options=light)
    assert change["rule"] == "WI-IEP-LOCAL-1"


# --- the first plan, and one that moved here -------------------------------------------------------

MOVED = About(moved_from="ASSET", moved_acknowledged_on="2026-05-04")


@pytest.mark.policy("WIS-076", "WIS-077")
@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
def test_the_first_plan_asks_and_each_of_its_items_is_new(plan_type):
    decision = decide(None, PlanContents(plan_type, action_steps=(STEP,)), rule_set="wisconsin", on=ON)
    data = decision.as_data()
    assert data["acknowledgment_needed"] is True
    first, *others = data["changes"]
    assert (first["what"], first["rule"]) == ("plan", "INITIAL-PLAN")
    assert [(change["kind"], change["what"]) for change in others] == [("added", "action_step")]


@pytest.mark.policy("AMB-W29", "WIS-008")
def test_a_plan_that_was_acknowledged_in_an_older_system_asks_nobody():
    moved = iep(action_steps=(STEP,), about=MOVED, goals=(GOAL,))
    decision = decide(None, moved, rule_set="wisconsin", on=ON)
    assert rules_of(decision) == ["MOVED-HERE"]
    assert not decision.needs_acknowledgment


@pytest.mark.policy("AMB-W29")
def test_a_moved_plan_that_nobody_acknowledged_asks():
    decision = decide(None, iep(about=MOVED), rule_set="wisconsin", on=ON, acknowledged_before=False)
    assert rules_of(decision) == ["INITIAL-PLAN"]


@pytest.mark.policy("AMB-W29")
@pytest.mark.parametrize(
    "asks",
    [
        pytest.param({"career_goals": (CareerGoalItem(4, "employment", explores=True),)}, id="career exploration"),
        pytest.param({"goals": (replace(GOAL, status="off_track"),)}, id="a goal off track"),
    ],
)
def test_a_moved_plan_asks_where_something_asks_by_itself(asks):
    assert rules_of(decide(None, iep(about=MOVED, **asks), rule_set="wisconsin", on=ON))[0] == "INITIAL-PLAN"


def test_a_moved_plan_with_a_version_here_is_compared_with_that():
    assert rules_of(decide(iep(about=MOVED), iep(about=MOVED), rule_set="wisconsin", on=ON)) == ["NO-CHANGES"]
    again = decide(iep(about=MOVED), iep(about=MOVED), rule_set="wisconsin", on=ON, acknowledged_before=False)
    assert rules_of(again) == ["INITIAL-PLAN"]

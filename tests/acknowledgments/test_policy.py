"""The rule table: for each row a case that this row decides, and the stricter of two lists."""

from dataclasses import replace
from datetime import date

import pytest

from acknowledgments.agreement.in_force import decision_for
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.changes import compare
from acknowledgments.contents.items import PlanContents, Removal
from acknowledgments.rules import policy
from acknowledgments.rules.decisions import decide
from careerplan.plans.items import BarrierItem
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.actions import remove_service
from services.items import ServiceItem
from tests import states
from tests.people import angela, planner

ON = date(2026, 11, 22)
NO_BARRIERS = BarrierItem(5, "NONE", "No potential barriers")
BARRIER = BarrierItem(1, "TRAN", "Transportation", "No car")
STEP = ActionStepItem(1, 7, "Call the college")
GOAL = GoalItem(7, "Finish the course", "Education/Training Plan", "short", "started")
EMPLOYMENT = CareerGoalItem(1, "employment", occupation_code="31-1131", occupation="Nursing Assistants")
LONG_TERM = CareerGoalItem(2, "long_term", occupation_code="29-1141", occupation="Registered Nurses")


def service(service_class, **values):
    return ServiceItem(1, "XX-1", "A service", service_class, goal_id=7, **values)


CAREER = service("career", causes_participation=True)
INFORMATION = service("career")
TRAINING = service("training", is_training=True, causes_participation=True)
SUPPORTIVE = service("supportive", is_supportive=True)
REFERRAL = service("referral", is_referral=True)
PRE_ENROLLMENT = service("pre_enrollment")
PARTNER = service("partner")
PARTNERS_SUPPORT = service("partner", is_supportive=True)
ELEMENT = service("youth_element", causes_participation=True)


def complete(item):
    return replace(item, status="complete")


def contents(plan_type, *items, removals=()):
    kinds = {
        ServiceItem: "services",
        BarrierItem: "barriers",
        ActionStepItem: "action_steps",
        GoalItem: "goals",
        CareerGoalItem: "career_goals",
    }
    grouped = {}
    for item in items:
        grouped.setdefault(kinds[type(item)], []).append(item)
    return PlanContents(plan_type, removals=removals, **{name: tuple(found) for name, found in grouped.items()})


def added(item):
    return (), (item,), ()


def removed(item, why=""):
    """As the working copy says it: a service leaves with the status that it has."""
    kind = {BarrierItem: "barrier", ServiceItem: "service", GoalItem: "goal"}.get(type(item), "action_step")
    return (item,), (), (Removal(kind, item.id, why, status=getattr(item, "status", "")),)


def funded_anew(item):
    """The service ended, and goes on under other funding as a row of its own."""
    ended = replace(item, status="terminated")
    return (item,), (ended, replace(item, id=2, continues=1, continuation="funding")), ()


def edited(item, **values):
    return (item,), (replace(item, **values),), ()


# rule code -> (plan type, rule set, the one change, whether the customer is asked)
CASES = {
    "WI-IEP-ACK-1": ("IEP", "wisconsin", added(REFERRAL), True),
    "WI-IEP-ACK-2": ("IEP", "wisconsin", added(CAREER), True),
    "WI-IEP-ACK-3": ("IEP", "wisconsin", removed(complete(TRAINING)), True),
    "WI-IEP-ACK-4": ("IEP", "wisconsin", added(BARRIER), True),
    "WI-IEP-ACK-5": ("IEP", "wisconsin", removed(BARRIER, "entered_in_error"), True),
    "WI-IEP-ACK-6": ("IEP", "wisconsin", removed(complete(SUPPORTIVE)), True),
    "WI-IEP-ACK-7": ("IEP", "wisconsin", added(STEP), True),
    "WI-IEP-ACK-8": ("IEP", "wisconsin", edited(EMPLOYMENT, occupation_code="29-1171"), True),
    "WI-IEP-NOACK-1": ("IEP", "wisconsin", removed(INFORMATION), False),
    "WI-IEP-NOACK-2": ("IEP", "wisconsin", removed(complete(CAREER), "completed"), False),
    "WI-IEP-NOACK-3": ("IEP", "wisconsin", removed(BARRIER, "no_longer_impacting"), False),
    "WI-IEP-NOACK-4": ("IEP", "wisconsin", removed(STEP), False),
    "WI-IEP-SILENT-1": ("IEP", "wisconsin", removed(CAREER), True),
    "WI-IEP-SILENT-2": ("IEP", "wisconsin", removed(complete(REFERRAL)), True),
    "WI-IEP-SILENT-3": ("IEP", "wisconsin", added(PARTNER), False),
    "WI-ISS-ACK-1": ("ISS", "wisconsin", removed(complete(ELEMENT)), True),
    "WI-ISS-ACK-2": ("ISS", "wisconsin", added(PARTNER), True),
    "WI-ISS-ACK-3": ("ISS", "wisconsin", added(BARRIER), True),
    "WI-ISS-ACK-4": ("ISS", "wisconsin", removed(BARRIER, "other"), True),
    "WI-ISS-ACK-5": ("ISS", "wisconsin", edited(STEP, goal_id=8), True),
    "WI-ISS-ACK-6": ("ISS", "wisconsin", edited(LONG_TERM, occupation_code="29-1171"), True),
    "WI-ISS-NOACK-1": ("ISS", "wisconsin", removed(PRE_ENROLLMENT), False),
    "WI-ISS-NOACK-2": ("ISS", "wisconsin", removed(complete(PARTNER), "completed"), False),
    "WI-ISS-NOACK-3": ("ISS", "wisconsin", removed(BARRIER, "resolved"), False),
    "WI-ISS-NOACK-4": ("ISS", "wisconsin", removed(STEP), False),
    "WI-ISS-SILENT-1": ("ISS", "wisconsin", removed(PARTNER), True),
    "WI-ISS-SILENT-2": ("ISS", "wisconsin", added(REFERRAL), False),
    "WI-IEP-LOCAL-1": ("IEP", "wisconsin", removed(SUPPORTIVE), False),
    "WI-NO-BARRIERS": ("IEP", "wisconsin", removed(NO_BARRIERS, "other"), False),
    "WI-EDIT": ("IEP", "wisconsin", edited(CAREER, planned_end_on="2027-01-01", notes="Later"), False),
    "IL-ACK-1": ("IEP", "illinois", added(GOAL), True),
    "IL-ACK-2": ("ISS", "illinois", edited(GOAL, status="off_track"), True),
    "IL-SILENT-1": ("IEP", "illinois", edited(GOAL, statement="Finish another course"), True),
    "IL-NOACK": ("IEP", "illinois", added(TRAINING), False),
    "UNSPOKEN": ("IEP", "wisconsin", edited(CAREER, goal_id=8), True),
}


# What a local area has to choose for the row to speak.
CHOSEN = {"WI-IEP-LOCAL-1": frozenset({policy.LIGHT_SUPPORT_REMOVAL})}


def decided(plan_type, rule_set, change, **options):
    before, after, removals = change
    return decide(
        contents(plan_type, *before),
        contents(plan_type, *after, removals=removals),
        rule_set=rule_set,
        on=ON,
        **options,
    )


STATEMENTS = {rule.code: rule.statements for rule in (*policy.RULES, policy.UNSPOKEN)}


@pytest.mark.parametrize("code", [pytest.param(code, marks=pytest.mark.policy(*STATEMENTS[code])) for code in CASES])
def test_a_rule_decides_its_case_alone(code):
    plan_type, rule_set, change, needs = CASES[code]
    decision = decided(plan_type, rule_set, change, options=CHOSEN.get(code, frozenset()))
    assert [requirement.rule.code for requirement in decision.requirements] == [code]
    assert decision.needs_acknowledgment is needs


def test_every_rule_has_a_case_of_its_own():
    with_tests_of_their_own = {"WI-FUNDING", "WI-TYPE"}
    assert set(CASES) | with_tests_of_their_own == {rule.code for rule in policy.RULES} | {policy.UNSPOKEN.code}


# Of rows whose answer another row, or the resolution for what no row speaks of, gives as well: what is not theirs.
OTHERS = {
    "WI-IEP-ACK-2": [added(INFORMATION), removed(CAREER), edited(CAREER, notes="Later")],
    "WI-IEP-NOACK-2": [
        removed(CAREER, "completed"),
        removed(complete(CAREER), "not_wanted"),
        removed(complete(INFORMATION), "completed"),
        removed(complete(ELEMENT), "completed"),
        added(complete(CAREER)),
    ],
    "WI-ISS-NOACK-2": [
        removed(PARTNER, "completed"),
        removed(complete(PARTNER), "not_wanted"),
        removed(complete(ELEMENT), "completed"),
        added(complete(PARTNER)),
    ],
    "IL-NOACK": [edited(GOAL, status="off_track"), edited(GOAL, statement="Finish another course"), added(GOAL)],
    "WI-NO-BARRIERS": [added(BARRIER), removed(BARRIER, "resolved")],
}
BY_CODE = {rule.code: rule for rule in policy.RULES}


@pytest.mark.parametrize(("code", "change"), [(code, change) for code in OTHERS for change in OTHERS[code]])
def test_a_row_speaks_of_no_other_change(code, change):
    before, after, removals = change
    (found,) = compare(contents("IEP", *before), contents("IEP", *after, removals=removals))
    assert not BY_CODE[code].applies(found)


@pytest.mark.policy("AMB-W30")
def test_a_career_service_that_comes_to_cause_participation_is_added_to_the_participation():
    decision = decided("IEP", "wisconsin", edited(INFORMATION, causes_participation=True))
    assert codes(decision) == ["WI-IEP-ACK-2"]


@pytest.mark.parametrize("code", [code for code in CASES if code != "UNSPOKEN"])
def test_without_the_row_another_answer_is_given(code, monkeypatch):
    plan_type, rule_set, change, _needs = CASES[code]
    monkeypatch.setattr(policy, "RULES", tuple(rule for rule in policy.RULES if rule.code != code))
    decision = decided(plan_type, rule_set, change, options=CHOSEN.get(code, frozenset()))
    assert code not in {requirement.rule.code for requirement in decision.requirements}


@pytest.mark.policy("WIS-141", "WIS-172")
@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
def test_a_review_without_changes_asks_nobody(plan_type):
    same = contents(plan_type, GOAL, CAREER, BARRIER, STEP, EMPLOYMENT)
    decision = decide(same, same, rule_set="both", on=ON)
    assert not decision.needs_acknowledgment
    assert [requirement.rule.code for requirement in decision.requirements] == ["NO-CHANGES"]


@pytest.mark.policy("WIS-076", "WIS-077", "WIS-155", "ILL-074")
@pytest.mark.parametrize("rule_set", policy.RULE_SETS)
def test_the_first_plan_always_asks_the_customer(rule_set):
    plan = contents("IEP", GOAL, STEP)
    assert decide(None, plan, rule_set=rule_set, on=ON).needs_acknowledgment
    assert decide(plan, plan, rule_set=rule_set, on=ON, acknowledged_before=False).needs_acknowledgment


@pytest.mark.policy("AMB-W21")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (added(REFERRAL), "WI-IEP-ACK-1"),  # the ISS list asks for none
        (added(PARTNER), "WI-ISS-ACK-2"),  # the IEP list asks for none
        (edited(LONG_TERM, occupation_code="29-1171"), "WI-ISS-ACK-6"),
    ],
)
def test_a_shared_plan_follows_the_stricter_list(change, code):
    decision = decided("both", "wisconsin", change)
    assert decision.needs_acknowledgment
    assert decision.requirements[0].rule.code == code


@pytest.mark.policy("AMB-X3")
def test_both_rule_sets_together_ask_where_either_does():
    assert not decided("IEP", "illinois", added(BARRIER)).needs_acknowledgment
    assert decided("IEP", "both", added(BARRIER)).needs_acknowledgment
    assert not decided("IEP", "wisconsin", edited(GOAL, status="off_track")).needs_acknowledgment
    assert decided("IEP", "both", edited(GOAL, status="off_track")).needs_acknowledgment


@pytest.mark.policy("AMB-X3")
@pytest.mark.parametrize(
    ("plan_type", "change"),
    [
        pytest.param("IEP", edited(CAREER, goal_id=8), id="a service moved to another goal"),
        pytest.param("IEP", added(ELEMENT), id="an element on an IEP"),
        pytest.param("ISS", added(INFORMATION), id="a career service on an ISS"),
        pytest.param("ISS", removed(CAREER), id="a career service taken from an ISS"),
    ],
)
def test_where_wisconsin_is_silent_the_leave_of_illinois_does_not_count(plan_type, change):
    assert codes(decided(plan_type, "illinois", change)) == ["IL-NOACK"]
    assert codes(decided(plan_type, "wisconsin", change)) == ["UNSPOKEN"]
    decision = decided(plan_type, "both", change)
    assert codes(decision) == ["UNSPOKEN"]
    assert decision.needs_acknowledgment


@pytest.mark.policy("AMB-X3")
def test_where_illinois_is_silent_the_leave_of_wisconsin_does_not_count(monkeypatch):
    monkeypatch.setattr(policy, "RULES", tuple(rule for rule in policy.RULES if rule.code != "IL-NOACK"))
    assert codes(decided("IEP", "wisconsin", removed(STEP))) == ["WI-IEP-NOACK-4"]
    assert codes(decided("IEP", "both", removed(STEP))) == ["UNSPOKEN"]


@pytest.mark.policy("WIS-059")
@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
@pytest.mark.parametrize("rule_set", policy.RULE_SETS)
@pytest.mark.parametrize("item", [CAREER, TRAINING, SUPPORTIVE, REFERRAL, ELEMENT, PARTNER])
def test_whatever_is_re_created_for_its_funding_asks_nobody(plan_type, rule_set, item):
    decision = decided(plan_type, rule_set, funded_anew(item))
    assert not decision.needs_acknowledgment
    assert "WI-FUNDING" in codes(decision) or rule_set == "illinois"


def test_what_is_carried_over_for_a_changed_goal_is_no_change_of_funding():
    goes_on = replace(TRAINING, continues=9, continuation="goal_changed")
    assert codes(decided("IEP", "wisconsin", added(goes_on))) == ["WI-IEP-ACK-3"]


@pytest.mark.policy("WIS-059")
def test_removing_what_went_on_asks_like_any_other_removal():
    goes_on = replace(TRAINING, continues=9, continuation="funding")
    assert codes(decided("IEP", "wisconsin", removed(goes_on))) == ["WI-IEP-ACK-3"]


LIGHT = frozenset({policy.LIGHT_SUPPORT_REMOVAL})


@pytest.mark.policy("AMB-W3")
@pytest.mark.parametrize(
    ("plan_type", "change", "options", "code"),
    [
        ("IEP", removed(SUPPORTIVE), frozenset(), "WI-IEP-ACK-6"),
        ("IEP", removed(SUPPORTIVE), LIGHT, "WI-IEP-LOCAL-1"),
        ("IEP", added(SUPPORTIVE), LIGHT, "WI-IEP-ACK-6"),
        ("IEP", removed(TRAINING), LIGHT, "WI-IEP-ACK-3"),
        ("ISS", removed(SUPPORTIVE), LIGHT, "WI-ISS-ACK-1"),
        ("both", removed(SUPPORTIVE), LIGHT, "WI-ISS-ACK-1"),
        # Where the list for youth gives its leave, the local choice is the other half of it.
        ("both", removed(complete(PARTNERS_SUPPORT), "completed"), LIGHT, "WI-ISS-NOACK-2"),
        ("both", removed(complete(PARTNERS_SUPPORT), "completed"), frozenset(), "WI-IEP-ACK-6"),
    ],
)
@pytest.mark.parametrize("rule_set", ["wisconsin", "both"])
def test_a_local_area_may_count_the_removal_of_support_as_a_light_update_of_an_iep(
    rule_set, plan_type, change, options, code
):
    assert codes(decided(plan_type, rule_set, change, options=options)) == [code]


@pytest.mark.policy("AMB-W3")
def test_what_the_local_area_chose_is_stored_with_the_decision():
    assert decided("IEP", "wisconsin", removed(SUPPORTIVE), options=LIGHT).as_data()["options"] == [*LIGHT]


@pytest.mark.policy("AMB-W3")
@pytest.mark.django_db
@pytest.mark.parametrize("asks", [True, False])
def test_the_setting_chooses_for_the_local_area(settings, asks):
    settings.SUPPORT_REMOVAL_ACK = asks
    version = states.reviewed(angela())
    row = version.plan.services.get(service__code="SS-TRAN")
    remove_service(row, removal="unavailable", by=planner(), at=states.now())
    decision = decision_for(version, contents_of(version.plan, version), on=ON)
    assert decision.needs_acknowledgment is asks


def codes(decision):
    return [requirement.rule.code for requirement in decision.requirements]


def test_an_ended_rule_no_longer_decides(monkeypatch):
    ended = tuple(replace(rule, until=ON) if rule.code == "WI-IEP-NOACK-4" else rule for rule in policy.RULES)
    monkeypatch.setattr(policy, "RULES", ended)
    assert decided("IEP", "wisconsin", removed(STEP)).requirements[0].rule is policy.UNSPOKEN


@pytest.mark.policy("AMB-W8")
def test_a_service_that_became_another_is_removed_and_added():
    before = contents("IEP", TRAINING)
    after = contents("IEP", replace(TRAINING, code="XX-2"))
    assert [change.kind for change in compare(before, after)] == ["added", "removed"]


def test_rule_codes_are_used_once():
    codes = [
        rule.code for rule in (*policy.RULES, policy.INITIAL, policy.NO_CHANGES, policy.MOVED_HERE, policy.UNSPOKEN)
    ]
    assert len(codes) == len(set(codes))

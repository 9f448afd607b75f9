"""The text that is sealed, letter by letter: what a version of this release says is read in the same way for ever."""

import json
from dataclasses import asdict

import pytest

from acknowledgments.contents.items import (
    About,
    AssessmentItem,
    AssistanceItem,
    ContactItem,
    CredentialItem,
    PlanContents,
    Removal,
)
from acknowledgments.contents.sealed_text import canonical_json, digest_of, read_contents
from careerplan.plans.items import BarrierItem
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.items import ServiceItem

# As PostgreSQL holds it: sorted keys, no spaces, Unicode as it is.
SEALED = (
    '{"about":{"agency":"","assessment_summary":"","assessments":[],"best_time":"","comprehensive_assessed_on":"",'
    '"county":"","created_on":"","credentials":[],'
    '"customer_address":"","customer_email":"","customer_name":"Zoë Müller","customer_phone":"","distance":"",'
    '"education_level":"","education_level_name":"","emergency_contacts":[],"employment_assistance":[],"grantee":"",'
    '"industry":"","initial_assessed_on":"","is_first":false,"job_fit":null,"language":"en","moved_acknowledged_on":"",'
    '"moved_from":"","needs":"","office":"","office_address":"","office_phone":"","office_relay":"",'
    '"participant_id":"","phone_cell":"","phone_home":"","phone_work":"","planner_email":"","planner_name":"",'
    '"planner_phone":"","programs":[],"region":"","school_status":"","school_status_name":"","undecided_steps":0,'
    '"version":1,'
    '"wage_goal":"","written_in":"en","youth_programs":[]},'
    '"action_steps":[{"done_on":"","due_on":"","goal_id":1,"id":6,"rewording":"","text":"Call the college",'
    '"who":"customer"}],'
    '"barriers":[],"barriers_comment":"","career_goals":[],"comment_rewording":"","goals":[],'
    '"no_services_reason":"","no_supportive_services":false,"plan_type":"IEP",'
    '"removals":[{"causes_participation":null,"continues":null,"ended_on":"","id":3,"kind":"service","status":"",'
    '"why":"completed"}],'
    '"schema":2,"services":[]}'
)
PLAN = PlanContents(
    "IEP",
    about=About(customer_name="Zoë Müller"),
    action_steps=(ActionStepItem(6, 1, "Call the college"),),
    removals=(Removal("service", 3, "completed"),),
)


def test_the_sealed_text_is_the_same_to_the_letter():
    assert canonical_json(PLAN) == SEALED
    assert read_contents(SEALED) == PLAN


def test_every_list_within_the_contents_reads_back_as_it_was():
    plan = PlanContents(
        "both",
        about=About(
            programs=("WIOA Title I Adult", "WIOA Title I Youth"),
            assessments=(AssessmentItem("TABE 11-12", "Level D", "math", "2026-11-16"),),
            emergency_contacts=(ContactItem("Rosa Philips", "mother", "217-555-0199"),),
            employment_assistance=(AssistanceItem("Job fair", "2026-11-10"), AssistanceItem("Résumé help")),
            youth_programs=("WIOA Title I Youth",),
            credentials=(CredentialItem("Certified Nursing Assistant", "certification", "2026-11-18", True),),
        ),
        services=(ServiceItem(3, "BC-COUN", "Career Counseling", "career", barrier_ids=(2, 5)),),
    )
    read = read_contents(canonical_json(plan))
    assert read == plan
    assert hash(read) == hash(plan)  # no list has stayed in it


def test_the_digest_is_the_one_that_any_tool_computes():
    """`printf '{"plan_type":"IEP"}' | sha256sum`, and a text with letters beyond ASCII in UTF-8."""
    assert digest_of('{"plan_type":"IEP"}') == "fe4cebeaeac802e370c60c38b8a0074895753df792dc5fd9774eeb5ce245dc73"
    assert digest_of("Zoë") == "c6a12698582fc1104ea24107a2d7268145ff06ef859707729d01fd060897f067"


# What an older release did not write was so: of each item only what it cannot do without.
UNSAID = [
    (
        CareerGoalItem(1, "employment"),
        {"id": 1, "role": "employment", "explores": False, "occupation_code": "", "occupation": "", "words": ""},
    ),
    (
        GoalItem(1, "Find work", "Career Plan", "short", "started"),
        {
            "id": 1,
            "statement": "Find work",
            "category": "Career Plan",
            "term": "short",
            "status": "started",
            "starts_on": "",
            "ends_on": "",
            "times_off_track": 0,
            "category_code": "",
            "setback_reason": "",
            "setback_remedy": "",
            "verified_how": "",
            "barrier_ids": (),
            "assessment_ids": (),
            "assessments": (),
            "credential": "",
        },
    ),
    (
        BarrierItem(2, "TRAN", "Transportation"),
        {
            "id": 2,
            "category_code": "TRAN",
            "category": "Transportation",
            "description": "",
            "how_addressed": "",
            "status": "open",
            "confidential": False,
            "rewording": "",
        },
    ),
]


@pytest.mark.parametrize(("item", "values"), UNSAID)
def test_what_is_not_said_of_an_item_has_its_plain_meaning(item, values):
    assert asdict(item) == values


def test_a_service_of_which_nothing_is_said_is_none_of_the_special_kinds():
    service = asdict(ServiceItem(3, "BC-COUN", "Career Counseling", "career"))
    said = {name: value for name, value in service.items() if value not in ("", None, ())}
    assert said == {
        "id": 3,
        "code": "BC-COUN",
        "name": "Career Counseling",
        "service_class": "career",
        "is_training": False,
        "is_supportive": False,
        "is_referral": False,
        "is_gate_exempt": False,
        "causes_participation": False,
        "in_exploration": "yes",
        "needs_dollar_value": False,
        "needs_soc": False,
        "needs_rapids": False,
        "status": "planned",
        "is_offered": True,
    }


def test_the_services_and_steps_of_a_goal_are_its_own():
    ours, theirs = ServiceItem(3, "BC-COUN", "Counseling", "career", goal_id=1), ServiceItem(4, "X", "X", "career")
    mine, other = ActionStepItem(6, 1, "Call the college"), ActionStepItem(7, 2, "Write the résumé")
    plan = PlanContents("IEP", services=(ours, theirs), action_steps=(mine, other))
    assert (plan.services_of(1), plan.steps_of(1)) == ((ours,), (mine,))
    assert (plan.services_of(2), plan.steps_of(2)) == ((), (other,))


@pytest.mark.parametrize(("code", "is_area"), [("29-1140", True), ("29-1141", False), ("", False)])
def test_an_occupation_whose_code_ends_in_a_zero_is_a_career_area(code, is_area):
    assert CareerGoalItem(1, "long_term", occupation_code=code).is_area is is_area


def test_a_plan_explores_where_a_career_goal_of_it_does():
    exploring, decided = CareerGoalItem(1, "employment", explores=True), CareerGoalItem(2, "long_term")
    assert PlanContents("IEP", career_goals=(decided, exploring)).explores
    assert not PlanContents("IEP", career_goals=(decided,)).explores
    assert PlanContents("IEP", career_goals=(decided, exploring)).career_goal("long_term") == decided
    assert PlanContents("IEP", career_goals=(decided,)).career_goal("employment") is None


@pytest.mark.parametrize("name", ["career_goals", "goals", "barriers", "services", "action_steps", "removals"])
def test_a_list_that_was_not_written_is_empty(name):
    data = json.loads(SEALED)
    del data[name]
    assert getattr(read_contents(json.dumps(data)), name) == ()

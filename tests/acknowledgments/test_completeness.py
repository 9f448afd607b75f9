"""What must be in a version before it is sent: each rule has contents that break it and only it (12.7.5)."""

from dataclasses import replace

import pytest

from acknowledgments.contents.items import About, JobFitItem, PlanContents
from acknowledgments.rules.completeness import RULES, advice_about, missing_from, warnings_about
from tests.acknowledgments.complete_plans import (
    APPRENTICE,
    ASSESSED,
    BOTH,
    BUS_PASS,
    COUNSELING,
    EMPLOYMENT,
    EXPLORING,
    EXPLORING_IEP,
    EXPLORING_ISS,
    FEES,
    IEP,
    ISS,
    ISS_GOALS,
    LONG_TERM,
    NEEDLESS,
    NONE,
    OTHER,
    PRE_APPRENTICE,
    SHARED,
    SHORT_EDUCATION,
    SHORT_EMPLOYMENT,
    SUMMARIZED,
    TRAINING,
    TRANSPORT,
)


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param(IEP, marks=pytest.mark.policy("WIS-020"), id="an IEP"),
        pytest.param(
            replace(IEP, career_goals=(EMPLOYMENT, LONG_TERM, replace(LONG_TERM, id=16, role="self_sufficiency"))),
            id="an IEP with three goals",
        ),
        pytest.param(ISS, marks=pytest.mark.policy("WIS-029", "WIS-030"), id="an ISS"),
        pytest.param(
            replace(ISS, career_goals=ISS_GOALS[1:]),
            marks=pytest.mark.policy("WIS-029"),
            id="an ISS with an education goal",
        ),
        pytest.param(BOTH, id="one plan of both types"),
        pytest.param(EXPLORING_IEP, id="an IEP in career exploration"),
        pytest.param(
            replace(EXPLORING_IEP, services=(COUNSELING,), no_supportive_services=True),
            id="career exploration that needs no support",
        ),
        pytest.param(
            replace(EXPLORING_IEP, services=(replace(COUNSELING, code="WE-EXP", in_exploration="yes"), BUS_PASS)),
            id="work experience in career exploration",
        ),
        pytest.param(EXPLORING_ISS, id="an ISS in career exploration, without short-term goals"),
        pytest.param(
            replace(EXPLORING_ISS, career_goals=(EXPLORING, SHORT_EMPLOYMENT, SHORT_EDUCATION)),
            marks=pytest.mark.policy("WIS-031", "AMB-W18"),
            id="an ISS in career exploration, with short-term goals",
        ),
        pytest.param(
            replace(IEP, barriers=(NONE,), barriers_comment="There are none."),
            marks=pytest.mark.policy("WIS-055"),
            id="no barriers",
        ),
        pytest.param(
            replace(IEP, barriers=(TRANSPORT, OTHER), barriers_comment="His shifts change every week."),
            marks=pytest.mark.policy("WIS-054"),
            id="another barrier",
        ),
        pytest.param(
            replace(IEP, services=(APPRENTICE,)),
            marks=pytest.mark.policy("ILL-115"),
            id="an apprenticeship that says all",
        ),
        pytest.param(
            replace(IEP, services=(replace(APPRENTICE, status="terminated", soc_code="", rapids_id=""), BUS_PASS)),
            id="an apprenticeship that ended before it said all",
        ),
        pytest.param(replace(IEP, services=(), no_services_reason="She has found work."), id="no services, and why"),
        pytest.param(
            replace(IEP, services=(replace(TRAINING, planned_start_on="", status="started"),)),
            id="a service that began",
        ),
        pytest.param(
            replace(IEP, services=(replace(TRAINING, offered_until="2027-01-11"),)),
            id="a service that is offered until the day of its planned start",
        ),
        pytest.param(
            replace(IEP, services=(replace(TRAINING, offered_until="2027-01-10", status="started"),)),
            id="a service that began, and is offered no more",
        ),
        pytest.param(
            replace(IEP, about=ASSESSED), marks=pytest.mark.policy("WIS-010"), id="a first IEP after both assessments"
        ),
        pytest.param(
            replace(ISS, about=About(is_first=True)),
            marks=pytest.mark.policy("WIS-010"),
            id="a first ISS without an assessment service",
        ),
        pytest.param(
            replace(IEP, about=About(is_first=False)),
            marks=pytest.mark.policy("WIS-010"),
            id="a later IEP without an assessment service",
        ),
        pytest.param(
            replace(EXPLORING_IEP, services=(BUS_PASS, replace(FEES, exploration_reason="For the background check."))),
            marks=pytest.mark.policy("AMB-W25"),
            id="a service that needs a reason in career exploration, with one",
        ),
        pytest.param(
            replace(EXPLORING_IEP, services=(replace(NEEDLESS, exploration_reason="The bus to the workshops."),)),
            id="support that answers no barrier in career exploration, with its reason",
        ),
        pytest.param(
            replace(EXPLORING_IEP, services=(BUS_PASS, replace(PRE_APPRENTICE, exploration_supervisor="Mary Odell"))),
            marks=pytest.mark.policy("AMB-W25"),
            id="a service that a supervisor approves in career exploration",
        ),
        pytest.param(replace(IEP, services=(PRE_APPRENTICE,)), id="pre-apprenticeship outside career exploration"),
        pytest.param(replace(IEP, services=(FEES,)), id="the same service outside career exploration"),
        pytest.param(
            replace(EXPLORING_IEP, services=(BUS_PASS, replace(COUNSELING, barrier_ids=(), assessment="TABE 11-12"))),
            id="a career service that answers no barrier in career exploration",
        ),
        pytest.param(
            replace(ISS, career_goals=(replace(EMPLOYMENT, occupation_code="31-0000"), *ISS_GOALS[1:])),
            id="an ISS with a career area as its employment goal",
        ),
        pytest.param(replace(IEP, about=About(programs=("WIOA Title I Adult",))), id="a plan of one program"),
        pytest.param(
            replace(BOTH, about=SHARED, services=(replace(TRAINING, program_code="T1-ADULT"),)),
            id="a shared plan whose services name their program",
        ),
        pytest.param(
            replace(BOTH, about=SHARED, services=(replace(TRAINING, status="complete"),)),
            id="a service of a shared plan that is over",
        ),
    ],
)
def test_nothing_is_missing_from(contents):
    assert missing_from(contents) == warnings_about(contents) == []


# By rule: (contents that break it and only it, the items that it names).


def with_fit(plan, fit):
    return replace(plan, about=replace(plan.about, job_fit=fit))


CASES = {
    "EMPLOYMENT-GOAL": [(replace(IEP, career_goals=(LONG_TERM,)), [""]), (replace(IEP, career_goals=()), [""])],
    "ISS-GOAL": [
        # Exploring without any goal of an ISS's own: the other rules for an ISS let exploration wait.
        (replace(EXPLORING_ISS, career_goals=(replace(EXPLORING, role="self_sufficiency"),)), [""]),
    ],
    "ISS-SHORT-TERM": [(replace(ISS, career_goals=(EMPLOYMENT, LONG_TERM)), [""])],
    "ISS-SHORT-EMPLOYMENT": [
        (replace(ISS, career_goals=(EMPLOYMENT, LONG_TERM, SHORT_EDUCATION)), [""]),
        (replace(EXPLORING_ISS, career_goals=(EXPLORING, SHORT_EDUCATION)), [""]),
    ],
    "ISS-SHORT-EDUCATION": [
        (replace(ISS, career_goals=(EMPLOYMENT, LONG_TERM, SHORT_EMPLOYMENT)), [""]),
        (replace(EXPLORING_ISS, career_goals=(EXPLORING, SHORT_EMPLOYMENT)), [""]),
    ],
    "ISS-LONG-TERM": [(replace(ISS, career_goals=(EMPLOYMENT, SHORT_EMPLOYMENT, SHORT_EDUCATION)), [""])],
    "ISS-LONG-TERM-AREA": [
        (replace(ISS, career_goals=(replace(LONG_TERM, occupation_code=code), SHORT_EMPLOYMENT, SHORT_EDUCATION)), [""])
        for code in ("29-0000", "29-1000", "29-1140")
    ],
    "GOAL": [(replace(IEP, goals=()), [""])],
    "BARRIER": [(replace(IEP, barriers=()), [""])],
    "BARRIER-DESCRIPTION": [
        (replace(IEP, barriers=(replace(TRANSPORT, description=""), TRANSPORT)), ["Transportation"]),
        (replace(IEP, barriers=(replace(TRANSPORT, description=" "),)), ["Transportation"]),
    ],
    "NO-BARRIERS-COMMENT": [
        (replace(IEP, barriers=(NONE,)), [""]),
        (replace(IEP, barriers=(NONE,), barriers_comment=" "), [""]),
    ],
    "OTHER-BARRIER-COMMENT": [(replace(IEP, barriers=(TRANSPORT, OTHER)), [""])],
    "SERVICE": [
        (replace(IEP, services=()), [""]),
        (replace(IEP, services=(), no_services_reason=" "), [""]),
    ],
    "SERVICE-GOAL": [(replace(IEP, services=(TRAINING, replace(BUS_PASS, goal_id=None))), [BUS_PASS.name])],
    "PLANNED-START": [(replace(IEP, services=(replace(TRAINING, planned_start_on=""), BUS_PASS)), [TRAINING.name])],
    "DOLLAR-VALUE": [(replace(IEP, services=(TRAINING, replace(BUS_PASS, dollar_value=""))), [BUS_PASS.name])],
    "SOC-CODE": [
        (replace(IEP, services=(replace(APPRENTICE, soc_code="", status=status), BUS_PASS)), [APPRENTICE.name])
        for status in ("planned", "started", "on_hold")
    ],
    "RAPIDS-ID": [(replace(IEP, services=(replace(APPRENTICE, rapids_id=""), BUS_PASS)), [APPRENTICE.name])],
    "EXPLORATION-SERVICE": [
        (replace(EXPLORING_IEP, services=(COUNSELING, BUS_PASS, TRAINING)), [TRAINING.name]),
        (replace(EXPLORING_ISS, services=(BUS_PASS, TRAINING)), [TRAINING.name]),
        # What may not be given at all needs no reason either.
        (replace(EXPLORING_IEP, services=(replace(NEEDLESS, in_exploration="no"),)), [BUS_PASS.name]),
    ],
    "EXPLORATION-SUPPORT": [(replace(EXPLORING_IEP, services=(COUNSELING,)), [""])],
    "EXPLORATION-APPROVAL": [
        (replace(EXPLORING_IEP, services=(BUS_PASS, PRE_APPRENTICE)), [PRE_APPRENTICE.name]),
        (
            replace(EXPLORING_ISS, services=(BUS_PASS, replace(PRE_APPRENTICE, exploration_supervisor=" "))),
            [PRE_APPRENTICE.name],
        ),
    ],
    "EXPLORATION-REASON": [
        (replace(EXPLORING_IEP, services=(BUS_PASS, FEES)), [FEES.name]),
        (replace(EXPLORING_ISS, services=(replace(FEES, exploration_reason=" "),)), [FEES.name]),
        (replace(EXPLORING_IEP, services=(NEEDLESS,)), [BUS_PASS.name]),
    ],
    "SERVICE-PROGRAM": [
        (replace(BOTH, about=SHARED, services=(replace(BUS_PASS, program_code="T1-YOUTH"), TRAINING)), [TRAINING.name]),
        (replace(IEP, about=SHARED), [TRAINING.name]),
    ],
    "INITIAL-ASSESSMENT": [
        (replace(IEP, about=replace(ASSESSED, initial_assessed_on="")), [""]),
        (replace(BOTH, about=replace(ASSESSED, initial_assessed_on="")), [""]),
    ],
    "JOB-FIT": [
        (with_fit(plan, JobFitItem(need="required", occupation="Nursing Assistants")), [""]) for plan in (IEP, BOTH)
    ],
    "JOB-FIT-OUTSIDE": [(with_fit(plan, JobFitItem(need="outside")), [""]) for plan in (IEP, BOTH)],
    "ACTION-STEP": [(replace(IEP, action_steps=()), [""])],
    "PROPOSED-STEPS": [(replace(IEP, about=About(undecided_steps=number)), [""]) for number in (1, 3)],
}  # fmt: skip

# The same for what only warns.
NO_TEST = replace(ASSESSED, comprehensive_assessed_on="")
WARNINGS = {
    "COMPREHENSIVE-ASSESSMENT": [(replace(IEP, about=NO_TEST), [""]), (replace(BOTH, about=NO_TEST), [""])],
    "NEED": [
        (replace(IEP, services=(replace(TRAINING, barrier_ids=()), BUS_PASS)), [TRAINING.name]),
        (replace(ISS, services=(replace(TRAINING, barrier_ids=()),)), [TRAINING.name]),
    ],
    "SERVICE-ENDED": [
        (replace(IEP, services=(replace(TRAINING, offered_until="2027-01-10"), BUS_PASS)), [TRAINING.name]),
        (replace(ISS, services=(replace(TRAINING, is_offered=False),)), [TRAINING.name]),
    ],
}

# And for what asks for no reason either.
ADVICE = {
    "SUMMARY": [
        *((plan, [""]) for plan in (IEP, ISS, BOTH)),
        (replace(IEP, about=replace(SUMMARIZED, assessment_summary=" \n")), [""]),
    ]
}

PROVES = {
    "EMPLOYMENT-GOAL": ["WIS-020"],
    "ISS-GOAL": ["WIS-029"],
    "ISS-SHORT-TERM": ["WIS-030", "WIS-032", "AMB-W18"],
    "ISS-SHORT-EMPLOYMENT": ["WIS-032", "AMB-W18"],
    "ISS-SHORT-EDUCATION": ["WIS-032", "AMB-W18"],
    "ISS-LONG-TERM": ["WIS-030", "AMB-W18"],
    "ISS-LONG-TERM-AREA": ["WIS-030"],
    "DOLLAR-VALUE": ["AMB-I3"],
    "SOC-CODE": ["ILL-115"],
    "RAPIDS-ID": ["ILL-115"],
    "BARRIER": ["WIS-053"],
    "BARRIER-DESCRIPTION": ["WIS-053"],
    "NO-BARRIERS-COMMENT": ["WIS-055"],
    "OTHER-BARRIER-COMMENT": ["WIS-054"],
    "EXPLORATION-SERVICE": ["WIS-034", "WIS-036", "WIS-038"],
    "EXPLORATION-SUPPORT": ["WIS-039"],
    "EXPLORATION-APPROVAL": ["AMB-W25"],
    "EXPLORATION-REASON": ["AMB-W25", "WIS-037"],
    "INITIAL-ASSESSMENT": ["WIS-010"],
    "COMPREHENSIVE-ASSESSMENT": ["WIS-010"],
    "NEED": ["WIS-009", "WIS-011"],
    "SUMMARY": ["ILL-054"],
    "JOB-FIT": ["WIS-041"],
    "JOB-FIT-OUTSIDE": ["WIS-047"],
    "ACTION-STEP": ["WIS-072"],
    "PROPOSED-STEPS": ["WIS-075"],
}


def table(tested):
    return [
        pytest.param(
            code, number, marks=pytest.mark.policy(*PROVES[code]) if code in PROVES else (), id=f"{code}-{number}"
        )
        for code, cases in tested.items()
        for number in range(len(cases))
    ]


def test_every_rule_has_a_case():
    assert CASES.keys() == {rule.code for rule in RULES if not (rule.warns or rule.advises)}
    assert WARNINGS.keys() == {rule.code for rule in RULES if rule.warns}
    assert ADVICE.keys() == {rule.code for rule in RULES if rule.advises}


@pytest.mark.parametrize(("code", "number"), table(CASES))
def test_contents_that_break_one_rule_break_it_alone(code, number):
    contents, items = CASES[code][number]
    missing = missing_from(contents)
    assert [(entry.code, entry.item) for entry in missing] == [(code, item) for item in items]
    assert warnings_about(contents) == []
    assert missing[0].sentence.endswith(".")
    assert missing[0].citation


# The other rules are about both types of plan.
OF_ONE_TYPE = {
    "EMPLOYMENT-GOAL", "INITIAL-ASSESSMENT", "COMPREHENSIVE-ASSESSMENT", "JOB-FIT", "JOB-FIT-OUTSIDE",
    "ISS-GOAL", "ISS-SHORT-TERM", "ISS-SHORT-EMPLOYMENT", "ISS-SHORT-EDUCATION", "ISS-LONG-TERM", "ISS-LONG-TERM-AREA",
}  # fmt: skip
OF_EVERY_TYPE = {code: cases for code, cases in (CASES | WARNINGS).items() if code not in OF_ONE_TYPE}


@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
@pytest.mark.parametrize(("code", "number"), table(OF_EVERY_TYPE))
def test_a_rule_of_every_type_of_plan_holds_for_each(plan_type, code, number):
    contents, items = OF_EVERY_TYPE[code][number]
    goals = contents.career_goals if contents.explores or plan_type == "IEP" else ISS_GOALS
    contents = replace(contents, plan_type=plan_type, career_goals=goals)
    found = [*missing_from(contents), *warnings_about(contents)]
    assert [(entry.code, entry.item) for entry in found] == [(code, item) for item in items]


@pytest.mark.parametrize("role", ["employment", "long_term", "short_employment", "short_education"])
def test_any_goal_of_an_iss_is_a_goal_of_it(role):
    goal = replace(LONG_TERM, role=role)
    codes = {entry.code for entry in missing_from(replace(ISS, career_goals=(goal,)))}
    assert codes
    assert "ISS-GOAL" not in codes


@pytest.mark.parametrize(("code", "number"), table(WARNINGS))
def test_contents_that_only_warn_may_be_sent_unless_local_policy_says_otherwise(code, number):
    contents, items = WARNINGS[code][number]
    found = warnings_about(contents)
    assert missing_from(contents) == []
    assert [(entry.code, entry.item) for entry in found] == [(code, item) for item in items]
    assert missing_from(contents, blocking=frozenset({code})) == found
    assert warnings_about(contents, blocking=frozenset({code})) == []


@pytest.mark.parametrize(("code", "number"), table(ADVICE))
def test_contents_that_are_only_advised_about_may_be_sent_without_a_reason(code, number):
    contents, items = ADVICE[code][number]
    found = advice_about(contents)
    assert missing_from(contents) == warnings_about(contents) == []
    assert [(entry.code, entry.item) for entry in found] == [(code, item) for item in items]
    assert missing_from(contents, blocking=frozenset({code})) == found
    assert advice_about(contents, blocking=frozenset({code})) == []


@pytest.mark.policy("ILL-054")
def test_a_summary_is_wanted_where_there_are_goals():
    assert advice_about(replace(IEP, about=SUMMARIZED)) == []
    assert advice_about(replace(IEP, goals=())) == []


@pytest.mark.policy("WIS-009", "WIS-011")
@pytest.mark.parametrize(
    "service",
    [
        pytest.param(replace(TRAINING, barrier_ids=(), assessment="TABE 11-12"), id="answers an assessment"),
        pytest.param(replace(COUNSELING, barrier_ids=(), is_gate_exempt=True), id="is an assessment itself"),
        pytest.param(replace(TRAINING, barrier_ids=(), status="started"), id="has begun"),
        pytest.param(replace(TRAINING, barrier_ids=(), status="complete"), id="is over"),
    ],
)
def test_nobody_asks_for_the_need_of_a_service_that(service):
    assert warnings_about(replace(IEP, services=(service,))) == []


@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
def test_an_empty_plan_lacks_everything_of_its_type_at_once(plan_type):
    codes = {entry.code for entry in missing_from(PlanContents(plan_type))}
    wanted = {"GOAL", "BARRIER", "SERVICE", "ACTION-STEP"}
    wanted |= {"EMPLOYMENT-GOAL"} if plan_type != "ISS" else set()
    wanted |= {"ISS-GOAL", "ISS-SHORT-TERM", "ISS-LONG-TERM"} if plan_type != "IEP" else set()
    assert codes == wanted


def test_an_iep_needs_no_goals_of_an_iss_nor_the_other_way_round():
    assert missing_from(replace(IEP, career_goals=(EMPLOYMENT,))) == []
    assert missing_from(replace(ISS, career_goals=(SHORT_EMPLOYMENT, SHORT_EDUCATION, LONG_TERM))) == []
    assert [entry.code for entry in missing_from(replace(BOTH, career_goals=ISS_GOALS[1:]))] == ["EMPLOYMENT-GOAL"]

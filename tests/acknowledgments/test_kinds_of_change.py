"""What a change is to policy where the catalog and the demo have no example: kinds that overlap, and what left."""

from dataclasses import replace

import pytest

from acknowledgments.contents.changes import ADDED, EDITED, REMOVED, Change, compare
from acknowledgments.contents.items import PlanContents, Removal
from acknowledgments.contents.kinds import BY_NAME
from acknowledgments.rules.kinds_of_change import (
    barrier_added,
    barrier_given_up,
    barrier_overcome,
    causes_participation,
    comes_to_participate,
    goal_reworded,
    goes_off_track,
    is_career,
    is_element,
    is_referral,
    is_supportive,
    is_training,
    recorded_freely,
    takes_words_back,
)
from careerplan.plans.items import BarrierItem
from goals.items import ActionStepItem, GoalItem
from services.items import SERVICE, ServiceItem

COUNSELING = ServiceItem(3, "BC-COUN", "Career Counseling", "career", goal_id=1)
BARRIER = BarrierItem(2, "TRAN", "Transportation", "No car")
STEP = ActionStepItem(6, 1, "Call the college")
GOAL = GoalItem(1, "Finish the course", "Education/Training Plan", "short", "started")


def added(item, what=SERVICE):
    return Change(ADDED, what, item.id, "", after=item)


def of_class(service_class, **values):
    return added(replace(COUNSELING, service_class=service_class, **values))


# --- kinds of services ------------------------------------------------------------------------------


@pytest.mark.parametrize("service_class", ["training", "apprenticeship"])
def test_training_and_apprenticeship_are_training_whatever_else_the_catalog_says(service_class):
    assert is_training(of_class(service_class))
    assert not is_career(of_class(service_class))


def test_a_service_of_another_class_may_be_training():
    assert is_training(of_class("youth_element", is_training=True))
    assert not is_training(of_class("youth_element"))


@pytest.mark.parametrize("service_class", ["career", "work_experience", "follow_up"])
def test_a_career_service_is_one_that_no_other_row_names(service_class):
    assert is_career(of_class(service_class))
    for other in ("is_training", "is_supportive", "is_referral"):
        assert not is_career(of_class(service_class, **{other: True}))


@pytest.mark.parametrize(
    "service_class", ["youth_element", "supportive", "work_experience", "training", "apprenticeship"]
)
def test_a_program_element_may_be_of_these_classes_and_a_referral_is_none(service_class):
    assert is_element(of_class(service_class))
    assert not is_element(of_class(service_class, is_referral=True))


@pytest.mark.parametrize("service_class", ["career", "follow_up", "partner", "pre_enrollment", "referral"])
def test_other_classes_are_no_program_elements(service_class):
    assert not is_element(of_class(service_class))


@pytest.mark.parametrize(
    ("item", "what"), [(BARRIER, BY_NAME["barrier"]), (STEP, BY_NAME["action_step"]), (GOAL, BY_NAME["goal"])]
)
def test_what_is_no_service_is_no_kind_of_service(item, what):
    change = added(item, what)
    kinds = (is_training, is_supportive, is_referral, is_career, is_element, causes_participation, comes_to_participate)
    assert not any(kind(change) for kind in kinds)


# --- participation ----------------------------------------------------------------------------------


def removed(item, left_as):
    return Change(
        REMOVED, SERVICE, 3, "", before=item, removal=Removal("service", 3, "other", causes_participation=left_as)
    )


@pytest.mark.policy("AMB-W5")
@pytest.mark.parametrize("listed", [True, False])
def test_a_service_that_left_counts_for_the_programs_of_that_day(listed):
    item = replace(COUNSELING, causes_participation=listed)
    assert causes_participation(removed(item, True))
    assert not causes_participation(removed(item, False))
    assert causes_participation(removed(item, None)) is listed


@pytest.mark.parametrize("causes", [True, False])
def test_a_service_that_stands_counts_as_it_stands(causes):
    assert causes_participation(of_class("career", causes_participation=causes)) is causes


def changes(before, after):
    return compare(PlanContents("IEP", services=(before,)), PlanContents("IEP", services=(after,)))


CAUSES = replace(COUNSELING, causes_participation=True)
STARTED = {"actual_start_on": "2026-11-20"}


@pytest.mark.policy("AMB-W30")
def test_a_listed_career_service_that_comes_to_cause_participation_says_so():
    (change,) = changes(COUNSELING, CAUSES)
    assert comes_to_participate(change)
    assert not recorded_freely(change)
    assert [(field.name, field.before, field.after) for field in change.fields] == [
        ("causes_participation", False, True)
    ]
    assert change.kind == EDITED


@pytest.mark.policy("AMB-W30")
def test_participation_that_ends_or_came_after_the_service_began_is_no_change():
    assert changes(CAUSES, COUNSELING) == []
    assert changes(CAUSES, CAUSES) == []
    assert changes(replace(COUNSELING, **STARTED), replace(CAUSES, **STARTED)) == []


@pytest.mark.policy("AMB-W30")
def test_other_services_and_other_fields_do_not_come_to_participate():
    training = {"service_class": "training", "is_training": True}
    (change,) = changes(replace(COUNSELING, **training), replace(CAUSES, **training))
    assert not comes_to_participate(change)
    (change,) = changes(CAUSES, replace(CAUSES, notes="Evenings"))
    assert not comes_to_participate(change)
    assert not comes_to_participate(added(CAUSES))


# --- barriers ---------------------------------------------------------------------------------------


def removed_barrier(code, why):
    gone = Removal("barrier", 2, why) if why else None
    return Change(REMOVED, BY_NAME["barrier"], 2, "", before=replace(BARRIER, category_code=code), removal=gone)


@pytest.mark.policy("AMB-W4")
@pytest.mark.parametrize(
    ("why", "overcome"),
    [("resolved", True), ("no_longer_impacting", True), ("entered_in_error", False), ("other", False), ("", False)],
)
def test_a_barrier_that_left_is_either_overcome_or_given_up(why, overcome):
    change = removed_barrier("TRAN", why)
    assert (barrier_overcome(change), barrier_given_up(change)) == (overcome, not overcome)


@pytest.mark.parametrize("why", ["resolved", "other"])
def test_that_there_are_none_is_neither_overcome_nor_given_up(why):
    change = removed_barrier("NONE", why)
    assert not barrier_overcome(change)
    assert not barrier_given_up(change)


def test_a_barrier_that_stands_is_neither_overcome_nor_given_up():
    assert not barrier_overcome(added(BARRIER, BY_NAME["barrier"]))
    assert not barrier_given_up(added(BARRIER, BY_NAME["barrier"]))


def edited_barrier(before, **values):
    changed = replace(before, **values)
    (change,) = compare(PlanContents("IEP", barriers=(before,)), PlanContents("IEP", barriers=(changed,)))
    return change


@pytest.mark.policy("AMB-W8")
@pytest.mark.parametrize(
    ("code", "word", "asks"),
    [
        ("TRAN", "", True),
        ("TRAN", "another", True),
        ("TRAN", "clearer", False),
        ("OTHR", "clearer", True),  # named by its text: another text is another need
    ],
)
def test_another_text_is_another_need_unless_the_planner_says_otherwise(code, word, asks):
    before = replace(BARRIER, category_code=code)
    assert barrier_added(edited_barrier(before, description="No bus", rewording=word)) is asks


@pytest.mark.policy("AMB-W8")
def test_a_barrier_that_was_never_described_has_no_words_to_take_back():
    change = edited_barrier(replace(BARRIER, description=""), how_addressed="A bus pass")
    assert not takes_words_back(change)
    assert recorded_freely(change)
    assert takes_words_back(edited_barrier(BARRIER, description=" "))


@pytest.mark.policy("AMB-W8")
@pytest.mark.parametrize("word", ["", "clearer", "another"])
def test_words_in_the_place_of_others_take_none_back(word):
    assert not takes_words_back(edited_barrier(BARRIER, description="The car is broken", rewording=word))
    before = PlanContents("IEP", barriers=(BARRIER,), barriers_comment="He has no car")
    after = replace(before, barriers_comment="His car is broken", comment_rewording=word)
    (change,) = compare(before, after)
    assert not takes_words_back(change)


def test_what_has_no_words_to_change_has_no_word_of_the_planner():
    assert edited_goal(GOAL, term="long").rewording == ""
    assert added(COUNSELING).rewording == ""


# --- goals ------------------------------------------------------------------------------------------


def edited_goal(before, **values):
    (change,) = compare(PlanContents("IEP", goals=(before,)), PlanContents("IEP", goals=(replace(before, **values),)))
    return change


OFF_TRACK = replace(GOAL, status="off_track", times_off_track=1)


@pytest.mark.policy("ILL-075", "AMB-I7")
@pytest.mark.parametrize(
    ("before", "values", "asks"),
    [
        pytest.param(GOAL, {"status": "off_track", "times_off_track": 1}, True, id="off track"),
        pytest.param(OFF_TRACK, {"times_off_track": 2}, True, id="off track once more"),
        pytest.param(OFF_TRACK, {"status": "on_track", "times_off_track": 0}, False, id="back on track"),
        pytest.param(GOAL, {"status": "on_track"}, False, id="on track"),
    ],
)
def test_how_a_goal_goes_is_recorded_freely_but_that_it_is_off_track(before, values, asks):
    change = edited_goal(before, **values)
    assert goes_off_track(change) is asks
    assert recorded_freely(change)
    assert not goal_reworded(change)


@pytest.mark.policy("ILL-075", "AMB-I15")
@pytest.mark.parametrize(
    "values", [{"statement": "Finish another"}, {"category_code": "CAREER_PLAN"}, {"term": "long"}]
)
def test_a_goal_that_was_off_track_before_is_reworded_and_goes_off_track_no_further(values):
    change = edited_goal(OFF_TRACK, **values)
    assert goal_reworded(change)
    assert not goes_off_track(change)
    assert not recorded_freely(change)


# --- what is recorded freely ------------------------------------------------------------------------

PLAN = PlanContents("IEP", barriers=(BARRIER,), action_steps=(STEP,))


@pytest.mark.policy("AMB-W8", "AMB-W9", "AMB-W21")
@pytest.mark.parametrize(
    ("after", "freely"),
    [
        pytest.param(replace(PLAN, plan_type="ISS"), False, id="another kind of plan"),
        pytest.param(replace(PLAN, barriers=(replace(BARRIER, description="No home"),)), False, id="another need"),
        pytest.param(replace(PLAN, barriers=(replace(BARRIER, how_addressed="A bus pass"),)), True, id="its answer"),
        pytest.param(replace(PLAN, action_steps=(replace(STEP, text="Move house"),)), False, id="another step"),
        pytest.param(replace(PLAN, action_steps=(replace(STEP, goal_id=2),)), False, id="a step for another goal"),
        pytest.param(replace(PLAN, action_steps=(replace(STEP, done_on="2026-11-20"),)), True, id="a step done"),
        pytest.param(replace(PLAN, no_services_reason="She has found work"), True, id="why there are no services"),
    ],
)
def test_what_the_customer_agreed_to_is_not_recorded_freely(after, freely):
    (change,) = compare(PLAN, after)
    assert recorded_freely(change) is freely

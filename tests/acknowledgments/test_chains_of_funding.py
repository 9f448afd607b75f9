"""A service that goes on under other funding, once or several times, is one service to the customer (12.7.5).

`LISTED` stands in the version before; `NEXT` and `LAST` go on from it, each with nothing but its funding changed.
"""

from dataclasses import replace

import pytest

from acknowledgments.contents.changes import ADDED, EDITED, REMOVED, Change, compare, formers, funding_links
from acknowledgments.contents.items import PlanContents, Removal
from careerplan.plans.items import PLAN, BarrierItem
from goals.items import ACTION_STEP, ActionStepItem, GoalItem
from goals.items import GOAL as GOALS
from services.items import SERVICE, ServiceItem

pytestmark = pytest.mark.policy("WIS-059")

LISTED = ServiceItem(1, "BC-COUN", "Career Counseling", "career", goal_id=7)
ENDED = replace(LISTED, status="terminated")
NEXT = replace(LISTED, id=2, continues=1, continuation="funding")
LAST = replace(LISTED, id=3, continues=2, continuation="funding")
STEP = ActionStepItem(6, 7, "Call the college")
GOAL = GoalItem(1, "Finish the course", "Education/Training Plan", "short", "started")


def left(service, why="not_wanted", **known):
    return Removal("service", service.id, why, continues=service.continues, **known)


def plan(*services, gone=(), **items):
    return PlanContents("IEP", services=services, removals=gone, **items)


def told(before, after):
    """Kind, id, whether it goes on and why it left, of each change of a service."""
    changes = compare(before, after)
    return [(change.kind, change.id, change.goes_on, change.why) for change in changes if change.what == SERVICE]


# --- what goes on -----------------------------------------------------------------------------------


def test_the_new_half_goes_on_and_the_old_one_was_only_recorded():
    assert told(plan(LISTED), plan(ENDED, NEXT)) == [(EDITED, 1, False, ""), (ADDED, 2, True, "")]


def test_an_old_half_that_left_goes_on_too():
    after = plan(NEXT, gone=(left(LISTED, "other"),))
    assert told(plan(LISTED), after) == [(ADDED, 2, True, ""), (REMOVED, 1, True, "other")]


def test_a_participation_goes_on_under_other_funding():
    listed, ended = (replace(item, causes_participation=True) for item in (LISTED, ENDED))
    for half in (replace(NEXT, causes_participation=True), NEXT):
        assert told(plan(listed), plan(ended, half)) == [(EDITED, 1, False, ""), (ADDED, 2, True, "")]


def test_a_service_goes_on_over_a_half_that_was_never_listed():
    after = plan(LAST, gone=(left(LISTED, "other"), left(NEXT, "other")))
    assert told(plan(LISTED), after) == [(ADDED, 3, True, ""), (REMOVED, 1, True, "other")]


@pytest.mark.parametrize(
    "half",
    [
        pytest.param(replace(NEXT, goal_id=8), id="under another goal"),
        pytest.param(replace(NEXT, code="BC-WORK"), id="another service"),
        pytest.param(replace(NEXT, continuation="goal_changed"), id="for a changed goal"),
        pytest.param(replace(NEXT, continues=None), id="from no service"),
        pytest.param(replace(NEXT, continues=9), id="from one that was not listed"),
        pytest.param(replace(NEXT, causes_participation=True), id="starts a participation"),
    ],
)
def test_what_is_not_only_funded_otherwise_is_new(half):
    assert told(plan(LISTED), plan(ENDED, half)) == [(EDITED, 1, False, ""), (ADDED, 2, False, "")]


def test_beside_what_goes_on_other_changes_are_what_they_were():
    other, gone = replace(LISTED, id=20, code="BC-WORK"), replace(LISTED, id=21, code="BC-JOBS")
    after = plan(ENDED, NEXT, other, gone=(left(gone), Removal("goal", 1, "other")))
    before = plan(LISTED, gone, goals=(GOAL,))
    assert told(before, after) == [
        (EDITED, 1, False, ""),
        (ADDED, 2, True, ""),
        (ADDED, 20, False, ""),
        (REMOVED, 21, False, "not_wanted"),
    ]
    (goal,) = [change for change in compare(before, after) if change.what == GOALS]
    assert (goal.kind, goal.goes_on, goal.why) == (REMOVED, False, "other")


# --- what has left since ----------------------------------------------------------------------------


def test_a_service_whose_last_half_left_has_left_the_plan_as_that_half_did():
    gone = left(NEXT, "completed", status="complete", ended_on="2026-11-20")
    (change,) = compare(plan(LISTED), plan(ENDED, gone=(gone,)))
    assert change == Change(REMOVED, SERVICE, 1, "Career Counseling", before=LISTED, removal=gone)
    assert change.is_completed


def test_so_it_is_where_both_halves_left():
    gone = (left(LISTED, "other", status="terminated"), left(NEXT, "completed", status="complete"))
    assert told(plan(LISTED), plan(gone=gone)) == [(REMOVED, 1, False, "completed")]


def test_of_several_halves_it_is_the_last_that_tells():
    gone = (left(LISTED, "other"), left(NEXT, "unavailable"), left(LAST, "not_wanted"))
    assert told(plan(LISTED), plan(gone=gone)) == [(REMOVED, 1, False, "not_wanted")]


def test_a_half_that_left_while_another_goes_on_takes_nothing_away():
    again = replace(NEXT, id=4)
    after = plan(ENDED, again, gone=(left(NEXT),))
    assert told(plan(LISTED), after) == [(EDITED, 1, False, ""), (ADDED, 4, True, "")]


def test_a_half_that_was_listed_itself_leaves_by_itself():
    assert told(plan(ENDED, NEXT), plan(ENDED, gone=(left(NEXT),))) == [(REMOVED, 2, False, "not_wanted")]


def test_a_half_that_had_left_before_is_told_once():
    gone = (left(NEXT),)
    assert told(plan(ENDED, gone=gone), plan(ENDED, gone=gone)) == []
    assert told(plan(ENDED, gone=gone), plan(replace(ENDED, notes="Over"), gone=gone)) == [(EDITED, 1, False, "")]


def test_a_half_of_what_was_never_listed_tells_the_customer_nothing():
    assert told(plan(), plan(gone=(left(LISTED), left(NEXT)))) == []
    assert told(plan(LISTED), plan(LISTED, gone=(left(replace(NEXT, continues=9)),))) == []


def test_of_a_chain_whose_newest_listed_half_stands_the_older_ones_tell_nothing():
    """`NEXT` was listed, too: what left goes on from it, and it is `NEXT` that leaves."""
    before, after = plan(ENDED, NEXT), plan(ENDED, replace(NEXT, status="terminated"), gone=(left(LAST),))
    assert told(before, after) == [(REMOVED, 2, False, "not_wanted")]


def test_the_removal_of_another_kind_of_item_says_nothing_of_a_service():
    barrier = BarrierItem(2, "TRAN", "Transportation", "No car")
    gone = (Removal("barrier", 2, "resolved", continues=1),)
    assert told(plan(LISTED, barriers=(barrier,)), plan(LISTED, gone=gone)) == []
    assert funding_links(plan(LISTED, gone=gone)) == {}


def test_an_item_of_another_kind_with_the_number_of_a_service_is_told_by_itself():
    """Numbers are given by kind: goal 1 is not service 1, and no goal's removal is the one of a service."""
    goal, added = replace(GOAL, statement="Finish it in spring"), replace(GOAL, id=2)
    removed = (Removal("goal", 2, "other"),)
    before = plan(LISTED, goals=(GOAL,), gone=removed)
    after = plan(gone=(left(LISTED), left(NEXT, "unavailable"), *removed), goals=(goal,))
    assert told(before, after) == [(REMOVED, 1, False, "unavailable")]
    assert [(change.kind, change.id) for change in compare(before, after) if change.what == GOALS] == [(EDITED, 1)]
    after = plan(ENDED, NEXT, goals=(GOAL, added))
    assert told(plan(LISTED, goals=(GOAL,)), after) == [(EDITED, 1, False, ""), (ADDED, 2, True, "")]


def test_what_left_is_told_among_the_services_before_the_steps():
    after = plan(ENDED, gone=(left(NEXT),), action_steps=(STEP,), barriers_comment="None")
    kinds = [(change.kind, change.what) for change in compare(plan(LISTED), after)]
    assert kinds == [(REMOVED, SERVICE), (ADDED, ACTION_STEP), (EDITED, PLAN)]


# --- the links --------------------------------------------------------------------------------------


def test_the_services_from_which_one_goes_on_come_with_the_nearest_first():
    links = funding_links(plan(LAST, gone=(left(NEXT), left(LISTED))))
    assert links == {3: 2, 2: 1}
    assert [*formers(3, links)] == [2, 1]
    assert [*formers(1, links)] == []


def test_links_that_lead_round_in_a_circle_end():
    assert [*formers(1, {1: 2, 2: 1})] == [2, 1]


# --- what is the same, and what is another ----------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "status", "is_completed"),
    [
        ("completed", "complete", True),
        ("completed", "", True),
        ("completed", "terminated", False),
        ("not_wanted", "complete", False),
    ],
)
@pytest.mark.policy("WIS-138")
def test_a_removed_service_is_completed_by_its_reason_and_its_row(why, status, is_completed):
    (change,) = compare(plan(LISTED), plan(gone=(left(LISTED, why, status=status),)))
    assert change.is_completed is is_completed


@pytest.mark.parametrize(("status", "is_completed"), [("complete", True), ("started", False)])
def test_of_a_service_that_left_without_a_word_its_sealed_status_tells(status, is_completed):
    (change,) = compare(plan(replace(LISTED, status=status)), plan())
    assert change.is_completed is is_completed


def test_what_stands_or_is_no_service_was_not_completed():
    (edited,) = compare(plan(LISTED), plan(replace(LISTED, status="complete")))
    (added,) = compare(plan(), plan(replace(LISTED, status="complete")))
    (goal,) = compare(plan(goals=(replace(GOAL, status="complete"),)), plan(gone=(Removal("goal", 1, "completed"),)))
    assert not any(change.is_completed for change in (edited, added, goal))


def test_a_goal_that_stands_on_the_same_line_in_other_words_is_edited():
    (change,) = compare(plan(goals=(GOAL,)), plan(goals=(replace(GOAL, statement="Finish another"),)))
    assert (change.kind, change.label, change.item.statement) == (EDITED, "Finish another", "Finish another")
    assert change.field_names == {"statement"}

"""What has to be said of a goal that is off track or complete, and where it is read."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from goals.actions import save_goal
from goals.enums import STATUS_MEANINGS, GoalStatus
from goals.progress.models import GoalSetback
from tests import states
from tests.goal_statuses import COMPLETE, OFF_TRACK, goal_of, set_status
from tests.markup import Page
from tests.people import angela, david, planner
from tests.rows import changed, date_back, everything, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client):
    client.force_login(planner())
    return client


def edit(client, goal, **values):
    path = reverse("plan:goal-edit", args=[goal.plan.customer_id, goal.pk])
    return client.post(path, Page(client.get(path)).form(path) | values)


def row_of(client, goal):
    page = Page(client.get(reverse("plan:goals", args=[goal.plan.customer_id])))
    return next(row for row in page.table("Goal statements") if row["Goal Statement"] == goal.statement)


@pytest.mark.policy("ILL-080", "ILL-083", "ILL-085", "ILL-086", "ILL-088")
@pytest.mark.parametrize("page", ["goals", "goal-add"])
def test_each_status_stands_with_its_meaning(at_work, page):
    words = Page(at_work.get(reverse(f"plan:{page}", args=[david().pk]))).words
    assert list(STATUS_MEANINGS) == list(GoalStatus)
    for status, meaning in STATUS_MEANINGS.items():
        assert f"{status.label} {meaning}" in words


@pytest.mark.policy("ILL-086")
@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("setback_reason", "Say why the goal is off track."),
        ("setback_remedy", "Say what will be done about it."),
    ],
)
def test_off_track_says_why_and_what_will_be_done(at_work, missing, sentence):
    before = everything()
    answer = edit(at_work, goal_of(angela), **OFF_TRACK | {missing: " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors[missing] == [sentence]
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-086")
def test_what_a_goal_off_track_does_not_say_is_asked_for_at_once(at_work):
    answer = edit(at_work, goal_of(angela), status="off_track")
    assert list(answer.context["form"].errors) == ["setback_reason", "setback_remedy"]


@pytest.mark.policy("ILL-086")
@pytest.mark.parametrize("missing", ["setback_reason", "setback_remedy"])
def test_the_action_takes_no_goal_off_track_that_does_not_say_so(missing):
    goal, before = goal_of(angela), everything()
    with pytest.raises(Refusal) as refused:
        save_goal(goal.plan, goal, OFF_TRACK | {missing: ""}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("nothing-said", missing)
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-086", "ILL-087")
def test_why_a_goal_is_off_track_is_kept_shown_and_told_to_the_customer(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK)
    kept = GoalSetback.objects.get(goal=goal)
    assert (kept.number, kept.reason, kept.remedy) == (1, "Two classes were missed.", "We look for an evening class.")
    assert kept.said_by == planner()
    status = row_of(at_work, goal)["Status"]
    assert "Why it is off track Two classes were missed." in status
    assert "What will be done We look for an evening class." in status
    body = Message.objects.get(kind=Notice.GOAL_OFF_TRACK).body
    assert "Two classes were missed." in body
    assert "We look for an evening class." in body
    told = {change["label"]: change["to"] for change in goal.history.first().changes}
    assert told["why it is off track"] == "Two classes were missed."


def test_each_time_off_track_is_a_row_of_its_own_and_other_words_are_another(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK)
    edit(at_work, goal, setback_remedy="We call the college.")
    edit(at_work, goal, term="long")
    edit(at_work, goal, status="on_track")
    edit(at_work, goal, **OFF_TRACK)
    rows = GoalSetback.objects.filter(goal=goal).order_by("pk").values_list("number", "remedy")
    first = OFF_TRACK["setback_remedy"]
    assert list(rows) == [(1, first), (1, "We call the college."), (2, first)]
    assert Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).count() == 2


def test_what_was_said_last_stands_in_the_form_while_the_goal_is_off_track(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK)
    path = reverse("plan:goal-edit", args=[angela().pk, goal.pk])
    shown = Page(at_work.get(path)).form(path)
    assert (shown["setback_reason"], shown["setback_remedy"]) == (
        OFF_TRACK["setback_reason"], OFF_TRACK["setback_remedy"],
    )  # fmt: skip
    edit(at_work, goal, status="on_track")
    assert Page(at_work.get(path)).form(path)["setback_reason"] == ""


def test_a_reason_that_is_typed_for_another_status_is_not_kept(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK | COMPLETE | {"status": "on_track"})
    goal.refresh_from_db()
    assert (goal.verified_how, GoalSetback.objects.filter(goal=goal).exists()) == ("", False)


def test_a_goal_that_went_off_track_in_a_former_release_is_edited_without_a_reason():
    goal = set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    date_back(GoalSetback.objects.get(goal=goal), number=goal.times_off_track + 1)  # nothing was said of this time
    nothing = {"term": "long", "status": "off_track", "setback_reason": "", "setback_remedy": ""}
    assert save_goal(goal.plan, goal, nothing, by=planner(), at=states.now()).term == "long"


@pytest.mark.policy("ILL-088")
def test_complete_says_how_it_was_verified(at_work):
    before = everything()
    answer = edit(at_work, goal_of(angela), status="complete")
    assert answer.status_code == 422
    sentence = "Say how you verified that the customer completed this goal."
    assert answer.context["form"].errors["verified_how"] == [sentence]
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-088")
def test_how_it_was_verified_is_kept_and_shown(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **COMPLETE)
    goal.refresh_from_db()
    assert goal.verified_how == "The certificate was shown."
    assert "How it was verified The certificate was shown." in row_of(at_work, goal)["Status"]


def test_a_goal_is_verified_anew_each_time_that_it_is_complete(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **COMPLETE)
    edit(at_work, goal, status="on_track")
    assert edit(at_work, goal, status="complete").status_code == 422
    with pytest.raises(Refusal):
        save_goal(goal.plan, goal, {"status": "complete"}, by=planner(), at=states.now())


def test_a_goal_that_a_former_release_completed_may_stand_and_be_edited():
    states.reviewed(angela())
    goal = goal_of(angela)
    write(goal, status="complete", verified_how=None)
    saved = save_goal(goal.plan, goal, {"term": "long"}, by=planner(), at=states.now())
    assert (saved.status, saved.verified_how) == ("complete", None)


def test_what_was_said_of_the_status_is_sealed_and_read_with_the_plan(at_work):
    states.reviewed(angela())
    off, done = goal_of(angela), goal_of(angela, 1)
    set_status(off, GoalStatus.OFF_TRACK)
    set_status(done, GoalStatus.COMPLETE)
    version = states.newest(angela())
    items = {goal.id: goal for goal in contents_of(version.plan, version).goals}
    assert (items[off.pk].setback_reason, items[off.pk].setback_remedy) == (
        OFF_TRACK["setback_reason"], OFF_TRACK["setback_remedy"],
    )  # fmt: skip
    assert (items[off.pk].verified_how, items[done.pk].verified_how) == ("", COMPLETE["verified_how"])
    states.sent(version)
    words = Page(at_work.get(reverse("plan:version", args=[angela().pk, version.pk]))).words
    assert "Why it is off track Two classes were missed." in words
    assert "How it was verified The certificate was shown." in words

"""Closing a plan: with an outcome, for good."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import note_on_plan, save_barrier
from careerplan.plans.enums import Outcome, OutcomeReason, PlanState
from careerplan.plans.loose_ends import loose_ends
from goals.actions import save_goal
from services.actions import save_service
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, planner, tyrell
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


UNDERSTOOD = {"understood": "on"}


def close_path(customer):
    return reverse("plan:close", args=[customer.pk])


def answered(plan):
    """What the form sends where everything that is open goes on elsewhere."""
    ends = loose_ends(plan)
    return {f"{end.name}-{name}": said for end in ends for name, said in (("ending", "elsewhere"), ("note", "There"))}


@pytest.mark.policy("WIS-113")
def test_the_page_warns_that_a_closed_plan_cannot_be_reopened(client):
    client.force_login(planner())
    page = Page(client.get(close_path(angela())))
    assert "Once you have closed this plan there is no way to reopen it." in page.words


@pytest.mark.policy("WIS-111", "WIS-112", "WIS-114", "AMB-W22")
@pytest.mark.parametrize(
    ("posted", "outcome", "reason"),
    [
        ({"outcome": "completed", "reason": ""}, Outcome.COMPLETED, ""),
        ({"outcome": "not_completed", "reason": "goal_changed"}, Outcome.NOT_COMPLETED, OutcomeReason.GOAL_CHANGED),
        ({"outcome": "not_completed", "reason": "other"}, Outcome.NOT_COMPLETED, OutcomeReason.OTHER),
        ({"outcome": "completed", "reason": "other"}, Outcome.COMPLETED, ""),
    ],
)
def test_a_plan_closes_with_its_outcome(client, posted, outcome, reason):
    client.force_login(planner())
    posted = posted | answered(states.plan_of(angela())) | UNDERSTOOD
    page = Page(client.post(close_path(angela()), posted, follow=True))
    assert "The plan was closed." in page.words
    plan = states.plan_of(angela())
    assert (plan.state, plan.outcome, plan.outcome_reason) == (PlanState.CLOSED, outcome, reason)
    assert plan.closed_by == planner()
    assert plan.closed_at
    assert "A closed plan can't be reopened." in page.words


@pytest.mark.parametrize(
    ("posted", "field", "sentence"),
    [
        ({"reason": ""}, "outcome", "Choose the plan outcome."),
        ({"outcome": "not_completed"}, "reason", "Choose why the plan was not completed."),
        ({"outcome": "reopened"}, "outcome", "Choose again. What you chose is no longer in this list."),
    ],
)
def test_without_an_outcome_or_its_reason_it_stays_open(client, posted, field, sentence):
    client.force_login(planner())
    answer = client.post(close_path(angela()), posted | UNDERSTOOD)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert states.plan_of(angela()).is_open


@pytest.mark.parametrize("customer", [lucia, tyrell])
def test_a_plan_with_an_open_version_does_not_close(client, customer):
    client.force_login(customer().planner)
    answer = client.post(close_path(customer()), {"outcome": "completed"} | UNDERSTOOD)
    assert answer.status_code == 422
    assert "Version 1 is still open." in Page(answer).words
    assert states.plan_of(customer()).is_open


@pytest.mark.parametrize("customer", [lucia, tyrell])
def test_the_page_says_so_before_anything_is_filled_in(client, customer):
    client.force_login(customer().planner)
    page = Page(client.get(close_path(customer())))
    assert "Version 1 is still open." in page.words
    assert not page.root.xpath("//main//input[@name='outcome']")
    agreement = reverse("plan:agreement", args=[customer().pk])
    assert page.root.xpath("//main//a[@href=$page]", page=agreement)


@pytest.mark.parametrize(("customer", "recalls"), [(tyrell, True), (lucia, False)])
def test_only_a_version_that_was_sent_can_be_recalled(client, customer, recalls):
    client.force_login(customer().planner)
    words = Page(client.get(close_path(customer()))).words
    assert ("recall the version" in words) is recalls
    assert ("Delete the draft" in words) is not recalls


def test_a_plan_that_nobody_ever_acknowledged_is_not_completed():
    states.deleted(states.newest(lucia()))
    with pytest.raises(Refusal) as refused:
        states.closed(lucia(), Outcome.COMPLETED)
    assert (refused.value.code, refused.value.field) == ("never-active", "outcome")
    assert states.closed(lucia(), Outcome.NOT_COMPLETED, OutcomeReason.OTHER).state == PlanState.CLOSED


def change_something(plan, name):
    by, at = planner(), states.now()
    goal, service = plan.goals.in_order()[0], plan.services.in_order()[0]
    {
        "close": lambda: states.closed(angela()),
        "review": lambda: states.reviewed(angela()),
        "a new barrier": lambda: save_barrier(plan, None, {"category": None}, by=by, at=at),
        "the comments": lambda: note_on_plan(plan, {"barriers_comment": "None."}, by=by, at=at),
        "a goal's status": lambda: save_goal(plan, goal, {"status": "on_track"}, by=by, at=at),
        "a service's notes": lambda: save_service(service, {"notes": "Later"}, by=by, at=at),
    }[name]()


@pytest.mark.parametrize(
    "name", ["close", "review", "a new barrier", "the comments", "a goal's status", "a service's notes"]
)
def test_nothing_changes_in_a_closed_plan(name):
    plan = states.closed(angela())
    before = everything()
    with pytest.raises(Refusal) as refused:
        change_something(plan, name)
    assert refused.value.code == "plan-closed"
    assert changed(before, everything()) == {}


@pytest.mark.parametrize(("close", "words"), [(False, "Version 1 · Active"), (True, "Version 1 · Last in force")])
def test_the_last_version_of_a_closed_plan_is_not_active_any_more(client, close, words):
    version = states.plan_of(angela()).versions.active().get()
    if close:
        states.closed(angela())
    client.force_login(planner())
    page = Page(client.get(reverse("plan:version", args=[angela().pk, version.pk])))
    assert words in page.words


@pytest.mark.parametrize("page", ["overview", "agreement", "versions"])
def test_nobody_looks_at_a_closed_plan_again(client, page):
    version = states.plan_of(angela()).versions.active().get()
    client.force_login(planner())
    days = [date_format(version.next_review_on, form) for form in ("DATE_FORMAT", "SHORT_DATE_FORMAT")]
    address = reverse(f"plan:{page}", args=[angela().pk])
    assert any(day in Page(client.get(address)).words for day in days)
    states.closed(angela())
    assert not any(day in Page(client.get(address)).words for day in days)

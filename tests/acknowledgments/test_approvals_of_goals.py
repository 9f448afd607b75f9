"""A career goal of a shared plan changes only as it was approved: not by Undo, and no other goal than the one named."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from acknowledgments.approvals.questions import question_for
from acknowledgments.approvals.requests import answer, ask
from careerplan.base.refusals import Refusal
from careerplan.plans.coenrollment import ApprovalNeeded
from careerplan.plans.pages import PlanPage
from careerplan.plans.rows import put_back
from goals.actions import remove_career_goal, set_career_goal
from goals.items import CAREER_GOAL
from goals.models import CareerGoal, Goal, Occupation
from services.actions import save_service
from tests import people, states
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def shared():
    """The draft of a review of a shared plan that was in force: Adult by one planner, Dislocated Worker by another."""
    customer = states.enrolled("T1-ADULT", "T1-DW")
    version = states.written(customer)
    for service in version.plan.services.all():
        values = {"program": customer.enrollments.get(program__code="T1-ADULT").program}
        save_service(service, values, by=customer.planner, at=states.now())
    states.pen(version).career_goal("long_term", "29-1171")
    states.acknowledged(states.told(states.sent(version)))
    enrollment = customer.enrollments.get(program__code="T1-DW")
    enrollment.planner = people.youth_planner()
    enrollment.save()
    return states.reviewed(customer)


def long_term(version):
    return CareerGoal.objects.select_related("plan").get(plan=version.plan, role="long_term", removed_at=None)


@pytest.mark.policy("WIS-186")
def test_undo_waits_for_the_approval_that_the_removal_had(shared):
    goal = long_term(shared)
    who = {"by": people.planner(), "at": states.now()}
    remove_career_goal(goal, reason="Changed", approved_by={people.youth_planner().pk}, **who)
    goal.refresh_from_db()
    with pytest.raises(ApprovalNeeded):
        put_back(CAREER_GOAL, goal, **who)


@pytest.mark.policy("WIS-186")
def test_only_the_goal_that_was_named_is_removed(shared):
    customer, by = shared.plan.customer, people.planner()
    page = PlanPage(customer, shared.plan, shared, None, True)
    question = question_for("change_career_goal", page, QueryDict("role=long_term&removed=yes"), by)
    request = ask(question, reason="She thinks of something else.", by=by, at=states.now())
    other = Occupation.objects.get(code="29-1141")
    set_career_goal(shared.plan, "long_term", occupation=other, by=people.statewide(), at=states.now())
    with pytest.raises(Refusal) as refused:
        answer(request, approves=True, by=people.youth_planner(), at=states.now())
    assert refused.value.code == "already-removed"
    assert long_term(shared).occupation == other


@pytest.fixture
def browser(client):
    client.force_login(people.planner())
    return client


def goal_form(browser, goal, **values):
    """The form of the goal as it stands, posted with these values."""
    path = reverse("plan:goal-edit", args=[goal.plan.customer_id, goal.pk])
    return browser.post(path, Page(browser.get(path)).form(path) | values)


def first_goal(version):
    return Goal.objects.select_related("plan").filter(plan=version.plan).in_order()[0]


@pytest.mark.policy("WIS-186")
def test_a_status_that_was_posted_with_new_words_does_not_wait_with_them(browser, shared):
    goal = first_goal(shared)
    answer = goal_form(browser, goal, statement="Pass the next course", status="on_track")
    page = Page(browser.get(answer.url))
    assert "The status of the goal was saved. Its new wording is waiting for approval." in page.words
    statement = goal.statement
    goal.refresh_from_db()
    assert (goal.status, goal.statement) == ("on_track", statement)
    browser.post(answer.url, {"reason": "We agreed on it by phone."})
    answer_yes(shared.plan.customer.staff_requests.get())
    goal.refresh_from_db()
    assert (goal.status, goal.statement) == ("on_track", "Pass the next course")


def answer_yes(request):
    answer(request, approves=True, by=people.youth_planner(), at=states.now())


@pytest.mark.policy("WIS-186")
def test_of_a_status_that_stays_nothing_is_said(browser, shared):
    page = Page(browser.get(goal_form(browser, first_goal(shared), statement="Pass the next course").url))
    assert "The status of the goal was saved." not in page.words


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize("asked_in", ["en", "es"])
def test_a_question_without_a_reason_says_what_to_enter(browser, shared, asked_in):
    address = goal_form(browser, first_goal(shared), statement="Pass the next course").url
    said = {"en": "Say why you are asking for this.", "es": "Diga por qué pide esto."}
    write(people.planner(), language=asked_in)
    assert browser.post(address, {"reason": ""}).context["form"].errors == {"reason": [said[asked_in]]}

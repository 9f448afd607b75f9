"""Ending another program's service early, and rewording or removing a goal of a shared plan, ask first (12.7.9)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.enums import RequestState
from acknowledgments.models import StaffRequest
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import open_review
from careerplan.plans.coenrollment import ApprovalNeeded
from careerplan.plans.rows import put_back
from customers.models import Program
from goals.actions import remove_goal, save_goal
from goals.items import GOAL
from goals.models import Goal, GoalCategory
from services.actions import save_service
from tests import states
from tests.markup import Page
from tests.naming import shown
from tests.people import angela, planner, statewide, youth_planner
from tests.rows import changed, everything
from tests.shared_plans import WORKER, approved, enroll, priyas, service, shared_angela

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NO_SHOW = {"status": "never_provided", "never_provided_reason": "no_show"}


def by(person=planner):
    return {"by": person(), "at": states.now()}


@pytest.fixture
def shared():
    return shared_angela()


@pytest.fixture
def review(shared):
    return open_review(states.plan_of(shared), **by())


def goal():
    return (
        Goal.objects.in_plan()
        .select_related("plan__customer", "category")
        .filter(plan__customer=angela())
        .in_order()[0]
    )


def unused_goal(review):
    """One that the version in force lists and under which nothing stands any more."""
    found, other = goal(), states.pen(review).goal("Another goal", "CAREER_PLAN")
    for row in found.services.in_plan():
        save_service(row, {"goal": other}, **by(statewide))
    for step in found.action_steps.in_plan():
        step.goal = other
        step.save()
    return found


def asked_from(client, answer):
    """The question to which a page led, asked with a reason."""
    assert answer.status_code == 302
    assert "/plan/ask/" in answer.url
    page = Page(client.get(answer.url))
    assert page.facts()["Who has to approve"] == f"Priya Raman ({shown(Program.objects.get(code='T1-DW'))})"
    client.post(answer.url, {"reason": "We agreed on it by phone."})
    return StaffRequest.objects.select_related("plan", "customer").order_by("-id")[0]


# --- services ----------------------------------------------------------------------------------


@pytest.mark.policy("WIS-188")
@pytest.mark.parametrize(
    "values", [NO_SHOW, {"status": "terminated", "ended_on": TODAY}], ids=["never provided", "terminated"]
)
def test_another_programs_service_does_not_end_early_without_its_planner(shared, values):
    planned = priyas("TR-OST" if "ended_on" in values else "BC-JSST")
    before = everything()
    with pytest.raises(ApprovalNeeded):
        save_service(planned, values, **by())
    assert changed(before, everything()) == {}
    save_service(planned, values, approved_by={youth_planner().pk}, **by())
    planned.refresh_from_db()
    assert planned.status == values["status"]


@pytest.mark.policy("WIS-188")
def test_its_own_planner_and_statewide_staff_end_it(shared):
    save_service(priyas("BC-JSST"), NO_SHOW, **by(youth_planner))
    save_service(service("SS-TRAN"), NO_SHOW, **by())


@pytest.mark.policy("WIS-188")
def test_completing_it_and_its_dates_ask_nobody(shared):
    done = {"status": "complete", "ended_on": TODAY}
    save_service(priyas("TR-OST"), done, **by())


@pytest.mark.policy("WIS-188")
def test_from_the_form_over_the_question_to_the_deed(client, shared):
    planned = priyas("BC-JSST")
    client.force_login(planner())
    path = reverse("plan:service-move", args=[angela().pk, planned.pk, "never"])
    answer = client.post(path, Page(client.get(path)).form(path) | NO_SHOW)
    assert answer.status_code == 422
    url = Page(answer).links()["Ask for approval"]
    assert "/plan/ask/end_service/" in url
    words = Page(client.get(url)).words
    assert "Never Provided, The customer did not attend as planned" in words
    client.post(url, {"reason": "She was never there."})
    request = StaffRequest.objects.order_by("-id")[0]
    planned.refresh_from_db()
    assert planned.status == "planned"
    assert approved(request, youth_planner()).state == RequestState.APPROVED
    planned.refresh_from_db()
    assert (planned.status, planned.never_provided_reason) == ("never_provided", "no_show")


@pytest.mark.policy("WIS-188")
@pytest.mark.parametrize(
    ("code", "move", "entered", "told"),
    [
        (
            "BC-JSST",
            "never",
            {"status": "never_provided", "never_provided_reason": "other", "notes": "She moved to another town."},
            ": She moved to another town.",
        ),
        (
            "TR-OST",
            "terminate",
            {"status": "terminated", "ended_on": TODAY.isoformat(), "notes": "The school closed."},
            ": The school closed.",
        ),
    ],
)
def test_what_the_end_rests_on_goes_with_the_question(client, shared, code, move, entered, told):
    client.force_login(planner())
    planned = priyas(code)
    path = reverse("plan:service-move", args=[angela().pk, planned.pk, move])
    url = Page(client.post(path, Page(client.get(path)).form(path) | entered)).links()["Ask for approval"]
    client.post(url, {"reason": "She told us."})
    request = StaffRequest.objects.order_by("-id")[0]
    assert told in request.what
    assert approved(request, youth_planner()).state == RequestState.APPROVED
    planned.refresh_from_db()
    assert planned.status == entered["status"]
    assert planned.notes == entered.get("notes", planned.notes)
    assert str(planned.ended_on or "") == entered.get("ended_on", "")


@pytest.mark.policy("WIS-188")
def test_a_termination_is_asked_for_with_its_day(client, shared):
    planned = priyas("TR-OST")
    client.force_login(planner())
    path = reverse("plan:service-move", args=[angela().pk, planned.pk, "terminate"])
    ended = {"ended_on": TODAY.isoformat()}
    url = Page(client.post(path, Page(client.get(path)).form(path) | ended)).links()["Ask for approval"]
    client.post(url, {"reason": "The school closed."})
    approved(StaffRequest.objects.order_by("-id")[0], youth_planner())
    planned.refresh_from_db()
    assert (planned.status, planned.ended_on) == ("terminated", TODAY)


@pytest.mark.parametrize(
    "arguments",
    [
        {"status": "complete"},
        {"status": "never_provided", "reason": "because"},
        {"status": "terminated", "ended_on": "soon"},
        {"status": "gone"},
    ],
)
def test_a_question_that_makes_no_sense_is_not_asked(client, shared, arguments):
    planned = priyas("TR-OST")
    client.force_login(planner())
    path = reverse("plan:ask", args=[angela().pk, "end_service"])
    assert client.get(path, {"service": planned.pk, **arguments}).status_code == 404


# --- goals -------------------------------------------------------------------------------------


@pytest.mark.policy("WIS-186")
def test_a_goal_of_a_shared_plan_is_not_reworded_without_the_other_planner(review):
    before = everything()
    with pytest.raises(ApprovalNeeded):
        save_goal(review.plan, goal(), {"statement": "Another course"}, **by())
    assert changed(before, everything()) == {}
    save_goal(review.plan, goal(), {"statement": "Another course"}, approved_by={youth_planner().pk}, **by())
    assert goal().statement == "Another course"


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize("name", ["category", "term"])
def test_nor_does_it_get_another_category_or_term(review, name):
    other = {"category": GoalCategory.objects.exclude(pk=goal().category_id)[0], "term": "long"}[name]
    assert getattr(goal(), name) != other
    with pytest.raises(ApprovalNeeded):
        save_goal(review.plan, goal(), {name: other}, **by())
    save_goal(review.plan, goal(), {name: other}, approved_by={youth_planner().pk}, **by())
    assert getattr(goal(), name) == other


@pytest.mark.policy("WIS-186")
def test_its_status_and_a_further_goal_ask_nobody(review):
    save_goal(review.plan, goal(), {"status": "on_track"}, **by())
    states.pen(review).goal("A further goal", "CAREER_PLAN")


@pytest.mark.policy("WIS-186")
def test_a_first_draft_is_still_being_written():
    version = states.draft()
    enroll(version.plan.customer, WORKER, youth_planner())
    found = version.plan.goals.get()
    save_goal(version.plan, found, {"statement": "Pass another course"}, **by())


@pytest.mark.policy("WIS-186")
def test_it_is_not_removed_nor_brought_back_without_the_other_planner(review):
    found = unused_goal(review)
    with pytest.raises(ApprovalNeeded):
        remove_goal(found, reason="Reached", **by())
    remove_goal(found, reason="Reached", approved_by={youth_planner().pk}, **by())
    found.refresh_from_db()
    with pytest.raises(ApprovalNeeded):
        put_back(GOAL, found, **by())


@pytest.mark.policy("WIS-186")
def test_from_the_goals_form_over_the_question_to_the_deed(client, review):
    client.force_login(planner())
    found = goal()
    path = reverse("plan:goal-edit", args=[angela().pk, found.pk])
    filled = Page(client.get(path)).form(path) | {"statement": "Pass the evening course", "term": "long"}
    request = asked_from(client, client.post(path, filled))
    assert "Pass the evening course" in request.what
    assert goal().statement == found.statement
    approved(request, youth_planner())
    assert (goal().statement, goal().term) == ("Pass the evening course", "long")


@pytest.mark.policy("WIS-186")
def test_from_the_removal_over_the_question_to_the_deed(client, review):
    found = unused_goal(review)
    client.force_login(planner())
    request = asked_from(client, client.post(reverse("plan:goal-remove", args=[angela().pk, found.pk])))
    assert Goal.objects.in_plan().filter(pk=found.pk).exists()
    approved(request, youth_planner())
    assert not Goal.objects.in_plan().filter(pk=found.pk).exists()


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize("kind", ["change_goal", "remove_goal"])
def test_a_goal_that_was_changed_meanwhile_is_not_what_was_approved(client, review, kind):
    found = unused_goal(review)
    client.force_login(planner())
    path = reverse("plan:ask", args=[angela().pk, kind])
    words = {"statement": "Pass it", "term": "long", "category": found.category.code} if kind == "change_goal" else {}
    client.post(path, {"reason": "We agreed."}, query_params={"goal": found.pk} | words)
    save_goal(review.plan, found, {"statement": "Changed by the state"}, **by(statewide))
    with pytest.raises(Refusal) as refused:
        approved(StaffRequest.objects.order_by("-id")[0], youth_planner())
    assert refused.value.code == "stale-row"
    assert Goal.objects.in_plan().get(pk=found.pk).statement == "Changed by the state"

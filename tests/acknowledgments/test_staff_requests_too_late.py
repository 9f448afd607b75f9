"""A request among staff that became impossible before the last approval: it says why, and waits on (12.7.9)."""

import pytest

from acknowledgments.enums import RequestKind
from careerplan.plans.actions import open_review, start_plan
from customers.models import Program
from goals.actions import remove_career_goal
from goals.models import CareerGoal
from services.actions import remove_service
from tests import states
from tests.acknowledgments.staff_request_pages import ELECTRICIAN, draft, posted, written
from tests.markup import Page
from tests.naming import offered_as
from tests.people import angela, person, planner, statewide, youth_planner
from tests.rows import date_back, everything
from tests.shared_plans import (
    WORKER,
    asked,
    closing,
    co_enrolled,
    enroll,
    priyas,
    program,
    question,
    service,
    shared_angela,
)

pytestmark = pytest.mark.django_db


def closed_meanwhile():
    request = asked(closing(shared_angela(), planner()), planner())
    open_review(states.plan_of(angela()), by=planner(), at=states.now())
    return request, "Version 2 is still open."


def service_gone():
    draft()
    planned = priyas("BC-JSST")
    values = {"service": planned.pk, "removal": "unavailable", "note": ""}
    request = asked(question(angela(), RequestKind.REMOVE_SERVICE, planner(), "service", **values), planner())
    remove_service(planned, removal="unavailable", by=youth_planner(), at=states.now())
    return request, "This was already removed."


def service_gone_before_it_came():
    draft()
    planned = service("BC-JSST")
    values = {"service": planned.pk, "program": program(WORKER).pk}
    request = asked(question(angela(), RequestKind.ADD_SERVICE, planner(), "service", **values), planner())
    remove_service(planned, removal="unavailable", by=planner(), at=states.now())
    return request, "Someone removed this from the plan in the meantime."


def draft_sent_meanwhile():
    draft()
    values = {"role": "long_term", "occupation": ELECTRICIAN, "explores": False, "words": ""}
    request = asked(question(angela(), RequestKind.CHANGE_CAREER_GOAL, planner(), "goal", **values), planner())
    states.sent(states.newest(angela()))
    return request, "Version 2 is with the customer. Recall it first, then change it."


def goal_gone():
    draft()
    goal = CareerGoal.objects.in_plan().select_related("plan").get(plan__customer=angela(), role="long_term")
    values = {"role": "long_term", "removed": goal.pk, "seen": goal.row_version}
    request = asked(question(angela(), RequestKind.CHANGE_CAREER_GOAL, planner(), "goal", **values), planner())
    remove_career_goal(goal, reason="-", by=statewide(), at=states.now())
    return request, "This was already removed."


def started_meanwhile():
    customer = co_enrolled()
    request = asked(question(customer, RequestKind.START_PLAN, planner()), planner())
    start_plan(customer, by=statewide(), at=states.now())
    return request, "This customer already has an open plan."


def same_goal_meanwhile():
    shared_angela()
    values = {"occupation": "31-1131", "explores": False}
    carried = dict.fromkeys(("career_goals", "barriers", "services", "steps"), False)
    kind = RequestKind.CHANGE_EMPLOYMENT_GOAL
    request = asked(question(angela(), kind, planner(), "employment-goal", **values, **carried), planner())
    return request, "This is already the employment goal. Choose a different one."


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize(
    "meanwhile",
    [
        closed_meanwhile,
        service_gone,
        service_gone_before_it_came,
        draft_sent_meanwhile,
        goal_gone,
        started_meanwhile,
        same_goal_meanwhile,
    ],
)
def test_what_can_not_be_done_any_more_says_why_and_waits(client, meanwhile):
    request, sentence = meanwhile()
    before = everything()
    answer = posted(client, request)
    assert answer.status_code == 422
    page = Page(answer)
    assert sentence in page.words
    assert page.has_id("answer-title")
    assert written(before) == {}
    request.refresh_from_db()
    assert request.is_waiting


@pytest.mark.policy("WIS-190")
def test_a_program_that_joined_meanwhile_has_to_approve_too(client):
    request = asked(closing(shared_angela(), planner()), planner())
    enroll(angela(), "JTED", person("train10"))
    answer = posted(client, request)
    assert answer.status_code == 422
    assert (
        f"Ask for the approval of Training Account, {offered_as(Program.objects.get(code='JTED'))} first"
        in Page(answer).words
    )
    request.refresh_from_db()
    assert request.is_waiting
    assert states.plan_of(angela()).is_open


def test_the_asker_who_may_no_longer_edit_the_plan_does_nothing_through_others(client):
    request = asked(closing(shared_angela(), planner()), planner())
    date_back(planner(), is_active=False)
    assert posted(client, request).status_code == 422
    assert states.plan_of(angela()).is_open

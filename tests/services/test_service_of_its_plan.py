"""A planned service names a goal, barriers and a program of its own plan and customer alone."""

import pytest
from django.utils import timezone

from careerplan.base.refusals import Refusal
from careerplan.plans.models import Barrier
from customers.models import Enrollment
from goals.models import Goal
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, david, lucia, planner
from tests.rows import changed, everything, refuses, write
from tests.services.service_form import path_of, send, training

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


# --- a goal of the same plan ------------------------------------------------------------------


def davids_goal():
    return Goal.objects.filter(plan__customer=david()).order_by("id")[0]


def test_the_form_offers_the_goals_of_the_plan_alone(client):
    row = PlannedService.objects.select_related("plan").get(plan__customer=david(), service__code="YE-01")
    offered = Page(client.get(path_of(row))).root.xpath("//select[@name='goal']/option[@value!='']/text()")
    assert offered == ["Earn GED", "Gain Credential", "Learn how to drive", "Gain Full-time employment"]


def test_a_goal_of_another_customer_is_refused_by_the_form(client):
    states.reviewed(angela())
    before = everything()
    answer = send(client, training(), goal=davids_goal().pk)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["goal"]
    assert changed(before, everything()) == {}


def test_a_goal_of_another_customer_is_refused_by_the_action():
    states.reviewed(angela())
    before = everything()
    with pytest.raises(Refusal) as refused:
        save_service(training(), {"goal": davids_goal()}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("goal-of-another-plan", "goal")
    assert changed(before, everything()) == {}


def test_a_goal_of_another_customer_is_refused_by_the_database():
    states.reviewed(angela())
    refuses("services_plannedservice_goal_id_of_the_same_plan", lambda: write(training(), goal=davids_goal()))


# --- barriers of the same plan ----------------------------------------------------------------


def lucias_barrier():
    return Barrier.objects.filter(plan__customer=lucia()).order_by("id")[0]


def test_a_barrier_of_another_plan_is_refused_by_the_form(client):
    before = everything()
    answer = send(client, training(), barriers=[lucias_barrier().pk])
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["barriers"]
    assert changed(before, everything()) == {}


def test_a_barrier_of_another_plan_is_refused_by_the_action():
    before = everything()
    with pytest.raises(Refusal) as refused:
        save_service(training(), {"barriers": [lucias_barrier()]}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("barrier-of-another-plan", "barriers")
    assert changed(before, everything()) == {}


def test_a_barrier_of_another_plan_is_refused_by_the_database():
    refuses("services_plannedservice_barriers_of_the_same_plan", lambda: training().barriers.add(lucias_barrier()))


def test_the_related_barriers_are_logged_in_words():
    row = PlannedService.objects.select_related("plan").get(plan__customer=angela(), service__code="SS-CHLD")
    barriers = list(Barrier.objects.filter(plan__customer=angela()).order_by("category__code"))
    save_service(row, {"barriers": barriers}, by=planner(), at=states.now())
    assert row.history.first().changes == [
        {
            "label": "related barriers",
            "from": "Child care / dependent care",
            "to": "Child care / dependent care, Transportation",
        }
    ]


# --- programs ---------------------------------------------------------------------------------


def test_only_the_customers_programs_are_offered(client):
    offered = Page(client.get(path_of(training()))).root.xpath("//select[@name='program']/option[@value!='']/text()")
    assert offered == ["Job help for adults (WIOA Title I Adult)"]


def test_a_program_that_the_customer_has_left_stays_with_the_service(client):
    enrollment = Enrollment.objects.get(customer=angela())
    write(enrollment, status="exited", exited_on=timezone.localdate())
    assert send(client, training(), notes="She has found work.").status_code == 200
    assert (training().program, training().notes) == (enrollment.program, "She has found work.")

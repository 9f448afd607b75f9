"""An occupation that is no longer offered: it stays where it stands, prints, and is not chosen anew."""

import pytest
from django.urls import reverse

from acknowledgments.paper.rows import plan_rows
from careerplan.base.refusals import Refusal
from goals.actions import set_career_goal
from goals.models import CareerGoal, Occupation
from tests import states
from tests.markup import Page
from tests.people import angela, planner, youth_planner
from tests.plans_in_force import iss
from tests.rows import write

pytestmark = pytest.mark.django_db

CNA = "31-1131"


@pytest.fixture
def retired():
    write(Occupation.objects.get(code=CNA), is_active=False)
    return Occupation.objects.get(code=CNA)


@pytest.mark.policy("WIS-021")
def test_a_retired_code_stays_readable_and_prints_in_an_active_plan(client, retired):
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goals", args=[angela().pk])))
    said = page.facts()["Employment goal of the plan"]
    assert said.startswith("Nursing Assistants (31-1131)")
    assert "No longer offered. It stays in this plan until another one is chosen." in said
    assert client.get(reverse("plan:paper", args=[angela().pk])).status_code == 200
    version = states.reviewed(angela())
    states.sent(version)
    shown = Page(client.get(reverse("plan:version", args=[angela().pk, version.pk]))).facts()
    assert "Nursing Assistants (31-1131)" in shown["Employment goal of the plan"]
    assert "31-1131" in str(plan_rows(version.seals.get().contents))


@pytest.mark.policy("WIS-021")
def test_nothing_asks_for_a_new_choice_until_the_goal_is_edited(client, retired):
    version = states.reviewed(angela())
    goal = CareerGoal.objects.in_plan().get(plan=version.plan, role="employment")
    before = goal.row_version
    set_career_goal(version.plan, "employment", occupation=retired, by=planner(), at=states.now())
    goal.refresh_from_db()
    assert (goal.row_version, goal.occupation) == (before, retired)
    client.force_login(planner())
    path = reverse("plan:career-goal", args=[angela().pk, "employment"])
    page = Page(client.get(path))
    assert "This occupation is no longer offered. It stays in the plan as long as you change nothing" in page.words
    assert CNA not in [found.code for found in client.get(path, {"q": "CNA"}).context["occupations"]]


def test_a_retired_code_is_not_chosen_anew(client, retired):
    version = states.started(states.enrolled())
    with pytest.raises(Refusal) as refused:
        set_career_goal(version.plan, "employment", occupation=retired, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("occupation-retired", "occupation")
    client.force_login(planner())
    path = reverse("plan:career-goal", args=[version.plan.customer_id, "employment"])
    assert client.post(path, {"occupation": CNA}).status_code == 409
    assert not CareerGoal.objects.filter(plan=version.plan).exists()


def test_another_goal_does_not_become_the_same_as_a_retired_one(client, retired):
    client.force_login(planner())
    states.reviewed(angela())
    page = Page(client.get(reverse("plan:goals", args=[angela().pk])))
    assert page.root.xpath("//form[contains(@action, '/same/')]") == []
    answer = client.post(reverse("plan:career-goal-same", args=[angela().pk, "long_term"]))
    assert answer.status_code == 409
    assert "Nursing Assistants (31-1131) is no longer offered. Choose another occupation." in Page(answer).words


def test_the_review_of_an_iss_chooses_another_one(client):
    customer = iss()
    write(Occupation.objects.get(code="47-2111"), is_active=False)
    version = states.reviewed(customer)
    client.force_login(youth_planner())
    path = reverse("plan:career-goal", args=[customer.pk, "long_term"])
    assert "This occupation is no longer offered." in Page(client.get(path)).words
    client.post(path, {"occupation": "47-2152"})
    goal = CareerGoal.objects.in_plan().select_related("occupation").get(plan=version.plan, role="long_term")
    assert goal.occupation.code == "47-2152"

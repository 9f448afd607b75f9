"""Action steps: what the customer will do, always for a goal of the same plan."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.refusals import Refusal
from goals.actions import remove_goal
from goals.models import ActionStep, Goal
from goals.steps import save_step
from tests import states
from tests.markup import Page
from tests.people import angela, david, lucia, planner
from tests.rows import changed, everything, refuses, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def goal_of(customer, statement="Learn how to drive"):
    return Goal.objects.get(plan__customer=customer(), statement=statement)


def angelas_step():
    return ActionStep.objects.filter(plan__customer=angela()).select_related("plan").order_by("id")[0]


def add(client, **values):
    path = reverse("plan:step-add", args=[david().pk])
    data = {"text": "Ask the school for a form", "goal": goal_of(david).pk, "who": "customer"} | values
    return client.post(path, Page(client.get(path)).form(path) | data, follow=True)


@pytest.mark.policy("WIS-072", "WIS-074")
def test_an_action_step_is_added_to_a_draft(client):
    due = timezone.localdate() + timedelta(days=7)
    page = Page(add(client, who="both", due_on=due.strftime("%m/%d/%Y")))
    assert "The action step was saved." in page.words
    assert page.table("Action steps") == [
        {
            "Action step": "Ask the school for a form",
            "Goal": "Learn how to drive",
            "Who": "Both",
            "Due": due.strftime("%m/%d/%Y"),
            "Done": "-",
            "Action": "Edit Ask the school for a form Remove Ask the school for a form",
        }
    ]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"text": ""}, "text", "Enter the action step."),
        pytest.param(
            {"goal": ""}, "goal", "Choose the related goal.", marks=pytest.mark.policy("WIS-073"), id="no goal"
        ),
        ({"due_on": "02/30/2027"}, "due_on", "Enter a real day, month first, for example 03/31/2027."),
        ({"text": "x" * 301}, "text", "Shorten this to 300 characters or fewer. It has 301 now."),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, values, field, sentence):
    answer = add(client, **values)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert not ActionStep.objects.filter(plan__customer=david()).exists()


# --- a goal of the same plan: said by the form, by the action and by the database --------------


@pytest.mark.policy("WIS-073")
def test_the_form_offers_the_goals_of_the_plan_alone(client):
    remove_goal(goal_of(david, "Gain Credential"), reason="-", by=planner(), at=states.now())
    path = reverse("plan:step-add", args=[david().pk])
    offered = Page(client.get(path)).root.xpath("//select[@name='goal']/option[@value!='']/text()")
    assert offered == ["Earn GED", "Learn how to drive", "Gain Full-time employment"]


@pytest.mark.policy("WIS-073")
@pytest.mark.parametrize("customer", [angela, lucia])
def test_a_goal_of_another_plan_is_refused_by_the_form(client, customer):
    other = Goal.objects.filter(plan__customer=customer())[0]
    answer = add(client, goal=other.pk)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["goal"]
    assert not ActionStep.objects.filter(plan__customer=david()).exists()


@pytest.mark.policy("WIS-073")
def test_a_goal_of_another_plan_is_refused_by_the_action():
    other = Goal.objects.filter(plan__customer=angela())[0]
    before = everything()
    with pytest.raises(Refusal) as refused:
        save_step(states.plan_of(david()), None, {"text": "Call", "goal": other}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("goal-of-another-plan", "goal")
    assert changed(before, everything()) == {}


@pytest.mark.policy("WIS-073")
def test_a_goal_of_another_plan_is_refused_by_the_database():
    step = angelas_step()
    states.reviewed(angela())
    refuses("goals_actionstep_goal_id_of_the_same_plan", lambda: write(step, goal=goal_of(david)))
    refuses("goals_actionstep_stays_what_it_is", lambda: write(step, plan=states.plan_of(david())))


def test_a_goal_that_left_the_plan_takes_no_step():
    goal = goal_of(david)
    remove_goal(goal, reason="-", by=planner(), at=states.now())
    with pytest.raises(Refusal) as refused:
        save_step(goal.plan, None, {"text": "Call", "goal": goal}, by=planner(), at=states.now())
    assert refused.value.code == "goal-of-another-plan"


# --- done, removed, brought back ---------------------------------------------------------------


def test_a_step_is_marked_as_done_without_a_new_version(client):
    step = angelas_step()
    path = reverse("plan:step-edit", args=[angela().pk, step.pk])
    client.post(path, Page(client.get(path)).form(path) | {"done_on": timezone.localdate().isoformat()})
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    assert states.plan_of(angela()).versions.count() == 1


def test_a_step_is_removed_and_the_removal_undone(client):
    states.reviewed(angela())
    step = angelas_step()
    page = Page(client.post(reverse("plan:step-remove", args=[angela().pk, step.pk]), follow=True))
    assert "The action step was removed." in page.words
    assert step.text not in [row["Action step"] for row in page.table("Action steps")]
    undo = reverse("plan:undo", args=[angela().pk, "step", step.pk])
    page = Page(client.post(undo, page.form(undo, "Undo"), follow=True))
    assert step.text in [row["Action step"] for row in page.table("Action steps")]

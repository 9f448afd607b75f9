"""What the tool is for, in the words of policy: both work on one plan, goals rest on assessments, what needs somebody
is flagged, and it covers the writing and updating of the IEP and the ISS alone."""

import pytest
from django.urls import reverse

from acknowledgments.models import ItemQuestion
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from goals.actions import save_goal
from goals.enums import GoalStatus
from goals.models import ActionStep, Goal
from tests import people, states
from tests.goal_statuses import OFF_TRACK
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def opened(client, name, *args):
    return Page(client.get(reverse(name, args=args)))


# --- active work together (12.7.1) ----------------------------------------------------------------


@pytest.mark.policy("WIS-005")
def test_the_customer_sees_the_plan_adds_to_it_and_acknowledges_it(client):
    seal = states.sent(states.draft())
    request, customer = states.told(seal), seal.version.plan.customer
    [goal], [step] = Goal.objects.filter(plan=seal.version.plan), ActionStep.objects.filter(plan=seal.version.plan)
    client.force_login(customer.user)

    # Sees: all of it, and the record says since when.
    page = Page(client.get(request.path))
    assert goal.statement in page.words
    assert step.text in page.words
    assert client.post(reverse("my:opened", args=[request.key])).status_code == 204
    request.refresh_from_db()
    assert request.opened_at is not None

    # Adds: a line beside an item, which the planner answers; a message.
    line = {"text": "I would like a later course.", "stance": "asks"}
    assert client.post(reverse("my:ask", args=[request.key, "goal", goal.pk]), line).status_code == 302
    assert ItemQuestion.objects.get(seal=seal).text == line["text"]
    client.post(reverse("my:messages"), {"subject": "Hours", "body": "I can work on Mondays, too."})
    assert Message.objects.get(sender=customer.user, written_subject="Hours").recipient == customer.planner

    # Acknowledges.
    client.post(request.path, {"agrees": "on", "typed_name": f"{customer.first_name} {customer.last_name}"})
    version = states.newest(customer)
    assert (version.state, version.acknowledgment.signer) == (VersionState.ACTIVE, customer.user)

    # And goes on: what the customer does shows in the plan, at once, under the own name.
    done = reverse("my:step-done", args=[step.pk])
    page = opened(client, "my:dashboard")
    client.post(done, page.form(done))
    step.refresh_from_db()
    assert (step.done_on, step.history.latest("history_id").history_user) == (states.today(), customer.user)
    client.force_login(customer.planner)
    assert step.text in opened(client, "plan:log", customer.pk).words


# --- goals from assessments -------------------------------------------------------------------------


@pytest.mark.policy("ILL-002")
def test_a_goal_is_set_on_the_results_of_an_assessment(client):
    """The first step of a plan; its result stands where goals are set next, and without it no IEP is sent."""
    customer = states.enrolled()
    states.started(customer)
    client.force_login(customer.planner)
    on = opened(client, "plan:goals", customer.pk)
    ready = on.root.get_element_by_id("ready")
    tasks = [link.get("href") for link in ready.xpath(".//a")]
    assess, add_goal = (reverse(name, args=[customer.pk]) for name in ("plan:initial-assessment", "plan:goal-add"))
    assert tasks.index(assess) < tasks.index(add_goal)
    form = Page(client.get(assess)).form(assess)
    typed = {"assessed_on": f"{states.today():%m/%d/%Y}", "assessed_by": "Devon Okafor", "result": "Reads at grade 9"}
    assert client.post(assess, form | typed).status_code == 302
    assert "Reads at grade 9" in opened(client, "plan:assessment", customer.pk).words
    assert "Reads at grade 9" in opened(client, "plan:goal-add", customer.pk).words
    assert assess not in opened(client, "plan:agreement", customer.pk).links().values()


# --- status, and what needs somebody ------------------------------------------------------------------


@pytest.mark.policy("ILL-004")
def test_a_goal_off_track_is_documented_and_flagged_wherever_a_planner_looks(client):
    customer = states.in_force().plan.customer
    states.reviewed(customer)
    goal = Goal.objects.get(plan__customer=customer)
    client.force_login(customer.planner)

    def flagged():
        groups = client.get("/today/").context["groups"]
        today = {item.due.code for group in groups for item in group.items if item.customer.pk == customer.pk}
        listed = {row.pk for row in client.get("/customers/?due=off-track").context["page"].rows}
        return "goal-off-track" in today, customer.pk in listed

    assert flagged() == (False, False)
    save_goal(goal.plan, goal, OFF_TRACK, by=customer.planner, at=states.now())
    assert flagged() == (True, True)
    entry = goal.history.latest("history_id")
    assert (entry.status, entry.history_user) == (GoalStatus.OFF_TRACK, customer.planner)
    assert "Off Track" in opened(client, "plan:log", customer.pk).words
    save_goal(goal.plan, goal, {"status": GoalStatus.ON_TRACK}, by=customer.planner, at=states.now())
    assert flagged() == (False, False)


# --- what the rules cover (12.7.1) --------------------------------------------------------------------


@pytest.mark.policy("WIS-006")
@pytest.mark.parametrize("who", [people.planner, people.administrator, lambda: people.angela().user])
def test_everybody_reads_that_the_rules_are_of_writing_and_updating_the_plan_alone(client, who):
    client.force_login(who())
    page = opened(client, "help")
    [heading] = page.root.xpath("//h2[@id='scope']")
    words = " ".join(heading.getnext().text_content().split())
    assert "the policy on writing and updating the IEP and the ISS (DWD 12.7), and nothing else" in words
    assert "local policy of your agency" in page.words
    assert reverse("help") in opened(client, "messages" if who().edits_plans else "help").links().values()


@pytest.mark.policy("WIS-006")
@pytest.mark.parametrize("thing", ["program", "localinterval"])
def test_the_other_duties_are_entered_as_local_policy(client, thing):
    client.force_login(people.administrator())
    fields = Page(client.get(reverse(f"admin:customers_{thing}_add"))).root
    for name in ("review_interval_days", "contact_interval_days"):
        assert fields.xpath(f"//input[@name='{name}']")


@pytest.mark.policy("WIS-019", "WIS-071")
def test_the_help_says_where_more_of_the_iss_stands_and_on_what_the_rule_of_services_rests(client):
    client.force_login(people.planner())
    scope = opened(client, "help").words
    assert "chapter 10.2.4" in scope
    assert "20 CFR 618.350(c)(3)" in scope

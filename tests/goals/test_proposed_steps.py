"""Steps that customers propose: the planner decides on each before the plan is sent (12.7.5, Action Steps, note)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement.goal_change import change_employment_goal
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.deadlines import read_due
from goals.enums import ProposalState
from goals.models import ActionStep, Goal, Occupation
from goals.proposing import actions
from goals.proposing.actions import accept_proposal, decline_proposal, propose_step, take_back_proposal
from goals.proposing.models import StepProposal
from tests import states
from tests.markup import Page
from tests.people import administrator, david, north_planner, planner, statewide
from tests.rows import changed, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
TEXT = "Ask the college about the evening class"


@pytest.fixture
def version():
    """A first draft with all that it needs to be sent."""
    return states.draft("T1-ADULT")


def propose(version, text=TEXT, **values):
    return propose_step(version.plan, text=text, **values, by=version.plan.customer.user, at=states.now())


def step_values(proposal, **values):
    goal = Goal.objects.in_plan().filter(plan=proposal.plan)[0]
    return {"text": proposal.text, "goal": goal, "who": "customer", "due_on": None} | values


def accept(proposal, word="", by=None, **values):
    return accept_proposal(proposal, step_values(proposal, **values), word=word, by=by or planner(), at=states.now())


def decline(proposal, word="It is over already.", by=None):
    return decline_proposal(proposal, word=word, by=by or planner(), at=states.now())


def take_back(proposal, by=None):
    return take_back_proposal(proposal, by=by or proposal.proposed_by, at=states.now())


def refused(code, act):
    before = everything()
    with pytest.raises(Refusal) as found:
        act()
    assert found.value.code == code
    assert changed(before, everything()) == {}


def told(kind, person):
    return list(Message.objects.filter(kind=kind, recipient=person))


# --- proposing --------------------------------------------------------------------------------


def test_the_customer_proposes_a_step_on_the_own_page_and_sees_that_it_waits(client):
    version = states.in_force("T1-ADULT")
    goal = version.plan.goals.in_plan()[0]
    client.force_login(version.plan.customer.user)
    path = reverse("my:step-propose")
    assert path in str(Page(client.get(reverse("my:dashboard"))).root.xpath("//a/@href"))
    day = states.today() + timedelta(days=9)
    data = Page(client.get(path)).form(path) | {"text": TEXT, "goal": goal.pk, "wished_on": day.strftime("%m/%d/%Y")}
    page = Page(client.post(path, data, follow=True))
    assert "Your planner gets your step and decides about it." in page.words
    assert "Waits for your planner" in page.words
    row = StepProposal.objects.get()
    assert (row.text, row.goal, row.wished_on, row.written_in) == (TEXT, goal, day, "en")
    assert not ActionStep.objects.filter(text=TEXT).exists()


def test_the_same_form_sent_twice_proposes_once(client):
    version = states.in_force("T1-ADULT")
    client.force_login(version.plan.customer.user)
    path = reverse("my:step-propose")
    data = Page(client.get(path)).form(path) | {"text": TEXT}
    client.post(path, data)
    assert "Nothing was added twice." in client.post(path, data, follow=True).text
    assert StepProposal.objects.count() == 1


def test_a_customer_whose_first_plan_is_a_draft_proposes_and_reads_nothing_of_the_draft(client, version):
    client.force_login(version.plan.customer.user)
    dashboard = Page(client.get(reverse("my:dashboard")))
    assert "Propose a step" in dashboard.words
    for name in ("my:steps", "my:step-propose"):
        words = Page(client.get(reverse(name))).words
        assert "Pass the nursing assistant course" not in words
        assert "Hand in the health form" not in words


def test_without_an_open_plan_nothing_is_proposed(client):
    version = states.in_force("T1-ADULT")
    states.closed(version.plan.customer, "not_completed", "other")
    refused("plan-closed", lambda: propose(version))
    client.force_login(version.plan.customer.user)
    assert client.get(reverse("my:step-propose")).status_code == 404
    assert "You have no open plan." in Page(client.get(reverse("my:steps"))).words


@pytest.mark.parametrize("who", [planner, statewide, lambda: david().user])
def test_nobody_but_the_plans_customer_proposes(version, who):
    before = everything()
    with pytest.raises(NotAllowed):
        propose_step(version.plan, text=TEXT, by=who(), at=states.now())
    assert changed(before, everything()) == {}


def test_so_many_wait_at_one_time_and_no_more(client, version, monkeypatch):
    assert actions.MOST_WAITING == 20
    monkeypatch.setattr(actions, "MOST_WAITING", 2)
    first, _second = propose(version), propose(version, "Another")
    refused("too-many-proposals", lambda: propose(version, "One more"))
    client.force_login(version.plan.customer.user)
    assert "2 steps wait for your planner." in Page(client.get(reverse("my:steps"))).words
    take_back(first)
    propose(version, "One more")


def test_a_proposal_says_something_for_a_goal_of_the_plan_by_a_day_to_come(version):
    refused("nothing-said", lambda: propose(version, " "))
    refused("day-has-passed", lambda: propose(version, wished_on=states.today() - timedelta(days=1)))
    other = Goal.objects.exclude(plan=version.plan)[0]
    refused("goal-of-another-plan", lambda: propose(version, goal=other))
    propose(version, wished_on=states.today())


def test_the_customer_takes_back_what_nobody_has_decided(client, version):
    proposal = propose(version)
    client.force_login(version.plan.customer.user)
    path = reverse("my:proposal-take-back", args=[proposal.pk])
    for _time in range(2):  # the button is pressed twice
        assert "You took the step back." in client.post(path, follow=True).text
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.TAKEN_BACK
    refused("taken-back", lambda: accept(proposal))
    refused("taken-back", lambda: decline(proposal))
    decided = decline(propose(version, "Another"))
    refused("decided-already", lambda: take_back(decided))
    with pytest.raises(NotAllowed):
        take_back(propose(version, "A third"), by=planner())


# --- sending ----------------------------------------------------------------------------------


@pytest.mark.policy("WIS-075")
@pytest.mark.parametrize("decided", [accept, decline, take_back], ids=["accepted", "declined", "taken back"])
def test_what_is_not_decided_stops_the_sending_and_the_list_of_tasks_leads_to_it(client, version, decided):
    proposal = propose(version)
    with pytest.raises(Refusal) as found:
        states.sent(version)
    assert [missing.code for missing in found.value.missing] == ["PROPOSED-STEPS"]
    client.force_login(planner())
    customer = version.plan.customer_id
    page = Page(client.get(reverse("plan:goals", args=[customer])))
    assert reverse("plan:goals", args=[customer]) + "#proposals" in page.root.xpath("//*[@id='ready']//a/@href")
    [place] = page.root.xpath("//*[@id='proposals']")
    assert TEXT in place.text_content()
    decided(proposal)
    assert states.sent(version).contents.about.undecided_steps == 0


@pytest.mark.policy("WIS-075")
def test_a_review_that_asks_nobody_waits_for_the_decision_too(client):
    version = states.in_force("T1-ADULT")
    draft = states.reviewed(version.plan.customer)
    propose(draft)
    client.force_login(planner())
    page = Page(client.get(reverse("plan:agreement", args=[version.plan.customer_id])))
    assert "Decide on the steps that the customer proposed: accept, change or decline each." in page.words


def test_what_is_proposed_while_a_version_waits_does_not_keep_the_customer_from_signing(version):
    seal = states.sent(version)
    proposal = propose(version)
    assert states.acknowledged(states.told(seal)).state == "active"
    refused("no-draft", lambda: accept(proposal))
    decline(proposal)


# --- deciding ---------------------------------------------------------------------------------


@pytest.mark.policy("WIS-075")
def test_the_planner_accepts_a_step_as_it_was_proposed(client, version):
    goal = version.plan.goals.in_plan()[0]
    proposal = propose(version, goal=goal, wished_on=states.today() + timedelta(days=4))
    client.force_login(planner())
    path = reverse("plan:proposal-accept", args=[version.plan.customer_id, proposal.pk])
    page = Page(client.post(path, Page(client.get(path)).form(path), follow=True))
    assert "The step is in the plan now. The customer is told." in page.words
    proposal.refresh_from_db()
    step = ActionStep.objects.get(text=TEXT)
    assert (step.goal, step.who, step.due_on) == (goal, "customer", proposal.wished_on)
    assert (proposal.step, proposal.accepted_as, proposal.decided_by) == (step, "", planner())


def test_the_page_asks_at_once_for_the_goal_and_for_the_word_that_other_words_need(client, version):
    proposal = propose(version)
    client.force_login(planner())
    path = reverse("plan:proposal-accept", args=[version.plan.customer_id, proposal.pk])
    fields = Page(client.get(path)).form(path) | {"goal": ""}
    before = everything()
    errors = client.post(path, fields | {"text": "Enroll in the evening class"}).context["form"].errors
    assert errors == {
        "goal": ["Choose the related goal."],
        "word": ["Say why the words are others now. The customer reads it."],
    }
    assert list(client.post(path, fields | {"text": f" {TEXT} "}).context["form"].errors) == ["goal"]
    assert changed(before, everything()) == {}


def test_a_step_in_other_words_has_the_planners_word_and_keeps_both_texts(client, version):
    proposal = propose(version)
    refused("word-missing", lambda: accept(proposal, text="Enroll in the evening class"))
    refused("word-missing", lambda: accept(proposal, text="Enroll in the evening class", word=" "))
    accept(proposal, text="Enroll in the evening class", word="Then you have a place.")
    proposal.refresh_from_db()
    assert (proposal.text, proposal.accepted_as) == (TEXT, "Enroll in the evening class")
    assert proposal.step.text == "Enroll in the evening class"
    client.force_login(version.plan.customer.user)
    words = Page(client.get(reverse("my:steps"))).words
    for said in (TEXT, "Your planner wrote it this way: Enroll in the evening class", "Then you have a place."):
        assert said in words


def test_a_step_is_declined_with_a_word_alone(client, version):
    proposal = propose(version)
    refused("nothing-said", lambda: decline(proposal, word=" "))
    client.force_login(planner())
    path = reverse("plan:proposal-decline", args=[version.plan.customer_id, proposal.pk])
    assert "Say why. The customer reads it." in client.post(path, {"word": ""}).text
    page = Page(client.post(path, {"word": "It is over already."}, follow=True))
    assert "The step was declined. The customer is told." in page.words
    proposal.refresh_from_db()
    assert (proposal.state, proposal.word, proposal.step) == ("declined", "It is over already.", None)


def test_two_planners_at_once_get_one_success_and_one_sentence(version):
    proposal = propose(version)
    accept(proposal)
    refused("decided-already", lambda: decline(proposal, by=statewide()))
    refused("decided-already", lambda: accept(proposal, by=statewide()))
    assert ActionStep.objects.filter(text=TEXT).count() == 1


@pytest.mark.parametrize("who", [north_planner, lambda: david().user])
def test_nobody_but_who_edits_the_plan_decides(version, who):
    proposal = propose(version)
    for decides in (accept, decline):
        before = everything()
        with pytest.raises(NotAllowed):
            decides(proposal, by=who())
        assert changed(before, everything()) == {}


def test_a_step_is_accepted_in_a_draft_and_the_page_offers_to_open_one(client):
    version = states.in_force("T1-ADULT")
    proposal = propose(version)
    refused("no-draft", lambda: accept(proposal))
    client.force_login(planner())
    path = reverse("plan:proposal-accept", args=[version.plan.customer_id, proposal.pk])
    page = Page(client.get(path))
    assert "Choose the button above to open the next version, then accept the step." in page.words
    page.form(reverse("plan:review", args=[version.plan.customer_id]), "Update/Review")
    states.reviewed(version.plan.customer)
    accept(proposal)


def test_an_accepted_step_waits_for_the_agreement_like_every_other():
    version = states.in_force("T1-ADULT")
    draft = states.reviewed(version.plan.customer)
    accept(propose(draft))
    step = ActionStep.objects.get(text=TEXT)
    assert step.authorised_on is None
    assert states.decided(draft).needs_acknowledgment


def test_what_waits_goes_on_into_the_plan_that_takes_the_place_of_this_one():
    version = states.in_force("T1-ADULT")
    goal = version.plan.goals.in_plan()[0]
    waiting, decided = propose(version, goal=goal), decline(propose(version, "Another"))
    other = Occupation.objects.get(code="47-2111")
    latter = change_employment_goal(version.plan, occupation=other, by=planner(), at=states.now())
    for row in (waiting, decided):
        row.refresh_from_db()
    assert (waiting.plan, waiting.goal) == (latter.plan, None)
    assert decided.plan == version.plan


# --- telling ----------------------------------------------------------------------------------


def test_the_planner_is_told_once_while_the_message_is_unread_and_no_more_once_all_is_decided(version):
    first, second = propose(version), propose(version, "Another")
    [message] = told(Notice.STEP_PROPOSED, planner())
    assert message.path == reverse("plan:goals", args=[version.plan.customer_id]) + "#proposals"
    decline(first)
    message.refresh_from_db()
    assert message.read_at is None
    accept(second)
    message.refresh_from_db()
    assert message.read_at is not None
    propose(version, "A third")
    assert len(told(Notice.STEP_PROPOSED, planner())) == 2


@pytest.mark.parametrize(("decides", "kind"), [(accept, Notice.STEP_ACCEPTED), (decline, Notice.STEP_DECLINED)])
def test_the_customer_is_told_of_the_decision_with_the_word(version, decides, kind):
    decides(propose(version), word="Call me on Monday.")
    [message] = told(kind, version.plan.customer.user)
    assert TEXT in message.body
    assert "Call me on Monday." in message.body


def test_what_waits_for_a_decision_stands_on_today(version):
    def found():
        return [row for row in read_due(states.today(), [version.plan.customer_id]) if row.code == "proposed-steps"]

    assert found() == []
    first, second = propose(version), propose(version, "Another")
    [row] = found()
    assert row.path.endswith("/plan/goals/#proposals")
    decline(first)
    accept(second)
    assert found() == []


def test_who_sees_the_customer_and_edits_nothing_reads_what_is_proposed(client, version):
    proposal = propose(version)
    client.force_login(administrator())
    path = reverse("plan:goals", args=[version.plan.customer_id])
    page = Page(client.get(path))
    assert TEXT in page.words
    assert reverse("plan:proposal-accept", args=[version.plan.customer_id, proposal.pk]) not in page.links().values()

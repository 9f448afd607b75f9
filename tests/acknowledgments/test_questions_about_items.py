"""Beside each item of a plan that waits, its customer can ask or say no in one line; the planner answers (12.7.1)."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from acknowledgments.agreement.sending import recall
from acknowledgments.agreement.talking import (
    MOST_QUESTIONS,
    ask_about_item,
    disagree,
    versions_talked_about,
)
from acknowledgments.contents.items import KINDS
from acknowledgments.contents.kinds import reference
from acknowledgments.forms.talking import AskForm
from acknowledgments.models import Acknowledgment, ItemQuestion
from acknowledgments.paper.words import item_rows
from acknowledgments.views.talking import talks_of
from careerplan.base import drafts
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.items import BARRIER
from goals.items import ACTION_STEP, GOAL
from goals.steps import remove_step
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, north_planner, planner, statewide, tyrell, youth_planner
from tests.questions import WHY_NOT, answer, ask, item_of
from tests.rows import changed, everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def named(kind):
    return kind.name


@pytest.fixture
def asked():
    """The request for Tyrell's first version, in which one of each kind of item stands."""
    return states.request_for(states.newest(tyrell()))


def page_of(client, request):
    client.force_login(tyrell().user)
    return client.get(request.path)


def address(request, kind=GOAL):
    return reverse("my:ask", args=[request.key, kind.slug, item_of(request, kind).id])


def refused(code, act):
    before = everything()
    with pytest.raises(Refusal) as found:
        act()
    assert found.value.code == code
    assert changed(before, everything()) == {}


# --- the customer's page ----------------------------------------------------------------------


@pytest.mark.policy("WIS-003", "WIS-077")
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_each_item_of_every_kind_can_be_asked_about(client, asked, kind):
    """Also of a kind that is new: its form, and what was said, stand under the item."""
    page = Page(page_of(client, asked))
    for item in asked.seal.contents.of(kind):
        form = page.form(reverse("my:ask", args=[asked.key, kind.slug, item.id]), "Send as a question")
        assert form["form_key"]
    reply = client.post(address(asked, kind), {"text": WHY_NOT, "stance": "objects"}, follow=True)
    ref = reference(kind, item_of(asked, kind).id)
    assert reply.redirect_chain[-1][0] == f"{asked.path}#about-{ref}"
    [talk] = Page(reply).root.xpath("//*[@id=$id]", id=f"about-{ref}")
    assert f"You said no: {WHY_NOT}" in " ".join(talk.text_content().split())
    question = ItemQuestion.objects.get(seal=asked.seal)
    assert (question.item_kind, question.label) == (kind.name, kind.title(item_of(asked, kind)))


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_a_kind_without_a_section_of_its_own_is_asked_about_too(asked, kind):
    section = {"heading": kind.label, "told": item_rows(kind, asked.seal.contents)}
    html = render_to_string(
        "acknowledgments/contents/_items.html", {"section": section} | talks_of(asked, asked.seal.contents)
    )
    assert [item.id for item in asked.seal.contents.of(kind) if f'id="about-{kind.slug}-{item.id}"' not in html] == []


def test_several_lines_stand_under_one_item_in_the_order_in_which_they_were_said(client, asked):
    for text in ("First", "Second"):
        ask(asked, text=text)
    answer(ItemQuestion.objects.get(text="First"))
    words = Page(page_of(client, asked)).words
    assert words.index("You asked: First") < words.index("Priya Raman: The course is only") < words.index("Second")
    assert words.count("Not answered yet.") == 1


def test_a_line_that_says_nothing_comes_back_at_its_item(client, asked):
    client.force_login(tyrell().user)
    before = everything()
    reply = client.post(address(asked), {"text": " \u200b ", "stance": "asks"})
    assert reply.status_code == 422
    assert changed(before, everything()) == {}
    page = Page(reply)
    ref = reference(GOAL, item_of(asked).id)
    assert page.links()["Write what you want to ask or say."] == f"#{ref}-text"
    assert [found.get("open") for found in page.root.xpath(f"//*[@id='about-{ref}']//details")] == [""]
    assert len(page.root.xpath("//details[@open]//form[contains(@action, '/ask/')]")) >= 1


def test_what_is_typed_in_several_lines_becomes_one(asked):
    assert ask(asked, text=" Why\nnot \r\n now? ").text == "Why not now?"


def test_asking_neither_signs_nor_ends_the_version(client, asked):
    digest = asked.seal.digest
    ask(asked, stance="objects")
    asked.refresh_from_db()
    assert (asked.answered_at, asked.withdrawn_at) == (None, None)
    assert states.newest(tyrell()).is_awaiting
    states.acknowledged(states.request_for(states.newest(tyrell())))
    evidence = Acknowledgment.objects.get(seal=asked.seal)
    assert evidence.digest == digest == evidence.seal.digest


def test_what_was_said_stands_in_the_version_that_is_sent_again_also_of_what_has_left(client, asked):
    step = tyrell().plans.get().action_steps.in_plan()[0]
    line = {"kind": ACTION_STEP, "item_id": step.pk, "text": "I can't do this", "stance": "objects"}
    ask_about_item(asked, **line, by=tyrell().user, at=states.now())
    ask(asked)
    version = states.recalled(asked.seal.version)
    remove_step(step, reason="The customer said no", by=youth_planner(), at=states.now())
    again = states.told(states.sent(version))
    words = Page(page_of(client, again)).words
    assert f"You asked: {WHY_NOT}" in words
    assert f"things that are no longer in the plan Action step: {step.text} You said no: I can't do this" in words


# --- who, and when ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", [youth_planner, statewide, lambda: angela().user])
def test_nobody_but_the_plans_customer_asks(asked, who):
    before = everything()
    with pytest.raises(NotAllowed):
        ask(asked, by=who())
    assert changed(before, everything()) == {}


def test_nothing_is_asked_once_the_version_waits_no_more(client, asked):
    states.acknowledged(asked)
    refused("not-waiting", lambda: ask(asked))


def test_nothing_is_asked_of_a_version_that_was_taken_back(client, asked):
    states.recalled(asked.seal.version)
    refused("not-waiting", lambda: ask(asked))
    client.force_login(tyrell().user)
    assert "Your planner took this version back" in client.post(address(asked), {"text": "?", "stance": "asks"}).text


def test_what_is_no_item_of_the_plan_is_not_asked_about(client, asked):
    line = {"kind": GOAL, "item_id": 0, "text": WHY_NOT, "stance": "asks"}
    refused("no-such-item", lambda: ask_about_item(asked, **line, by=tyrell().user, at=states.now()))
    client.force_login(tyrell().user)
    assert client.post(reverse("my:ask", args=[asked.key, "hope", 1]), {"text": WHY_NOT}).status_code == 404


def test_a_line_is_meant_in_one_of_two_ways(asked):
    refused("not-a-choice", lambda: ask(asked, stance="hopes"))


def test_somebody_who_asks_on_and_on_is_asked_to_call(asked, monkeypatch):
    monkeypatch.setattr("acknowledgments.agreement.talking.MOST_QUESTIONS", 1)
    assert MOST_QUESTIONS > 50
    ask(asked)
    refused("too-many-questions", lambda: ask(asked))


# --- telling and answering --------------------------------------------------------------------


def messages(kind):
    return Message.objects.filter(kind=kind)


def test_the_planner_is_told_once_an_hour_and_each_line_is_kept(asked):
    for _line in range(3):
        ask(asked)
    [message] = messages(Notice.ITEM_ASKED)
    assert (message.recipient, message.sender) == (youth_planner(), tyrell().user)
    assert message.path == reverse("plan:agreement", args=[tyrell().pk]) + "#questions"
    assert Notification.objects.filter(message=message).count() == 1
    ask(asked, at=states.now() + timedelta(hours=2))
    assert messages(Notice.ITEM_ASKED).count() == 2
    assert ItemQuestion.objects.count() == 4


def test_the_agreement_the_overview_and_the_requests_say_how_many_items_are_asked_about(client, asked):
    for kind in (GOAL, GOAL, BARRIER):
        ask(asked, kind)
    client.force_login(youth_planner())
    for name in ("plan:agreement", "plan:overview"):
        assert "The customer is asking about 2 items." in Page(client.get(reverse(name, args=[tyrell().pk]))).words
    [row] = Page(client.get(reverse("requests:list"))).table("Customers who have questions, or do not agree")
    assert (row["Customer"], row["What the customer says"]) == (
        "Tyrell Brooks",
        "asks about 2 items: Tyrell Brooks",
    )
    for question in ItemQuestion.objects.filter(item_kind="goal"):
        answer(question)
    assert "The customer is asking about 1 item." in client.get(reverse("plan:agreement", args=[tyrell().pk])).text


def test_questions_wait_for_those_who_see_the_customer(asked):
    ask(asked)
    for person, found in ((youth_planner(), 1), (statewide(), 1), (planner(), 0), (north_planner(), 0)):
        assert len(versions_talked_about(person, most=10)) == found
    answer(ItemQuestion.objects.get())
    assert versions_talked_about(youth_planner(), most=10) == []


def test_the_answer_stands_under_the_question_and_the_customer_is_told(client, asked):
    question = ask(asked)
    client.force_login(youth_planner())
    agreement = reverse("plan:agreement", args=[tyrell().pk])
    path = reverse("plan:question-answer", args=[tyrell().pk, question.pk])
    Page(client.get(agreement)).form(path, "Send the answer")
    reply = client.post(path, {"answer": "In the spring there is no course."})
    assert reply["Location"] == f"{agreement}#question-{question.pk}"
    [message] = messages(Notice.ITEM_ANSWERED)
    assert (message.recipient, message.path) == (tyrell().user, asked.path)
    assert "In the spring there is no course." in message.body  # to be read, whatever has become of the version
    assert "Priya Raman: In the spring there is no course." in Page(page_of(client, asked)).words


def test_a_question_waits_for_its_answer_after_signing_too(asked):
    ask(asked)
    states.acknowledged(asked)
    assert [version.asks_about for version in versions_talked_about(youth_planner(), most=10)] == [1]


def test_the_answer_settles_the_question_and_not_the_no(asked):
    question = ask(asked)
    disagree(asked, reason="Too far away.", by=tyrell().user, at=states.now())
    answer(question)
    assert messages(Notice.ITEM_ASKED).get().read_at
    assert messages(Notice.PLAN_NOT_AGREED).get().read_at is None


def test_the_address_of_a_line_leads_to_its_item(client, asked):
    client.force_login(tyrell().user)
    item = item_of(asked)
    path = reverse("my:ask", args=[asked.key, GOAL.slug, item.id])
    assert client.get(path)["Location"] == f"{asked.path}#about-{reference(GOAL, item.id)}"


@pytest.mark.parametrize("how", ["signed out", "recalled"])
def test_a_line_that_no_page_takes_comes_back(client, asked, how):
    client.force_login(tyrell().user)
    path = reverse("my:ask", args=[asked.key, GOAL.slug, item_of(asked).id])
    marks = {"typed_by": drafts.mark(tyrell().user), "typed_in": AskForm().class_name}
    typed = Page(client.get(asked.path)).form(path) | {"text": WHY_NOT, "stance": "asks"} | marks
    assert Page(client.get(asked.path)).root.xpath("//form[@action=$path]//input[@name='typed_by']", path=path)
    if how == "recalled":
        recall(asked.seal.version, by=youth_planner(), at=states.now())
        assert WHY_NOT in client.post(path, typed).text
        return
    client.logout()
    client.post(path, typed)
    client.force_login(tyrell().user)
    assert WHY_NOT in client.get(path, {"draft": "show"}).text


def test_every_item_has_its_line_also_what_the_plan_rests_on(client):
    version = states.draft()
    write(PlannedService.objects.get(plan=version.plan, service__code="BC-INIT"), goal=None)
    asked = states.told(states.sent(version))
    assert None in {service.goal_id for service in asked.seal.contents.services}
    client.force_login(version.plan.customer.user)
    page = Page(client.get(asked.path))
    contents = asked.seal.contents
    missing = [
        reference(kind, item.id)
        for kind in KINDS
        for item in contents.of(kind)
        if not page.has_id(f"about-{reference(kind, item.id)}")
    ]
    assert missing == []


def test_an_empty_answer_is_asked_for_again(client, asked):
    question = ask(asked)
    client.force_login(youth_planner())
    reply = client.post(reverse("plan:question-answer", args=[tyrell().pk, question.pk]), {"answer": ""})
    assert reply.status_code == 422
    assert Page(reply).links()["Write the answer."] == f"#question-{question.pk}-answer"


def test_the_first_of_two_answers_stands(asked):
    question = ask(asked)
    answer(question)
    refused("answered-already", lambda: answer(question, "Another one", by=statewide()))


def test_another_regions_planner_answers_nothing(asked):
    question = ask(asked)
    before = everything()
    with pytest.raises(NotAllowed):
        answer(question, by=north_planner())
    assert changed(before, everything()) == {}


def test_once_all_is_answered_the_message_is_no_news(asked):
    first, second = ask(asked), ask(asked)
    answer(first)
    assert messages(Notice.ITEM_ASKED).get().read_at is None
    answer(second)
    assert messages(Notice.ITEM_ASKED).get().read_at

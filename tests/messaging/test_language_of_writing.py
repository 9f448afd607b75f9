"""What people write to each other carries the language in which it was written, for a reader of another one."""

import pytest
from django.urls import reverse
from django.utils import translation

from acknowledgments.agreement.talking import answer_question, ask_about_item, disagree
from acknowledgments.paper.joint_making import joint_making
from careerplan.accounts.language import choose_language
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.messaging.wording import told_on_pages
from careerplan.plans.actions import write_in
from careerplan.plans.models import VersionEvent
from customers.writing import language_of_writing
from goals.actions import save_goal
from goals.items import GOAL
from goals.models import Goal
from tests import states
from tests.people import administrator, lucia, north_planner
from tests.rows import write

pytestmark = pytest.mark.django_db

SEEN, SEGUNDA = "See you on Monday", "No puedo el lunes"


def marked(text, language, name):
    return f'<bdi lang="{language}">{text}</bdi> <small class="in-language">({name})</small>'


def page(client, user, address, *arguments):
    client.force_login(user)
    return client.get(reverse(address, args=arguments)).content.decode()


def posted(client, user, address, *arguments, subject="Hello", body=SEEN):
    client.force_login(user)
    assert client.post(reverse(address, args=arguments), {"subject": subject, "body": body}).status_code == 302
    return Message.objects.latest("id")


# --- messages -----------------------------------------------------------------------------------


def test_the_planners_message_is_marked_for_a_customer_who_reads_another_language(client):
    message = posted(client, north_planner(), "customers:messages", lucia().pk)
    assert message.written_in == "en"
    for address in ("my:messages", "my:dashboard"):
        content = page(client, lucia().user, address)
        assert marked("Hello", "en", "inglés") in content
        assert f'<div lang="en" dir="auto"><p>{SEEN}</p></div>' in content


def test_the_customers_answer_is_marked_for_the_planner(client):
    message = posted(client, lucia().user, "my:messages", subject="Hola", body=SEGUNDA)
    assert message.written_in == "es"
    content = page(client, north_planner(), "customers:messages", lucia().pk)
    assert marked("Hola", "es", "Spanish") in content
    assert f'<div lang="es" dir="auto"><p>{SEGUNDA}</p></div>' in content
    assert f'<div dir="auto"><p>{SEGUNDA}</p></div>' in page(client, lucia().user, "my:messages")


def test_a_message_stays_in_its_language_whatever_is_chosen_later(client):
    first = posted(client, north_planner(), "customers:messages", lucia().pk)
    write_in(states.plan_of(lucia()), "es", by=north_planner(), at=states.now())
    second = posted(client, north_planner(), "customers:messages", lucia().pk, body="Nos vemos el lunes")
    assert [Message.objects.get(pk=row.pk).written_in for row in (first, second)] == ["en", "es"]


def test_before_there_is_a_plan_nobody_has_said_the_language(client):
    customer = states.enrolled()
    message = posted(client, customer.planner, "customers:messages", customer.pk)
    assert message.written_in == ""
    assert "in-language" not in page(client, customer.user, "my:messages")


def test_of_several_plans_the_open_one_says_it():
    customer = states.in_force().plan.customer
    states.closed(customer)
    assert language_of_writing(customer.planner, customer) == "en"
    write_in(states.started(customer).plan, "es", by=customer.planner, at=states.now())
    assert language_of_writing(customer.planner, customer) == "es"


# --- what the product tells, with what was typed in it ------------------------------------------


@pytest.fixture
def off_track():
    goal = Goal.objects.filter(plan__customer=lucia())[0]
    save_goal(goal.plan, goal, {"status": "off_track"}, by=north_planner(), at=states.now())
    return goal


def test_the_goal_that_is_off_track_is_marked_in_the_middle_of_its_sentence(client, off_track):
    assert marked(off_track.statement, "en", "inglés") in page(client, lucia().user, "my:messages")
    write(lucia().user, language="en")
    assert "in-language" not in page(client, lucia().user, "my:messages")


def test_a_message_of_a_former_release_is_told_without_a_mark(client, off_track):
    message = Message.objects.get(kind=Notice.GOAL_OFF_TRACK, recipient=lucia().user)
    write(message, facts=message.facts | {"goal": off_track.statement})
    content = page(client, lucia().user, "my:messages")
    assert off_track.statement in content
    assert "in-language" not in content


@pytest.mark.parametrize("fact", ["<b>Fit</b> %(planner)s", {"typed": "<b>Fit</b> %(planner)s", "language": "es"}])
def test_what_was_typed_is_text_and_nothing_else(fact):
    shown = told_on_pages(Notice.GOAL_OFF_TRACK, {"goal": fact, "planner": "<i>Devon</i>"})
    assert "&lt;b&gt;Fit&lt;/b&gt; %(planner)s" in shown
    assert "&lt;i&gt;Devon&lt;/i&gt;" in shown


# --- beside the items ----------------------------------------------------------------------------


@pytest.fixture
def talk():
    """Lucía asks in Spanish and says no; her planner answers in English."""
    asked = states.told(states.sent(states.newest(lucia())))
    line = {"kind": GOAL, "item_id": asked.seal.contents.goals[0].id, "text": "¿Por qué?", "stance": "objects"}
    question = ask_about_item(asked, **line, by=lucia().user, at=states.now())
    disagree(asked, reason="Está lejos", by=lucia().user, at=states.now())
    return answer_question(question, answer="It is the nearest", by=north_planner(), at=states.now())


def test_questions_answers_and_the_no_are_marked_for_the_planner(client, talk):
    content = page(client, north_planner(), "plan:agreement", lucia().pk)
    assert marked("¿Por qué?", "es", "Spanish") in content
    assert marked("Está lejos", "es", "Spanish") in content
    assert "<bdi>It is the nearest</bdi>" in content
    assert marked("Está lejos", "es", "Spanish") in page(
        client, north_planner(), "plan:version", lucia().pk, talk.seal.version_id
    )


def test_they_are_marked_for_the_customer_who_reads_another_language_by_now(client, talk):
    request = states.request_for(states.newest(lucia()))
    content = page(client, lucia().user, "my:acknowledge", request.key)
    assert "<bdi>¿Por qué?</bdi>" in content
    assert marked("It is the nearest", "en", "inglés") in content
    assert marked("It is the nearest", "en", "inglés") in page(client, lucia().user, "my:messages")
    choose_language(lucia().user, "en", by=administrator(), at=states.now())
    content = page(client, lucia().user, "my:acknowledge", request.key)
    assert marked("¿Por qué?", "es", "Spanish") in content
    assert marked("Está lejos", "es", "Spanish") in content


def test_the_paper_says_the_language_of_each(talk):
    with translation.override("en"):
        question, no = joint_making(talk.seal.version)
    assert (question["text"].language, question["answer"].language) == ("es", "en")
    assert (no["says_no"], no["text"].language) == (True, "es")
    assert VersionEvent.objects.get(version=talk.seal.version, name="disagree").written_in == "es"


def test_the_item_of_a_question_is_named_for_staff_in_its_language(client, talk):
    write(north_planner(), language="es")
    statement = talk.seal.contents.goals[0].statement
    assert marked(statement, "en", "inglés") in page(client, north_planner(), "plan:agreement", lucia().pk)


# --- on pages of staff ---------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["plan:overview", "plan:goals", "plan:services"])
def test_what_the_plan_says_is_marked_on_spanish_pages_of_staff(client, address):
    write(north_planner(), language="es")
    statement = Goal.objects.in_plan().filter(plan__customer=lucia())[0].statement
    content = page(client, north_planner(), address, lucia().pk)
    assert marked(statement, "en", "inglés") in content
    assert f"<bdi>{statement}</bdi>" not in content


@pytest.mark.parametrize("address", ["customer-outcomes", "customer-worksites"])
def test_so_it_is_on_pages_of_all_plans(client, address):
    version = states.in_force()
    customer, goal = version.plan.customer, Goal.objects.get(plan=version.plan)
    if address == "customer-outcomes":
        save_goal(goal.plan, goal, {"status": "complete"}, by=customer.planner, at=states.now())
    else:
        pen = states.pen(states.reviewed(customer))
        pen.service("WE-EXP", goal, planned_start_on=pen.in_days(10))
    write(customer.planner, language="es")
    assert marked(goal.statement, "en", "inglés") in page(client, customer.planner, address, customer.pk)

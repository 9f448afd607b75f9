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
from tests.goal_statuses import COMPLETE, OFF_TRACK
from tests.markup import Page
from tests.people import administrator, lucia, north_planner
from tests.rows import write

pytestmark = pytest.mark.django_db

SEEN, SEGUNDA = "See you on Monday", "No puedo el lunes"


def marked(text, language, name):
    return f'<bdi lang="{language}">{text}</bdi> <small class="in-language">({name})</small>'


def page(client, user, address, *arguments):
    client.force_login(user)
    return client.get(reverse(address, args=arguments)).content.decode()


def posted(client, user, address, *arguments, subject="Hello", body=SEEN, **more):
    client.force_login(user)
    values = {"subject": subject, "body": body, **more}
    assert client.post(reverse(address, args=arguments), values).status_code == 302
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
    write_in(states.plan_of(lucia()), "es", rewritten=True, by=north_planner(), at=states.now())
    second = posted(client, north_planner(), "customers:messages", lucia().pk, body="Nos vemos el lunes")
    assert [Message.objects.get(pk=row.pk).written_in for row in (first, second)] == ["en", "es"]


def offered(client, user, address, *arguments):
    """The language that the form of the page begins with."""
    client.force_login(user)
    path = reverse(address, args=arguments)
    return Page(client.get(path)).form(path)["written_in"]


def test_the_form_begins_with_the_language_of_the_plan_whatever_the_account_says(client):
    write(north_planner(), language="es")
    assert offered(client, north_planner(), "customers:messages", lucia().pk) == "en"
    write_in(states.plan_of(lucia()), "es", rewritten=True, by=north_planner(), at=states.now())
    assert offered(client, north_planner(), "customers:messages", lucia().pk) == "es"


def test_a_customers_form_begins_with_the_language_of_the_account(client):
    assert offered(client, lucia().user, "my:messages") == "es"


@pytest.mark.parametrize(
    ("writer", "address", "language"), [("planner", "customers:messages", "es"), ("user", "my:messages", "en")]
)
def test_who_writes_in_another_language_says_so(client, writer, address, language):
    arguments = [lucia().pk] if writer == "planner" else []
    user = getattr(lucia(), writer)
    message = posted(client, user, address, *arguments, body="Venga", written_in=language)
    assert message.written_in == language
    reader = lucia().user if writer == "planner" else lucia().planner
    where = ("my:messages",) if writer == "planner" else ("customers:messages", lucia().pk)
    assert '<div dir="auto"><p>Venga</p></div>' in page(client, reader, *where)


def test_a_language_that_the_product_does_not_know_is_not_sent(client):
    client.force_login(north_planner())
    values = {"subject": "Hello", "body": SEEN, "written_in": "xx"}
    answer = client.post(reverse("customers:messages", args=[lucia().pk]), values)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"written_in"}


def test_before_there_is_a_plan_it_is_the_writers_own(client):
    customer = states.enrolled()
    message = posted(client, customer.planner, "customers:messages", customer.pk)
    assert message.written_in == "en"
    write(customer.user, language="es")
    assert marked("Hello", "en", "inglés") in page(client, customer.user, "my:messages")
    write(customer.planner, language="es")
    assert offered(client, customer.planner, "customers:messages", customer.pk) == "es"


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
    save_goal(goal.plan, goal, OFF_TRACK, by=north_planner(), at=states.now())
    return goal


def test_the_goal_that_is_off_track_is_marked_in_the_middle_of_its_sentence(client, off_track):
    assert marked(off_track.statement, "en", "inglés") in page(client, lucia().user, "my:messages")
    write(lucia().user, language="en")
    assert "in-language" not in page(client, lucia().user, "my:messages")


def test_a_message_of_a_former_release_is_told_without_a_mark(client, off_track):
    message = Message.objects.get(kind=Notice.GOAL_OFF_TRACK, recipient=lucia().user)
    write(message, facts={"goal": off_track.statement, "planner": "Maria Torres"})
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


def test_the_answer_is_in_the_language_that_its_form_says(client):
    asked = states.told(states.sent(states.newest(lucia())))
    line = {"kind": GOAL, "item_id": asked.seal.contents.goals[0].id, "text": "¿Por qué?", "stance": "asks"}
    question = ask_about_item(asked, **line, by=lucia().user, at=states.now())
    client.force_login(north_planner())
    address = reverse("plan:question-answer", args=[lucia().pk, question.pk])
    inline = Page(client.get(reverse("plan:agreement", args=[lucia().pk]))).form(address)
    assert inline["written_in"] == Page(client.get(address)).form(address)["written_in"] == "en"
    answer = {"answer": "Es el más cercano", "written_in": "es"}
    assert client.post(address, inline | answer).status_code == 302
    question.refresh_from_db()
    assert question.answered_in == "es"
    assert "<bdi>Es el más cercano</bdi>" in page(client, lucia().user, "my:messages")


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
        save_goal(goal.plan, goal, COMPLETE, by=customer.planner, at=states.now())
    else:
        pen = states.pen(states.reviewed(customer))
        pen.service("WE-EXP", goal, planned_start_on=pen.in_days(10))
    write(customer.planner, language="es")
    assert marked(goal.statement, "en", "inglés") in page(client, customer.planner, address, customer.pk)

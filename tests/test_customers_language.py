"""A customer who reads Spanish reads no English but names and what is marked as written in English."""

import re

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from acknowledgments.agreement.talking import answer_question, ask_about_item
from acknowledgments.models import Acknowledgment
from acknowledgments.paper.joint_making import joint_making
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.paper.rows import paper_context
from careerplan.base import clock
from careerplan.messaging.delivery import deliver_next
from services.items import SERVICE
from services.models import Service
from tests import states
from tests.access import KINDS, OPENS, TABLE
from tests.addresses import PARAMETERS, address_of, arguments_of
from tests.callers import CUSTOMER
from tests.foreign import KNOWN, foreign_in, names, spanish_words, texts_of, typed_in_messages, words_in
from tests.people import angela, lucia
from tests.rows import write

pytestmark = pytest.mark.django_db

# Addresses of tokens that no person has at hand, and what ends the session.
NOT_WALKED = {"healthz", "account_logout", "account_reset_password_from_key", "home"}
CUSTOMERS_PAGES = [
    name
    for name, row in TABLE.items()
    if row.get and KINDS[row.kind].get(CUSTOMER) == OPENS and name not in NOT_WALKED and row.kind != "file"
]


@pytest.fixture
def asked(client):
    """Lucía's plan waits for her; her planner wrote it in English."""
    request = states.told(states.sent(states.newest(lucia())))
    client.force_login(lucia().user)
    return request


def known_words() -> set[str]:
    return spanish_words() | names() | KNOWN


def english_on(client, name, known) -> dict[str, str]:
    """What is found on the page; nothing where the address is a file, or leads elsewhere."""
    values = arguments_of(lucia(), name)
    newest = lucia().plans.get().versions.order_by("-number").first()
    values |= {"key": newest.seals.latest("id").request.key, "version_pk": newest.pk}
    answer = client.get(address_of(name, values), headers={"accept-language": "es"}, follow=True)
    if not answer["Content-Type"].startswith("text/html"):
        return {}
    texts = [text for text in texts_of(answer.content.decode()) if text not in typed_in_messages()]
    return foreign_in(texts, known)


def test_the_search_finds_english(client, asked):
    known = known_words()
    page = "<html lang='es'><p>Su plan</p><p>Please wait</p><p lang='en'>Find work</p></html>"
    assert foreign_in(texts_of(page), known) == {"please": "Please wait", "wait": "Please wait"}


def test_every_address_of_a_customer_is_walked():
    assert {"my:dashboard", "my:messages", "my:acknowledge", "help", "account_change_password"} <= set(CUSTOMERS_PAGES)
    assert set(CUSTOMERS_PAGES) <= PARAMETERS.keys()


def test_no_page_says_anything_in_english_while_the_plan_waits(client, asked):
    known = known_words()
    found = {name: english for name in CUSTOMERS_PAGES if (english := english_on(client, name, known))}
    assert found == {}


def test_no_page_says_anything_in_english_once_the_plan_is_in_force(client, asked):
    states.acknowledged(asked)
    known = known_words()
    found = {name: english for name in CUSTOMERS_PAGES if (english := english_on(client, name, known))}
    assert found == {}


def test_what_changed_is_told_in_spanish(client, asked):
    states.acknowledged(asked)
    pen = states.pen(states.reviewed(lucia()))
    goal = states.plan_of(lucia()).goals.in_plan().first()
    pen.service("BC-JREQ", goal, planned_start_on=pen.in_days(10))
    request = states.told(states.sent(states.newest(lucia())))
    page = client.get(reverse("my:acknowledge", args=[request.key])).content.decode()
    assert "Lo que pide un trabajo" in page
    assert foreign_in(texts_of(page), known_words()) == {}


def test_what_the_planner_wrote_is_marked_and_a_note_says_so(client, asked):
    page = client.get(reverse("my:acknowledge", args=[asked.key])).content.decode()
    goal = asked.seal.contents.goals[0].statement
    assert f'<bdi lang="en">{goal}</bdi> <small class="in-language">(inglés)</small>' in page
    assert "Algunas partes de este plan están escritas en inglés." in page


def test_what_was_asked_is_told_in_spanish_on_pages_and_on_paper(client, asked):
    service = asked.seal.contents.services[0]
    line = {"kind": SERVICE, "item_id": service.id, "text": "¿Cuándo empieza?", "stance": "asks"}
    question = ask_about_item(asked, **line, by=lucia().user, at=clock.now())
    answer_question(question, answer="In the spring", by=lucia().planner, at=clock.now())
    page = client.get(reverse("my:acknowledge", args=[asked.key])).content.decode()
    assert '<bdi lang="en">In the spring</bdi>' in page
    with translation.override("es"):
        [told] = joint_making(asked.seal.version)
    assert (told["about"], told["about"].language) == (Service.objects.get(code=service.code).plain_spanish, "es")
    assert told["answer"].language == "en"


def test_a_plan_that_is_written_in_spanish_has_no_marks(client):
    plan = states.plan_of(lucia())
    plan.written_in = "es"
    plan.save()
    request = states.told(states.sent(states.newest(lucia())))
    client.force_login(lucia().user)
    page = client.get(reverse("my:acknowledge", args=[request.key])).content.decode()
    assert "Algunas partes de este plan" not in page
    assert f'lang="en">{request.seal.contents.goals[0].statement}' not in page


def english_on_paper(acknowledgment) -> dict[str, str]:
    """What is found on the paper with the signature; what stands there as evidence has no language."""
    seal = acknowledgment.seal
    with translation.override("es"):
        context = paper_context(
            in_plain_words(seal.contents), seal=seal, acknowledgment=acknowledgment, printed_on=timezone.localdate()
        )
        page = render_to_string("acknowledgments/paper.html", context | {"language": "es", "what_changed": None})
    evidence = set(words_in(" ".join([acknowledgment.user_agent, acknowledgment.time_zone, seal.short_code])))
    texts = [text for text in texts_of(page) if not re.fullmatch(r"[0-9a-f ]{30,}|[0-9a-f-]{36}", text)]
    return foreign_in(texts, known_words() | evidence)


def test_the_paper_says_nothing_in_english_but_what_is_marked(asked):
    states.acknowledged(asked)
    assert english_on_paper(Acknowledgment.objects.get(request=asked)) == {}


@pytest.fixture
def reader(client):
    """Angela, who reads Spanish: her course and what supports it have costs, and the course a training program."""
    write(angela().user, language="es")
    client.force_login(angela().user)
    return angela()


def test_what_the_program_pays_is_told_in_spanish(client, reader):
    page = client.get(reverse("my:dashboard"), headers={"accept-language": "es"}).content.decode()
    assert "Mi ayuda en dólares" in page
    texts = [text for text in texts_of(page) if text not in typed_in_messages()]
    assert foreign_in(texts, known_words()) == {}


def test_the_paper_of_a_course_says_nothing_in_english_but_what_is_marked(reader):
    acknowledgment = Acknowledgment.objects.get(version=states.newest(reader))
    assert any(service.training_program for service in acknowledgment.seal.contents.services)
    assert english_on_paper(acknowledgment) == {}


def test_the_e_mail_says_nothing_in_english(asked):
    mail.outbox.clear()
    while deliver_next(clock.now()):
        pass
    letters = [letter for letter in mail.outbox if letter.to == [lucia().user.email]]
    assert letters
    for letter in letters:
        body = re.sub(r"https?://\S+", " ", letter.body)
        assert foreign_in([letter.subject, *body.splitlines()], known_words()) == {}

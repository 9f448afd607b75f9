"""The supervisor's pages by a link and a code: what they show, what they refuse, and what they hide."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerplan.base import clock
from careerplan.base.logs import plain, plain_path
from tests import states, supervised
from tests.markup import Page
from tests.people import planner
from worksites.evaluations import asking
from worksites.evaluations.models import SupervisorLink
from worksites.evaluations.opened import REMEMBERED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def question():
    return supervised.asked()


@pytest.fixture
def phone(question):
    return supervised.Telephone(question)


def words(response):
    return Page(response).words


def names_nobody(response, question):
    link = question.link
    said = response.content.decode()
    shown = [
        link.customer.first_name,
        link.customer.last_name,
        link.placement.job.title,
        link.placement.job.worksite.name,
    ]
    return [name for name in shown if name in said] == []


# --- what is shown ----------------------------------------------------------------------------


def test_the_link_says_whom_it_is_about_in_few_words(phone, question):
    customer, placement = question.link.customer, question.link.placement
    page = words(phone.open())
    assert f"{customer.first_name} {customer.last_name[:1]}." in page
    assert customer.last_name not in page
    assert placement.job.title in page
    assert placement.job.worksite.name in page
    assert "Comes on time" not in page


def test_the_questions_come_after_the_code_alone(phone):
    assert phone.client.get(phone.answer_address).url == phone.address
    assert "Code of six digits" in words(phone.send(SITE_ON_TIME="4"))
    page = words(phone.type_code())
    assert "Comes on time and every day" in page
    assert "You answer as Rosa Marsh." in page
    assert "Supervisor who evaluates" not in page


def test_an_evaluation_is_sent_once_and_its_sender_reads_what_was_said(phone, question):
    phone.type_code()
    page = words(phone.send(SITE_ON_TIME="4", SITE_NOTES="Learns fast."))
    assert "Thank you" in page
    assert "by Rosa Marsh. The career planner was told." in page
    assert "Learns fast." in page
    link = supervised.reread(question.link)
    assert (link.answered_as, link.ip_address, link.user_agent) == ("Rosa Marsh", "127.0.0.1", supervised.PHONE)
    assert "Thank you" in words(phone.send(SITE_ON_TIME="1"))
    assert link.answers.get(field__code="SITE_ON_TIME").value == 4


def test_hours_are_confirmed_as_they_were_asked(question):
    week = supervised.week(question.link.placement, "37.5")
    phone = supervised.Telephone(supervised.asked(question.link.placement, week))
    page = Page(phone.type_code())
    assert page.form(phone.answer_address)["hours"] == "37.5"
    assert "37.5 hours" in words(phone.send(hours="37.5"))


def test_hours_that_cannot_be_are_refused_at_the_field(question):
    phone = supervised.Telephone(supervised.asked(question.link.placement, supervised.week(question.link.placement)))
    phone.type_code()
    for typed, sentence in (
        ("7.305", "at most two digits after the period"),
        ("200", "These days have 168 hours together"),
        ("-3", "Enter 0 or more"),
        ("", "Enter the hours worked in these days"),
    ):
        answer = phone.send(hours=typed)
        assert answer.status_code == 422
        assert sentence in words(answer)
    assert "0 hours" in words(phone.send(hours="0"))


def test_an_evaluation_without_an_answer_is_refused(phone):
    phone.type_code()
    answer = phone.send()
    assert answer.status_code == 422
    assert "Answer one question or more." in words(answer)


def test_the_pages_speak_spanish(phone):
    phone.client.cookies["django_language"] = "es"
    assert 'lang="es"' in phone.open().content.decode()
    page = phone.type_code().content.decode()
    assert "Llega a tiempo y todos los días" in page


def test_without_a_code_or_a_name_nothing_opens(phone):
    answer = phone.client.post(phone.address, {"code": "", "name": ""})
    assert answer.status_code == 422
    assert "Enter the code of six digits." in words(answer)
    assert "Enter your own name." in words(answer)


# --- what can't be ----------------------------------------------------------------------------


def test_wrong_codes_are_counted_and_lock_the_link(phone, question):
    for left in (4, 3, 2, 1):
        answer = phone.type_code(supervised.wrong(question))
        assert answer.status_code == 422
        assert f"Tries left: {left}." in words(answer)
    answer = phone.type_code(supervised.wrong(question))
    assert answer.status_code == 403
    assert "locked" in words(answer)
    assert names_nobody(answer, question)
    again = phone.type_code()
    assert again.status_code == 403
    assert names_nobody(again, question)


def test_a_link_that_is_locked_meanwhile_takes_no_answer(phone, question):
    phone.type_code()
    supervised.lock(question)
    answer = phone.send(SITE_ON_TIME="4")
    assert answer.status_code == 403
    assert names_nobody(answer, question)
    assert not question.link.answers.exists()


def test_after_two_weeks_the_link_is_over(phone, question):
    phone.type_code()
    supervised.made_long_ago(question.link)
    for answer in (phone.open(), phone.type_code(), phone.send(SITE_ON_TIME="4")):
        assert answer.status_code == 410
        assert "Ask the career planner for a new one." in words(answer)
        assert names_nobody(answer, question)
    assert not question.link.answers.exists()


def test_what_was_taken_back_opens_nothing(phone, question):
    asking.take_back(question.link, by=question.link.made_by, at=states.now())
    answer = phone.open()
    assert answer.status_code == 410
    assert "took this link back" in words(answer)
    assert names_nobody(answer, question)


def test_a_wrong_address_opens_nothing(question):
    for secret in ("a" * 64, question.secret[:-1], question.link.secret_digest, "x", "a" * 2000):
        for address in (f"/supervisor/{secret}/", f"/supervisor/{secret}/answer/"):
            answer = Client().get(address)
            assert answer.status_code == 404
            assert "ask the career planner" in words(answer)


def test_a_second_person_reads_who_answered_and_overwrites_nothing(phone, question):
    second = supervised.Telephone(question)
    phone.type_code()
    second.type_code(name="Jo Reed")
    phone.send(SITE_ON_TIME="4", SITE_NOTES="Learns fast.")
    for answer in (second.send(SITE_ON_TIME="1"), second.open(), second.type_code(name="Jo Reed")):
        assert answer.status_code == 410
        assert "Already answered on" in words(answer)
        assert "by Rosa Marsh" in words(answer)
        assert "Learns fast." not in words(answer)
        assert names_nobody(answer, question)
    assert question.link.answers.get(field__code="SITE_ON_TIME").value == 4


def typed_on(answer):
    """What stands to be copied."""
    fields = Page(answer).root.xpath("//main//*[starts-with(@id, 'typed-')]")
    return [field.get("value") or field.text for field in fields]


def test_what_the_second_person_typed_is_shown_to_copy_and_not_kept(phone, question):
    second = supervised.Telephone(question)
    phone.type_code()
    second.type_code(name="Jo Reed")
    phone.send(SITE_ON_TIME="4")
    answer = second.send(SITE_ON_TIME="1", SITE_NOTES="Comes late <b>often</b>.")
    assert answer.status_code == 410
    assert typed_on(answer) == ["1 - Poor", "Comes late <b>often</b>."] or typed_on(answer)[1:] == [
        "Comes late <b>often</b>."
    ]
    assert names_nobody(answer, question)
    assert typed_on(second.open()) == []


def test_what_is_sent_once_more_from_the_same_browser_is_not_lost_without_a_word(question):
    question = supervised.asked(question.link.placement, supervised.week(question.link.placement))
    phone = supervised.Telephone(question)
    phone.type_code()
    phone.send(hours="20")
    assert typed_on(phone.send(hours="20")) == []
    answer = phone.send(hours="35")
    assert "You had answered before. What you typed now was not sent." in words(answer)
    assert typed_on(answer) == ["35"]
    assert "20 hours" in words(answer)
    assert typed_on(phone.open()) == []


def test_hours_that_came_second_are_shown_too(question):
    question = supervised.asked(question.link.placement, supervised.week(question.link.placement))
    first, second = supervised.Telephone(question), supervised.Telephone(question)
    first.type_code()
    second.type_code(name="Jo Reed")
    first.send(hours="30")
    assert typed_on(second.send(hours="31.5")) == ["31.5"]


def test_what_was_typed_comes_back_after_the_code_where_the_session_ended(phone, question):
    phone.type_code()
    phone.client.cookies.clear()
    answer = phone.send(SITE_ON_TIME="4", SITE_NOTES="Learns fast.")
    assert answer.status_code == 422
    assert "We kept what you typed" in words(answer)
    carried = {"typed": Page(answer).form(phone.address)["typed"], "name": "Rosa Marsh"}
    wrong = phone.client.post(phone.address, carried | {"code": supervised.wrong(question)})
    assert Page(wrong).form(phone.address)["typed"] == carried["typed"]
    assert len(Page(wrong).root.xpath("//*[@autofocus]")) == 1
    answer = phone.client.post(phone.address, carried | {"code": question.code})
    assert "Nothing was sent yet. Look over what you typed" in words(answer)
    form = Page(answer).form(phone.answer_address)
    assert (form["SITE_ON_TIME"], form["SITE_NOTES"]) == ("4", "Learns fast.")
    assert not question.link.answers.exists()
    assert "Thank you" in words(phone.client.post(phone.answer_address, form, follow=True))
    assert question.link.answers.count() == 2


def test_who_sends_nothing_without_the_code_is_told_so(phone):
    answer = phone.client.post(phone.answer_address)
    assert answer.status_code == 422
    assert Page(answer).root.xpath("//main//*[@autofocus]")[0].text_content() == (
        "Nothing was sent yet. Enter the code and your name."
    )


def test_hours_come_back_after_the_code(question):
    phone = supervised.Telephone(supervised.asked(question.link.placement, supervised.week(question.link.placement)))
    carried = {"typed": Page(phone.send(hours="31.5")).form(phone.address)["typed"], "name": "Rosa Marsh"}
    answer = phone.client.post(phone.address, carried | {"code": phone.question.code})
    assert Page(answer).form(phone.answer_address)["hours"] == "31.5"


@pytest.fixture
def strict(question):
    """A browser whose forms need their token."""
    phone = supervised.Telephone(question)
    phone.client = Client(enforce_csrf_checks=True)
    return phone


OURS = {"HTTP_ORIGIN": "http://testserver"}


def test_a_form_without_its_token_shows_the_supervisors_page_with_what_was_typed(strict, question):
    answer = strict.client.post(strict.answer_address, {"SITE_NOTES": "Learns fast."}, **OURS)
    assert answer.status_code == 403
    assert "Code of six digits" in words(answer)
    assert "Learns+fast." in Page(answer).form(strict.address)["typed"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    answer = strict.client.post(strict.address, {"code": question.code, "name": "Rosa Marsh"}, **OURS)
    form = Page(answer).form(strict.address)
    assert form["name"] == "Rosa Marsh"
    token = strict.client.cookies["csrftoken"].value
    strict.client.post(strict.address, {"code": question.code, "name": "Rosa", "csrfmiddlewaretoken": token}, **OURS)
    answer = strict.client.post(strict.answer_address, {"SITE_NOTES": "Learns fast."}, **OURS)
    assert Page(answer).form(strict.answer_address)["SITE_NOTES"] == "Learns fast."
    assert not question.link.answers.exists()


def test_what_another_site_sends_is_not_shown(strict):
    elsewhere = {"HTTP_ORIGIN": "https://elsewhere.example"}
    answer = strict.client.post(strict.answer_address, {"SITE_NOTES": "Learns fast."}, **elsewhere)
    assert answer.status_code == 403
    assert "Learns" not in answer.content.decode()


def test_a_code_is_remembered_for_an_hour_and_for_its_link_alone(phone, question, monkeypatch):
    other = supervised.asked(supervised.begun())
    phone.type_code()
    elsewhere = supervised.Telephone(other)
    elsewhere.client = phone.client
    assert "Code of six digits" in words(elsewhere.open())
    later = states.now() + REMEMBERED + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert phone.client.get(phone.answer_address).url == phone.address


def test_many_wrong_codes_from_one_address_are_turned_away(question):
    links = [supervised.asked(supervised.begun()) for _number in range(5)]
    for each in links:
        for _try in range(4):
            supervised.Telephone(each).type_code(supervised.wrong(each))
    answer = supervised.Telephone(question).type_code()
    assert answer.status_code == 429
    assert "Try again in a quarter of an hour." in words(answer)
    assert supervised.reread(question.link).tries_left == 5


def test_who_is_signed_in_types_the_code_as_well(question):
    phone = supervised.Telephone(question)
    phone.client.force_login(planner())
    assert "Code of six digits" in words(phone.open())
    phone.type_code()
    assert "Thank you" in words(phone.send(SITE_ON_TIME="4"))


# --- what is hidden ---------------------------------------------------------------------------


def test_no_page_is_kept_found_or_told_to_the_next_site(phone, question):
    for answer in (phone.open(), phone.type_code(), Client().get(f"/supervisor/{'a' * 64}/")):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "strict-origin"


def test_no_log_has_the_secret_or_the_code(phone, question, caplog):
    path = f"/supervisor/{question.secret}/"
    assert plain(f"Not Found: {path}") == "Not Found: /supervisor/'…'/"
    assert plain_path(path) == "/supervisor/…/"
    with caplog.at_level(logging.INFO):
        phone.open()
        phone.type_code(supervised.wrong(question))
        phone.type_code()
        phone.send(SITE_ON_TIME="4")
    said = caplog.text + str([vars(record) for record in caplog.records if record.name.startswith("careerplan")])
    assert "supervisor-opened" in said
    events = str(
        [{name: value for name, value in vars(record).items() if name != "request"} for record in caplog.records]
    )
    assert question.code not in events.replace(question.secret, "")


def test_forms_of_other_sites_are_refused(question):
    phone = supervised.Telephone(question)
    phone.client = Client(enforce_csrf_checks=True)
    assert phone.type_code().status_code == 403
    assert SupervisorLink.objects.get(pk=question.link.pk).tries_left == 5


def test_each_page_asks_little(phone):
    def number(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    assert number(phone.open) <= 6
    phone.type_code()
    assert number(lambda: phone.client.get(phone.answer_address)) <= 8
    phone.send(SITE_ON_TIME="4")
    assert number(phone.open) <= 8

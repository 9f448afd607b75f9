"""What was typed comes back, always: the session or the token ended, the row is gone, or a fault answered."""

import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from careerplan.accounts.middleware import LONGEST_SESSION_SECONDS
from careerplan.base import drafts
from careerplan.base.models import FormDraft
from customers.models import CaseNote
from goals import actions
from goals.models import Goal
from tests import states
from tests.markup import Page
from tests.people import angela, planner, youth_planner

pytestmark = pytest.mark.django_db

HERE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
SIGN_IN = "/accounts/login/"


class Typing:
    """A page with a form that was opened before something ended."""

    def __init__(self, address, **words):
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(planner())
        self.address = address
        self.opened = self.client.get(address)
        self.sent = {**Page(self.opened).form(address), **words, **hidden_in(self.opened)}

    def save(self, **headers):
        return self.client.post(self.address, self.sent, **(headers or HERE))

    def back(self, answer):
        """The page to which an answer leads, after signing in."""
        return self.client.get(answer.url if SIGN_IN not in answer.url else next_of(answer))


def token_of(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def hidden_in(page):
    names = ("csrfmiddlewaretoken", "typed_by", "typed_in")
    return {name: Page(page).root.xpath(f"string(//main//input[@name='{name}']/@value)") for name in names}


def next_of(answer):
    return parse_qs(urlsplit(answer.url).query)["next"][0]


@pytest.fixture
def note():
    states.reviewed(angela())
    return Typing(reverse("customers:case-notes", args=[angela().pk]), text="She found a room.", subject="Room")


def found_a_room():
    return CaseNote.objects.filter(text="She found a room.")


def typed_in(page):
    return Page(page).root.xpath("string(//textarea[@name='text'])").strip()


# --- the session ended ------------------------------------------------------------------------


def test_who_was_signed_out_signs_in_and_finds_the_text(note):
    signed_out(note.client)
    answer = note.save()
    assert SIGN_IN in answer.url
    assert note.client.get(answer.url).content.decode().count("We kept what you typed") == 1
    note.client.force_login(planner())
    assert typed_in(note.back(answer)) == "She found a room."
    assert not found_a_room()


def test_after_twelve_hours_the_text_comes_back(note):
    session = note.client.session
    session["begun"] = int(states.now().timestamp()) - LONGEST_SESSION_SECONDS - 1
    session.save()
    answer = note.save()
    assert SIGN_IN in answer.url
    note.client.force_login(planner())
    assert typed_in(note.back(answer)) == "She found a room."


def test_nobody_else_sees_what_was_typed(note):
    signed_out(note.client)
    answer = note.save()
    note.client.force_login(youth_planner())
    assert b"She found a room." not in note.back(answer).content
    assert FormDraft.objects.get().user == planner()


def test_a_button_leads_back_to_its_page_and_not_to_its_own_address(note):
    page = reverse("plan:goals", args=[angela().pk])
    goal = Goal.objects.in_plan().filter(plan=states.plan_of(angela()))[0]
    signed_out(note.client)
    remove = reverse("plan:goal-remove", args=[angela().pk, goal.pk])
    sent = {"csrfmiddlewaretoken": note.sent["csrfmiddlewaretoken"]}
    answer = note.client.post(remove, sent, HTTP_REFERER=f"http://testserver{page}", **HERE)
    assert next_of(answer) == page


# --- the token ended --------------------------------------------------------------------------


def test_who_signed_in_again_finds_the_text_and_that_it_is_not_saved(note):
    signs_in_anew(note.client, planner())
    answer = note.save()
    page = note.back(answer)
    assert "nothing has been saved yet" in page.content.decode()
    assert typed_in(page) == "She found a room."
    assert not found_a_room()
    note.sent = {**Page(page).form(note.address), **hidden_in(page)}
    assert note.save().status_code == HTTPStatus.FOUND
    assert len(found_a_room()) == 1
    assert not FormDraft.objects.exists()


def test_the_text_waits_for_its_person_where_another_signed_in(note):
    signs_in_anew(note.client, youth_planner())
    answer = note.save()
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "We kept what that person typed" in answer.content.decode()
    assert b"She found a room." not in note.client.get(drafts.shown_at(note.address)).content
    note.client.force_login(planner())
    assert typed_in(note.client.get(drafts.shown_at(note.address))) == "She found a room."


ELSEWHERE = [{"HTTP_ORIGIN": "https://elsewhere.example"}, {"HTTP_REFERER": "http://testserver.elsewhere.example/"}]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_site_sends_is_not_kept(note, headers):
    signs_in_anew(note.client, planner())
    assert note.save(**headers).status_code == HTTPStatus.FORBIDDEN
    assert not FormDraft.objects.exists()


def test_who_has_neither_session_nor_token_is_told_once(note):
    note.client.cookies.clear()
    answer = note.save()
    assert note.client.get(answer.url).content.decode().count("We kept what you typed") == 1
    note.client.force_login(planner())
    assert typed_in(note.back(answer)) == "She found a room."


@pytest.mark.parametrize("mark", ["", "1", "1:abc:def", "x" * 300])
def test_a_form_that_says_falsely_whose_it_is_is_not_kept(note, mark):
    note.sent["typed_by"] = mark
    signed_out(note.client)
    assert SIGN_IN in note.save().url
    assert not FormDraft.objects.exists()


def test_who_signed_in_in_another_tab_comes_in_from_an_old_sign_in_page():
    client = Client(enforce_csrf_checks=True)
    token = token_of(client.get(SIGN_IN))
    signs_in_anew(client, planner())
    answer = client.post(SIGN_IN, {"csrfmiddlewaretoken": token, "login": "x@example.org", "password": "x"}, **HERE)
    assert answer.url == "/"


def signed_out(client):
    """As by another tab: the token is still there."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def signs_in_anew(client, user):
    """As in another tab: the session and the token are new."""
    client.cookies.clear()
    client.force_login(user)
    client.get("/accounts/password/change/")


# --- the row is gone --------------------------------------------------------------------------


def test_what_was_typed_into_a_row_that_is_gone_is_shown_to_copy(note):
    goal = states.add_goal(angela())
    editing = Typing(reverse("plan:goal-edit", args=[angela().pk, goal.pk]), statement="Find a flat near the school")
    actions.remove_goal(goal, reason="-", by=planner(), at=states.now())
    answer = editing.save()
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert shown(answer)["Goal statement"] == "Find a flat near the school"
    assert shown(editing.client.get(drafts.shown_at(editing.address))) == shown(answer)
    assert shown(editing.client.get(editing.address)) == shown(answer)


def shown(page):
    root = Page(page).root
    return {label.text_content(): root.get_element_by_id(label.get("for")).value for label in root.xpath("//label")}


def test_an_address_that_never_was_says_so(note):
    note.sent["typed_by"] = ""
    answer = note.client.post(f"{note.address}999/", note.sent, **HERE)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "There is no page for you" in answer.content.decode()


# --- faults and refusals ----------------------------------------------------------------------


def test_a_fault_of_the_server_keeps_what_was_typed(note, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError

    monkeypatch.setattr("customers.actions.add_case_note", broken)
    note.client.raise_request_exception = False
    assert note.save().status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert typed_in(note.client.get(drafts.shown_at(note.address))) == "She found a room."


# --- every form says whose it is --------------------------------------------------------------

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# What is typed here is secret, or a signature, or chosen with few clicks: nothing of it is kept.
NOTHING_KEPT = {
    "account/login.html",
    "account/password_change.html",
    "account/password_reset.html",
    "account/password_reset_from_key.html",
    "acknowledgments/acknowledge.html",
    "acknowledgments/desk_code.html",
    "customers/sections/confidential.html",
    "customers/sections/my_confidential.html",
    "services/_catalog.html",
    # Without a sign-in, so that nobody's draft could be kept.
    "worksites/evaluations/code.html",
    "worksites/evaluations/evaluation.html",
    "worksites/evaluations/hours.html",
}


def test_every_form_in_which_something_is_typed_says_whose_it_is():
    silent = set()
    for path in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form[^>]*post.*?</form>", path.read_text(), re.S):
            typed = re.search(r"crispy|type=\"text\"|<textarea", form)
            if typed and "includes/_whose.html" not in form:
                silent.add(str(path.relative_to(TEMPLATES)))
    assert silent == NOTHING_KEPT


def test_every_form_whose_words_are_kept_offers_them():
    """A page that is left while something is typed, by the end of the session too, offers it when it is back."""
    silent = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "includes/_whose.html" in path.read_text() and "{% offer_draft" not in path.read_text()
    }
    assert silent == {"admin/change_form.html"}  # which has an offer of its own

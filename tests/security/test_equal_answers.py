"""Nobody learns from an answer, or from how long it takes, who signs in here."""

import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.accounts import hashing
from careerplan.accounts.models import SignInLetter
from careerplan.accounts.names import canonical
from tests import people
from tests.rows import date_back
from tests.security.doors import tried

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def by_email():
    return people.angela().user.email


def by_username():
    return people.angela().user.username


def switched_off():
    date_back(people.david().user, is_active=False)
    return people.david().user.email


def without_password():
    user = people.lucia().user
    user.set_unusable_password()
    user.save()
    return user.email


NOBODY = ["nobody@careerplan.test", "nobody"]
SOMEBODY = [by_email, by_username, switched_off, without_password]


@pytest.fixture
def looks(monkeypatch):
    """Each look at a password, as it begins."""
    begun = []
    turn = hashing.turn
    monkeypatch.setattr(hashing, "turn", lambda: begun.append(1) or turn())
    return begun


@pytest.mark.parametrize("name", [*SOMEBODY, *NOBODY])
def test_every_name_costs_one_look_at_a_password(looks, name):
    answer = tried(Client(), name if isinstance(name, str) else name())
    assert len(looks) == 1
    assert answer.status_code == 200
    assert "not correct" in str(answer.context["form"].errors)


def words_and_statements(name):
    browser = Client()
    browser.get(reverse("account_login"))
    with CaptureQueriesContext(connection) as queries:
        answer = tried(browser, name)
    token, page = answer.context["csrf_token"], answer.content.decode()
    return page.replace(str(token), "").replace(name, ""), [query["sql"].split()[0] for query in queries]


@pytest.mark.parametrize(("known", "unknown"), [(by_email, NOBODY[0]), (by_username, NOBODY[1])])
def test_a_known_and_an_unknown_name_are_answered_in_the_same_words_by_the_same_steps(known, unknown):
    assert words_and_statements(known()) == words_and_statements(unknown)


def work(name):
    """Seconds of all cores, so that what else runs on the machine does not count; the middle of three tries."""
    return statistics.median(processor_seconds(lambda: tried(Client(), name)) for _try in range(3))


def processor_seconds(act):
    begun = time.process_time()
    act()
    return time.process_time() - begun


def test_a_known_and_an_unknown_address_take_as_long():
    tried(Client(), NOBODY[1])  # what is loaded only once
    assert 0.6 < work(by_email()) / work(NOBODY[0]) < 1.6


def asked(email):
    return Client().post(reverse("account_reset_password"), {"email": email})


def test_asking_for_a_link_hashes_nothing_and_answers_everybody_alike(looks):
    answers = [asked(email) for email in (by_email(), switched_off(), without_password(), NOBODY[0])]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/password/reset/done/")}
    assert looks == []
    assert SignInLetter.objects.count() == 3  # a sign-in that is off is sent nothing


@pytest.mark.parametrize("form", ["ｎobody@careerplan.test", "NOBODY@ＣareerPlan.test "])
def test_a_name_that_nobody_has_is_one_name_in_any_form_of_its_letters(form):
    assert canonical(form) == canonical(NOBODY[0])
    used_up = [tried(Client(), form if number % 2 else NOBODY[0]).status_code for number in range(6)]
    assert used_up == [200] * 5 + [429]

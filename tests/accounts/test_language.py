"""The language that a person chose: with the person, before and after signing in."""

import time

import pytest
from django.conf import settings
from django.core import signing
from django.urls import reverse

from careerplan.accounts.language import CHOSEN_NOW, MINUTES_TO_SIGN_IN
from careerplan.accounts.models import User
from careerplan.base import clock
from customers.actions import save_customer
from tests import people
from tests.mail import letters_about_signing_in
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture(autouse=True)
def demo(settings):
    """The demo people's password opens, as in the trial."""
    settings.DEMO_SIGN_IN = True


def choose(client, language):
    return client.post(reverse("set_language"), {"language": language, "next": "/"})


def sign_in(client, user, **headers):
    return client.post("/accounts/login/", {"login": user.username, "password": settings.DEMO_PASSWORD}, **headers)


def language_of(client, address):
    return Page(client.get(address)).root.get("lang")


def kept(user):
    return User.objects.get(pk=user.pk).language


def test_a_language_that_is_chosen_stays_in_the_account(client):
    angela = people.angela().user
    client.force_login(angela)
    choose(client, "es")
    assert kept(angela) == "es"
    client.cookies.clear()
    client.force_login(angela)  # another browser
    assert language_of(client, "/my/") == "es"


def test_the_customers_record_and_the_sign_in_have_one_language(client):
    """The forms are printed in that of the record."""
    client.force_login(people.angela().user)
    choose(client, "es")
    assert people.angela().language == "es"
    angela = people.angela()
    angela.language = "en"
    save_customer(angela, by=people.administrator(), at=clock.now())
    assert kept(angela.user) == "en"


def test_who_chose_it_and_when_is_in_the_history(client):
    angela = people.angela().user
    client.force_login(angela)
    choose(client, "es")
    entry = User.history.filter(id=angela.pk).latest()
    assert (entry.language, entry.history_user_id) == ("es", angela.pk)


def test_a_language_chosen_before_signing_in_goes_into_the_account(client):
    angela = people.angela().user
    choose(client, "es")
    sign_in(client, angela)
    assert kept(angela) == "es"
    assert language_of(client, "/my/") == "es"


def test_nobody_who_chose_nothing_loses_a_language_by_signing_in(client):
    lucia = people.lucia().user
    sign_in(client, lucia)
    assert kept(lucia) == "es"
    assert language_of(client, "/my/") == "es"


def test_the_sign_in_page_speaks_the_language_of_who_signed_out(client):
    sign_in(client, people.lucia().user)
    client.post("/accounts/logout/")
    assert language_of(client, "/accounts/login/") == "es"


def test_the_next_person_at_the_same_computer_keeps_an_own_language(client):
    sign_in(client, people.lucia().user)
    client.post("/accounts/logout/")
    angela = people.angela().user
    sign_in(client, angela)
    assert kept(angela) == "en"
    assert language_of(client, "/my/") == "en"


def test_who_chose_and_did_not_sign_in_chose_for_nobody_else(client, monkeypatch):
    choose(client, "es")
    later = time.time() + 60 * MINUTES_TO_SIGN_IN + 1  # noqa: TID251  # by which cookies are signed
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert language_of(client, "/accounts/login/") == "es"  # who comes next can read it, and choose
    angela = people.angela().user
    sign_in(client, angela)
    assert kept(angela) == "en"
    assert language_of(client, "/my/") == "en"


def test_a_choice_is_taken_along_by_one_person_alone(client):
    choose(client, "es")
    sign_in(client, people.angela().user)
    client.post("/accounts/logout/")
    tyrell = people.tyrell().user
    sign_in(client, tyrell)
    assert kept(tyrell) == "en"


def test_a_choice_that_the_browser_made_up_is_none(client):
    client.cookies.load({CHOSEN_NOW: "es"})
    angela = people.angela().user
    sign_in(client, angela)
    assert kept(angela) == "en"


def test_a_choice_on_the_sign_in_page_counts_after_somebody_else_signed_out(client):
    sign_in(client, people.lucia().user)
    client.post("/accounts/logout/")
    choose(client, "es")
    angela = people.angela().user
    sign_in(client, angela)
    assert kept(angela) == "es"


def test_the_cookie_of_another_person_says_nothing_to_who_is_signed_in(client):
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "es"})
    client.force_login(people.angela().user)
    assert language_of(client, "/my/") == "en"


@pytest.mark.parametrize("language", ["de", "xx", "", "es'--"])
def test_a_language_that_the_product_does_not_speak_changes_nothing(client, language):
    angela = people.angela().user
    client.force_login(angela)
    choose(client, language)
    assert kept(angela) == "en"
    client.post("/accounts/logout/")
    choose(client, language)
    sign_in(client, angela)
    assert kept(angela) == "en"


def test_asking_for_the_address_changes_nothing(client):
    angela = people.angela().user
    client.force_login(angela)
    client.get(reverse("set_language"), {"language": "es"})
    assert kept(angela) == "en"


def test_the_first_page_after_signing_in_is_in_the_persons_language(client):
    response = sign_in(client, people.lucia().user, follow=True)
    assert Page(response).root.get("lang") == "es"


def test_the_language_outlives_the_browsers_window(client):
    choose(client, "es")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] >= 30 * 24 * 60 * 60


def test_the_letter_with_a_new_password_is_in_the_language_of_who_gets_it(client):
    """Whatever page it was asked for on."""
    write(people.angela().user, language="es")
    client.post("/accounts/password/reset/", {"email": people.angela().user.email})
    assert letters_about_signing_in()[0].body.startswith("Hola")

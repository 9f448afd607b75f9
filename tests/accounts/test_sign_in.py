"""Signing in with e-mail or username, what it leads to, and who does not get in."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.history import record
from customers.handing_over import switch_off
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

SIGN_IN = "/accounts/login/"
PASSWORD = "nine quiet horses"


@pytest.fixture
def demo(settings):
    """The demo people's password opens, as in the trial."""
    settings.DEMO_SIGN_IN = True
    return settings.DEMO_PASSWORD


def sign_in(client, login, password, **values):
    return client.post(SIGN_IN, {"login": login, "password": password, **values})


def signed_in(client):
    return "_auth_user_id" in client.session


def with_password(user, password=PASSWORD):
    user.set_password(password)
    record(user, by=None, at=clock.now())
    return user


@pytest.mark.parametrize(
    "login",
    ["angela.whitfield@careerplan.test", "Angela.Whitfield@CareerPlan.test", "angela.whitfield", "Angela.Whitfield"],
)
def test_one_signs_in_with_email_or_username_in_any_case(client, demo, login):
    assert sign_in(client, login, demo).url == "/"
    assert client.get("/").url == "/my/"
    assert int(client.session["_auth_user_id"]) == people.angela().user.pk


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("angela.whitfield", "a wrong password"),
        ("angela.whitfield@careerplan.test", "a wrong password"),
        ("nobody", "a wrong password"),
        ("nobody@careerplan.test", "a wrong password"),
    ],
)
def test_a_wrong_password_and_an_unknown_person_get_the_same_kind_of_answer(client, demo, login, password):
    response = sign_in(client, login, password)
    assert response.status_code == 200
    assert "not correct" in str(response.context["form"].errors)
    assert not signed_in(client)


def test_nothing_entered_is_told_in_words(client):
    errors = sign_in(client, "", "").context["form"].errors
    assert errors == {"login": ["Enter your email or username."], "password": ["Enter your password."]}


def test_a_closed_account_does_not_open(client, demo):
    user = people.angela().user
    user.is_active = False
    record(user, by=people.administrator(), at=clock.now())
    answer = sign_in(client, user.email, demo)
    assert answer.status_code == 403
    assert "This account is closed" in answer.content.decode()
    assert not signed_in(client)


def test_closing_an_account_ends_its_session(client):
    user = people.planner()
    client.force_login(user)
    assert client.get("/customers/").status_code == 200
    switch_off(user, successor=people.youth_planner(), by=people.administrator(), at=clock.now())
    assert client.get("/customers/").url.startswith(SIGN_IN)


def test_an_address_that_was_typed_in_capitals_signs_in(client, db):
    client.force_login(people.administrator())
    person = {"username": "maria.lopez", "email": "Maria.Lopez@Careerplan.Test", "first_name": "María"}
    person |= {"last_name": "López", "role": "planner", "scopes-TOTAL_FORMS": "0", "scopes-INITIAL_FORMS": "0"}
    assert client.post(reverse("admin:accounts_user_add"), person).status_code == 302
    client.logout()
    with_password(people.person("maria.lopez"))
    assert sign_in(client, "Maria.Lopez@Careerplan.Test", PASSWORD).url == "/"
    assert signed_in(client)


# --- the first page ---------------------------------------------------------------------------


def test_a_stranger_is_led_to_sign_in(client):
    assert client.get("/").url == SIGN_IN
    assert client.get("/customers/?q=kruse").url == f"{SIGN_IN}?next=/customers/%3Fq%3Dkruse"


@pytest.mark.parametrize(
    ("user", "first_page"),
    [
        (people.planner, "/today/"),
        (people.statewide, "/today/"),
        (people.administrator, "/customers/"),
        (lambda: people.angela().user, "/my/"),
    ],
)
def test_each_role_has_its_first_page(client, user, first_page):
    client.force_login(user())
    assert client.get("/").url == first_page
    assert client.get(first_page).status_code == 200


def test_signing_in_leads_to_the_page_that_was_asked_for(client, demo):
    assert sign_in(client, "planner", demo, next="/customers/?q=kruse").url == "/customers/?q=kruse"


def test_signing_in_never_leads_to_another_site(client, demo):
    assert sign_in(client, "planner", demo, next="https://elsewhere.example/").url == "/"


def test_signing_out_ends_the_session(client):
    client.force_login(people.planner())
    assert client.post(reverse("account_logout")).url == SIGN_IN
    assert client.get("/customers/").url.startswith(SIGN_IN)


# --- the demo people's password ---------------------------------------------------------------


@pytest.mark.parametrize("login", ["planner", "planner@careerplan.test"])
def test_the_demo_password_opens_only_where_demo_sign_in_is_on(client, settings, login):
    assert settings.DEMO_SIGN_IN is False
    response = sign_in(client, login, settings.DEMO_PASSWORD)
    assert "not correct" in str(response.context["form"].errors)
    assert not signed_in(client)
    settings.DEMO_SIGN_IN = True
    sign_in(client, login, settings.DEMO_PASSWORD)
    assert signed_in(client)


def test_another_password_opens_where_demo_sign_in_is_off(client):
    with_password(people.planner())
    sign_in(client, "planner", PASSWORD)
    assert signed_in(client)


# --- nobody signs up --------------------------------------------------------------------------


def test_nobody_signs_up(client):
    count = User.objects.count()
    person = {"email": "new@careerplan.test", "username": "new", "password1": PASSWORD, "password2": PASSWORD}
    for response in (client.get(reverse("account_signup")), client.post(reverse("account_signup"), person)):
        assert "No sign-up here" in response.content.decode()
    assert User.objects.count() == count
    assert not signed_in(client)


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "confirm-email/x/", "login/code/", "login/code/confirm/"])
def test_nobody_manages_addresses_by_oneself(client, path):
    user = people.angela().user
    client.force_login(user)
    for response in (client.get(f"/accounts/{path}"), client.post(f"/accounts/{path}", {"email": "x@careerplan.test"})):
        assert response.status_code == 404
    assert not EmailAddress.objects.exists()


# --- guessing ---------------------------------------------------------------------------------


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, demo):
    for _try in range(5):
        sign_in(client, "planner", "a wrong password")
    response = sign_in(client, "planner", demo)
    assert response.status_code == 429
    assert "Too many wrong tries" in str(response.context["form"].errors)
    assert not signed_in(client)

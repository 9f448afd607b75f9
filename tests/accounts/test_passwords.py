"""New passwords: which are taken, and the e-mail with which one sets a new one."""

import re

import pytest
from django.urls import reverse

from careerplan.accounts.models import SignInLetter, User
from careerplan.accounts.telling import tell_of_new_password
from careerplan.base import clock
from tests import people
from tests.accounts.test_sign_in import PASSWORD, sign_in, signed_in, with_password
from tests.mail import letters_about_signing_in
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TOO_WEAK = ["careerplan-demo", "eleven sign", "1q2w3e4r5t6y", "angela.whitfield"]


def ask_for_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def link_in(letter):
    """The path of the link in a letter."""
    return re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", letter.body).group(1)


def set_by_link(client, link, password):
    page = client.get(link, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


@pytest.mark.parametrize("password", TOO_WEAK)
def test_a_weak_password_is_not_taken_when_one_changes_it(client, password):
    user = with_password(people.angela().user)
    client.force_login(user)
    new = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    response = client.post(reverse("account_change_password"), new)
    assert response.context["form"].errors["password1"]
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_nobody_may_choose_the_demo_password(client, settings):
    ask_for_reset(client, people.angela().user.email)
    response = set_by_link(client, link_in(letters_about_signing_in()[0]), settings.DEMO_PASSWORD)
    words = "Everyone who tried the demo knows this password. Choose another."
    assert words in response.context["form"].errors["password1"]


def test_a_changed_password_opens_and_the_old_one_does_not(client):
    user = with_password(people.angela().user)
    client.force_login(user)
    new = {"oldpassword": PASSWORD, "password1": "seven loud geese", "password2": "seven loud geese"}
    assert client.post(reverse("account_change_password"), new).status_code == 302
    client.logout()
    sign_in(client, user.email, PASSWORD)
    assert not signed_in(client)
    sign_in(client, user.email, "seven loud geese")
    assert signed_in(client)


def test_a_new_password_leaves_history_without_the_password(client):
    user = people.angela().user
    with_password(user)
    row = User.history.filter(id=user.pk).latest("history_id")
    assert row.changes == [{"label": "password", "from": "", "to": "changed"}]
    assert not hasattr(row, "password")


def test_a_forgotten_password_is_set_anew_by_the_link_in_the_email(client):
    user = people.angela().user
    ask_for_reset(client, user.email)
    assert [letter.to for letter in letters_about_signing_in()] == [[user.email]]
    link = link_in(letters_about_signing_in()[0])
    assert set_by_link(client, link, PASSWORD).url == reverse("account_reset_password_from_key_done")
    assert not signed_in(client)
    sign_in(client, user.email, PASSWORD)
    assert signed_in(client)


def test_the_link_leads_to_our_address_whatever_host_the_request_names(client, settings):
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = ["*"], "https://careerplan.example.org"
    said = {"HTTP_HOST": "evil.example:8443", "HTTP_X_FORWARDED_HOST": "evil.example"}
    client.post(reverse("account_reset_password"), {"email": people.angela().user.email}, **said)
    (letter,) = letters_about_signing_in()
    assert f"https://careerplan.example.org{link_in(letter)}" in letter.body
    assert "evil.example" not in letter.body


def test_the_link_works_once(client):
    ask_for_reset(client, people.angela().user.email)
    link = link_in(letters_about_signing_in()[0])
    set_by_link(client, link, PASSWORD)
    assert "already been used or is too old" in client.get(link, follow=True).content.decode()


def test_the_email_says_nothing_about_the_person(client):
    user = people.angela().user
    ask_for_reset(client, user.email)
    letter = letters_about_signing_in()[0]
    for detail in (user.username, user.first_name, user.last_name):
        assert detail not in letter.subject + letter.body


def test_asking_for_an_unknown_address_answers_the_same(client):
    known = ask_for_reset(client, people.angela().user.email)
    unknown = ask_for_reset(client, "nobody@careerplan.test")
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    letter = letters_about_signing_in()[1]
    assert letter.to == ["nobody@careerplan.test"]
    assert "/accounts/" not in letter.body


def test_a_sign_in_that_is_off_is_sent_nothing_and_the_page_answers_the_same(client):
    known = ask_for_reset(client, people.angela().user.email)
    letters_about_signing_in().clear()
    off = people.david().user
    date_back(off, is_active=False)
    answer = ask_for_reset(client, off.email.upper())
    assert (answer.status_code, answer.url) == (known.status_code, known.url)
    assert letters_about_signing_in() == []


def test_a_new_password_of_a_sign_in_that_is_off_is_told_nobody():
    date_back(people.david().user, is_active=False)
    tell_of_new_password(people.david().user, at=clock.now())
    assert not SignInLetter.objects.exists()  # one that waited would go out with the sign-in that is on again


def test_a_former_address_opens_nothing_more(client):
    user = with_password(people.angela().user)
    former = user.email
    ask_for_reset(client, former)  # allauth remembers the address
    change_address(client, user, "angela@elsewhere.test")
    letters_about_signing_in().clear()
    ask_for_reset(client, former)
    assert "/accounts/password/reset/key/" not in letters_about_signing_in()[0].body
    sign_in(client, former, PASSWORD)
    assert not signed_in(client)
    sign_in(client, "angela@elsewhere.test", PASSWORD)
    assert signed_in(client)


def change_address(client, user, email):
    """As an administrator does it."""
    client.force_login(people.administrator())
    values = {"username": user.username, "email": email, "first_name": user.first_name, "last_name": user.last_name}
    values |= {"language": user.language, "role": user.role, "is_active": "on"}
    values |= {"scopes-TOTAL_FORMS": "0", "scopes-INITIAL_FORMS": "0"}
    response = client.post(reverse("admin:accounts_user_change", args=[user.pk]), values)
    assert response.status_code == 302, response.context["errors"]
    client.logout()

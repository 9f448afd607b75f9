"""Nobody sets another person's password, an administrator included; what changes is told to the person."""

import pytest
from django.urls import NoReverseMatch, reverse

from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.undelivered import report_undelivered
from tests import people
from tests.accounts.test_passwords import ask_for_reset, link_in, set_by_link
from tests.accounts.test_sign_in import PASSWORD, with_password
from tests.mail import letters_about_signing_in
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

EMPTY = {"scopes-TOTAL_FORMS": "0", "scopes-INITIAL_FORMS": "0"}
NEW = {"username": "new.planner", "email": "new.planner@careerplan.test", "first_name": "Noor", "last_name": "Haddad"}
NEW |= {"role": "planner", **EMPTY}
TYPED = {"password": "nine loud geese", "password1": "nine loud geese", "password2": "nine loud geese"}


@pytest.fixture
def administrator(client):
    person = people.administrator()
    client.force_login(person)
    return person


def posted_changes(client, user, **values):
    values = {"username": user.username, "email": user.email, "first_name": user.first_name} | values
    values = {"last_name": user.last_name, "language": user.language, "role": user.role, "is_active": "on"} | values
    values |= EMPTY
    return client.post(reverse("admin:accounts_user_change", args=[user.pk]), values)


def test_ones_own_password_is_changed_on_the_page_that_tells_of_it(client, administrator):
    assert client.get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")
    typed = {"old_password": "careerplan-demo", "new_password1": "long-and-new-1", "new_password2": "long-and-new-1"}
    assert client.post(reverse("admin:password_change"), typed)["Location"] == reverse("account_change_password")


def test_nobody_switches_the_own_sign_in_off(client, administrator):
    values = {"is_active": ""}
    answer = posted_changes(client, administrator, **values)
    assert answer.status_code == 200
    assert "You can't switch your own sign-in off." in Page(answer).words
    administrator.refresh_from_db()
    assert administrator.is_active


def test_there_is_no_page_that_sets_anothers_password(client, administrator):
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[1])
    user = people.angela().user
    assert client.get(f"/admin/accounts/user/{user.pk}/password/", follow=True).redirect_chain[-1][0] == "/admin/"


@pytest.mark.parametrize("name", ["add", "change"])
def test_no_form_of_the_administration_asks_for_a_password(client, administrator, name):
    args = [people.angela().user.pk] if name == "change" else []
    assert 'name="password' not in client.get(reverse(f"admin:accounts_user_{name}", args=args)).content.decode()


def test_a_password_that_is_posted_all_the_same_is_not_taken(client, administrator):
    user = with_password(people.angela().user)
    assert posted_changes(client, user, **TYPED).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert client.post(reverse("admin:accounts_user_add"), NEW | TYPED).status_code == 302
    assert not User.objects.get(username="new.planner").has_usable_password()


def test_a_new_person_gets_a_link_to_set_the_first_password(client, administrator):
    client.post(reverse("admin:accounts_user_add"), NEW)
    [letter] = letters_about_signing_in()
    assert letter.to == ["new.planner@careerplan.test"]
    client.logout()
    set_by_link(client, link_in(letter), PASSWORD)
    assert User.objects.get(username="new.planner").check_password(PASSWORD)


def act(client, name, user):
    values = {"action": name, "_selected_action": [user.pk]}
    return client.post(reverse("admin:accounts_user_changelist"), values, follow=True).content.decode()


def test_the_administrator_sends_a_link_and_sees_no_password(client, administrator):
    user = people.angela().user
    page = act(client, "send_reset_links", user)
    [letter] = letters_about_signing_in()
    assert letter.to == [user.email]
    assert link_in(letter) not in page
    assert User.objects.get(pk=user.pk).sign_in_changed_at


def test_no_link_goes_to_a_sign_in_that_is_switched_off(client, administrator):
    user = people.angela().user
    user.is_active = False
    user.save()
    assert "switched off. Nothing was sent." in act(client, "send_reset_links", user)
    assert letters_about_signing_in() == []


def test_the_administrator_is_told_that_a_link_did_not_arrive(client, administrator, settings):
    user = people.planner()
    assert "You will get a message if it does not arrive." in act(client, "send_reset_links", user)
    settings.EMAIL_BACKEND = "tests.mail.RefusesEverybody"
    letters_about_signing_in()
    report_undelivered(clock.now())
    report_undelivered(clock.now())
    message = Message.objects.get(kind=Notice.SIGN_IN_EMAIL_LOST)
    assert (message.recipient, message.path) == (administrator, reverse("person-edit", args=[user.pk]))
    assert user.email in message.body


# --- a changed password is told ---------------------------------------------------------------


def test_who_changes_the_password_is_told_by_email(client):
    user = with_password(people.lucia().user)
    client.force_login(user)
    new = {"oldpassword": PASSWORD, "password1": "seven loud geese", "password2": "seven loud geese"}
    assert client.post(reverse("account_change_password"), new).status_code == 302
    [letter] = letters_about_signing_in()
    assert letter.to == [user.email]
    assert "geese" not in letter.body
    assert letter.subject != "Your CareerPlan password was changed", "Lucía reads Spanish"


def test_who_sets_a_password_by_the_link_is_told(client):
    ask_for_reset(client, people.angela().user.email)
    link = link_in(letters_about_signing_in()[0])
    set_by_link(client, link, PASSWORD)
    assert [letter.subject for letter in letters_about_signing_in()[1:]] == ["Your CareerPlan password was changed"]


# --- which changes count as the administrator's -----------------------------------------------


def test_a_new_address_and_a_sign_in_that_is_switched_on_again_are_marked(client, administrator):
    user = people.angela().user
    posted_changes(client, user, phone="847-555-0101")
    assert User.objects.get(pk=user.pk).sign_in_changed_at is None
    posted_changes(client, user, email="angela@elsewhere.test")
    first = User.objects.get(pk=user.pk).sign_in_changed_at
    assert first
    off = User.objects.get(pk=user.pk)
    off.is_active = False
    off.save()
    posted_changes(client, off)
    again = User.objects.get(pk=user.pk)
    assert (again.is_active, again.sign_in_changed_at > first) == (True, True)
    assert again.sign_in_changed_at <= clock.now()

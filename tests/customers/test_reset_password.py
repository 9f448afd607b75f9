"""Reset Password: the customer gets an e-mail with a link; staff never see a password (ILL-019)."""

import pytest
from django.urls import reverse

from careerplan.accounts.actions import note_bounce
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.undelivered import report_undelivered
from tests import people, states
from tests.accounts.test_passwords import link_in, set_by_link
from tests.accounts.test_sign_in import PASSWORD, sign_in, signed_in
from tests.mail import letters_about_signing_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def ask(client, customer, by=None):
    client.force_login(by or people.planner())
    return client.post(reverse("customers:reset-password", args=[customer.pk]), follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


@pytest.mark.policy("ILL-019")
def test_the_customer_sets_a_new_password_by_the_link_in_the_email(client):
    angela = people.angela()
    page = ask(client, angela)
    assert said(page) == [
        "An e-mail with a link to set a new password is on its way to the customer. You will get a message if it does "
        "not arrive."
    ]
    [letter] = letters_about_signing_in()
    assert letter.to == [angela.user.email]
    assert link_in(letter) not in page.content.decode()
    client.logout()
    set_by_link(client, link_in(letter), PASSWORD)
    sign_in(client, angela.user.email, PASSWORD)
    assert signed_in(client)


def test_it_is_written_in_the_customers_language(client):
    ask(client, people.lucia(), by=people.north_planner())
    ask(client, people.angela())
    in_spanish, in_english = (letter.subject for letter in letters_about_signing_in())
    assert in_english == "Set a new password for CareerPlan" != in_spanish


def without_sign_in():
    return states.enrolled(
        with_sign_in=False
    ), "This customer has no sign-in yet. Open Intake Review and choose Invite to sign in."


def switched_off():
    customer = states.enrolled()
    customer.user.is_active = False
    record(customer.user, by=people.administrator(), at=clock.now())
    return customer, "This customer's sign-in is switched off. Ask an administrator to switch it on."


def bouncing():
    customer = states.enrolled()
    note_bounce(customer.user, at=clock.now())
    words = (
        "E-mail to {} does not arrive. Ask the customer for another address, open Intake Review and correct the record."
    )
    return customer, words.format(customer.email)


@pytest.mark.parametrize("unreached", [without_sign_in, switched_off, bouncing])
def test_who_cannot_be_reached_is_sent_nothing_and_the_planner_is_told_why(client, unreached):
    customer, words = unreached()
    assert said(ask(client, customer)) == [words]
    assert letters_about_signing_in() == []


def test_the_planner_is_told_that_a_link_did_not_arrive(client, settings):
    ask(client, people.angela())
    settings.EMAIL_BACKEND = "tests.mail.RefusesEverybody"
    letters_about_signing_in()
    report_undelivered(clock.now())
    message = Message.objects.get(kind=Notice.SIGN_IN_EMAIL_LOST)
    assert (message.recipient, message.path) == (
        people.planner(),
        reverse("customers:overview", args=[people.angela().pk]),
    )
    assert people.angela().user.email_bounces

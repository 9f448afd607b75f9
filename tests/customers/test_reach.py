"""Who can't be reached is not sent to electronically; the same rule for sending, its page, and new passwords."""

import pytest
from django.urls import reverse

from acknowledgments.models import Seal
from careerplan.accounts.actions import note_arrival, note_bounce, save_person
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.messaging.models import Message
from customers.handing_over import switch_off
from customers.reach import unreachable
from tests import people, states
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def without_sign_in():
    return states.enrolled(with_sign_in=False)


def switched_off():
    customer = states.enrolled()
    switch_off(customer.user, by=people.administrator(), at=clock.now())
    customer.refresh_from_db()
    return customer


def bouncing():
    customer = states.enrolled()
    note_bounce(customer.user, at=clock.now())
    return customer


UNREACHED = [
    (without_sign_in, "customer-cannot-sign-in", "has no sign-in yet"),
    (switched_off, "sign-in-switched-off", "sign-in is switched off"),
    (bouncing, "address-bounces", "does not arrive"),
]


@pytest.mark.parametrize(("unreached", "code", "words"), UNREACHED)
def test_nothing_is_sent_electronically_and_the_open_ways_are_said(client, unreached, code, words):
    customer = unreached()
    version = states.written(customer)
    client.force_login(customer.planner)
    page = Page(client.get(reverse("plan:agreement", args=[customer.pk])))
    assert "Send Electronic Request for Customer Agreement" not in page.words
    assert words in page.words
    assert "Print the plan to be signed" in page.words
    with pytest.raises(Refusal, match=words) as refused:
        states.sent(version)
    assert refused.value.code == code
    assert not Seal.objects.filter(version=version).exists()
    assert states.sent(version, electronic=False)


def test_who_can_be_reached_is():
    assert unreachable(states.enrolled()) is None


@pytest.mark.parametrize("marked_by", [None, people.administrator])
def test_what_a_person_marked_stays_until_a_person_unmarks_it(marked_by):
    """Many mail servers take everything, and send it back later."""
    user = people.angela().user
    note_bounce(user, by=marked_by and marked_by(), at=clock.now())
    note_arrival(user, at=clock.now())
    assert user.email_bounces is (marked_by is not None)
    note_arrival(user, by=people.administrator(), at=clock.now())
    assert not user.email_bounces


def test_another_address_is_given_the_benefit_of_the_doubt():
    customer = bouncing()
    customer.user.email = "another@careerplan.test"
    save_person(customer.user, by=people.administrator(), at=clock.now())
    customer.refresh_from_db()
    assert unreachable(customer) is None
    customer.user.email = customer.user.bounced_email
    save_person(customer.user, by=people.administrator(), at=clock.now())
    assert unreachable(customer).code == "address-bounces"


@pytest.mark.parametrize("closed", [True, False])
def test_the_page_of_a_version_that_waits_says_that_the_customer_may_not_know(client, closed):
    customer = states.enrolled()
    states.told(states.sent(states.written(customer)))
    client.force_login(customer.planner)
    words = "The customer may not know that this plan is waiting"
    address = reverse("plan:agreement", args=[customer.pk])
    assert words not in Page(client.get(address)).words
    if closed:
        switch_off(customer.user, by=people.administrator(), at=clock.now())
    else:
        note_bounce(customer.user, at=clock.now())
    assert words in Page(client.get(address)).words


def test_nobody_writes_to_a_sign_in_that_is_switched_off(client):
    customer = switched_off()
    client.force_login(customer.planner)
    address = reverse("customers:messages", args=[customer.pk])
    page = Page(client.get(address))
    assert "sign-in is switched off" in page.words
    assert "Write to" not in page.words
    answer = client.post(address, {"subject": "Hello", "body": "When do we meet?"})
    assert answer.status_code == 422
    assert not Message.objects.filter(recipient=customer.user).exists()


def test_a_message_waits_on_the_dashboard_where_the_address_bounces(client):
    customer = bouncing()
    client.force_login(customer.planner)
    address = reverse("customers:messages", args=[customer.pk])
    assert "does not arrive" in Page(client.get(address)).words
    assert client.post(address, {"subject": "Hello", "body": "When do we meet?"}).status_code == 302
    assert Message.objects.filter(recipient=customer.user).count() == 1

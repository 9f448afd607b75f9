"""E-mails that don't arrive are told to the planner, by the workers' own sweep, and stand on the Agreement page."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from acknowledgments.agreement.sending import recall
from acknowledgments.tasks import sweep
from careerplan.accounts.actions import note_bounce, save_person
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.messaging.actions import mark_read, send_message
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from customers.undelivered import report_undelivered
from tests import people, states
from tests.markup import Page, words_of
from tests.messaging.test_delivery import empty_outbox  # noqa: F401  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_outbox")]

DAY = timedelta(days=1)


@pytest.fixture
def refused(settings):
    settings.EMAIL_BACKEND = "tests.mail.RefusesLucia"


def waiting_request():
    """Lucía's plan waits for her; the e-mail of it is in the outbox."""
    lucia = people.lucia()
    request = states.told(states.sent(states.newest(lucia)))
    return lucia, Notification.objects.get(key=f"requested:{request.pk}")


def told(person, kind):
    return Message.objects.filter(recipient=person, kind=kind)


def agreement_page(client, customer):
    client.force_login(customer.planner)
    return Page(client.get(reverse("plan:agreement", args=[customer.pk])))


def test_an_email_that_is_given_up_is_told_to_the_planner_once(refused):
    lucia, row = waiting_request()
    sweep()
    sweep()
    row.refresh_from_db()
    assert row.given_up_at
    message = told(lucia.planner, Notice.EMAIL_GIVEN_UP).get()
    assert str(lucia) in message.subject
    assert lucia.email in message.body
    assert message.path == reverse("plan:agreement", args=[lucia.pk])


def test_the_agreement_page_says_so_and_what_to_do(client, refused):
    lucia, _row = waiting_request()
    assert "The customer may not know that this plan is waiting" not in agreement_page(client, lucia).words
    sweep()
    page = agreement_page(client, lucia)
    assert "The customer may not know that this plan is waiting" in page.words
    assert "not delivered" in page.words
    assert f"E-mail to {lucia.email} does not arrive." in page.words
    assert "Call the customer." in page.words


def test_an_email_that_hangs_longer_than_a_day_is_told_and_shown(client):
    lucia, row = waiting_request()
    now = clock.now()
    Notification.objects.filter(pk=row.pk).update(created_at=now - DAY + timedelta(minutes=5))
    assert report_undelivered(now) == 0
    Notification.objects.filter(pk=row.pk).update(created_at=now - DAY - timedelta(minutes=5))
    assert "has been waiting since" in agreement_page(client, lucia).words
    assert report_undelivered(now) == 1
    assert report_undelivered(now + DAY) == 0
    assert told(lucia.planner, Notice.EMAIL_WAITS).count() == 1


def test_what_hung_and_is_given_up_later_is_told_again(refused):
    lucia, row = waiting_request()
    now = clock.now()
    Notification.objects.filter(pk=row.pk).update(created_at=now - 2 * DAY)
    assert report_undelivered(now - timedelta(minutes=1)) == 1
    sweep()
    assert told(lucia.planner, Notice.EMAIL_GIVEN_UP).count() == 1


def test_several_emails_to_one_customer_are_one_message_a_day(refused):
    lucia, row = waiting_request()
    for number in (1, 2):
        copy = {"recipient": lucia.user, "message": row.message, "created_at": row.created_at}
        Notification.objects.create(key=f"more:{number}", available_at=row.created_at, **copy)
    sweep()
    assert Notification.objects.filter(recipient=lucia.user, given_up_at__isnull=False).count() == 3
    assert told(lucia.planner, Notice.EMAIL_GIVEN_UP).count() == 1


def test_where_nobody_answers_for_the_customer_the_planners_of_the_office_are_told(refused):
    lucia, row = waiting_request()
    Message.objects.filter(pk=row.message_id).update(sender=None)
    lucia.planner = None
    lucia.save()
    sweep()
    assert told(people.north_planner(), Notice.EMAIL_GIVEN_UP).exists()
    assert not told(people.statewide(), Notice.EMAIL_GIVEN_UP).exists()


def test_with_another_address_the_email_is_sent_again(refused, settings):
    lucia, row = waiting_request()
    sweep()
    mail.outbox.clear()
    user = lucia.user
    user.refresh_from_db()
    user.email = "lucia@elsewhere.test"
    save_person(user, by=people.administrator(), at=clock.now())
    sweep()
    row.refresh_from_db()
    assert row.sent_at
    assert ["lucia@elsewhere.test"] in [letter.to for letter in mail.outbox]


# --- a sign-in that is switched off -----------------------------------------------------------


def switched(user, *, on):
    user.refresh_from_db()
    user.is_active = on
    save_person(user, by=people.administrator(), at=clock.now())


def test_nothing_is_sent_to_a_sign_in_that_is_off_at_the_moment_of_sending(client):
    lucia, row = waiting_request()
    switched(lucia.user, on=False)
    sweep()
    row.refresh_from_db()
    assert (row.sent_at, row.attempts, row.last_error) == (None, 1, "The sign-in is switched off.")
    assert row.given_up_at
    assert [lucia.email] not in [letter.to for letter in mail.outbox]
    assert not lucia.user.email_bounces
    message = told(lucia.planner, Notice.EMAIL_TO_SWITCHED_OFF).get()
    assert "the customer's sign-in is switched off" in message.body
    assert not told(lucia.planner, Notice.EMAIL_GIVEN_UP).exists()
    assert "sign-in is switched off" in agreement_page(client, lucia).words


def test_what_was_not_sent_goes_out_once_the_sign_in_is_on_again():
    lucia, row = waiting_request()
    switched(lucia.user, on=False)
    sweep()
    switched(lucia.user, on=True)
    sweep()
    row.refresh_from_db()
    assert row.sent_at
    assert [lucia.email] in [letter.to for letter in mail.outbox]


# --- any other message, as the planner sees it ------------------------------------------------

NOT_DELIVERED, HANGS = "This message was not delivered by e-mail", "The e-mail about this message has been waiting"


def written_to(customer, subject="The bus pass"):
    words = {"subject": subject, "body": "It came today.", "path": "/my/messages/"}
    message = send_message(customer.user, **words, by=customer.planner, at=clock.now())
    return message, message.notifications.get()


def card_of(client, customer, subject):
    """The words of the message's card on the planner's page."""
    client.force_login(customer.planner)
    page = Page(client.get(reverse("customers:messages", args=[customer.pk])))
    [card] = [words_of(card) for card in page.root.iter("article") if words_of(card.find(".//h2")) == subject]
    return card


def test_the_messages_page_says_which_message_was_not_delivered_and_what_to_do(client, settings):
    lucia = people.lucia()
    written_to(lucia, "The first")
    sweep()
    settings.EMAIL_BACKEND = "tests.mail.RefusesLucia"
    written_to(lucia)
    assert NOT_DELIVERED not in card_of(client, lucia, "The bus pass")
    sweep()
    assert NOT_DELIVERED in card_of(client, lucia, "The bus pass")
    assert "Call the customer." in card_of(client, lucia, "The bus pass")
    assert NOT_DELIVERED not in card_of(client, lucia, "The first")


def test_one_that_hangs_longer_than_a_day_is_said_and_one_of_today_is_not(client):
    lucia = people.lucia()
    _message, row = written_to(lucia)
    assert HANGS not in card_of(client, lucia, "The bus pass")
    Notification.objects.filter(pk=row.pk).update(created_at=clock.now() - DAY - timedelta(minutes=5))
    assert HANGS in card_of(client, lucia, "The bus pass")
    assert "Tell an administrator" in card_of(client, lucia, "The bus pass")


def test_what_the_customer_has_read_needs_no_call(client, refused):
    lucia = people.lucia()
    message, _row = written_to(lucia)
    sweep()
    mark_read(message, by=lucia.user, at=clock.now())
    assert NOT_DELIVERED in card_of(client, lucia, "The bus pass")
    assert "Call the customer." not in card_of(client, lucia, "The bus pass")


def test_what_was_not_sent_to_a_sign_in_that_is_off_says_so(client):
    lucia = people.lucia()
    written_to(lucia)
    switched(lucia.user, on=False)
    sweep()
    assert "because the customer's sign-in was switched off" in card_of(client, lucia, "The bus pass")


def test_an_email_to_the_planner_that_did_not_arrive_is_nothing_about_the_customer(client):
    lucia = people.lucia()
    words = {"subject": "When do we meet?", "body": "?", "path": "/"}
    message = send_message(lucia.planner, **words, by=lucia.user, at=clock.now())
    message.notifications.update(given_up_at=clock.now())
    assert NOT_DELIVERED not in card_of(client, lucia, "When do we meet?")


# --- what came back, and what is no news any more ---------------------------------------------


def delivered():
    while deliver_next(clock.now()):
        pass


def moved_to(user, address):
    user.refresh_from_db()
    user.email = address
    save_person(user, by=people.administrator(), at=clock.now())
    mail.outbox.clear()
    delivered()
    about_messages = [letter for letter in mail.outbox if "notification" in letter.extra_headers["Message-ID"]]
    return [letter.to for letter in about_messages]


def test_what_was_sent_to_an_address_from_which_it_came_back_goes_to_the_next_one(client):
    lucia, row = waiting_request()
    delivered()
    note_bounce(lucia.user, by=people.administrator(), at=clock.now())
    again = "When an administrator enters another address, the e-mail is sent again automatically."
    assert again in agreement_page(client, lucia).words
    assert ["lucia@elsewhere.test"] in moved_to(lucia.user, "lucia@elsewhere.test")
    row.refresh_from_db()
    assert row.sent_at
    assert "The customer may not know" not in agreement_page(client, lucia).words


def test_what_was_read_or_arrived_before_is_not_sent_again():
    lucia, row = waiting_request()
    other, _row = written_to(lucia)
    delivered()
    mark_read(other, by=lucia.user, at=clock.now())
    assert moved_to(lucia.user, "lucia@second.test") == []  # nothing came back
    note_bounce(User.objects.get(pk=lucia.user_id), by=people.administrator(), at=clock.now())
    assert moved_to(lucia.user, "lucia@third.test") == []  # what was sent went to the first address
    row.refresh_from_db()
    assert row.sent_at


def test_what_is_sent_again_does_not_count_as_hanging():
    lucia, row = waiting_request()
    now = clock.now()
    Notification.objects.filter(pk=row.pk).update(created_at=now - 3 * DAY, given_up_at=now - 2 * DAY, reported_at=now)
    user = User.objects.get(pk=lucia.user_id)
    user.email = "lucia@elsewhere.test"
    save_person(user, by=people.administrator(), at=now)
    row.refresh_from_db()
    assert not row.hangs(now)


def test_a_sign_in_that_is_off_has_a_sentence_of_its_own(client):
    lucia, _row = waiting_request()
    switched(lucia.user, on=False)
    sweep()
    words = agreement_page(client, lucia).words
    assert "When an administrator switches the sign-in on, the e-mail is sent automatically." in words
    assert "enters another address" not in words


def test_where_the_email_left_before_the_sign_in_was_switched_off_nothing_is_promised(client):
    lucia, _row = waiting_request()
    delivered()
    switched(lucia.user, on=False)
    words = agreement_page(client, lucia).words
    assert "Call the customer. You can print the form" in words
    assert "When an administrator" not in words


def test_a_plan_to_sign_is_told_although_another_email_failed_on_the_same_day():
    lucia = people.lucia()
    message, _row = written_to(lucia)
    message.notifications.update(given_up_at=clock.now())
    assert report_undelivered(clock.now()) == 1
    lucia, row = waiting_request()
    Notification.objects.filter(pk=row.pk).update(given_up_at=clock.now())
    assert report_undelivered(clock.now()) == 1
    paths = {row.path for row in told(lucia.planner, Notice.EMAIL_GIVEN_UP)}
    assert paths == {reverse(page, args=[lucia.pk]) for page in ("customers:messages", "plan:agreement")}


def test_after_a_recall_the_email_that_hung_is_not_sent_and_nobody_misses_it(client):
    lucia, row = waiting_request()
    recall(states.newest(lucia), by=lucia.planner, at=clock.now())
    mail.outbox.clear()
    delivered()
    letters = [letter.subject for letter in mail.outbox if letter.to == [lucia.email]]
    assert letters == ["Algo se retiró en CareerPlan"]  # that it was taken back
    row.refresh_from_db()
    assert (row.sent_at, row.was_settled) == (None, True)
    assert report_undelivered(clock.now() + 2 * DAY) == 0
    assert "This message was not delivered" not in messages_page(client, lucia)
    client.force_login(people.administrator())
    assert str(row.recipient) not in Page(client.get(reverse("admin:messaging_notification_changelist"))).words
    switched(lucia.user, on=False)
    switched(lucia.user, on=True)
    mail.outbox.clear()
    delivered()
    assert mail.outbox == []


def test_what_the_customer_read_on_the_dashboard_is_settled_with_its_email():
    lucia, row = waiting_request()
    mark_read(row.message, by=lucia.user, at=clock.now())
    recall(states.newest(lucia), by=lucia.planner, at=clock.now())
    row.refresh_from_db()
    assert row.was_settled


def messages_page(client, customer):
    client.force_login(customer.planner)
    return Page(client.get(reverse("customers:messages", args=[customer.pk]))).words

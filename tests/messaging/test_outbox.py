"""The outbox: written with the change, delivered once, tried again, and silent about people."""

import threading
import time
from datetime import timedelta

import pytest
from celery import Celery
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from careerplan.accounts.models import User
from careerplan.celery import app
from careerplan.messaging import actions
from careerplan.messaging.actions import deliver_next, notify, send_message
from careerplan.messaging.background import nudge
from careerplan.messaging.enums import Kind
from careerplan.messaging.models import Message, Notification
from careerplan.messaging.wording import dashboard_words, email_words
from tests.workers import eventually

NAMES = {"planner": "Devon Okafor", "version": "3", "goal": "Earn GED", "customer": "David Kruse"}


@pytest.fixture
def customer(people):
    return User.objects.get(email="davidkruse@noemail1234.com")


@pytest.fixture
def planner(people):
    return User.objects.get(email="planner@careerplan.test")


def tell(recipient, by, *, key="event:1", kind=Kind.ACKNOWLEDGMENT_REQUESTED, at=None):
    return notify(recipient, kind, key=key, names=NAMES, path="/my/", by=by, at=at or timezone.now())


def deliver_all(at):
    while deliver_next(at):
        pass


@pytest.mark.django_db
def test_a_message_and_its_email_are_written_with_the_change_or_not_at_all(customer, planner):
    before = (Message.objects.count(), Notification.objects.count())

    @transaction.atomic
    def change_that_fails():
        tell(customer, planner)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_that_fails()
    assert (Message.objects.count(), Notification.objects.count()) == before


@pytest.mark.django_db
def test_the_same_event_is_told_once(customer, planner):
    assert tell(customer, planner) is not None
    assert tell(customer, planner) is None
    assert Notification.objects.filter(key="event:1").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_an_email_says_nothing_about_the_person(customer, planner, kind):
    names = NAMES | {"subject": "About your goal Earn GED", "body": "Dear David"}
    notify(customer, kind, key="event:1", names=names, path="/my/", by=planner, at=timezone.now())
    deliver_all(timezone.now())
    letter = next(letter for letter in mail.outbox if letter.to == [customer.email])
    text = letter.subject + letter.body
    for word in ("David", "Kruse", "Devon", "Okafor", "Earn GED", "version 3", "acknowledg"):
        assert word.lower() not in text.lower()
    assert "/my/" in letter.body


@pytest.mark.django_db
def test_every_kind_has_words_for_the_dashboard():
    for kind in Kind:
        names = NAMES | {"subject": "Hello", "body": "See you"}
        subject, body = (text % names for text in dashboard_words(kind, names))
        assert subject
        assert body
    assert "%(link)s" in email_words()[1]


@pytest.mark.django_db
def test_a_second_delivery_would_carry_the_same_message_id(customer, planner):
    tell(customer, planner)
    row = Notification.objects.get(key="event:1")
    ids = {actions.email_for(row).extra_headers["Message-ID"] for _time in range(2)}
    assert ids == {f"<notification-{row.pk}@127.0.0.1>"}


@pytest.mark.django_db
def test_a_refused_email_is_tried_again_later_and_given_up_in_the_end(customer, planner, settings):
    deliver_all(timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    at = timezone.now()
    tell(customer, planner, at=at)
    row = Notification.objects.get(key="event:1")
    waits = []
    for attempt in range(1, actions.ATTEMPTS + 1):
        assert deliver_next(at)
        assert not deliver_next(at)
        row.refresh_from_db()
        assert row.attempts == attempt
        assert "Error" in row.last_error
        waits.append(row.available_at - at)
        at = row.available_at
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert row.given_up_at is not None
    assert not deliver_next(at + timedelta(days=1))


@pytest.mark.django_db
def test_people_write_to_each_other(customer, planner):
    message = send_message(customer, subject="Hello", body="See you", path="/my/", by=planner, at=timezone.now())
    assert (message.sender, message.recipient, message.body) == (planner, customer, "See you")
    assert list(Message.objects.visible_to(customer).filter(pk=message.pk)) == [message]
    other = User.objects.get(email="angela.whitfield@careerplan.test")
    assert not Message.objects.visible_to(other).filter(pk=message.pk).exists()


def test_a_queue_that_is_down_never_holds_or_fails_a_page(settings, caplog):
    settings.BACKGROUND = "celery"
    dead = Celery("dead", broker="redis://127.0.0.1:9/0", set_as_current=False)
    dead.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    dead.conf.task_publish_retry_policy = settings.CELERY_TASK_PUBLISH_RETRY_POLICY
    dead.set_current()
    begin = time.monotonic()
    try:
        nudge("careerplan.messaging.tasks.deliver")
    finally:
        app.set_current()
    assert time.monotonic() - begin < 3
    assert "waits for the sweep" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_relays_never_send_the_same_email(people, customer, planner):
    deliver_all(timezone.now())
    for number in range(6):
        tell(customer, planner, key=f"event:{number}")
    sent = []

    def relay():
        try:
            while deliver_next(timezone.now()):
                sent.append(1)
        finally:
            connection.close()

    relays = [threading.Thread(target=relay) for _number in range(2)]
    for thread in relays:
        thread.start()
    for thread in relays:
        thread.join()
    assert len(sent) == 6
    assert not Notification.objects.waiting(timezone.now()).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_delivers(people, customer, planner, settings, celery_worker_process):
    settings.BACKGROUND = "celery"
    tell(customer, planner)
    eventually(lambda: Notification.objects.get(key="event:1").sent_at, seconds=20)

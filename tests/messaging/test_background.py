"""What follows a page happens behind it: a queue that is down delays it and loses nothing."""

import contextlib
import email
import email.policy
import socket

import pytest
from celery import Celery
from django.conf import settings as configured
from django.core import mail
from django.db import transaction
from django.urls import reverse

from acknowledgments.tasks import sweep
from careerplan.base import clock
from careerplan.base.background import LAST, Breaker, nudge
from careerplan.celery import app
from careerplan.management.commands.relay import sweep_once
from careerplan.messaging.models import Notification
from tests import people
from tests.messaging.test_delivery import outbox_of
from tests.servers import refusing_port
from tests.workers import eventually_or_swept, queue_is_quiet

LONGEST_WAIT_SECONDS = 3


@contextlib.contextmanager
def refusing():
    """A port where nobody listens; a connection costs no time."""
    with refusing_port() as port:
        yield port, lambda: 0


@contextlib.contextmanager
def silent():
    """A port where somebody listens and never answers; and how many connections were made to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1], lambda: connections_to(listener)


def connections_to(listener):
    listener.setblocking(False)
    made = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            made += 1
    return made


@pytest.fixture(params=[refusing, silent], ids=["refusing", "silent"])
def dead_redis(request, settings, monkeypatch):
    """Neither queue nor cache, as in production when Redis is down; a function that says how many seconds were waited
    for it. They are counted and not measured: on a busy machine everything takes its time."""
    monkeypatch.setattr("careerplan.base.cache.REST_SECONDS", 3600)
    monkeypatch.setattr(Breaker, "resting_until", 0.0)
    with request.param() as (port, connections):
        use_redis_at(f"redis://127.0.0.1:{port}/0", settings)
        queue, cached = settings.CELERY_BROKER_TRANSPORT_OPTIONS, settings.CACHES["default"]["OPTIONS"]
        patience = max(of[f"socket_{which}timeout"] for of in (queue, cached) for which in ("", "connect_"))
        yield lambda: connections() * patience
    app.set_current()


def use_redis_at(address, settings):
    settings.BACKGROUND, settings.CELERY_BROKER_URL = "celery", address
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": address}}
    broken = Celery("broken", set_as_current=False)
    broken.config_from_object("django.conf:settings", namespace="CELERY")
    broken.set_current()


def write_to_angela(client):
    """A planner's message, by the page."""
    words = {"subject": "Bus pass", "body": "It is here."}
    return client.post(reverse("customers:messages", args=[people.angela().pk]), words)


@pytest.mark.django_db
def test_a_dead_queue_fails_no_page_and_the_sweep_delivers(
    client, dead_redis, caplog, django_capture_on_commit_callbacks
):
    Notification.objects.filter(sent_at=None, given_up_at=None).update(sent_at=clock.now())
    client.force_login(people.planner())
    with django_capture_on_commit_callbacks(execute=True):
        response = write_to_angela(client)
    assert response.status_code == 302
    assert dead_redis() < LONGEST_WAIT_SECONDS
    assert "The queue is not reachable; careerplan.messaging.tasks.deliver waits for the sweep." in caplog.messages
    assert mail.outbox == []
    sweep()
    assert [letter.to for letter in mail.outbox] == [["angela.whitfield@careerplan.test"]]


def test_a_dead_queue_is_asked_once_and_then_left_alone_for_a_while(dead_redis, monkeypatch, caplog):
    nudge("careerplan.messaging.tasks.deliver")
    assert dead_redis() < LONGEST_WAIT_SECONDS
    for _post in range(20):
        nudge("careerplan.messaging.tasks.deliver")
    assert dead_redis() == 0
    assert len(caplog.messages) == 1
    monkeypatch.setattr(Breaker, "resting_until", 0.0)  # the while is over
    nudge("careerplan.messaging.tasks.deliver")
    assert len(caplog.messages) == 2


def test_what_a_customer_waits_for_goes_before_filed_copies(settings):
    """Nobody works: the order is that in which a worker takes them."""
    app.control.purge()
    nudge("acknowledgments.tasks.render_paper", 1, last=True)
    nudge("acknowledgments.tasks.render_paper", 2)
    nudge("acknowledgments.tasks.render_paper", 3, last=True)
    nudge("acknowledgments.tasks.render_paper", 4)
    assert LAST > 0
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        taken = [queue.get(timeout=60) for _task in range(4)]
        for task in taken:
            task.ack()
    assert [task.payload[0] for task in taken] == [[2], [4], [1], [3]]


def test_emails_have_a_queue_of_their_own():
    app.control.purge()
    nudge("careerplan.messaging.tasks.deliver")
    with app.connection_for_read() as connection, connection.SimpleQueue("mail") as queue:
        queue.get(timeout=60).ack()


@pytest.mark.django_db
def test_one_signs_in_while_redis_is_down(client, dead_redis, settings):
    settings.DEMO_SIGN_IN, settings.ACCOUNT_RATE_LIMITS = True, {}
    client.post("/accounts/login/", {"login": "planner", "password": settings.DEMO_PASSWORD})
    assert client.get("/customers/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/customers/").status_code == 302
    assert dead_redis() < 4 * LONGEST_WAIT_SECONDS


def test_where_a_relay_looks_by_itself_nothing_is_queued(settings, dead_redis, caplog):
    settings.BACKGROUND = "relay"
    nudge("careerplan.messaging.tasks.deliver")
    assert caplog.messages == []


# --- committed data from here -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_delivers_what_was_committed(settings, celery_worker_process):
    assert settings.BACKGROUND == "celery"
    before = set(letters())
    with transaction.atomic():
        outbox_of(2)
        assert queue_is_quiet(), "nobody is asked to deliver before the commit"
    eventually_or_swept(lambda: not Notification.objects.filter(sent_at=None).exists())
    assert sorted(set(letters()) - before) == sorted(
        ("rosa@careerplan.test", f"<notification-{row.pk}@127.0.0.1>") for row in Notification.objects.all()
    )


def letters():
    """(to, Message-ID) of the e-mails that the worker wrote as files."""
    for file in configured.MAIL_DIR.glob("*.log"):
        for text in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            if text.strip():
                letter = email.message_from_bytes(text, policy=email.policy.default)
                yield letter["To"], letter["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_the_trials_relay_delivers(settings):
    settings.BACKGROUND = "relay"
    outbox_of(3)
    assert mail.outbox == []
    sweep_once()
    assert len(mail.outbox) == 3

"""What follows a page happens behind it: a queue that is down delays it and loses nothing."""

import email
import email.policy
import socket
import time

import pytest
from celery import Celery
from django.conf import settings as configured
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from acknowledgments.tasks import sweep
from careerplan.celery import app
from careerplan.management.commands.relay import sweep_once
from careerplan.messaging.background import nudge
from careerplan.messaging.models import Notification
from tests import people
from tests.messaging.test_delivery import outbox_of
from tests.servers import free_port
from tests.workers import eventually

SLOWEST_PAGE_SECONDS = 3


@pytest.fixture
def refusing():
    """An address where nobody listens."""
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def silent():
    """An address where somebody listens and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture(params=["refusing", "silent"])
def dead_redis(request, settings):
    """Neither queue nor cache, as in production when Redis is down."""
    address = request.getfixturevalue(request.param)
    settings.BACKGROUND, settings.CELERY_BROKER_URL = "celery", address
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": address}}
    broken = Celery("broken", set_as_current=False)
    broken.config_from_object("django.conf:settings", namespace="CELERY")
    broken.set_current()
    yield
    app.set_current()


def write_to_angela(client):
    """A planner's message, by the page; returns the answer and the seconds it took."""
    words = {"subject": "Bus pass", "body": "It is here."}
    begin = time.monotonic()
    response = client.post(reverse("customers:messages", args=[people.angela().pk]), words)
    return response, time.monotonic() - begin


@pytest.mark.django_db
def test_a_dead_queue_fails_no_page_and_the_sweep_delivers(
    client, dead_redis, caplog, django_capture_on_commit_callbacks
):
    Notification.objects.filter(sent_at=None).update(sent_at=timezone.now())
    client.force_login(people.planner())
    with django_capture_on_commit_callbacks(execute=True):
        response, seconds = write_to_angela(client)
    assert response.status_code == 302
    assert seconds < SLOWEST_PAGE_SECONDS
    assert "The queue is not reachable; careerplan.messaging.tasks.deliver waits for the sweep." in caplog.messages
    assert mail.outbox == []
    sweep()
    assert [letter.to for letter in mail.outbox] == [["angela.whitfield@careerplan.test"]]


@pytest.mark.django_db
def test_one_signs_in_while_redis_is_down(client, dead_redis, settings):
    settings.DEMO_SIGN_IN, settings.ACCOUNT_RATE_LIMITS = True, {}
    begin = time.monotonic()
    client.post("/accounts/login/", {"login": "planner", "password": settings.DEMO_PASSWORD})
    assert client.get("/customers/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/customers/").status_code == 302
    assert time.monotonic() - begin < 4 * SLOWEST_PAGE_SECONDS


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
        time.sleep(0.3)
        assert set(letters()) == before, "nothing goes out before the commit"
    eventually(lambda: not Notification.objects.filter(sent_at=None).exists(), seconds=20)
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

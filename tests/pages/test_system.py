"""The state of the system, for administrators: what is wrong, what failed, and another try for it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from acknowledgments.models import Paper
from acknowledgments.tasks import sweep
from careerplan.base import clock
from careerplan.base.health import alarm, asking
from careerplan.base.models import Alarm
from careerplan.base.outbox import SETTLED, SWITCHED_OFF
from careerplan.messaging.models import Notification, TextMessage
from tests import people as cast
from tests import states
from tests.messaging.test_delivery import outbox_of
from tests.ops.live import mailbox
from tests.servers import refusing_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, people, monkeypatch):
    monkeypatch.setattr(asking, "KEPT_SECONDS", -1)
    client.force_login(cast.administrator())
    return client


def words(client):
    answer = client.get(reverse("system"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_what_is_wrong_and_since_when(administrator):
    Alarm.objects.create(check_code="background", looked_at=clock.now(), wrong_since=clock.now())
    said = words(administrator)
    row = said[said.index("Work behind the pages") :]
    assert "Wrong" in row[: row.index("</tr>")]
    assert str(timezone.localtime().year) in row[: row.index("</tr>")]


def test_an_email_that_was_given_up_goes_out_after_another_try(administrator):
    outbox_of(3)
    one, settled, switched_off = Notification.objects.order_by("pk")
    for row, error in ((one, "550 no such user"), (settled, SETTLED), (switched_off, SWITCHED_OFF)):
        row.given_up_at, row.attempts, row.last_error = clock.now(), 8, error
        row.save()
    said = words(administrator)
    assert "550 no such user" in said
    assert (SETTLED in said, SWITCHED_OFF in said) == (False, False)
    again = reverse("system-email-again", args=[one.pk])
    assert again in said
    assert administrator.post(again).status_code == 302
    sweep()
    assert len(mail.outbox) == 1
    assert administrator.post(again).status_code == 404
    assert administrator.post(reverse("system-email-again", args=[settled.pk])).status_code == 404
    assert "No e-mail was given up." in words(administrator)


def test_the_page_shows_what_waits_and_what_the_mail_server_said_of_it(administrator):
    outbox_of(2)
    failing, later = Notification.objects.order_by("pk")
    Notification.objects.filter(pk=failing.pk).update(attempts=3, last_error="451 try later")
    hours = clock.now() + timedelta(hours=9)
    Notification.objects.filter(pk=later.pk).update(daily=True, created_at=hours, available_at=hours)
    said = words(administrator)
    table = said[said.index("E-mails that wait</h2>") : said.index("E-mails given up</h2>")]
    assert table.count("<tr>") == 2, "the head, and the one that could have left by now"
    assert "451 try later" in table
    assert "Goal off track" in table


def test_all_that_was_given_up_is_tried_again_at_once(administrator, settings):
    outbox_of(3)
    given_up = {"given_up_at": clock.now(), "attempts": 8}
    Notification.objects.update(**given_up, last_error="550 no relaying")
    row = Notification.objects.first()
    text = {"recipient": row.recipient, "message": row.message, "created_at": row.created_at}
    TextMessage.objects.create(key="t", number="+12175550123", available_at=row.created_at, **text, **given_up)
    assert reverse("system-emails-again") in words(administrator)
    answer = administrator.post(reverse("system-emails-again"), follow=True).content.decode()
    assert "4 will be tried again." in answer
    assert "Text messages given up" not in answer
    sweep()
    assert len(mail.outbox) == 3


def test_a_paper_that_could_not_be_made_is_made_after_another_try(administrator):
    states.sent(states.draft())
    paper = Paper.objects.latest("pk")
    paper.attempts, paper.error = Paper.ATTEMPTS, "OSError: no space left"
    paper.save()
    said = words(administrator)
    again = reverse("system-paper-again", args=[paper.pk])
    assert again in said
    assert "OSError: no space left" in said
    administrator.post(again)
    sweep()
    paper.refresh_from_db()
    assert paper.rendered_at
    assert administrator.post(again).status_code == 404
    assert "Every IEP/ISS form could be made." in words(administrator)


def test_the_mail_server_is_asked_by_a_button_and_not_by_the_page(administrator, settings):
    with mailbox(settings), refusing_port() as port:
        address = reverse("system-ask")
        assert "Answers." in administrator.post(address, follow=True).content.decode()
        settings.EMAIL_PORT = port
        assert "Not asked yet" in words(administrator)
        assert "No answer (ConnectionRefusedError)" in administrator.post(address, follow=True).content.decode()


def test_the_page_says_what_the_scheduled_look_found_of_the_mail_server(administrator, settings):
    with refusing_port() as port:
        settings.EMAIL_BACKEND = "careerplan.base.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        alarm.watch(clock.now())
    said = words(administrator)
    row = said[said.index("Mail server</th>") :]
    assert "Wrong" in row[: row.index("</tr>")]
    assert "Last asked:" in row[: row.index("</tr>")]


def test_the_page_asks_little(administrator, django_assert_max_num_queries):
    words(administrator)
    with django_assert_max_num_queries(21):
        words(administrator)


def test_the_page_speaks_spanish(client, people):
    person = cast.administrator()
    person.language = "es"
    person.save()
    client.force_login(person)
    said = words(client)
    assert "Estado del sistema" in said
    assert "State of the system" not in said

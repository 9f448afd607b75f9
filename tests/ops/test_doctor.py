"""`manage.py doctor`: each thing that can be out of bounds, and what is said of it."""

import os
import shutil
import subprocess
import sys
from collections import namedtuple
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from acknowledgments.filing.failed import look_at_papers
from acknowledgments.models import Paper
from careerplan.base import clock, health
from careerplan.base.health import asking, heartbeat, limits, servers
from careerplan.base.models import Heartbeat
from careerplan.base.outbox import SETTLED
from careerplan.messaging.models import Notification
from tests import states
from tests.messaging.test_delivery import outbox_of
from tests.ops.live import ROOT, mailbox
from tests.servers import refusing_port

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def all_in_order(people, monkeypatch, settings):
    """Nothing waits, nothing failed, and the mail server answers."""
    monkeypatch.setattr(asking, "KEPT_SECONDS", -1)
    Notification.objects.filter(sent_at=None).update(given_up_at=None, sent_at=clock.now())
    Paper.objects.filter(rendered_at=None).update(attempts=0)
    heartbeat.beat()
    with mailbox(settings) as server:
        yield server


def doctor(capsys, **options):
    """(exit code, the lines that say WRONG)"""
    try:
        call_command("doctor", **options)
        code = 0
    except SystemExit as end:
        code = end.code
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("OK     ", "WRONG  ")) for line in lines)
    return code, [line.removeprefix("WRONG  ") for line in lines if line.startswith("WRONG")]


def test_all_is_in_order(all_in_order, capsys):
    assert doctor(capsys) == (0, [])


def test_every_check_is_looked_at(all_in_order):
    codes = {check.code for check in health.every_check()}
    assert codes >= {
        "database", "migrations", "clock", "queue", "background", "mail-server", "disk-of-files", "disk-of-work",
        "emails", "emails-given-up", "papers", "papers-failed", "rights",
    }  # fmt: skip
    codes.remove("rights")  # not of tests, which do all as the owner
    assert {check.code for check, _finding in health.look_at_all(clock.now())} == codes
    assert "mail-server" not in {check.code for check, _finding in health.look_at_all(clock.now(), slow=False)}


# --- each of them out of bounds ---------------------------------------------------------------


def no_beat(**_):
    Heartbeat.objects.update(beat_at=Now() - limits.LAST_BEAT - MINUTE)


def old_email(**_):
    outbox_of(2)
    Notification.objects.filter(sent_at=None).update(
        created_at=clock.now() - limits.OLDEST_EMAIL - MINUTE, available_at=clock.now() + timedelta(hours=5)
    )


def emails_given_up(**_):
    outbox_of(limits.EMAILS_GIVEN_UP_A_DAY + 1)
    Notification.objects.filter(sent_at=None).update(given_up_at=clock.now(), last_error="550")


def emails_that_fail(**_):
    outbox_of(2 * limits.EMAILS_THAT_FAIL)
    waiting = Notification.objects.filter(sent_at=None).order_by("pk")
    error = "SSLCertVerificationError: certificate verify failed"
    waiting.filter(pk__in=waiting[: limits.EMAILS_THAT_FAIL]).update(attempts=limits.TRIES_OF_EACH, last_error=error)


def ordered():
    states.sent(states.draft())
    return Paper.objects.filter(rendered_at=None)


def old_paper(monkeypatch, **_):
    assert ordered().exists()
    monkeypatch.setattr("acknowledgments.filing.failed.OLDEST_PAPER", -MINUTE)


def failed_paper(**_):
    ordered().update(attempts=Paper.ATTEMPTS)


def full_disk(monkeypatch, **_):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10, 10, limits.FREE_BYTES - 1))


def wrong_clock(monkeypatch, **_):
    real = servers.time.time
    monkeypatch.setattr(servers.time, "time", lambda: real() - 180)


def no_queue(settings, **_):
    with refusing_port() as port:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"


def no_mail_server(settings, **_):
    with refusing_port() as port:
        settings.EMAIL_PORT = port


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (no_beat, ["Work behind the pages: E-mails and IEP/ISS forms are not being made since "]),
        (old_email, ["E-mails that wait: "]),
        (emails_given_up, ["E-mails given up: 21 were given up within a day."]),
        (
            emails_that_fail,
            ["E-mails that wait: 5 of 10 that wait failed at each try: look at the mail server and its settings "
             "(SSLCertVerificationError)."],
        ),
        (old_paper, ["IEP/ISS forms that wait: "]),
        (failed_paper, ["IEP/ISS forms that could not be made: "]),
        (full_disk, ["Disk of uploads and IEP/ISS forms: 1024.0", "Disk of the working folder: 1024.0"]),
        (wrong_clock, ["Clock: 180.0 seconds apart from the database's."]),
        (no_queue, ["Queue and cache (Redis): No answer (ConnectionError)."]),
        (no_mail_server, ["Mail server: No answer (ConnectionRefusedError)."]),
    ],
)  # fmt: skip
def test_each_that_is_out_of_bounds_is_said(all_in_order, capsys, monkeypatch, settings, break_it, said):
    break_it(monkeypatch=monkeypatch, settings=settings)
    code, wrong = doctor(capsys)
    assert code == 1
    assert len(wrong) == len(said)
    assert all(line.startswith(words) for line, words in zip(wrong, said, strict=True)), wrong


def test_what_is_within_bounds_is_not_said(all_in_order, capsys):
    outbox_of(1)
    Notification.objects.filter(sent_at=None).update(created_at=clock.now() - limits.OLDEST_EMAIL + MINUTE)
    assert ordered().exists()
    assert doctor(capsys) == (0, [])


def test_a_few_emails_that_fail_are_no_fault_of_the_mail_server(all_in_order, capsys):
    emails_that_fail()
    failing = Notification.objects.filter(sent_at=None, attempts=limits.TRIES_OF_EACH)
    failing.filter(pk=failing.first().pk).update(attempts=limits.TRIES_OF_EACH - 1)
    assert doctor(capsys) == (0, [])


def test_a_paper_may_take_its_time_and_no_longer(all_in_order):
    [paper] = ordered()[:1]
    assert not look_at_papers(paper.created_at + limits.OLDEST_PAPER - MINUTE).is_wrong
    assert look_at_papers(paper.created_at + limits.OLDEST_PAPER + MINUTE).is_wrong


def test_an_email_of_which_nobody_has_to_be_told_did_not_fail(all_in_order, capsys):
    emails_given_up()
    Notification.objects.filter(sent_at=None).update(last_error=SETTLED)
    assert doctor(capsys) == (0, [])


def test_a_check_that_fails_itself_is_wrong_and_the_others_are_looked_at(all_in_order, capsys, monkeypatch):
    def fail(at: datetime):
        raise ZeroDivisionError

    monkeypatch.setitem(health._registered, "a", health.Check("a", "Another", fail))
    assert doctor(capsys) == (1, ["Another: This could not be looked at (ZeroDivisionError)."])


def test_without_a_database_the_doctor_says_so_and_ends():
    """Started as an administrator starts it. What reads the database is not asked again and again."""
    with refusing_port() as port:
        environment = {**os.environ, "DATABASE_URL": f"postgres://careerplan:secret@127.0.0.1:{port}/careerplan"}
        done = subprocess.run(
            [sys.executable, "manage.py", "doctor"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert "WRONG  Database: No answer (OperationalError).\n" in done.stdout
    assert "WRONG  E-mails that wait: Not known while the database does not answer.\n" in done.stdout
    assert "OK     Queue and cache (Redis): Answers.\n" in done.stdout
    assert "secret" not in done.stdout + done.stderr

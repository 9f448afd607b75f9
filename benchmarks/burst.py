"""Forty plans are sent at once: when is each customer told?

    .venv/bin/python -m pytest benchmarks/burst.py -s

A real worker of two processes, as on two cores, with filed copies of forty other plans in the queue before them. Goals:
the first customer is told within 3 seconds, half of them within 8.
"""

import os
import statistics
import sys
import time

import pytest

from acknowledgments.enums import PrintKind
from acknowledgments.models import AcknowledgmentRequest, Paper
from tests import servers, states
from tests.waiting import eventually
from tests.workers import url_of_the_test_database, worker_answers

SENDS = 40
FIRST_SECONDS, HALF_SECONDS = 3, 8


@pytest.fixture
def worker(staff_and_lists, settings, tmp_path):
    environment = {**os.environ, "DATABASE_URL": url_of_the_test_database(), "DATABASE_CONNECTION_SECONDS": "0"}
    command = [sys.executable, "-m", "celery", "-A", "careerplan", "worker", "--loglevel", "WARNING"]
    command += ["--concurrency", "2", "--without-gossip", "--without-mingle"]
    process = servers.start(command, folder=tmp_path, log="log", env=environment, cwd=settings.BASE_DIR)
    servers.wait_until(lambda: worker_answers(5), process, tmp_path / "log")
    yield process
    servers.stop(process)


def test_a_burst(worker):
    warm = [states.sent(states.written(states.enrolled())) for _plan in range(6)]
    eventually(lambda: told(warm) == len(warm))  # each process has its own that typesets
    drafts = [states.written(states.enrolled()) for _plan in range(SENDS)]
    copies = [states.signed(states.written(states.enrolled())) for _plan in range(SENDS)]
    assert len(copies) == SENDS
    eventually(lambda: not Paper.objects.unfinished().filter(kind=PrintKind.TO_SIGN).exists())
    began = states.now()
    seals = [states.sent(version) for version in drafts]
    seconds: list[float] = []
    while len(seconds) < SENDS:
        time.sleep(0.05)
        seconds += [(states.now() - began).total_seconds()] * (told(seals) - len(seconds))
    left = Paper.objects.unfinished().count()
    print(
        f"\n{SENDS} sends: the first is told after {seconds[0]:.1f} s, half after {statistics.median(seconds):.1f} s, "
        f"the last after {seconds[-1]:.1f} s; {left} filed copies are made after them."
    )
    assert seconds[0] <= FIRST_SECONDS
    assert statistics.median(seconds) <= HALF_SECONDS


def told(seals):
    return AcknowledgmentRequest.objects.filter(seal__in=seals, notified_at__isnull=False).count()

"""A real Celery worker for tests of what happens behind a page."""

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from kombu.exceptions import OperationalError

from tests import servers
from tests.waiting import LONGEST_WAIT, eventually

RUNNING: list[subprocess.Popen] = []
BETWEEN_SWEEPS = 20


@pytest.fixture(scope="module")
def celery_worker_process(django_db_setup, tmp_path_factory, pytestconfig):
    """A worker on this test process's database, queue and VAR_DIR; use it with committed data only
    (`transactional_db`, `django_db(transaction=True)` or `live_server`). It ends with its module: other tests that
    commit make their papers themselves, and it must not be quicker."""
    from django.conf import settings

    from careerplan.celery import app

    app.control.purge()
    shutil.rmtree(settings.MAIL_DIR, ignore_errors=True)  # what other tests' workers wrote
    folder = tmp_path_factory.mktemp("celery")
    process = start_worker(folder, pytestconfig.rootpath)
    try:
        longer = itertools.count(5, 5)
        servers.wait_until(lambda: worker_answers(next(longer)), process, folder / "log")
        RUNNING.append(process)
        yield process
    finally:
        RUNNING.clear()
        servers.stop(process)


def start_worker(folder, root, **environment):
    """With one process that works; what it does stands in `log` of the folder."""
    environment = {
        **os.environ,
        "DATABASE_URL": url_of_the_test_database(),
        "DATABASE_CONNECTION_SECONDS": "0",  # none stays open when a test ends
        "PYTHONPATH": str(root),
        **environment,
    }
    command = [sys.executable, "-m", "celery", "-A", "careerplan", "worker", "--loglevel", "INFO"]
    command += ["--pool", "prefork", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    return servers.start(command, folder=folder, log="log", env=environment)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Lets the worker finish: what it writes later would not be taken back with what the test has committed."""
    if RUNNING and RUNNING[0].poll() is None and "celery_worker_process" in item.fixturenames:
        with contextlib.suppress(AssertionError):  # a test that kills workers leaves what nobody takes up
            eventually(queue_is_quiet)


def worker_answers(seconds: float) -> bool:
    """Also False where the queue takes longer than the half second that the product gives it. A worker that comes later
    does not hear the question: ask again, and give a slow one longer."""
    from careerplan.celery import app

    with contextlib.suppress(OperationalError, redis.RedisError):
        return bool(app.control.ping(timeout=seconds, limit=1))
    return False


def queue_is_quiet() -> bool:
    """Nothing waits and nothing is worked on: a task stays unacknowledged until it has ended (acks_late)."""
    with contextlib.closing(redis.from_url(os.environ["REDIS_URL"])) as queue:
        waiting = [*queue.scan_iter("celery*", _type="LIST"), *queue.scan_iter("mail*", _type="LIST")]
        return not waiting and not queue.hlen("unacked")


def url_of_the_test_database() -> str:
    """DATABASE_URL with the name that pytest-django gave: test_..., and the xdist worker's name behind it."""
    from django.db import connection

    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def eventually_or_swept(check: Callable[[], object]) -> object:
    """As `eventually`; what a busy machine lost meanwhile is done by a sweep, as beat asks for one every minute."""
    from careerplan.celery import app

    for _sweep in range(LONGEST_WAIT // BETWEEN_SWEEPS):
        with contextlib.suppress(AssertionError):
            return eventually(check, BETWEEN_SWEEPS)
        with contextlib.suppress(OperationalError):  # the queue was slow once more: the next sweep
            for task in ("acknowledgments.tasks.make_papers", "careerplan.messaging.tasks.deliver"):
                app.send_task(task)
    return eventually(check, BETWEEN_SWEEPS)

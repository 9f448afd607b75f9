"""`manage.py relay`: makes the papers and sends the e-mails that wait, where no Celery runs (the trial)."""

import logging
import os
import signal
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connections

from acknowledgments.tasks import sweep
from careerplan.base import clock
from careerplan.base.health import alarm, heartbeat, tidying
from careerplan.imports.tasks import sweep as go_on_with_imports
from careerplan.reports.tasks import count, count_work
from customers.tasks import follow_the_day, remind_by_day
from worksites.tasks import look_for_low_wages

PAUSE_SECONDS = 1
# What beat asks a worker for now and then, in rounds: first of all, and about every minute after it.
NOW_AND_THEN = (count, count_work, follow_the_day, look_for_low_wages, remind_by_day)
ROUNDS = 60

# What the scheduler would ask for, and how often; `heartbeat` keeps when it was last done.
BETWEEN_BEATS = timedelta(minutes=1)
BETWEEN_LOOKS = timedelta(minutes=5)
BETWEEN_TIDYING = timedelta(days=1)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Makes the papers and sends the e-mails that wait, every second, until it is told to stop."

    stopped = False

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--with-parent", action="store_true", help="end when the process that started it has ended")

    def handle(self, *args: Any, **options: Any) -> None:
        parent = os.getppid()
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        rounds = 0
        while not self.stopped:
            if options["with_parent"] and os.getppid() != parent:
                return
            close_old_connections()
            sweep_once()
            import_once()
            if rounds % ROUNDS == 0:
                look_once()
            rounds += 1
            look_after_itself()
            time.sleep(PAUSE_SECONDS)
        connections.close_all()

    def stop(self, _signal: int, _frame: Any) -> None:
        self.stopped = True


def look_once() -> None:
    """As the sweep: whatever goes wrong is logged, and tried again a minute later."""
    for task in NOW_AND_THEN:
        try:
            task()
        except Exception:
            logger.exception("%s failed; the next round tries again.", task.name)


def sweep_once() -> int:
    """The number of papers made; whatever goes wrong is logged, and the next round tries again."""
    try:
        return int(sweep())
    except Exception:  # the relay outlives a database that is down or a full disk
        logger.exception("The sweep failed; the next one tries again.")
        return 0


def import_once() -> None:
    """Rows that wait to be checked or imported; as the sweep."""
    try:
        go_on_with_imports()
    except Exception:
        logger.exception("Imports could not be gone on with; the next round tries again.")


def look_after_itself() -> None:
    """Say that work is done, look at what can be out of bounds, and clear away what has ended: each at its time."""
    try:
        if heartbeat.is_due(heartbeat.BACKGROUND, BETWEEN_BEATS):
            heartbeat.beat()
            heartbeat.beat(heartbeat.MAIL)
        if heartbeat.is_due("watch", BETWEEN_LOOKS):
            heartbeat.beat("watch")
            alarm.watch(clock.now())
        if heartbeat.is_due("tidy", BETWEEN_TIDYING):
            heartbeat.beat("tidy")
            tidying.tidy(clock.now())
    except DatabaseError:  # which is where it is kept when it was looked at last
        look_without_database()
    except Exception:  # as above
        logger.exception("The relay could not look after itself; the next round tries again.")


def look_without_database() -> None:
    """The alarm keeps in a file what it told of meanwhile (`base/health/alarm.py`)."""
    if time.monotonic() < Away.next_look:
        return
    Away.next_look = time.monotonic() + BETWEEN_LOOKS.total_seconds()
    try:
        alarm.watch(clock.now())
    except Exception:
        logger.exception("The relay could not look what is out of bounds.")


class Away:
    """When to look again while the database is away (`time.monotonic`)."""

    next_look = 0.0

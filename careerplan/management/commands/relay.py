"""`manage.py relay`: makes the papers and sends the e-mails that wait, where no Celery runs (the trial)."""

import logging
import os
import signal
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections

from acknowledgments.tasks import sweep
from careerplan.reports.tasks import count
from customers.tasks import follow_the_day

PAUSE_SECONDS = 1
# What beat asks a worker for now and then, in rounds: first of all, and about every minute after it.
NOW_AND_THEN = (count, follow_the_day)
ROUNDS = 60
# WeasyPrint keeps about 0.2 MB of every paper: a process that has made so many begins afresh.
PAPERS_A_PROCESS = 100

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
        made = rounds = 0
        while not self.stopped and made < PAPERS_A_PROCESS:
            if options["with_parent"] and os.getppid() != parent:
                return
            close_old_connections()
            made += sweep_once()
            if rounds % ROUNDS == 0:
                look_once()
            rounds += 1
            time.sleep(PAUSE_SECONDS)
        connections.close_all()
        if not self.stopped:
            os.execv(sys.executable, [sys.executable, *sys.argv])  # the same process, with its memory given back

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

"""Asks for work outside the page: a task's name and ids, to Celery, or to nobody where a relay looks by itself.

What must happen is a row in a table before anything is asked here; a lost call only delays it until the next sweep.
"""

import logging
import time

from celery import current_app
from django.conf import settings

# After a failure the queue is left alone for a while: one page waits for it, and not each one.
REST_SECONDS = 30
# Redis' queues have four; the lowest number goes first.
FIRST, LAST = 0, 6

logger = logging.getLogger(__name__)


class Breaker:
    """Whether this process leaves the queue alone, and until when (seconds of `time.monotonic`)."""

    resting_until = 0.0

    @classmethod
    def is_open(cls) -> bool:
        return time.monotonic() < cls.resting_until

    @classmethod
    def open(cls) -> None:
        cls.resting_until = time.monotonic() + REST_SECONDS

    @classmethod
    def close(cls) -> None:
        cls.resting_until = 0.0


def nudge(task: str, *ids: int, last: bool = False) -> None:
    """Queue a task; a queue that is down is logged and never fails the page.

    `last`: nobody waits for it, and what somebody waits for goes before it.
    """
    if settings.BACKGROUND != "celery" or Breaker.is_open():
        return
    try:
        current_app.send_task(task, args=ids, priority=LAST if last else FIRST)
    except Exception:  # any broker trouble: the sweep does what was asked
        Breaker.open()
        logger.warning("The queue is not reachable; %s waits for the sweep.", task)

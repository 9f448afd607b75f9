"""Asks for work outside the page: a task's name and ids, to Celery, or to nobody where a relay looks by itself.

What must happen is a row in a table before anything is asked here; a lost call only delays it until the next sweep.
"""

import logging

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)


def nudge(task: str, *ids: int) -> None:
    """Queue a task; a queue that is down is logged and never fails the page."""
    if settings.BACKGROUND != "celery":
        return
    try:
        current_app.send_task(task, args=ids)
    except Exception:  # any broker trouble: the sweep does what was asked
        logger.warning("The queue is not reachable; %s waits for the sweep.", task)

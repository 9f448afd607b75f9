"""Delivery by a worker."""

from celery import shared_task

from careerplan.base import clock
from careerplan.messaging.actions import deliver_next

BATCH = 200


@shared_task
def deliver() -> int:
    """Send what waits, at most `BATCH` e-mails a task; returns how many were tried."""
    for count in range(BATCH):
        if not deliver_next(clock.now()):
            return count
    return BATCH

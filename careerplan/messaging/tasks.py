"""Delivery by a worker."""

from celery import shared_task
from django.utils import timezone

from careerplan.messaging.actions import deliver_next

BATCH = 200


@shared_task
def deliver() -> int:
    """Send what waits, at most `BATCH` e-mails a task; returns how many were tried."""
    for count in range(BATCH):
        if not deliver_next(timezone.now()):
            return count
    return BATCH

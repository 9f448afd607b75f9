"""Delivery by a worker."""

import time

from celery import shared_task

from careerplan.base import clock
from careerplan.base.background import nudge
from careerplan.base.health import heartbeat
from careerplan.base.smtp import LONGEST_SECONDS
from careerplan.messaging.delivery import deliver_next

# A task ends after so many seconds and asks for another: no e-mail of a slow server is cut off by a time limit, which
# counts in a pool of processes alone. In one of threads each conversation ends by itself (base/smtp.py).
BUDGET_SECONDS = 30
LONGEST_TASK_SECONDS = BUDGET_SECONDS + LONGEST_SECONDS


@shared_task(soft_time_limit=LONGEST_TASK_SECONDS + 60, time_limit=LONGEST_TASK_SECONDS + 90)
def deliver() -> int:
    """Send what waits; returns how many were tried."""
    until, count = time.monotonic() + BUDGET_SECONDS, 0
    while deliver_next(clock.now()):
        count += 1
        if time.monotonic() > until:
            nudge("careerplan.messaging.tasks.deliver")
            break
    return count


@shared_task
def beat() -> None:
    """Whoever works on the queue of e-mails is at work."""
    heartbeat.beat(heartbeat.MAIL)

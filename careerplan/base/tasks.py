"""What the scheduler asks a worker for, beside the work itself."""

from celery import shared_task

from careerplan.base import clock
from careerplan.base.health import alarm, heartbeat, tidying


@shared_task
def beat() -> None:
    """A worker is at work, and the scheduler asks for it."""
    heartbeat.beat()


@shared_task(soft_time_limit=200, time_limit=230)
def watch() -> int:
    """Look at everything that can be out of bounds; returns of how much somebody was told."""
    return len(alarm.watch(clock.now()))


@shared_task(soft_time_limit=55 * 60, time_limit=60 * 60)
def tidy() -> int:
    """Clear away what has ended; returns how many rows went."""
    return sum(tidying.tidy(clock.now()).values())

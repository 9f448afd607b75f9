"""What a worker does: papers to PDF, and once a minute whatever the queue lost."""

import time
from collections.abc import Callable

from celery import shared_task

from acknowledgments.filing.making import make_paper, make_waiting, note_abandoned
from careerplan.base import clock
from careerplan.messaging.tasks import deliver
from customers.undelivered import report_undelivered

# A sweep begins no paper after so many seconds: the next one goes on.
BUDGET_SECONDS = 40
# A paper's own limit ends it long before this one.
MAKING = {"soft_time_limit": None, "time_limit": 150}


@shared_task(**MAKING)
def render_paper(paper_id: int) -> bool:
    """Make one ordered paper."""
    return make_paper(paper_id, at=clock.now())


@shared_task(**MAKING)
def make_papers() -> int:
    """Make the papers that still wait; returns how many were made."""
    note_abandoned(at=clock.now())
    return make_waiting(until=after(BUDGET_SECONDS), at=clock.now)


@shared_task
def tell_of_undelivered() -> int:
    """Tell staff of e-mails that don't arrive; returns of how many."""
    return report_undelivered(clock.now())


def sweep() -> int:
    """All of it in one process, where no Celery runs; returns how many papers were made."""
    made: int = make_papers()
    deliver()
    tell_of_undelivered()
    return made


def after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end

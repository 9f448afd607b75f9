"""What a worker does: papers to PDF, once a minute whatever the queue lost, and each night the check of the record."""

import logging
import time
from collections.abc import Callable

from celery import shared_task

from acknowledgments.filing.making import make_paper, make_waiting, note_abandoned
from acknowledgments.proof.daily import keep_days, last_kept
from acknowledgments.proof.health import VERIFIED
from acknowledgments.proof.verifying import verify_and_tell
from careerplan.base import clock
from careerplan.base.health import heartbeat
from careerplan.messaging.tasks import deliver
from customers.undelivered import report_undelivered

# A sweep begins no paper after so many seconds: the next one goes on.
BUDGET_SECONDS = 40
# A paper's own limit ends it long before this one.
MAKING = {"soft_time_limit": 140, "time_limit": 150}
# Reading every file of a large state takes hours, and nothing waits for it.
VERIFY_SECONDS = 8 * 60 * 60

security = logging.getLogger("careerplan.security")


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


@shared_task(acks_late=False, time_limit=VERIFY_SECONDS + 60, soft_time_limit=VERIFY_SECONDS)
def verify() -> int:
    """Keep the digests of the days that are over, log the last one, and check the whole record; returns how much is
    wrong.

    Acknowledged at once: the queue would give a task of hours to a second worker. A check that could not be ended is a
    fault like one that it would have found.
    """
    try:
        keep_days(at=clock.now())
        security.info("%s", last_kept() or "No day has a digest yet.", extra={"event": "daily-digest"})
        wrong = verify_and_tell(at=clock.now())
        heartbeat.beat(VERIFIED)
        return wrong
    except Exception:
        security.exception("The record could not be checked.", extra={"event": "verify-failed"})
        raise

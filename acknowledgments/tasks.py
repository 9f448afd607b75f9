"""What a worker does: papers to PDF, once a minute whatever the queue lost, and each night the check of the record."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from acknowledgments.filing.making import make_paper
from acknowledgments.models import Paper
from acknowledgments.proof.daily import digest_of_day
from acknowledgments.proof.verifying import verify_and_tell
from careerplan.base.dates import day_of
from careerplan.messaging.tasks import deliver
from customers.undelivered import report_undelivered

security = logging.getLogger("careerplan.security")

BATCH = 50
# Reading every file of a large state takes hours, and nothing waits for it.
VERIFY_SECONDS = 8 * 60 * 60


@shared_task
def render_paper(paper_id: int) -> bool:
    """Make one ordered paper, then deliver the notice that its filing caused."""
    made = make_paper(paper_id, at=timezone.now())
    deliver()
    return made


@shared_task
def sweep() -> int:
    """Make the papers and send the e-mails that still wait; returns how many papers were made.

    Planners are told of e-mails that don't arrive.
    """
    waiting = list(Paper.objects.unfinished().order_by("id").values_list("pk", flat=True)[:BATCH])
    made = sum(make_paper(paper_id, at=timezone.now()) for paper_id in waiting)
    deliver()
    report_undelivered(timezone.now())
    return made


@shared_task(acks_late=False, time_limit=VERIFY_SECONDS + 60, soft_time_limit=VERIFY_SECONDS)
def verify() -> int:
    """Check the whole record and log the digest of yesterday; returns how much is wrong.

    Acknowledged at once: the queue would give a task of hours to a second worker. A check that could not be ended is a
    fault like one that it would have found.
    """
    try:
        security.info("%s", digest_of_day(day_of(timezone.now()) - timedelta(days=1)), extra={"event": "daily-digest"})
        return verify_and_tell(at=timezone.now())
    except Exception:
        security.exception("The record could not be checked.", extra={"event": "verify-failed"})
        raise

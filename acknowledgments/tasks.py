"""What a worker does: papers to PDF, and once a minute whatever the queue lost."""

from celery import shared_task

from acknowledgments.filing.making import make_paper
from acknowledgments.models import Paper
from careerplan.base import clock
from careerplan.messaging.tasks import deliver
from customers.undelivered import report_undelivered

BATCH = 50


@shared_task
def render_paper(paper_id: int) -> bool:
    """Make one ordered paper, then deliver the notice that its filing caused."""
    made = make_paper(paper_id, at=clock.now())
    deliver()
    return made


@shared_task
def sweep() -> int:
    """Make the papers and send the e-mails that still wait; returns how many papers were made.

    Planners are told of e-mails that don't arrive.
    """
    waiting = list(Paper.objects.unfinished().order_by("id").values_list("pk", flat=True)[:BATCH])
    made = sum(make_paper(paper_id, at=clock.now()) for paper_id in waiting)
    deliver()
    report_undelivered(clock.now())
    return made

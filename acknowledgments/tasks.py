"""What a worker does: forms to PDF, and once a minute whatever the queue lost."""

from celery import shared_task
from django.utils import timezone

from acknowledgments.filing.making import make_form
from acknowledgments.models import PrintedForm
from careerplan.messaging.tasks import deliver

BATCH = 50


@shared_task
def render_form(form_id: int) -> bool:
    """Make one ordered form, then deliver the notice that its filing caused."""
    made = make_form(form_id, at=timezone.now())
    deliver()
    return made


@shared_task
def sweep() -> int:
    """Make the forms and send the e-mails that still wait; returns how many forms were made."""
    waiting = list(PrintedForm.objects.unfinished().order_by("id").values_list("pk", flat=True)[:BATCH])
    made = sum(make_form(form_id, at=timezone.now()) for form_id in waiting)
    deliver()
    return made

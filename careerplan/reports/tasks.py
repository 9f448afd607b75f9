"""What a worker does for the state's pages."""

from celery import shared_task

from careerplan.base import clock
from careerplan.reports.counting import count_state


@shared_task
def count() -> bool:
    """Count the state, where the last count is not fresh; whether it was counted."""
    return count_state(at=clock.now())

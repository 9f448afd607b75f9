"""What a worker does for the state's pages."""

from celery import shared_task

from careerplan.base import clock
from careerplan.reports import work
from careerplan.reports.counting import count_state

# What is due of a whole state.
COUNTING_SECONDS = 15 * 60


@shared_task
def count() -> bool:
    """Count the state, where the last count is not fresh; whether it was counted."""
    return count_state(at=clock.now())


@shared_task(soft_time_limit=COUNTING_SECONDS, time_limit=COUNTING_SECONDS + 30)
def count_work() -> bool:
    """Count what is due in the state, where the last count is not fresh; whether it was counted."""
    return work.count_work(at=clock.now())

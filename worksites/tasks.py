"""What a worker does for placements."""

from celery import shared_task

from careerplan.base import clock
from worksites.wages.rises import mark_low_wages

# Of a large state; one that is cut off goes on the next night.
SECONDS = 30 * 60


@shared_task(soft_time_limit=SECONDS, time_limit=SECONDS + 30)
def look_for_low_wages() -> int:
    """Which placements pay less than a minimum wage that rose; returns of how many that changed."""
    return mark_low_wages(at=clock.now())

"""What a worker does for the record: the days go on."""

from celery import shared_task

from careerplan.base import clock
from careerplan.base.dates import day_of
from customers.actions import leave_daily_list


@shared_task
def follow_the_day() -> int:
    """Who left the last program long ago leaves the daily list; returns how many."""
    return leave_daily_list(on=day_of(clock.now()))

"""What a worker does for the record: the days go on."""

from datetime import time

from celery import shared_task
from django.utils import timezone

from careerplan.base import clock
from careerplan.base.dates import day_of
from customers import reminders
from customers.actions import leave_daily_list

# Of a state; a second one that begins meanwhile does no more than the first.
REMINDING_SECONDS = 20 * 60
# So that the day's e-mails find the reminder there (`messaging/leaving.py`).
FIRST_HOUR = time(6)


@shared_task
def follow_the_day() -> int:
    """Who left the last program long ago leaves the daily list; returns how many."""
    return leave_daily_list(on=day_of(clock.now()))


@shared_task(soft_time_limit=REMINDING_SECONDS, time_limit=REMINDING_SECONDS + 30)
def remind() -> int:
    """Everybody is told of deadlines that came near; returns how many people."""
    return reminders.remind(clock.now())


@shared_task
def remind_by_day() -> int:
    """As `remind`, where no scheduler asks for it at its hour: from the morning on."""
    at = clock.now()
    local = timezone.localtime(at, timezone.get_default_timezone())
    return reminders.remind(at) if local.time() >= FIRST_HOUR else 0

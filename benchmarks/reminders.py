"""The daily task that tells people of their deadlines: how long it takes, and how much memory, on a state.

    .venv/bin/python -m benchmarks --customers 1000000 --only reminders

Prints a table: the first day, when all that is near is found at once, the next day, as every day is, and the same day
once more, when there is nothing to do. What it wrote is deleted afterwards. `LIMIT` and `MOST_MEMORY` are asked for of
each day but the first: nobody has been told of anything then, and a month of the whole state comes at once.
"""

import resource
import sys
import time
from datetime import timedelta

from benchmarks.measured import prepare

# Seconds of a day, and of the first one; megabytes that the task takes beyond what the process had.
LIMIT, LIMIT_OF_THE_FIRST, MOST_MEMORY = 60, 300, 150


def main() -> None:
    prepare()
    from django.db import connection
    from django.utils import timezone

    from careerplan.messaging.enums import Notice
    from careerplan.messaging.models import Message, Notification
    from customers import reminders
    from customers.models import Customer, Reminder

    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    now = timezone.now()
    print(f"{Customer.objects.count():,} customers\n")
    print("| day | people told | reminders | seconds | MB more |")
    print("| --- | --: | --: | --: | --: |")
    wrong = False
    for name, at in (("first", now), ("next", now + timedelta(days=1)), ("the same again", now + timedelta(days=1))):
        before, rows, began = memory(), Reminder.objects.count(), time.perf_counter()
        people = reminders.remind(at)
        took, more = time.perf_counter() - began, memory() - before
        print(f"| {name} | {people:,} | {Reminder.objects.count() - rows:,} | {took:.1f} | {more:.0f} |", flush=True)
        wrong |= took > (LIMIT_OF_THE_FIRST if name == "first" else LIMIT) or more > MOST_MEMORY
    kinds = [Notice.DEADLINES_NEAR, Notice.STILL_WAITS]
    Notification.objects.filter(message__kind__in=kinds).delete()
    Message.objects.filter(kind__in=kinds).delete()
    Reminder.objects.all().delete()
    sys.exit(wrong)


def memory() -> float:
    """Megabytes that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""Once a day, each person is told in one message which deadlines are near, or have passed.

Each deadline is told once for each of its thresholds, whatever happens in between: what is to be told is a row that
can't be there twice, and it is told in the transaction that says so. A task that dies goes on where it was; two at once
do no more than one. Memory stays flat: rows come from the database, and go to it, so many at a time.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Case, DateField, Exists, F, OuterRef, SmallIntegerField, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.messaging.actions import notice, put_up_all
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, word
from careerplan.messaging.models import Message
from customers.deadlines import Deadline, WaitsFor, all_deadlines
from customers.models import Reminder

ROWS_AT_A_TIME = 5_000
PEOPLE_AT_A_TIME = 200
# What passed its last threshold longer ago was told, or is older than the product here; Today shows it.
TOLD_LATER = timedelta(days=31)
KEPT_FOR = timedelta(days=400)


def remind(at: datetime) -> int:
    """Tell everybody of what has come near since; returns how many people were told something."""
    on = day_of(at)
    for deadline in all_deadlines():
        find(deadline, on)
    return tell(at)


def ended(at: datetime) -> Any:
    """Rows that nobody asks for any more: their deadlines have long passed every threshold."""
    return Reminder.objects.filter(found_on__lt=day_of(at) - KEPT_FOR)


# --- what is to be told ---------------------------------------------------------------------------


def find(deadline: Deadline, on: date) -> None:
    """Write down who is to be told of which rows of this deadline; those that are written down already stay."""
    found = near(deadline, on).iterator(chunk_size=ROWS_AT_A_TIME)
    while some := list(islice(found, ROWS_AT_A_TIME)):
        rows = [
            Reminder(code=deadline.code, person_id=person, row_key=key, day=day, threshold=threshold, found_on=on)
            for person, key, day, threshold in some
        ]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def near(deadline: Deadline, on: date) -> Any:
    """(person, key, day, threshold) of the rows that have reached a threshold of which the person was not told."""
    ahead, behind = timedelta(days=max(deadline.reminds)), timedelta(days=min(deadline.reminds))
    thresholds = [
        When(remind_day__lte=on + timedelta(days=each), then=Value(each)) for each in sorted(deadline.reminds)
    ]
    reached = Case(*thresholds, output_field=SmallIntegerField())
    person = related(deadline, "user" if deadline.waits_for == WaitsFor.CUSTOMER else "planner")
    rows = (
        deadline.open_rows(on)
        .order_by()
        .annotate(remind_day=Coalesce(deadline.due, deadline.since, output_field=DateField()))
    )
    rows = rows.filter(remind_day__lte=on + ahead, remind_day__gte=on + behind - TOLD_LATER)
    rows = rows.annotate(remind_threshold=reached, remind_key=deadline.key, remind_person=F(person))
    rows = rows.filter(**{f"{person}__is_active": True})
    there = Reminder.objects.filter(
        code=deadline.code,
        row_key=OuterRef("remind_key"),
        day=OuterRef("remind_day"),
        threshold=OuterRef("remind_threshold"),
        person=OuterRef("remind_person"),
    )
    rows = rows.filter(~Exists(there))
    return rows.values_list("remind_person", "remind_key", "remind_day", "remind_threshold")


def related(deadline: Deadline, name: str) -> str:
    """The path from the rows of a deadline to a column of their customer."""
    return name if deadline.customer == "pk" else f"{deadline.customer}__{name}"


# --- telling it -----------------------------------------------------------------------------------


def tell(at: datetime) -> int:
    """Who was told today already hears of the rest tomorrow."""
    count = 0
    for people in people_to_tell():
        count += tell_some(people, at=at)
    return count


def people_to_tell() -> Iterator[list[int]]:
    """The keys of people, so many at a time, by key."""
    last = 0
    while True:
        rows = Reminder.objects.untold().filter(person__gt=last)
        keys = list(rows.order_by("person").values_list("person", flat=True).distinct()[:PEOPLE_AT_A_TIME])
        if not keys:
            return
        yield keys
        last = keys[-1]


@transaction.atomic
def tell_some(keys: list[int], *, at: datetime) -> int:
    """One message to each. Whom another worker tells is left to it, and who was told today hears of it tomorrow."""
    on = day_of(at)
    people = {person.pk: person for person in User.objects.filter(pk__in=keys).select_for_update(skip_locked=True)}
    rows: dict[int, list[Reminder]] = defaultdict(list)
    for row in Reminder.objects.untold().filter(person__in=people).order_by("pk"):
        rows[row.person_id].append(row)
    messages = {
        reminder_key(people[person], on): message_of(people[person], found, at=at)
        for person, found in rows.items()
        if people[person].is_active
    }
    told = put_up_all(messages)
    done = [pk for pk, person in people.items() if not person.is_active or reminder_key(person, on) in told]
    Reminder.objects.untold().filter(person__in=done).update(told_on=on)
    return len(told)


def reminder_key(person: User, on: date) -> str:
    return f"reminder:{person.pk}:{on.isoformat()}"


def message_of(person: User, found: list[Reminder], *, at: datetime) -> Message:
    """Staff are told each duty with how many there are of it, a customer what waits, where it is done."""
    first, codes = found[0], [row.code for row in found]
    deadlines = {deadline.code: deadline for deadline in all_deadlines()}
    if person.is_customer:
        own_page = deadlines[first.code].own_page
        path = own_page(first.row_key) if own_page else reverse("my:dashboard")
        return notice(person, Notice.STILL_WAITS, names={}, path=path, by=None, at=at)
    what: list[dict[str, str]] = [
        word(deadline.what, codes.count(code)) for code, deadline in deadlines.items() if code in codes
    ]
    names: dict[str, Fact] = {"number": str(len(codes)), "what": what}
    return notice(person, Notice.DEADLINES_NEAR, names=names, path=reverse("today"), by=None, at=at)

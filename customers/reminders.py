"""Once a day, each person is told in one message which deadlines are near, or have passed.

Each deadline is told once for each of its thresholds, whatever happens in between: what is to be told is a row that
can't be there twice, and it is told in the transaction that says so. A task that dies goes on where it was; two at once
do no more than one. Memory stays flat: what is found stays in the database, and people are told so many at a time.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import DateField, F
from django.db.models.functions import Coalesce
from django.urls import reverse

from careerplan.accounts.models import User
from careerplan.base.database import allow_seconds
from careerplan.base.dates import day_of
from careerplan.messaging.actions import notice, put_up_all
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, word
from careerplan.messaging.models import Message
from customers.deadlines import Deadline, WaitsFor, all_reminded
from customers.models import Reminder

logger = logging.getLogger(__name__)

PEOPLE_AT_A_TIME = 200
# Of one deadline in the whole state; more than a page's statement may take, and less than the task.
SECONDS = 120
# What passed its last threshold longer ago was told, or is older than the product here; Today shows it.
TOLD_LATER = timedelta(days=31)
KEPT_FOR = timedelta(days=400)

# The deadline's own question is asked once, and its columns are compared outside of it: within it, each place that
# names one would ask it anew. The rows stay in the database.
FIND = """
INSERT INTO customers_reminder (code, person_id, row_key, day, threshold, found_on)
WITH found (person, row_key, day) AS MATERIALIZED ({asked}),
near AS (SELECT person, row_key, day, CASE {reached} END AS threshold FROM found WHERE day BETWEEN %s AND %s)
SELECT %s, near.person, near.row_key, near.day, near.threshold, %s
FROM near JOIN accounts_user ON accounts_user.id = near.person AND accounts_user.is_active
WHERE NOT EXISTS (
  SELECT 1 FROM customers_reminder told WHERE told.code = %s AND told.row_key = near.row_key AND told.day = near.day
  AND told.threshold = near.threshold AND told.person_id = near.person)
ON CONFLICT DO NOTHING
"""


class Found(NamedTuple):
    """What is told of a reminder, of which a planner of a large state has hundreds."""

    person_id: int
    code: str
    row_key: int
    day: date
    found_on: date


def remind(at: datetime) -> int:
    """Tell everybody of what has come near since; returns how many people were told something.

    A deadline that can't be read keeps none of the others; it is logged, and read again an hour later.
    """
    on = day_of(at)
    for deadline in all_reminded():
        try:
            find(deadline, on)
        except Exception:
            logger.exception("Nobody could be reminded of %s.", deadline.code)
    return tell(at)


def ended(at: datetime) -> Any:
    """Rows that nobody asks for any more: their deadlines have long passed every threshold."""
    return Reminder.objects.filter(found_on__lt=day_of(at) - KEPT_FOR)


# --- what is to be told ---------------------------------------------------------------------------


@transaction.atomic
def find(deadline: Deadline, on: date) -> None:
    """Write down who is to be told of which rows of this deadline: of those that have reached a threshold of which the
    person was not told. What is written down already stays."""
    if not deadline.reminds:
        return
    allow_seconds(SECONDS)
    try:
        asked, values = rows_of(deadline, on).query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return
    reached, days = "", []
    for threshold in sorted(deadline.reminds):
        reached += f" WHEN day <= %s THEN {int(threshold)}"
        days.append(on + timedelta(days=threshold))
    first, last, today = (connection.ops.adapt_datefield_value(day) for day in (days[0] - TOLD_LATER, days[-1], on))
    # In the order in which they stand: the question, the thresholds, the bounds, what is written, what was written.
    thresholds = [connection.ops.adapt_datefield_value(day) for day in days]
    values = [*values, *thresholds, first, last, deadline.code, today, deadline.code]
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(asked=asked, reached=reached), values)


def rows_of(deadline: Deadline, on: date) -> Any:
    """(person, key, day) of all that is open."""
    day = Coalesce(deadline.due, deadline.since, output_field=DateField())
    rows = deadline.open_rows(on).order_by()
    rows = rows.annotate(remind_person=person_of(deadline), remind_key=deadline.key, remind_day=day)
    return rows.values_list("remind_person", "remind_key", "remind_day")


def person_of(deadline: Deadline) -> Any:
    """Who is told, as an expression on the rows of the deadline."""
    if deadline.person is not None:
        return deadline.person
    name = "user" if deadline.waits_for == WaitsFor.CUSTOMER else "planner"
    return F(name if deadline.customer == "pk" else f"{deadline.customer}__{name}")


# --- telling it -----------------------------------------------------------------------------------


def tell(at: datetime) -> int:
    """Who was told today already hears of the rest tomorrow."""
    count = 0
    for people in people_to_tell():
        try:
            count += tell_some(people, at=at)
        except Exception:  # the others are told; these are tried again an hour later
            logger.exception("Some people could not be reminded.")
    return count


def people_to_tell() -> Iterator[list[int]]:
    """The keys of people, so many at a time, by key. One query, whose answer stays in the database."""
    people = Reminder.objects.untold().order_by("person").values_list("person", flat=True).distinct()
    rest = people.iterator(PEOPLE_AT_A_TIME)
    while keys := list(islice(rest, PEOPLE_AT_A_TIME)):
        yield keys


@transaction.atomic
def tell_some(keys: list[int], *, at: datetime) -> int:
    """One message to each. Whom another worker tells is left to it, and who was told today hears of it tomorrow."""
    on = day_of(at)
    people = {person.pk: person for person in User.objects.filter(pk__in=keys).select_for_update(skip_locked=True)}
    rows: dict[int, list[Found]] = defaultdict(list)
    untold = Reminder.objects.untold().filter(person__in=people).order_by("pk")
    for row in still_due([Found(*values) for values in untold.values_list(*Found._fields)], on):
        rows[row.person_id].append(row)
    pages = own_pages(rows.values())
    messages = {
        reminder_key(people[person], on): message_of(people[person], found, pages, at=at)
        for person, found in rows.items()
        if people[person].is_active
    }
    told = put_up_all(messages)
    done = [pk for pk in people if reminder_key(people[pk], on) in told or pk not in rows or not people[pk].is_active]
    Reminder.objects.untold().filter(person__in=done).update(told_on=on)
    return len(told)


def still_due(rows: list[Found], on: date) -> list[Found]:
    """Those found today, and of those found before that were never told what is open still, for the same person."""
    former = [row for row in rows if row.found_on != on]
    if not former:
        return rows
    still = set()
    for deadline in all_reminded():
        keys = {row.row_key for row in former if row.code == deadline.code}
        if keys:
            found = rows_of(deadline, on).filter(remind_key__in=keys)
            still |= {(deadline.code, *values) for values in found}
    return [row for row in rows if row.found_on == on or (row.code, row.person_id, row.row_key, row.day) in still]


def reminder_key(person: User, on: date) -> str:
    return f"reminder:{person.pk}:{on.isoformat()}"


def own_pages(found: Iterable[list[Found]]) -> dict[tuple[str, int], str]:
    """Where people do the first of what waits for each, by code and key; of some it is their own first page."""
    first = [rows[0] for rows in found]
    return {
        (deadline.code, key): path
        for deadline in all_reminded()
        if deadline.own_pages
        for key, path in deadline.own_pages([row.row_key for row in first if row.code == deadline.code]).items()
    }


def message_of(person: User, found: list[Found], pages: dict[tuple[str, int], str], *, at: datetime) -> Message:
    """Staff are told each duty with how many there are of it, a customer what waits, where it is done."""
    first, codes = found[0], [row.code for row in found]
    if person.is_customer:
        path = pages.get((first.code, first.row_key)) or reverse("my:dashboard")
        return notice(person, Notice.STILL_WAITS, names={}, path=path, by=None, at=at)
    what: list[dict[str, str]] = [
        word(deadline.what, codes.count(deadline.code)) for deadline in all_reminded() if deadline.code in codes
    ]
    names: dict[str, Fact] = {"number": str(len(codes)), "what": what}
    return notice(person, Notice.DEADLINES_NEAR, names=names, path=reverse("today"), by=None, at=at)

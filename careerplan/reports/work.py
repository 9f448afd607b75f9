"""How much is due in each region, office and caseload: counted by a worker, and read by the page that shows it.

As Today counts: what is late and what is due this week of what staff have to do, and what waits for others. A customer
counts once, with the customer's own planner.
"""

import dataclasses
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import DateField, QuerySet, Sum, Value

from careerplan.base.background import nudge
from careerplan.base.database import allow_seconds
from careerplan.base.dates import day_of
from careerplan.reports.models import StateCount, WorkCount
from customers.deadlines import NO_DAY, Deadline, WaitsFor, all_deadlines, end_of_week

# The whole state's dates are many: they are counted less often than the state's plans.
FRESH = timedelta(minutes=13)
OLD = timedelta(minutes=45)
# Of one duty in a large state: more than a page's statement may take.
SECONDS = 120

# The duty's own question is asked once, and its columns are compared outside of it.
COUNTED = """
WITH due (code, customer, due_on, since, what, about) AS MATERIALIZED ({due})
SELECT customer.office_id, customer.planner_id,
  SUM(CASE WHEN due.due_on < %s THEN 1 ELSE 0 END),
  SUM(CASE WHEN due.due_on BETWEEN %s AND %s THEN 1 ELSE 0 END),
  SUM(CASE WHEN due.due_on IS NULL OR due.due_on <= %s THEN 1 ELSE 0 END)
FROM due JOIN customers_customer customer ON customer.id = due.customer
WHERE customer.in_daily_list
GROUP BY customer.office_id, customer.planner_id
"""

Numbers = tuple[int, int, int]


def count_work(*, at: datetime, fresh: timedelta = FRESH) -> bool:
    """Make the counts anew; False where they are younger than `fresh`.

    Nothing is locked while it is counted, which takes minutes in a large state; of two at once, the second one stays.
    """
    counted_at = StateCount.objects.values_list("work_counted_at", flat=True).first()
    if counted_at is not None and at - counted_at < fresh:
        return False
    found = counted(on=day_of(at))
    rows = [
        WorkCount(office_id=office, planner_id=planner, overdue=overdue, this_week=week, with_others=others)
        for (office, planner), (overdue, week, others) in found.items()
        if overdue or week or others
    ]
    with transaction.atomic():
        StateCount.objects.get_or_create(pk=StateCount.ONLY)
        state = StateCount.objects.select_for_update().get(pk=StateCount.ONLY)
        WorkCount.objects.all().delete()
        WorkCount.objects.bulk_create(rows, batch_size=1000)
        state.work_counted_at = at
        state.save(update_fields=["work_counted_at"])
    return True


def counted(*, on: date) -> dict[tuple[int, int | None], Numbers]:
    """By office and planner: late, due this week, with others. One query for each duty."""
    found: dict[tuple[int, int | None], Numbers] = {}
    for duty in all_deadlines():
        for office, planner, late, week, open_now in counted_of(duty, on=on):
            of_staff = duty.waits_for == WaitsFor.STAFF
            numbers = (late, week, 0) if of_staff else (0, 0, open_now)
            before = found.get((office, planner), (0, 0, 0))
            found[office, planner] = (before[0] + numbers[0], before[1] + numbers[1], before[2] + numbers[2])
    return found


@transaction.atomic
def counted_of(duty: Deadline, *, on: date) -> list[tuple[Any, ...]]:
    allow_seconds(SECONDS)
    rows_due = duty.due_rows(on)
    if duty.late_only:  # what was open yesterday is late; by how much is nobody's question here
        yesterday = on - timedelta(days=1)
        rows_due = dataclasses.replace(duty, due=Value(yesterday, DateField()), since=NO_DAY).due_rows(yesterday)
    asked, values = rows_due.query.get_compiler(connection=connection).as_sql()
    first, last = (connection.ops.adapt_datefield_value(day) for day in (on, end_of_week(on)))
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(due=asked), [*values, first, first, last, last])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def counted_work(*, at: datetime) -> StateCount | None:
    """When it was counted last; None before the first time. A count that is missing or old is ordered."""
    state = StateCount.objects.filter(work_counted_at__isnull=False).first()
    if state is None or is_old(state, at=at):
        nudge("careerplan.reports.tasks.count_work")
    return state


def is_old(state: StateCount, *, at: datetime) -> bool:
    return state.work_counted_at is not None and at - state.work_counted_at > OLD


def summed(rows: QuerySet[WorkCount], *by: str) -> list[dict[str, Any]]:
    """The numbers by these columns, the most overdue first. One query."""
    numbers = {name: Sum(name) for name in WorkCount.NUMBERS}
    found: Any = rows.order_by().values(*by).annotate(**numbers)
    return sorted(found, key=lambda row: (-row["overdue"], -row["this_week"], [str(row[name]) for name in by]))

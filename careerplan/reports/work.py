"""How much is due in each region, office and caseload: counted by a worker, and read by the page that shows it.

As Today counts: what is late and what is due this week of what staff have to do, and what waits for others. A customer
counts once, with the customer's own planner.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from careerplan.base.background import nudge
from careerplan.base.database import allow_seconds
from careerplan.base.dates import day_of
from careerplan.reports.models import StateCount, WorkCount
from customers.deadlines import all_deadlines, due, end_of_week

# The whole state's dates are many: they are counted less often than the state's plans.
FRESH = timedelta(minutes=13)
OLD = timedelta(minutes=45)
# More than a page's statement may take, less than a worker's task.
SECONDS = 40

COUNTED = """
WITH due (code, customer, due_on, since, what, about) AS ({due})
SELECT customer.office_id, customer.planner_id,
  SUM(CASE WHEN due.code IN ({staff}) AND due.due_on < %s THEN 1 ELSE 0 END),
  SUM(CASE WHEN due.code IN ({weekly}) AND due.due_on BETWEEN %s AND %s THEN 1 ELSE 0 END),
  SUM(CASE WHEN due.code NOT IN ({staff}) AND (due.due_on IS NULL OR due.due_on <= %s) THEN 1 ELSE 0 END)
FROM due JOIN customers_customer customer ON customer.id = due.customer
WHERE customer.in_daily_list
GROUP BY customer.office_id, customer.planner_id
"""


@transaction.atomic
def count_work(*, at: datetime, fresh: timedelta = FRESH) -> bool:
    """Make the counts anew; False where they are younger than `fresh`, or another worker is about it."""
    StateCount.objects.get_or_create(pk=StateCount.ONLY)
    state = StateCount.objects.select_for_update(skip_locked=True).first()
    if state is None or (state.work_counted_at is not None and at - state.work_counted_at < fresh):
        return False
    allow_seconds(SECONDS)
    rows = [
        WorkCount(office_id=office, planner_id=planner, overdue=overdue, this_week=week, with_others=others)
        for office, planner, overdue, week, others in counted(on=day_of(at))
        if overdue or week or others
    ]
    WorkCount.objects.all().delete()
    WorkCount.objects.bulk_create(rows, batch_size=1000)
    state.work_counted_at = at
    state.save()
    return True


def counted(*, on: date) -> list[tuple[Any, ...]]:
    """Office, planner, and the three numbers, of the whole state. One query."""
    asked, values = due(on).query.get_compiler(connection=connection).as_sql()
    staff = [row.code for row in all_deadlines() if row.waits_for == "staff"]
    weekly = [row.code for row in all_deadlines() if row.code in staff and not row.late_only]
    sql = COUNTED.format(due=asked, staff=places(staff), weekly=places(weekly))
    first, last = (connection.ops.adapt_datefield_value(day) for day in (on, end_of_week(on)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *staff, first, *weekly, first, last, *staff, last])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def places(values: Iterable[Any]) -> str:
    return ", ".join("%s" for _value in values)


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

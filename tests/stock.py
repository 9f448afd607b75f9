"""What hundreds of tests begin with is made once by the product's own actions, and then put back row by row.

A maker that is `stocked` brings about new rows (a customer with a plan in force, say) and touches no others. The first
call in a test process makes them and keeps a copy of the rows; a later test gets the same rows in some milliseconds
instead of most of a second. The second call in one test is another customer. Where it touched other rows, or wrote a
file, it is made anew each time; so it is where a test commits, or has another time. A test that changed what the maker
depends on (a rule, a setting, the catalog) before it calls it calls the maker's `__wrapped__`.
"""

import copy
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone, translation

from careerplan.base import clock

# Its rows have files.
WITH_FILES = "customers_upload"
# No machine's clock is so far from the database's, which stands on it.
ANOTHER_TIME = timedelta(minutes=1)
MARK = "CREATE TEMPORARY TABLE IF NOT EXISTS mark (number int); INSERT INTO mark VALUES (1)"
NUMBER = "SELECT max(xmin::text::bigint) FROM mark"
NEW = "xmin::text::bigint >= {since}"
LOOK = "SELECT '{table}', count(*), count(*) FILTER (WHERE {new}) FROM \"{table}\""


# What a maker is told that depends on no row.
SIMPLE = (str, int, Decimal, date, type(None))
Maker = TypeVar("Maker", bound=Callable[..., Any])


@dataclass(frozen=True)
class Kept:
    made: Any
    rows: dict[str, bytes]  # by table, as COPY writes them


# By kind, and which of this kind in a test; None: it can't be kept.
shelf: dict[tuple, Kept | None] = {}
# By the test that runs.
taken: list[tuple] = []
# Makers at work: what one of them makes by another is its own.
keeping: list[Callable] = []


def stocked(make: Maker) -> Maker:
    @functools.wraps(make)
    def made(*args: Any, **kwargs: Any) -> Any:
        if keeping or not all(isinstance(value, SIMPLE) for value in (*args, *kwargs.values())):
            return make(*args, **kwargs)
        kind = (make, args, tuple(sorted(kwargs.items())), translation.get_language())
        key = (*kind, taken.count(kind))
        taken.append(kind)
        if shelf.get(key, ...) is None or not may_be_put_back():
            return make(*args, **kwargs)
        if key not in shelf:
            made, shelf[key] = keep(lambda: make(*args, **kwargs))
            return made
        put_back(shelf[key].rows)
        return copy.deepcopy(shelf[key].made)

    return made  # type: ignore[return-value]


def may_be_put_back() -> bool:
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return False
    return abs(clock.now() - datetime.now(timezone.get_current_timezone())) < ANOTHER_TIME  # noqa: TID251


def keep(make: Callable[[], Any]) -> tuple[Any, Kept | None]:
    """What was made, and a copy of it; none where other rows than new ones were written, or files."""
    with connection.cursor() as cursor:
        with transaction.atomic():  # of all that it writes, this part of the test's transaction has the lowest number
            cursor.execute(MARK)
            cursor.execute(NUMBER)
            new = NEW.format(since=cursor.fetchone()[0])
            before = look(cursor, new)
            keeping.append(make)
            try:
                made = make()
            finally:
                keeping.remove(make)
        after = look(cursor, new)
        written = [table for table, (_count, came) in after.items() if came]
        alone = all(count - came == before[table][0] for table, (count, came) in after.items())
        if not alone or WITH_FILES in written:
            return made, None
        return made, Kept(copy.deepcopy(made), {table: copied(cursor, table, new) for table in written})


def look(cursor: Any, new: str) -> dict[str, tuple[int, int]]:
    """table -> (its rows, how many of them are new)."""
    cursor.execute(" UNION ALL ".join(LOOK.format(table=table, new=new) for table in tables()))
    return {table: (count, came) for table, count, came in cursor.fetchall()}


@functools.cache
def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name != "mark"]


def copied(cursor: Any, table: str, new: str) -> bytes:
    with cursor.copy(f'COPY (SELECT * FROM "{table}" WHERE {new}) TO STDOUT') as told:
        return b"".join(told)


def put_back(rows: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # past guards that ask for what came before
        for table, block in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as heard:
                heard.write(block)
        cursor.execute("SET LOCAL session_replication_role = origin")

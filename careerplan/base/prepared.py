"""A question that differs by one key alone from time to time: its SQL is made once a process.

To make SQL costs more than to ask it. So what every page asks is worded as a queryset, and read as plain values.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# A key that no row has stands for the one that is asked about.
MARK = -9_100_000_000_000_001


class Prepared:
    """`rows_of(key)`: a queryset of values that need no conversion, such as keys and text."""

    def __init__(self, rows_of: Callable[[int], QuerySet[Any, Any]]):
        self.rows_of = rows_of
        self.sql: str | None = None
        self.values: tuple[Any, ...] = ()

    def ask(self, key: int) -> list[tuple[Any, ...]]:
        if self.sql is None:
            self.sql, self.values = self.rows_of(MARK).query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [key if value == MARK else value for value in self.values])
            return list(cursor.fetchall())

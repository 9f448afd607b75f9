"""A question that differs by its keys alone from time to time: its SQL is made once a process.

To make SQL costs more than to ask it. So what every page asks is worded as a queryset, and read as plain values.
"""

import inspect
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Keys that no row has stand for those that are asked about: this one for the first, the next lower one for the second.
MARK = -9_100_000_000_000_001


class Prepared:
    """`rows_of(*keys)`: a queryset of values that need no conversion, such as keys, numbers and text."""

    def __init__(self, rows_of: Callable[..., QuerySet[Any, Any]]):
        self.rows_of = rows_of
        self.sql: str | None = None
        self.values: tuple[Any, ...] = ()

        self.marks = [MARK - place for place in range(len(inspect.signature(rows_of).parameters))]

    def ask(self, *keys: int) -> list[tuple[Any, ...]]:
        if self.sql is None:
            self.sql, self.values = self.rows_of(*self.marks).query.sql_with_params()
        asked = dict(zip(self.marks, keys, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [asked.get(value, value) for value in self.values])
            return list(cursor.fetchall())

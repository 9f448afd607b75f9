"""A question that differs by its keys alone from time to time: its SQL is made once a process.

To make SQL costs more than to ask it. So what every page asks is worded as a queryset, and read as its values or as its
rows. What depends on who asks, as the day of a moment in a time zone does, has no place in it: the first who asks would
decide for all.
"""

import inspect
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

# Keys that no row has stand for those that are asked about: this one for the first, the next lower one for the second.
MARK = -9_100_000_000_000_001

Row = TypeVar("Row", bound=Model)


class Prepared:
    """`rows_of(*keys)`: a queryset."""

    def __init__(self, rows_of: Callable[..., QuerySet[Any, Any]]):
        self.rows_of = rows_of
        self.marks = [MARK - place for place in range(len(inspect.signature(rows_of).parameters))]

    @cached_property
    def worded(self) -> "Worded":
        return Worded(self.rows_of(*self.marks).query.get_compiler(connection=connection))

    def ask(self, *keys: int) -> list[tuple[Any, ...]]:
        """The values, as of `values_list`."""
        worded, asked = self.worded, dict(zip(self.marks, keys, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(worded.sql, [asked.get(value, value) for value in worded.values])
            found = cursor.fetchall()
        converted = worded.compiler.apply_converters(found, worded.converters) if worded.converters else found
        return [tuple(values) for values in converted]


class Worded:
    """The SQL of a question, and how the values that the database gives become those of Django."""

    def __init__(self, compiler: Any):
        self.compiler = compiler
        self.sql, self.values = compiler.as_sql()
        self.converters = compiler.get_converters([column for column, _sql, _name in compiler.select])


class PreparedRows(Prepared, Generic[Row]):
    """`rows_of(*keys)`: a queryset of rows, also with what `select_related` brings and without what `defer` leaves."""

    def __init__(self, rows_of: Callable[..., QuerySet[Row, Row]]):
        super().__init__(rows_of)

    @cached_property
    def reader(self) -> "Reader":
        return Reader(self.worded.compiler)

    def read(self, *keys: int) -> list[Row]:
        return [self.reader.row(values) for values in self.ask(*keys)]


class Reader:
    """Makes rows of values. Django's `ModelIterable` does the same, and asks the compiler anew each time."""

    def __init__(self, compiler: Any):
        columns, kind = compiler.select, compiler.klass_info
        fields = kind["select_fields"]
        self.model, self.own = kind["model"], slice(fields[0], fields[-1] + 1)
        self.names = [column.target.attname for column, _sql, _name in columns[self.own]]
        self.related = get_related_populators(kind, columns, connection.alias)  # type: ignore[call-arg]  # of Django 5.2
        self.annotated = compiler.annotation_col_map or {}

    def row(self, values: Any) -> Any:
        row = self.model.from_db(connection.alias, self.names, values[self.own])
        for related in self.related:
            related.populate(values, row)
        for name, place in self.annotated.items():
            setattr(row, name, values[place])
        return row

"""A question that differs by its keys alone from time to time: its SQL is made once a process.

To make SQL costs more than to ask it. So what every page asks is worded as a queryset, and read as plain values or as
the queryset's own rows. What depends on who asks, as the day of a moment in a time zone does, has no place in it: the
first who asks would decide for all.
"""

import inspect
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

# Keys that no row has stand for those that are asked about: this one for the first, the next lower one for the second.
MARK = -9_100_000_000_000_001

Row = TypeVar("Row", bound=Model)


class Prepared:
    """`rows_of(*keys)`: a queryset of values that need no conversion, such as keys, numbers and text."""

    def __init__(self, rows_of: Callable[..., QuerySet[Any, Any]]):
        self.rows_of = rows_of
        self.sql: str | None = None
        self.values: tuple[Any, ...] = ()

        self.marks = [MARK - place for place in range(len(inspect.signature(rows_of).parameters))]

    def ask(self, *keys: int) -> list[tuple[Any, ...]]:
        if self.sql is None:
            self.sql, self.values = self.compiler().as_sql()
        asked = dict(zip(self.marks, keys, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [asked.get(value, value) for value in self.values])
            return list(cursor.fetchall())

    def compiler(self) -> Any:
        return self.rows_of(*self.marks).query.get_compiler(connection=connection)


class PreparedRows(Prepared, Generic[Row]):
    """`rows_of(*keys)`: a queryset of rows, also with what `select_related` brings and without what `defer` leaves.

    Django's `ModelIterable` says how values become rows; it asks the compiler anew each time.
    """

    def __init__(self, rows_of: Callable[..., QuerySet[Row, Row]]):
        super().__init__(rows_of)
        self.reader: Reader | None = None

    def read(self, *keys: int) -> list[Row]:
        values = self.ask(*keys)
        if self.reader is None:
            self.reader = Reader(self.compiler())
        return self.reader.rows(values)


class Reader:
    """Makes rows of what the database answers, as `ModelIterable` does."""

    def __init__(self, compiler: Any):
        compiler.pre_sql_setup()
        columns, kind = compiler.select, compiler.klass_info
        fields = kind["select_fields"]
        self.model, self.own = kind["model"], slice(fields[0], fields[-1] + 1)
        self.names = [column.target.attname for column, _sql, _name in columns[self.own]]
        self.related = get_related_populators(kind, columns, connection.alias)
        self.annotated = compiler.annotation_col_map or {}
        self.converters = compiler.get_converters([column for column, _sql, _name in columns])
        self.converted = compiler.apply_converters

    def rows(self, values: Iterable[Any]) -> list[Any]:
        return [self.row(found) for found in (self.converted(values, self.converters) if self.converters else values)]

    def row(self, found: Any) -> Any:
        row = self.model.from_db(connection.alias, self.names, found[self.own])
        for related in self.related:
            related.populate(found, row)
        for name, place in self.annotated.items():
            setattr(row, name, found[place])
        return row

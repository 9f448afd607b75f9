"""Several prepared questions about the same keys, asked as one: the rows of each come as JSON, in one row.

A page that shows a whole plan reads the rows of every kind of item, and each question is a way to the database and
back. What is asked together is said by the same querysets, and is read into the same rows.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection

from careerplan.base.prepared import MARK, PreparedRows, Reader

# What the drivers of the database would have made of a column; JSON has texts and numbers alone.
FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
}


# Of a function of SQLite, as it is built nearly everywhere.
MOST_ARGUMENTS = 100


class PreparedTogether:
    """`read` gives a list of rows for each of the questions, which name their keys in the same order."""

    def __init__(self, *questions: PreparedRows[Any]):
        self.questions = questions

    @cached_property
    def lists(self) -> list["RowsAsJson"]:
        return [RowsAsJson(question) for question in self.questions]

    def read(self, *keys: int) -> list[list[Any]]:
        asked = {MARK - place: key for place, key in enumerate(keys)}
        values = [asked.get(value, value) for part in self.lists for value in part.values]
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(part.sql for part in self.lists), values)
            found = cursor.fetchone()
        return [part.rows(text) for part, text in zip(self.lists, found, strict=True)]


class RowsAsJson:
    """One of the questions: its SQL, in which each column has a name of its own, and how its JSON becomes rows."""

    def __init__(self, question: PreparedRows[Any]):
        self.compiler: Any = question.rows_of(*question.marks).query.get_compiler(connection=connection)
        sql, self.values = self.compiler.as_sql(with_col_aliases=True)
        self.reader = Reader(self.compiler)
        self.columns = [column for column, _sql, _name in self.compiler.select]
        self.sql = f"(SELECT {self.listed} FROM ({sql}) AS one)"
        self.converters = self.converters_of_columns()

    @property
    def listed(self) -> str:
        if connection.vendor == "postgresql":
            return "json_agg(one)::text"
        names = [f'"{name}"' for _column, _sql, name in self.compiler.select]
        # A text that is JSON has to be said to be it, or it comes as a text.
        read = [
            f"json({name})" if kind_of(column) == "JSONField" else name
            for name, column in zip(names, self.columns, strict=True)
        ]
        parts = [", ".join(read[start : start + MOST_ARGUMENTS]) for start in range(0, len(read), MOST_ARGUMENTS)]
        return f"json_group_array(json_array({', '.join(f'json_array({part})' for part in parts)}))"

    def converters_of_columns(self) -> dict[int, tuple[list[Any], Any]]:
        """Django's own, after those of JSON; a column that holds JSON itself is read already."""
        of_django = self.compiler.get_converters(self.columns)
        found = {}
        for place, column in enumerate(self.columns):
            converters = list(of_django.get(place, ([], column))[0])
            if connection.vendor == "postgresql" and kind_of(column) in FROM_JSON:
                converters = [as_a_converter(FROM_JSON[kind_of(column)]), *converters]
            if kind_of(column) == "JSONField":
                converters = [as_a_converter(with_floats)]
            if converters:
                found[place] = (converters, column)
        return found

    def rows(self, text: str | None) -> list[Any]:
        # SQLite has no decimals: Django makes them of its floating-point numbers.
        number = Decimal if connection.vendor == "postgresql" else float
        found = json.loads(text or "[]", parse_float=number)
        values = [one.values() if isinstance(one, dict) else chain.from_iterable(one) for one in found]
        return [self.reader.row(row) for row in self.compiler.apply_converters(values, self.converters)]


def kind_of(column: Any) -> str:
    kind: str = column.output_field.get_internal_type()
    return kind


def with_floats(value: Any) -> Any:
    """As JSON in a column is read: amounts alone are decimals."""
    if isinstance(value, dict):
        return {name: with_floats(one) for name, one in value.items()}
    if isinstance(value, list):
        return [with_floats(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value


def as_a_converter(read: Callable[[Any], Any]) -> Callable[[Any, Any, Any], Any]:
    def convert(value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else read(value)

    return convert

"""What stands in the tables: to see that nothing was written, and that the database refuses what cannot be."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

APPS = ("accounts", "messaging", "customers", "plans", "goals", "services", "worksites", "acknowledgments")
OCCUPATIONS = ("Occupation", "OccupationTitle")
Rows = dict[type[models.Model], dict[Any, tuple]]


def everything() -> Rows:
    """All rows of the product's tables, history tables too; but for occupations and titles, which nobody writes."""
    found = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        return {model: rows_of(model, cursor) for model in found if not model.__name__.endswith(OCCUPATIONS)}


def rows_of(model: type[models.Model], cursor: Any) -> dict[Any, tuple]:
    """By their keys, which stand first in each."""
    compiler, question, converters = question_for(model)
    cursor.execute(*question)
    rows = cursor.fetchall()
    return {row[0]: tuple(row) for row in (compiler.apply_converters(rows, converters) if converters else rows)}


@cache
def question_for(model: type[models.Model]) -> tuple[Any, tuple, dict]:
    """Put in words once: for eighty tables that takes longer than the answers."""
    query = models.QuerySet(model).values_list("pk", *columns(model)).query
    compiler = query.get_compiler(connection=connection)
    question = compiler.as_sql()
    return compiler, question, compiler.get_converters([chosen for chosen, _sql, _alias in compiler.select])


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def changed(before: Rows, after: Rows) -> Rows:
    """The rows that were added, changed or deleted (None) between two looks."""
    different = {}
    for model, rows in after.items():
        keys = [key for key in before[model].keys() | rows.keys() if before[model].get(key) != rows.get(key)]
        if keys:
            different[model] = {key: rows.get(key) for key in keys}
    return different


def write(row: models.Model, **values: Any) -> None:
    """Past the actions and the forms, straight into the row's table."""
    models.QuerySet(type(row)).filter(pk=row.pk).update(**values)


def date_back(row: models.Model, **values: Any) -> None:
    """As if the row had had these days from the first: the guards of its table look away, since time can't be moved."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while rows of it wait to be checked
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        write(row, **values)
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def copy(row: models.Model, **values: Any) -> None:
    """A second row like this one but for `values`, straight into its table."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and field.name not in values]
    same = {field.attname: getattr(row, field.attname) for field in fields}
    models.QuerySet(type(row)).bulk_create([type(row)(**same | values)])


def refuses(name: str, writing: Callable[[], Any]) -> None:
    """The database refuses the writing, by the constraint or trigger of this name."""
    with pytest.raises(DatabaseError, match=re.escape(name)), transaction.atomic(), every_constraint_now():
        writing()


@contextmanager
def every_constraint_now() -> Iterator[None]:
    """What is otherwise checked at the end of a transaction is checked when the block ends."""
    with connection.cursor() as cursor:
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def constraints_of(*labels: str) -> set[str]:
    """The names of the constraints that the models of the apps declare."""
    return constraints_of_models(*(model for label in labels for model in apps.get_app_config(label).get_models()))


def constraints_of_models(*found: type[models.Model]) -> set[str]:
    return {constraint.name for model in found for constraint in model._meta.constraints}

"""Days that the database counts."""

from typing import Any

from django.db import models
from django.db.models import Func


class DaysAfter(Func):
    """The day that lies a number of calendar days after another; NULL after none."""

    arity = 1
    output_field = models.DateField()

    def __init__(self, day: Any, days: int):
        super().__init__(day, days=int(days))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s + %(days)s)", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+%(days)s days')", **context)


class DaysLater(Func):
    """The day that lies as many calendar days after another as a column says; NULL where one of the two is."""

    arity = 2
    output_field = models.DateField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" + ", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "date(%(expressions)s || ' days')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", '+' || ", **context)

"""Keys, or names, of the rows to which a row is linked, read in its own query and not in another one."""

from typing import Any

from django.db import models
from django.db.models import Aggregate, OuterRef, Subquery


class ValuesAsJson(Aggregate):
    """The keys, or other values, of a group, as a list; NULL of no row at all."""

    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="jsonb_agg", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_group_array", **context)


def linked_keys(model: type[models.Model], name: str, **which: Any) -> Subquery:
    """The keys, as `linked_values`."""
    return linked_values(model, name, "", **which)


def linked_values(model: type[models.Model], name: str, column: str, **which: Any) -> Subquery:
    """A column of what the many-to-many relation `name` of a row links to ("": its key), of those linked rows of which
    `which` is true; None where there are none."""
    relation: Any = model._meta.get_field(name)
    here, there = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    links = relation.remote_field.through.objects.filter(
        **{here: OuterRef("pk")}, **{f"{there}__{column}": value for column, value in which.items()}
    )
    value = f"{there}__{column}" if column else there
    return Subquery(links.order_by().values(here).annotate(found=ValuesAsJson(value)).values("found"))

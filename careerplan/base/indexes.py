"""Indexes of PostgreSQL that a table may have on the trial's SQLite, too."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db.models import Index


class TrigramIndex(GinIndex):
    """Of one column, for letters anywhere in it: LIKE '%...%' (`pg_trgm`). On SQLite an index like any other, and
    `base/letters.py` finds letters there."""

    def __init__(self, *expressions: Any, fields: Any = (), name: str, opclasses: Any = ()):
        super().__init__(*expressions, fields=fields, name=name, opclasses=opclasses or ["gin_trgm_ops"] * len(fields))

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **options: Any) -> Any:
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using, **options)
        return Index(fields=self.fields, name=self.name).create_sql(model, schema_editor, **options)

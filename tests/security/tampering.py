"""What somebody could do who owns the database and the disk."""

from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, models

from customers.models import Upload
from tests.rows import date_back as tamper

__all__ = ["flip_a_byte", "past_every_guard", "run", "taken_away", "tamper"]


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def past_every_guard():
    """As the server's superuser: neither guards nor keys to other tables are looked at."""
    run("SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL session_replication_role = replica")
    yield
    run("SET LOCAL session_replication_role = origin", "SET CONSTRAINTS ALL DEFERRED")


def taken_away(row: models.Model) -> None:
    with past_every_guard():
        run(f'DELETE FROM "{row._meta.db_table}" WHERE id = {row.pk}')


def flip_a_byte(upload: Upload, **_more: Any) -> None:
    path = Path(upload.file.path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

"""Python, PostgreSQL and SQLite read the same letters in the same way."""

import pytest
from django.db import connection
from django.db.models import CharField, Value
from django.db.utils import ConnectionHandler

from careerplan import connecting
from careerplan.accounts.models import User
from careerplan.base.folded import MARKS, PLAIN, Folded, folded
from tests import people

EVERY = "".join([*PLAIN, *map(chr, MARKS), "Aa 1%_ß Ж 中"])


def test_what_is_written_with_marks_reads_without():
    assert folded("JOSÉ Łódź Nguyễn Niño n\u0303 đ Øre") == "jose lodz nguyen nino n d ore"


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_postgresql_reads_as_python_does():
    assert connection.vendor == "postgresql"
    row = User.objects.annotate(folded=Folded(Value(EVERY, output_field=CharField()))).get(pk=people.planner().pk)
    assert row.folded == folded(EVERY)


@pytest.mark.django_db
def test_sqlite_reads_as_python_does(tmp_path):
    made = ConnectionHandler({"default": connecting.sqlite(str(tmp_path / "one.sqlite3"))})["default"]
    with made.cursor() as cursor:
        query = User.objects.values_list(Folded(Value(EVERY))).query
        sql, values = query.get_compiler(connection=made).compile(Folded(Value(EVERY)))
        assert cursor.execute(f"SELECT {sql}", values).fetchone() == (folded(EVERY),)
    made.close()

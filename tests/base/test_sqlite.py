"""The trial's SQLite: triggers outlive a change of the tables that they stand on or speak of."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models
from django.db.utils import ConnectionHandler

from careerplan import connecting
from careerplan.base import together
from careerplan.base.database import allow, changed_again, differs, refuse
from careerplan.base.prepared import PreparedRows

pytestmark = pytest.mark.django_db

TABLE = "django_content_type"
OTHER = "pages"
DAY = date(2026, 12, 1)


@pytest.fixture
def sqlite(tmp_path):
    """A database with the table of content types, and another one beside it."""
    made = ConnectionHandler({"default": connecting.sqlite(str(tmp_path / "one.sqlite3"))})["default"]
    run(made, f"CREATE TABLE {OTHER} (id integer PRIMARY KEY, kind_id integer)")
    with made.schema_editor() as editor:
        editor.create_model(ContentType)
    yield made
    made.close()


def run(database, statement):
    with database.cursor() as cursor:
        cursor.execute(statement)


def add_column(database):
    field = models.CharField(max_length=10, default="")
    field.set_attributes_from_name("colour")
    with database.schema_editor() as editor:
        editor.add_field(ContentType, field)


def refused(database, name, statement):
    with pytest.raises(IntegrityError, match=name):
        run(database, statement)


def test_rows_that_are_asked_for_together_come_in_order_with_all_their_columns(sqlite, monkeypatch):
    monkeypatch.setattr(together, "connection", sqlite)
    run(sqlite, f"INSERT INTO {TABLE} (id, app_label, model) VALUES (1, 'north', 'lake'), (2, 'south', 'hill')")
    many = {f"more_{number}": models.Value(number) for number in range(2 * together.MOST_ARGUMENTS)}
    price = models.Value(Decimal("1.5"), models.DecimalField(max_digits=6, decimal_places=2))
    day, keys = models.Value(DAY, models.DateField()), models.Value([1, 2], models.JSONField())
    rows = ContentType.objects.annotate(**many, day=day, price=price, keys=keys).order_by("-pk")
    newer = PreparedRows(lambda key: rows.filter(pk__gt=key))
    some, none = together.PreparedTogether(newer, PreparedRows(lambda key: rows.filter(pk=key))).read(0)
    assert [(row.pk, row.model, row.day, row.price, row.keys) for row in some] == [
        (2, "hill", DAY, Decimal("1.5"), [1, 2]),
        (1, "lake", DAY, Decimal("1.5"), [1, 2]),
    ]
    assert [row.more_199 for row in some] == [199, 199]
    assert none == []


INSERT = f"INSERT INTO {TABLE} (id, app_label, model, colour) VALUES (1, 'north', 'lake', '')"


def test_a_trigger_outlives_a_new_column_of_its_table(sqlite):
    with sqlite.schema_editor() as editor:
        refuse(editor, TABLE, "a_kind_keeps_its_name", moment="UPDATE", of=["model"], when=differs("model"))
    add_column(sqlite)
    run(sqlite, INSERT)
    run(sqlite, f"UPDATE {TABLE} SET model = 'lake', app_label = 'far', colour = 'red'")
    refused(sqlite, "a_kind_keeps_its_name", f"UPDATE {TABLE} SET model = 'hill'")


def test_a_trigger_outlives_a_new_column_of_a_table_that_it_speaks_of(sqlite):
    known = f'EXISTS (SELECT 1 FROM "{TABLE}" kind WHERE kind.id = NEW.kind_id)'
    with sqlite.schema_editor() as editor:
        refuse(editor, OTHER, "a_page_is_of_a_kind", moment="INSERT", when=f"NOT {known}")
    add_column(sqlite)
    run(sqlite, INSERT)
    run(sqlite, f"INSERT INTO {OTHER} VALUES (1, 1)")
    refused(sqlite, "a_page_is_of_a_kind", f"INSERT INTO {OTHER} VALUES (2, 2)")


def test_what_is_set_once_may_be_set_and_not_cleared(sqlite):
    with sqlite.schema_editor() as editor:
        refuse(editor, OTHER, "once", moment="UPDATE", of=["kind_id"], when=changed_again("kind_id"))
    run(sqlite, f"INSERT INTO {OTHER} VALUES (1, NULL)")
    run(sqlite, f"UPDATE {OTHER} SET kind_id = 1")
    refused(sqlite, "once", f"UPDATE {OTHER} SET kind_id = 2")
    refused(sqlite, "once", f"UPDATE {OTHER} SET kind_id = NULL")


def test_a_guard_can_be_replaced_and_taken_back(sqlite):
    with sqlite.schema_editor() as editor:
        refuse(editor, OTHER, "never", moment="INSERT", when="NEW.kind_id > 1")
        refuse(editor, OTHER, "never", moment="INSERT", when="NEW.kind_id > 2")
    run(sqlite, f"INSERT INTO {OTHER} VALUES (1, 2)")
    refused(sqlite, "never", f"INSERT INTO {OTHER} VALUES (2, 3)")
    with sqlite.schema_editor() as editor:
        allow(editor, OTHER, "never")
    run(sqlite, f"INSERT INTO {OTHER} VALUES (2, 3)")

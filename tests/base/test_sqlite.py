"""The trial's SQLite: triggers outlive a change of the tables that they stand on or speak of."""

import pytest
from django.db import IntegrityError, models
from django.db.utils import ConnectionHandler

from careerplan import environment
from careerplan.accounts.models import Region
from careerplan.base.database import allow, changed_again, differs, refuse

pytestmark = pytest.mark.django_db

TABLE = "accounts_region"
OTHER = "offices"


@pytest.fixture
def sqlite(tmp_path):
    """A database with the table of regions, and another one beside it."""
    made = ConnectionHandler({"default": environment.sqlite(str(tmp_path / "one.sqlite3"))})["default"]
    run(made, f"CREATE TABLE {OTHER} (id integer PRIMARY KEY, region_id integer)")
    with made.schema_editor() as editor:
        editor.create_model(Region)
    yield made
    made.close()


def run(database, statement):
    with database.cursor() as cursor:
        cursor.execute(statement)


def add_column(database):
    field = models.CharField(max_length=10, default="")
    field.set_attributes_from_name("colour")
    with database.schema_editor() as editor:
        editor.add_field(Region, field)


def refused(database, name, statement):
    with pytest.raises(IntegrityError, match=name):
        run(database, statement)


INSERT = f"INSERT INTO {TABLE} (id, row_version, code, name) VALUES (1, 1, 'N', 'North')"


def test_a_trigger_outlives_a_new_column_of_its_table(sqlite):
    with sqlite.schema_editor() as editor:
        refuse(editor, TABLE, "a_region_keeps_its_name", moment="UPDATE", of=["name"], when=differs("name"))
    add_column(sqlite)
    run(sqlite, INSERT)
    run(sqlite, f"UPDATE {TABLE} SET name = 'North', code = 'NO', colour = 'red'")
    refused(sqlite, "a_region_keeps_its_name", f"UPDATE {TABLE} SET name = 'South'")


def test_a_trigger_outlives_a_new_column_of_a_table_that_it_speaks_of(sqlite):
    known = f'EXISTS (SELECT 1 FROM "{TABLE}" region WHERE region.id = NEW.region_id)'
    with sqlite.schema_editor() as editor:
        refuse(editor, OTHER, "an_office_is_in_a_region", moment="INSERT", when=f"NOT {known}")
    add_column(sqlite)
    run(sqlite, INSERT)
    run(sqlite, f"INSERT INTO {OTHER} VALUES (1, 1)")
    refused(sqlite, "an_office_is_in_a_region", f"INSERT INTO {OTHER} VALUES (2, 2)")


def test_what_is_set_once_may_be_set_and_not_cleared(sqlite):
    with sqlite.schema_editor() as editor:
        refuse(editor, OTHER, "once", moment="UPDATE", of=["region_id"], when=changed_again("region_id"))
    run(sqlite, f"INSERT INTO {OTHER} VALUES (1, NULL)")
    run(sqlite, f"UPDATE {OTHER} SET region_id = 1")
    refused(sqlite, "once", f"UPDATE {OTHER} SET region_id = 2")
    refused(sqlite, "once", f"UPDATE {OTHER} SET region_id = NULL")


def test_a_guard_can_be_replaced_and_taken_back(sqlite):
    with sqlite.schema_editor() as editor:
        refuse(editor, OTHER, "never", moment="INSERT", when="NEW.region_id > 1")
        refuse(editor, OTHER, "never", moment="INSERT", when="NEW.region_id > 2")
    run(sqlite, f"INSERT INTO {OTHER} VALUES (1, 2)")
    refused(sqlite, "never", f"INSERT INTO {OTHER} VALUES (2, 3)")
    with sqlite.schema_editor() as editor:
        allow(editor, OTHER, "never")
    run(sqlite, f"INSERT INTO {OTHER} VALUES (2, 3)")

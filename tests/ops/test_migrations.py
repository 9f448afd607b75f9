"""What an upgrade does to tables that are there it does beside the product: by the operations of `base/altering.py`."""

from types import SimpleNamespace

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import NotSupportedError, connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader

from careerplan.base.altering import AddConstraintBeside, AddIndexBeside, BesideTheProduct, MakeExtension, in_batches
from careerplan.base.database import without_time_limit
from careerplan.messaging.models import Notification
from tests.ops.test_upgrade import NEW_APPS, RELEASED

PLAIN = {
    migrations.AddIndex: "AddIndexBeside",
    migrations.AddConstraint: "AddConstraintBeside",
    migrations.AlterUniqueTogether: "AddConstraintBeside",
}


def of_today():
    """Migrations that came since the former release, with the models that they make."""
    graph = MigrationLoader(None, ignore_no_migrations=True)
    numbers = {app: int(name[:4]) for app, name in RELEASED.items()}
    found = [
        migration
        for (app, name), migration in sorted(graph.disk_migrations.items())
        if app in numbers or app in NEW_APPS
        if name[:4].isdecimal() and int(name[:4]) > numbers.get(app, 0)
    ]
    new = {
        (migration.app_label, operation.name.lower())
        for migration in found
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    return found, new


def faults(migration, new):
    for operation in migration.operations:
        table = (migration.app_label, getattr(operation, "model_name", "").lower())
        beside = isinstance(operation, BesideTheProduct)
        if beside and migration.atomic:
            yield "has `atomic = False`: it runs beside the product"
        if table in new or beside:
            continue
        for plain, better in PLAIN.items():
            if isinstance(operation, plain):
                yield f"{type(operation).__name__} holds up who writes {table[1]}: {better}"
        if isinstance(operation, migrations.AddField) and not may_be_left_out(operation.field):
            yield f"{table[1]}.{operation.name} is null or has a db_default: the former release writes without it"
        if isinstance(operation, migrations.RunPython) and "get_model" in operation.code.__code__.co_names:
            yield "RunPython changes rows in one transaction: ChangeInBatches"


def may_be_left_out(field):
    return field.null or field.has_db_default() or field.many_to_many


def test_migrations_of_today_hold_nobody_up():
    found, new = of_today()
    assert {migration.app_label for migration in found} >= {"customers", "messaging", "accounts"}
    told = {f"{one.app_label}.{one.name}: {fault}" for one in found for fault in faults(one, new)}
    assert told == set()


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddIndex("customer", models.Index(fields=["phone"], name="by_phone")),
        migrations.AddConstraint("customer", models.CheckConstraint(condition=models.Q(id__gt=0), name="has_a_key")),
        migrations.AddField("customer", "nickname", models.CharField(max_length=9, default="")),
        migrations.RunPython(lambda apps, schema_editor: apps.get_model("customers", "Customer")),
        AddIndexBeside("customer", models.Index(fields=["phone"], name="by_phone")),  # in a transaction
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_the_guard_sees_what_holds_people_up(operation):
    migration = migrations.Migration("0099_wrong", "customers")
    migration.operations = [operation]
    assert len(list(faults(migration, set()))) == 1


def test_what_may_stay():
    migration = migrations.Migration("0099_right", "customers")
    migration.operations = [
        migrations.AddField("customer", "nickname", models.CharField(max_length=9, default="", db_default="")),
        migrations.AddField("customer", "left_on", models.DateField(null=True)),
        migrations.RunPython(without_time_limit),
    ]
    assert list(faults(migration, set())) == []


@pytest.mark.django_db
def test_rows_are_changed_in_batches_and_those_that_are_done_are_left_alone(people):
    Notification.objects.update(attempts=0)
    total, sizes = Notification.objects.count(), []
    assert total > 5

    def change(batch):
        sizes.append(batch.update(attempts=1))
        if len(sizes) == 2:
            raise KeyboardInterrupt

    waiting = Notification.objects.filter(attempts=0)
    with pytest.raises(KeyboardInterrupt):
        in_batches(waiting, change, size=2)
    assert sizes == [2, 2]
    done = Notification.objects.filter(attempts=1).count()
    assert done == 2  # the batch that was cut off was taken back
    in_batches(waiting, change, size=2)
    assert sum(sizes[2:]) == total - 2
    assert not waiting.exists()


# The models of today, as a migration is given them.
OF_TODAY = SimpleNamespace(apps=apps)


def perform(operation):
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("messaging", editor, OF_TODAY, OF_TODAY)


def ready(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [name])
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_left_half_made_is_made_anew_and_a_ready_one_stays(staff_and_lists):
    operation = AddIndexBeside("notification", models.Index(fields=["attempts"], name="tried_index"))
    try:
        perform(operation)
        assert ready("tried_index") == (True,)
        perform(operation)  # the run was cut off after it
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = to_regclass('tried_index')")
        perform(operation)
        assert ready("tried_index") == (True,)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS tried_index")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "constraint",
    [
        models.CheckConstraint(condition=models.Q(attempts__lt=1000), name="tried_constraint"),
        models.UniqueConstraint(fields=["key", "attempts"], name="tried_constraint"),
        models.UniqueConstraint(fields=["key"], condition=models.Q(attempts=999), name="tried_constraint"),
    ],
    ids=["check", "unique", "unique where"],
)
def test_a_constraint_stands_after_it_and_may_be_begun_again(staff_and_lists, constraint):
    operation = AddConstraintBeside("notification", constraint)
    try:
        perform(operation)
        perform(operation)
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "messaging_notification")
            cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = 'tried_constraint' AND NOT convalidated")
            assert cursor.fetchone() == (0,)
        assert "tried_constraint" in found
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE messaging_notification DROP CONSTRAINT IF EXISTS tried_constraint")
            cursor.execute("DROP INDEX IF EXISTS tried_constraint")


@pytest.mark.django_db
def test_an_extension_that_the_server_has_not_ends_the_migration_in_words():
    with pytest.raises(NotSupportedError, match="server's superuser run CREATE EXTENSION letters_in_fours"):
        perform(MakeExtension("letters_in_fours"))


@pytest.mark.django_db
def test_the_owner_of_the_database_makes_the_extension_without_being_a_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT trusted FROM pg_available_extension_versions WHERE name = 'pg_trgm'")
        assert set(cursor.fetchall()) == {(True,)}
    perform(MakeExtension("pg_trgm"))  # one that is there stays


def limits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout'), "
            "current_setting('lock_timeout')"
        )
        return cursor.fetchone()


@pytest.mark.django_db
def test_a_migration_may_take_its_time_and_waits_for_nobody_for_long(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "django.core.management.commands.migrate.Command.handle", lambda *args, **options: seen.append(limits())
    )
    before = limits()
    call_command("migrate", verbosity=0)
    assert seen == [("0", "0", before[2])]
    assert before[2] != "0"
    assert limits() == before


@pytest.mark.django_db(transaction=True)
def test_a_table_in_use_ends_the_migration_in_words(staff_and_lists, monkeypatch):
    def handle(*args, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            cursor.execute("LOCK TABLE messaging_notification IN ACCESS EXCLUSIVE MODE")

    monkeypatch.setattr("django.core.management.commands.migrate.Command.handle", handle)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("LOCK TABLE messaging_notification IN ROW EXCLUSIVE MODE")
        with pytest.raises(CommandError, match="Run migrate again"):
            call_command("migrate", verbosity=0)

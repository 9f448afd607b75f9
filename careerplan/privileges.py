"""Which rows the product's own role may read, add, change and delete (docs/adr/0014-two-roles-at-the-database.md).

A table that keeps its rows as they are gives no UPDATE, and none but those below give DELETE: what the guards refuse,
the role is not allowed to begin with. Whoever gets hold of the role can't switch the guards off, either.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

# Whose rows come and go. Everything else stays: plans, evidence and people are ended, never deleted.
DELETED_FROM = frozenset(
    {
        "base_formdraft",  # what was typed, once it is saved or a week old
        "accounts_signinletter",  # e-mails about signing in, after thirty days
        "accounts_trycount",  # tries to sign in, once their time is over or they were right
        "imports_import",  # files of rows that people brought, after thirty days or as they choose
        "imports_importrow",  # their rows
        "base_alarm",  # what was out of bounds, and is over
        "base_formpost",  # that a form was saved, after its days
        "reports_regioncount",  # counted anew
        "reports_sharedplancount",  # likewise
        "reports_workcount",  # likewise
        "customers_reminder",  # of which deadlines people were told, after four hundred days
        "customers_savedview",  # a person's own views of the caseload
        "customers_searchword",  # derived from the customer's row
        "services_feedfile",  # files of a feed, once they were filed, or after a day
        "services_feedrun",  # how often records came, after ninety days
        "django_session",  # sessions that ended
        "account_emailaddress",  # of an e-mail address that was changed
        "account_emailconfirmation",  # goes with it
        "accounts_localadministration",  # of who manages no region's people any more; its history stays
        "accounts_staffscope",  # for what a planner answers no longer; its history stays
    }
)
# No UPDATE, since nothing of the product changes a row of these: the guards refuse every column.
NEVER_CHANGED = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'careerplan_refuse' AND t.tgqual IS NULL AND t.tgtype & 16 = 16
  AND c.relnamespace = current_schema()::regnamespace
"""
# Added to, and never changed: what administrators did in the administration.
ADDED_TO = frozenset({"django_admin_log"})
# Kept as they are, and locked while a document is added: PostgreSQL locks rows for whoever may update a column of them.
# Every UPDATE, of the key too, is refused by the guard.
LOCKED = frozenset({"acknowledgments_acknowledgment"})
# What migrations write, and nobody else.
READ_ONLY = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
)

POWERS = """
SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication FROM pg_roles WHERE rolname = %s
"""
OWNS = """
SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s)
    OR pg_has_role(%s, (SELECT nspowner FROM pg_namespace WHERE nspname = current_schema()), 'MEMBER')
"""


class Unfit(ValueError):
    """The role could do more than any grant says."""


@transaction.atomic
def grant(role: str) -> int:
    """Give the role what it needs and take back whatever else it had; returns on how many tables.

    Raises:
        Unfit: there is no such role, or it is a superuser, makes roles or databases, or owns tables.
    """
    refuse_unfit(role)
    with connection.cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)
        return len(tables())


def refuse_unfit(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(POWERS, [role])
        found = cursor.fetchone()
        if found is None:
            raise Unfit(f"There is no role {role!r}: make it first (deploy/postgres/roles.sh).")
        if found[0]:
            raise Unfit(f"The role {role!r} is a superuser, or makes roles or databases: no grant limits it.")
        cursor.execute(OWNS, [role, role])
        if cursor.fetchone()[0]:
            raise Unfit(f"The role {role!r} owns tables, or belongs to their owner: no grant limits it.")


def statements(role: str) -> Iterator[str]:
    name = connection.ops.quote_name(role)
    schema, database = (connection.ops.quote_name(found) for found in where())
    # Nobody makes anything beside the owner, not even for a while.
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"
    yield f"REVOKE ALL ON SCHEMA {schema} FROM {name}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {name}"
    yield f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC"
    yield f"REVOKE ALL ON DATABASE {database} FROM {name}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {name}"
    kept, gone = never_changed(), deleted_from()
    for table in tables():
        yield f"GRANT {', '.join(rights(table, kept, gone))} ON {connection.ops.quote_name(table)} TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}"
    # Of later migrations, until this is run after them.
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE ON TABLES TO {name}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {name}"


def rights(table: str, kept: frozenset[str], deleted_from: frozenset[str]) -> list[str]:
    if table in READ_ONLY:
        return ["SELECT"]
    found = ["SELECT", "INSERT"]
    if table not in kept | ADDED_TO:
        found.append("UPDATE")
    elif table in LOCKED:
        found.append("UPDATE (id)")
    if table in deleted_from:
        found.append("DELETE")
    return found


def deleted_from() -> frozenset[str]:
    """With the links between two rows, which are made and taken away as a person chooses."""
    return DELETED_FROM | {model._meta.db_table for model in links()} - READ_ONLY


def links() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]


def never_changed() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute(NEVER_CHANGED)
        return frozenset(table for (table,) in cursor.fetchall())


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def where() -> tuple[str, str]:
    """The schema and the database of this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = cursor.fetchone()
        return schema, database

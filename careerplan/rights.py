"""Whether the role that the product signs in as may do what it needs and no more: for the doctor, the administrators'
page, the alarm, and the check of the record (docs/adr/0014-two-roles-at-the-database.md)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acknowledgments.proof.wrong import Kind, Wrong
from careerplan.base.health import Check, Finding
from careerplan.privileges import Unfit, deleted_from, never_changed, refuse_unfit, rights, tables

OTHER_ROLES = """
SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER') ORDER BY 1
"""
OF_TABLES = """
SELECT c.relname, wanted FROM pg_class c
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) wanted
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND has_table_privilege(c.oid, wanted)
UNION ALL
SELECT c.relname, 'UPDATE (' || a.attname || ')' FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
  AND a.attnum > 0 AND NOT a.attisdropped
  AND NOT has_table_privilege(c.oid, 'UPDATE') AND has_column_privilege(c.oid, a.attnum, 'UPDATE')
ORDER BY 1, 2
"""
MAKES = """
SELECT has_schema_privilege(current_schema(), 'CREATE') OR has_database_privilege(current_database(), 'CREATE')
  OR has_database_privilege(current_database(), 'TEMPORARY')
"""
# Of the role itself; what `DATABASE_URL` and the product set comes after them, and wins.
OWN_SETTINGS = """
SELECT split_part(said, '=', 1) FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole, unnest(setconfig) said
WHERE r.rolname = current_user ORDER BY 1
"""
# So many tables are named; of more it is said how many.
NAMED = 3


def look_at_rights(at: datetime) -> Finding | None:
    if not is_looked_at():
        return None
    found = list(too_much())
    if found:
        return Finding(True, _("The product may do more at the database than it needs: %(what)s") % {"what": found[0]})
    return Finding(False, _("The product may read and write rows, and nothing more."))


def wrong_rights() -> Iterator[Wrong]:
    if is_looked_at():
        yield from (Wrong(Kind.RIGHTS, sentence) for sentence in too_much())


def is_looked_at() -> bool:
    """Not in the trial, in development and in tests, where the owner of the tables does everything."""
    return connection.vendor == "postgresql" and not (settings.DEBUG or settings.TRIAL or settings.TESTING)


def too_much() -> Iterator[str]:
    """What the role of this connection may do beyond what it needs, in sentences for administrators of servers."""
    [role] = asked("SELECT current_user")
    try:
        refuse_unfit(role)
    except Unfit as error:
        yield str(error)
        return
    if others := asked(OTHER_ROLES):
        yield f"The role {role!r} belongs to other roles: {', '.join(others)}."
    if beyond := tables_beyond():
        more = f" and {len(beyond) - NAMED} more" if len(beyond) > NAMED else ""
        yield f"The role {role!r} may do what it need not: {', '.join(beyond[:NAMED])}{more}."
    if asked(MAKES) == [True]:
        yield f"The role {role!r} may make tables or other things."
    if own := asked(OWN_SETTINGS):
        yield f"The role {role!r} has settings of its own, which nothing of the product made: {', '.join(own)}."


def tables_beyond() -> list[str]:
    """As "TRUNCATE on customers_upload"."""
    kept, gone = never_changed(), deleted_from()
    needed = {table: rights(table, kept, gone) for table in tables()}
    with connection.cursor() as cursor:
        cursor.execute(OF_TABLES)
        found = cursor.fetchall()
    return [f"{right} on {table}" for table, right in found if right not in needed.get(table, [])]


def asked(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [value for (value,) in cursor.fetchall()]


CHECKS = (Check("rights", gettext_lazy("Rights at the database"), look_at_rights),)

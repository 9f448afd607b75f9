"""What the product's own role at the database may do: `manage.py grant_database_role careerplan_app`, as the owner.

Run it after each migration (compose's step `migrate` does). The owner makes tables and changes them; the product reads
and writes rows, and nothing more: no DDL, no TRUNCATE, no trigger switched off (careerplan/privileges.py).
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from careerplan.privileges import Unfit, grant


class Command(BaseCommand):
    help = "Give the product's role what it needs at the database, on the tables of today and of later migrations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role that the product signs in as, which owns nothing")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        try:
            count = grant(role)
        except Unfit as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"Run this as the owner of the tables (its DATABASE_URL). PostgreSQL says: {error}"
            ) from error
        self.stdout.write(f"{role} may read and write the rows of {count} tables, and nothing more.")

"""`manage.py orphans`: files that belong to no row, as a process leaves them that is killed between file and row."""

from typing import Any

from django.core.management.base import BaseCommand

from careerplan.base.files import find_orphans, remove_orphans


class Command(BaseCommand):
    help = (
        "Lists the files of MEDIA_ROOT that belong to no row and are older than a day. Don't remove them after an "
        "older backup of the database was put back: they may be all that is left of what came later."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--remove", action="store_true", help="remove them, each named in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.stdout.write(f"{remove_orphans()} removed.")
            return
        for name in find_orphans():
            self.stdout.write(name)

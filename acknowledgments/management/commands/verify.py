"""Whether all that was sealed, agreed to and filed is as it was; for administrators and auditors."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from acknowledgments.models import DayDigest
from acknowledgments.proof.daily import digest_of_former, wrong_days
from acknowledgments.proof.guards import found
from acknowledgments.proof.verifying import all_wrong


class Command(BaseCommand):
    help = (
        "Check every seal, chain, agreement, day, filed file and guard of the database. Prints what is wrong, a line "
        "each, and ends non-zero. With --day and --digest, compare the days until then with the digest that was kept, "
        "and that alone; with --list-guards, print the guards of this database as guards.txt lists them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-files", action="store_true", help="don't read the files on the disk")
        parser.add_argument("--day", type=date.fromisoformat, help="the day of a digest that was kept, as 2027-01-31")
        parser.add_argument("--digest", help="the digest that was kept (manage.py daily_digest)")

        parser.add_argument("--list-guards", action="store_true", help="print the guards of this database")

    def handle(
        self,
        *args: Any,
        without_files: bool,
        list_guards: bool,
        day: date | None,
        digest: str | None,
        **options: Any,
    ) -> None:
        if list_guards:
            self.stdout.write("\n".join(map(str, found())))
            return
        if bool(day) != bool(digest):
            raise CommandError("Give both: --day, and the --digest that was kept of it.")
        if day is not None and digest is not None:
            self.compare(day, digest)
            return
        count = 0
        for count, wrong in enumerate(all_wrong(files=not without_files), start=1):  # noqa: B007
            self.stdout.write(wrong.sentence)
        if count:
            raise CommandError(f"{count} {'thing is' if count == 1 else 'things are'} wrong.")
        self.stdout.write("All is as it was sealed and filed.")

    def compare(self, day: date, digest: str) -> None:
        """With a digest that was kept outside: of the days until then, or, of a former release's, of that day alone."""
        kept = digest.strip().lower()
        if ":" in kept:
            wrong = list(wrong_days(until=day))
            self.stdout.writelines(f"{one.sentence}\n" for one in wrong)
            row = DayDigest.objects.filter(day=day).first()
            fits = row is not None and row.as_kept == kept and not wrong
        else:
            fits = digest_of_former(day) == kept
        if not fits:
            raise CommandError(
                f"Of {day.isoformat()} another digest was kept: something sealed, agreed to or filed until then was "
                'changed, added or taken away since. (One without "v" before it is of a former release, and of that '
                "day alone: TIME_ZONE must be what it was then.)"
            )
        self.stdout.write("It is the digest that was kept.")

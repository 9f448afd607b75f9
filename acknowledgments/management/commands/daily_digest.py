"""The digest of a day's seals and evidence, to be kept outside the product."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from acknowledgments.proof.daily import digest_of_day
from careerplan.base import clock
from careerplan.base.dates import day_of


class Command(BaseCommand):
    help = "Print the digest of all that was sealed, agreed to and filed as evidence on a day (yesterday)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", type=date.fromisoformat, help="the day, as 2027-01-31; yesterday without it")
        parser.add_argument("--out", type=Path, help="write it to this file as well, as JSON")

    def handle(self, *args: Any, out: Path | None, **options: Any) -> None:
        today = day_of(clock.now())
        day = options["date"] or today - timedelta(days=1)
        if day >= today:
            raise CommandError(f"{day.isoformat()} is not over yet: its digest would still change.")
        found = digest_of_day(day)
        if out is not None:
            out.write_text(json.dumps(found.as_data(), indent=2, sort_keys=True) + "\n", encoding="utf-8")
        self.stdout.write(str(found))

"""The digest of a day and of all days before it, to be kept outside the product."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from acknowledgments.models import DayDigest
from acknowledgments.proof.daily import is_over, keep_days
from careerplan.base import clock
from careerplan.base.dates import day_of


class Command(BaseCommand):
    help = (
        "Print the digest of all that was sealed, agreed to and filed on a day (yesterday), which covers the days "
        "before it. Gives the days that are over theirs first, where the nightly task did not yet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", type=date.fromisoformat, help="the day, as 2027-01-31; yesterday without it")
        parser.add_argument("--out", type=Path, help="write it to this file as well, as JSON")

    def handle(self, *args: Any, out: Path | None, **options: Any) -> None:
        at = clock.now()
        day = options["date"] or day_of(at) - timedelta(days=1)
        if not is_over(day, at):
            raise CommandError(
                f"{day.isoformat()} is not over yet, or ended a moment ago: its digest would still change."
            )
        keep_days(at=at, until=day, most=None)
        kept = DayDigest.objects.filter(day=day).first()
        if kept is None:
            raise CommandError(f"Nothing was sealed, agreed to or filed on {day.isoformat()}, or on any day before it.")
        if out is not None:
            out.write_text(json.dumps(as_data(kept), indent=2, sort_keys=True) + "\n", encoding="utf-8")
        self.stdout.write(str(kept))


def as_data(kept: DayDigest) -> dict[str, str]:
    zone = timezone.get_default_timezone()
    return {
        "day": kept.day.isoformat(),
        "digest": kept.as_kept,
        "begins_at": kept.begins_at.astimezone(zone).isoformat(),
        "ends_at": kept.ends_at.astimezone(zone).isoformat(),
    }

"""`manage.py import_services FILE`: records of a source from a CSV file of any length."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.imports.enums import Encoding
from services.feed.bringing import take_file
from services.feed.files import items_of
from services.feed.models import FeedSource
from services.feed.taking import Report, take


class Command(BaseCommand):
    help = (
        "Files the services that another system says customers have (docs/feed.md). Bad lines are told with the "
        "reason, the others are filed; the same file once more changes nothing."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", help="CSV, with the headings in its first line")
        parser.add_argument("--source", required=True, metavar="CODE", help="whose records they are")
        parser.add_argument(
            "--encoding", choices=Encoding.values, default=Encoding.UTF_8, help="of a file without a mark"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would become of each line, and file nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = FeedSource.objects.filter(code=options["source"]).first()
        if source is None:
            known = ", ".join(FeedSource.objects.order_by("code").values_list("code", flat=True)) or "none yet"
            raise CommandError(f"There is no source {options['source']!r}. There are: {known}.")
        path = Path(options["file"])
        try:
            with path.open("rb") as file:
                report = self.taken(source, file, path.name, options)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        self.tell(report, is_trial=options["dry_run"])

    def taken(self, source: FeedSource, file: Any, name: str, options: dict[str, Any]) -> Report:
        encoding, at = options["encoding"], clock.now()
        if options["dry_run"]:
            return take(source, items_of(file, encoding=encoding), writes=False, by=None, at=at)
        return take_file(source, file, name=name, encoding=encoding, by=None, at=at)

    def tell(self, report: Report, *, is_trial: bool) -> None:
        for fault in report.faults:
            named = f" ({fault.external_id})" if fault.external_id else ""
            where = f"{fault.field}: " if fault.field else ""
            self.stdout.write(f"Line {fault.place}{named}: {where}{fault.sentence}")
        if report.refused > len(report.faults):
            self.stdout.write(f"... and {report.refused - len(report.faults):,} more.")
        if is_trial:
            self.stdout.write("Nothing was filed. It would be:")
        names = ("new", "changed", "unchanged", "refused")
        self.stdout.write(", ".join(f"{getattr(report, name):,} {name}" for name in names) + ".")
        if report.unmapped:
            self.stdout.write(f"{report.unmapped:,} with a code that is not in the table of codes of the source.")

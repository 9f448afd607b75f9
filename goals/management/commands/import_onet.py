"""`manage.py import_onet FOLDER`: what a release of O*NET says of occupations (docs/reference-data.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careerplan.base import clock
from goals.onet.importing import Older, Unknown, import_release
from goals.onet.reading import Faulty, read_folder

NAMED = 10


class Command(BaseCommand):
    help = "Imports a release of the O*NET database (25 or later) from the folder of its tab-separated text files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--release", default="", metavar="29.3", help="where neither the folder nor Read Me.txt says it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tell = self.stdout.write
        try:
            read = read_folder(options["folder"], number=options["release"], tell=tell)
            report = import_release(read, at=clock.now(), tell=tell)
        except Faulty as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        except (Older, Unknown) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        tell(f"O*NET {read.number}:")
        for name, counted in report.counted.items():
            came, changed, went, stayed = (f"{number:,}" for number in counted)
            tell(f"- {name}: {came} came, {changed} changed, {went} went, {stayed} stayed")
        self.name("Left out, since the SOC 2018 does not have them", report.left_out)
        self.name("Occupations that went", report.gone)

    def name(self, what: str, codes: list[str]) -> None:
        if codes:
            more = f" and {len(codes) - NAMED:,} more" if len(codes) > NAMED else ""
            self.stdout.write(f"{what}: {', '.join(codes[:NAMED])}{more}")

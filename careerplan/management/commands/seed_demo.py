"""`manage.py seed_demo`: the demo people; with `--customers N` as many made-up customers beside them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.demo.build import build_customers, build_staff
from careerplan.demo.many import build_many


class Command(BaseCommand):
    help = "Adds the demo people that are missing. Only for the trial, development and tests."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--customers", type=int, default=0, metavar="N", help="add N made-up customers too")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed makes the same customers")
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day from which the made-up customers' dates are counted (today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO_SIGN_IN or settings.TESTING):
            raise CommandError(
                "Everyone knows the demo people's password: they are for the trial and development only."
            )
        build_staff()
        build_customers(at=clock.now(), tell=self.stdout.write)
        if options["customers"]:
            today = options["today"] or day_of(clock.now())
            build_many(options["customers"], seed=options["seed"], today=today, tell=self.stdout.write)

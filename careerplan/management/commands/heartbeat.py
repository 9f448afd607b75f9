"""`manage.py heartbeat mail`: whether work was done lately, for a container's health check."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from careerplan.base.health import heartbeat
from careerplan.base.health.limits import LAST_BEAT


class Command(BaseCommand):
    help = "Ends with 1 where no e-mail (mail), or nothing behind the pages (background), was worked on for 5 minutes."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("name", choices=[heartbeat.BACKGROUND, heartbeat.MAIL])

    def handle(self, *args: Any, **options: Any) -> None:
        last = heartbeat.last_beat(options["name"])
        if last is None or last.age > LAST_BEAT:
            self.stdout.write(
                "No beat." if last is None else f"The last beat was {last.age.total_seconds():.0f} s ago."
            )
            sys.exit(1)

"""`manage.py doctor`: looks at everything that can be out of bounds, and says so in lines."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from careerplan.base import clock
from careerplan.base.health import alarm, look_at_all


class Command(BaseCommand):
    help = (
        "Looks at the database, queue, mail server, disks, clock and what waits. Ends with 1 where something is WRONG."
    )
    # It looks at the database by itself, and says what is wrong with it.
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--alarm", action="store_true", help="tell ALARM_ADDRESS what is news, as the scheduled task does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        with translation.override(settings.LANGUAGE_CODE):
            found = list(look_at_all(at))
            if options["alarm"]:
                alarm.tell_news(found, at)
            for check, finding in found:
                self.stdout.write(f"{'WRONG' if finding.is_wrong else 'OK':5}  {check.label}: {finding.says}")
        if any(finding.is_wrong for _check, finding in found):
            sys.exit(1)

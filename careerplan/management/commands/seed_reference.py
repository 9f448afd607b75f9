"""`manage.py seed_reference`: the lists that plans and reports choose from."""

from typing import Any

from django.core.management.base import BaseCommand

from careerplan.base import clock
from careerplan.reference import load_all


class Command(BaseCommand):
    help = "Adds the reference data that is missing; what an administrator changed stays."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, added in load_all(at=clock.now()).items():
            self.stdout.write(f"{name}: {added} added")

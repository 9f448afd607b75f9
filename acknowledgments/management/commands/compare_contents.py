"""Repeats a decision outside the web: two contents in, the changes with their rules out (docs/contents.md)."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date

from acknowledgments.contents.items import PlanContents
from acknowledgments.contents.schema_1 import codes_said_by
from acknowledgments.contents.sealed_text import read_contents
from acknowledgments.rules.decisions import decide
from acknowledgments.rules.policy import OPTIONS, PLAN_TYPES, RULE_SETS
from careerplan.base import clock
from careerplan.base.dates import day_of


class Command(BaseCommand):
    help = "Print as JSON what differs between two contents, the rule for each change, and whether to ask the customer."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("before", type=Path, help="contents in canonical JSON, or any JSON of the same shape")
        parser.add_argument("after", type=Path)
        parser.add_argument("--plan-type", choices=sorted(PLAN_TYPES), help="default: the plan type of AFTER")
        parser.add_argument("--rules", choices=sorted(RULE_SETS), default="both")
        parser.add_argument("--on", help="the day whose rules are in force, as 2026-11-22; default: today")

        parser.add_argument(
            "--option", action="append", default=[], choices=sorted(OPTIONS), help="what the local area chose"
        )

    def handle(
        self,
        *,
        before: Path,
        after: Path,
        plan_type: str | None,
        rules: str,
        on: str | None,
        option: list[str],
        **options: Any,
    ) -> None:
        day = parse_date(on) if on else day_of(clock.now())
        if day is None:
            raise CommandError("--on takes a day such as 2026-11-22.")
        texts = {path: self.text(path) for path in (before, after)}
        decision = decide(
            self.contents(before, texts, beside=after),
            self.contents(after, texts, beside=before),
            rule_set=rules,
            on=day,
            plan_type=plan_type or "",
            options=frozenset(option),
        )
        self.stdout.write(json.dumps(decision.as_data(), indent=2, ensure_ascii=False))

    def text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error

    def contents(self, path: Path, texts: dict[Path, str], *, beside: Path) -> PlanContents:
        """What an older text calls by its name alone has the code that the text beside it gives that name."""
        try:
            return read_contents(texts[path], lambda: codes_said_by(json.loads(texts[beside]), json.loads(texts[path])))
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise CommandError(f"{path}: {error}") from error

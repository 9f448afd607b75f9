"""Minimum wages for tests: the product's own list, those that programs set, and new ones."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from careerplan.base.history import record
from customers.models import Program
from tests import people, states
from worksites.models import MinimumWage, ProgramMinimum
from worksites.wages import policy


def rows_of_the_file() -> list[dict[str, str]]:
    path = Path(settings.BASE_DIR) / "worksites/data/minimum_wages.csv"
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rates_of_the_file() -> list[policy.Rate]:
    return [rate_of(row) for row in rows_of_the_file()]


def rate_of(row: dict[str, str]) -> policy.Rate:
    under_age, employees_from, employees_to = (
        int(row[name]) if row[name] else None for name in ("under_age", "employees_from", "employees_to")
    )
    return policy.Rate(
        jurisdiction=row["jurisdiction"],
        since=date.fromisoformat(row["effective_on"]),
        dollars=Decimal(row["rate"]),
        is_usable=row["usable_for_placement"] == "yes",
        is_verified=row["verification"] == "verified",
        holds_for=row["holds_for"],
        under_age=under_age,
        employees_from=employees_from,
        employees_to=employees_to,
        seen_on=date.fromisoformat(row["seen_on"]) if row["seen_on"] else None,
        source=row["notes"],
    )


def program_minimum(program: Program, rate: str, from_on: date, **values: Any) -> ProgramMinimum:
    said = {"source": "Grant agreement of 2020, section 4"} | values
    row = ProgramMinimum(program=program, rate=Decimal(rate), from_on=from_on, **said)
    record(row, by=people.administrator(), at=states.now())
    return row


def minimum_wage(rate: str, since: date, jurisdiction: str = "IL", **values: Any) -> MinimumWage:
    """For everybody, and verified, where nothing else is said."""
    said = {
        "circumstance": "Standard", "age": "18+", "employer_size": "any", "usable_for_placement": True,
        "verification": "verified", "notes": "Source: the department, by phone.",
    }  # fmt: skip
    row = MinimumWage(jurisdiction=jurisdiction, rate=Decimal(rate), effective_on=since, **said | values)
    record(row, by=people.administrator(), at=states.now())
    return row

"""What the minimum wages that are there depend on, from the words in which they were published."""

import re
from datetime import date

from django.db import migrations

from careerplan.base.altering import ChangeInBatches
from careerplan.base.database import update_quickly

# Rates that were seen again since they were listed, by place, first day and amount, with where.
SEEN = {
    ("US", date(2009, 7, 24), "7.25"): (
        date(2026, 7, 6), "Business Executive Group, 2026-07-06, from the U.S. Department of Labor."
    ),
    ("IL", date(2025, 1, 1), "15.00"): (
        date(2026, 7, 6), "Business Executive Group, 2026-07-06, from the U.S. Department of Labor."
    ),
    ("IL", date(2025, 1, 1), "13.00"): (date(2026, 2, 3), "remotelaws.com, 2026-02-03."),
}  # fmt: skip


def holds_for(row):
    """For whom, and below which age."""
    if not row.usable_for_placement:
        return "nobody", None
    if "650 hours" in row.circumstance:
        return "few_hours", 18
    if "in program" in row.age:
        return "youth_program", 25
    if "contract" in row.circumstance.lower():
        return "city_contract", None
    by_age = re.match(r"under (\d+)", row.age)
    return ("age", int(by_age[1])) if by_age else ("everybody", None)


def employees(words):
    """From how many, to how many."""
    found = re.match(r"(\d+)(?:\+|-(\d+)) employees", words)
    return (int(found[1]), int(found[2]) if found[2] else None) if found else (None, None)


def rows(apps):
    return apps.get_model("worksites", "MinimumWage").objects.all()


def fill(apps, found):
    changed = list(found)
    for row in changed:
        row.holds_for, row.under_age = holds_for(row)
        row.employees_from, row.employees_to = employees(row.employer_size)
        seen = SEEN.get((row.jurisdiction, row.effective_on, str(row.rate))) if row.usable_for_placement else None
        if seen is not None:
            row.seen_on, where = seen
            if where not in row.notes:
                row.notes = f"{row.notes} Seen again: {where}".strip()
    update_quickly(changed, ["holds_for", "under_age", "employees_from", "employees_to", "seen_on", "notes"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("worksites", "0020_what_minimum_wages_depend_on")]
    operations = [ChangeInBatches(rows, fill)]

"""An import of customers: how long until its rows are shown, and until all of it is written.

    .venv/bin/python -m benchmarks.imports [--rows 10000]

On a throw-away PostgreSQL (or on the one that DATABASE_URL names, which then has these customers). The rows are new
customers with twenty columns each. Beside it, in the same run, on the same machine and for the same rows: Django's own
form of a customer (`modelform_factory`), which asks whether one row is in order, and looks for nobody like it; its time
for some of the rows is taken for all of them.
"""

import argparse
import csv
import io
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from benchmarks.pages import prepare

GIVEN = ("Maria", "Pa Houa", "José", "Mai", "Łukasz", "D'Andre", "Khalid", "Wei", "Angela", "Siobhán", "Noor", "Emma")
SYLLABLES = ("bar", "ber", "cas", "dan", "el", "far", "gar", "hol", "is", "jan", "kow", "lo", "mar", "nel", "ol", "pet")
HEADINGS = (
    "Participant ID", "First name", "Middle name", "Last name", "Preferred name", "Birth date", "E-mail", "Phone",
    "Street", "City", "State", "ZIP code", "Language", "Accommodation needs", "Customer type", "Office",
    "Career planner", "Program", "Enrollment status", "Program begun",
)  # fmt: skip
ROWS_OF_THE_FORM = 500
LONG = 24 * 60 * 60


class Time(NamedTuple):
    """On the clock, and of this process's processor; PostgreSQL's is not counted."""

    seconds: float
    cpu: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=10_000)
    rows = arguments.parse_args().rows
    prepare()
    from django.core.management import call_command
    from django.utils import timezone

    from careerplan.accounts.models import User
    from careerplan.imports import actions
    from careerplan.imports.enums import Encoding
    from careerplan.imports.kinds import kind_of
    from careerplan.imports.rows import Counts
    from careerplan.imports.working import work_on

    for command in ("migrate", "seed_reference", "seed_demo"):
        call_command(command, verbosity=0)
    content, by, at = file_of(rows), User.objects.get(username="statewide"), timezone.now()
    some, share = in_order_by_a_form(content), rows / min(ROWS_OF_THE_FORM, rows)
    form = Time(some.seconds * share, some.cpu * share)
    reading, bringing = timed(
        lambda: actions.bring(kind_of("customers"), "a.csv", content, encoding=Encoding.UTF_8, by=by, at=at)
    )
    actions.map_columns(bringing, bringing.columns, {}, by=by, at=at)
    checking, _done = timed(lambda: work_on(bringing.pk, seconds=LONG))
    counts = Counts(bringing)
    print(f"{rows} rows of {len(HEADINGS)} columns, {len(content) / 1024:.0f} KB: {counts.by_state}")
    actions.confirm(bringing, by=by, at=at)
    writing, _done = timed(lambda: work_on(bringing.pk, seconds=LONG))
    bringing.refresh_from_db()
    again = actions.bring(kind_of("customers"), "a.csv", content, encoding=Encoding.UTF_8, by=by, at=at)
    actions.map_columns(again, again.columns, {}, by=by, at=at)
    second, _done = timed(lambda: work_on(again.pk, seconds=LONG))
    for what, took in (
        ("Django's form of a customer", form),
        ("read and kept", reading),
        ("checked: the preview is there", checking),
        (f"confirmed: {bringing.state}", writing),
        (f"the same file again: {Counts(again).by_state}", second),
    ):
        print(f"{what:50} {took.seconds:6.1f} s, {took.cpu:5.1f} s CPU: {took.seconds / form.seconds:5.2f} x the form")


def timed(act: Callable[[], Any]) -> tuple[Time, Any]:
    began, worked = time.perf_counter(), time.process_time()
    done = act()
    return Time(time.perf_counter() - began, time.process_time() - worked), done


def file_of(rows: int) -> bytes:
    from careerplan.demo.cast import HARBOR

    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    for number in range(rows):
        part = [SYLLABLES[number // 16**place % 16] for place in range(4)]
        born = date(1950, 1, 1) + timedelta(days=number * 7 % 20_000)
        writer.writerow([
            f"B{number:07}", GIVEN[number % len(GIVEN)], "Eva", "".join(part).title(), "", f"{born:%m/%d/%Y}",
            f"b{number}@example.org", f"217-555-{number % 10000:04}", f"{number} Elm Street", "Marlow", "IL", "62799",
            "en", "", "Adult", HARBOR, "planner", "T1-ADULT", "Enrolled", "11/02/2026",
        ])  # fmt: skip
    return written.getvalue().encode()


def in_order_by_a_form(content: bytes) -> Time:
    """In which Django's own form looks at the first rows."""
    from django.forms import modelform_factory

    from careerplan.accounts.models import Office
    from customers.adding import PERSONAL
    from customers.models import Customer

    form, office = modelform_factory(Customer, fields=[*PERSONAL, "office"]), Office.objects.first()
    names = (
        "state_id", "first_name", "middle_name", "last_name", "preferred_name", "birth_date", "email", "phone",
        "street", "city", "state", "zip_code", "language", "needs",
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(content.decode())))[1 : ROWS_OF_THE_FORM + 1]

    def look() -> None:
        for row in rows:
            known = dict(zip(names, row, strict=False)) | {"customer_type": "adult", "office": office.pk}
            assert form(known).is_valid()

    return timed(look)[0]


if __name__ == "__main__":
    main()

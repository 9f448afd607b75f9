"""A file of payroll: how long until its rows are shown, until they are taken over, and what memory that takes.

    .venv/bin/python -m benchmarks.payroll [--rows 10000]

On a throw-away PostgreSQL (or on the one that DATABASE_URL names, which then has these placements). A thousand
customers in the jobs of five employers, a week of one of them in each row. It ends with 1 where the preview takes more
than 10 s, or the process holds more than 1.2 times what it held after half of the rows.
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.pages import prepare
from benchmarks.placed import placements, today

PLACEMENTS = 1000
MOST_SECONDS, MOST_GROWTH = 10, 1.2
WEEK = timedelta(days=7)


class Time(NamedTuple):
    """On the clock, and of this process's processor; PostgreSQL's is not counted."""

    seconds: float
    cpu: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=10_000)
    rows = arguments.parse_args().rows
    prepare()
    for command in ("migrate", "seed_reference", "seed_demo"):  # what these hold is none of ours
        subprocess.run([sys.executable, "manage.py", command, "--verbosity=0"], check=True)
    from django.utils import timezone

    from careerplan.accounts.models import User
    from careerplan.imports import actions
    from careerplan.imports.checking import check
    from careerplan.imports.enums import Encoding
    from careerplan.imports.kinds import kind_of
    from careerplan.imports.rows import Counts
    from careerplan.imports.seen import Seen
    from careerplan.imports.working import work_on

    by, at = User.objects.get(username="statewide"), timezone.now()
    content = file_of(rows, placements(PLACEMENTS, by, at))

    def bring() -> Any:
        found = actions.bring(kind_of("payroll"), "a.csv", content, encoding=Encoding.UTF_8, by=by, at=at)
        return actions.map_columns(found, found.columns, {}, by=by, at=at)

    def look(bringing: Any) -> list[int]:
        """What the process holds after each part."""
        reader, seen, held = bringing.about.reader(bringing), Seen.of(bringing), []
        while check(bringing, reader=reader, seen=seen):
            held.append(megabytes())
            print(f"  {Counts(bringing).read} rows looked at, {held[-1]} MB", file=sys.stderr)
        return held

    reading, bringing = timed(bring)
    checking, held = timed(lambda: look(bringing))
    print(f"{rows} rows, {len(content) / 1024:.0f} KB: {Counts(bringing).by_state}")
    bringing.refresh_from_db()
    actions.confirm(bringing, by=by, at=at)
    writing, _done = timed(lambda: work_on(bringing.pk, seconds=24 * 60 * 60))
    bringing.refresh_from_db()
    again = bring()
    second, _held = timed(lambda: look(again))
    for what, took in (
        ("read and kept", reading),
        ("looked at: the preview is there", checking),
        (f"confirmed: {bringing.state}", writing),
        (f"the same file again: {Counts(again).by_state}", second),
    ):
        print(
            f"{what:60} {took.seconds:6.1f} s, {took.cpu:5.1f} s CPU: {took.seconds / reading.seconds:5.1f} x reading"
        )
    growth = held[-1] / held[len(held) // 2]
    print(f"The process held {max(held)} MB at most, {growth:.2f} times what it held after half of the rows.")
    preview = reading.seconds + checking.seconds
    sys.exit(int(preview > MOST_SECONDS or growth > MOST_GROWTH))


def timed(act: Callable[[], Any]) -> tuple[Time, Any]:
    began, worked = time.perf_counter(), time.process_time()
    done = act()
    return Time(time.perf_counter() - began, time.process_time() - worked), done


def megabytes() -> int:
    """That this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024**2


def file_of(rows: int, keys: list[tuple[int, str, str]]) -> bytes:
    """A week for each placement in turn, then the week before."""
    written, last = io.StringIO(), today() - WEEK
    writer = csv.writer(written)
    writer.writerow(["Placement ID", "Participant ID", "Worksite", "Period begins", "Period ends", "Hours", "Wage"])
    for number in range(rows):
        key, participant, site = keys[number % len(keys)]
        end = last - WEEK * (number // len(keys))
        begin = end - WEEK + timedelta(days=1)
        writer.writerow([key, participant, site, f"{begin:%m/%d/%Y}", f"{end:%m/%d/%Y}", "38.5", "15.25"])
    return written.getvalue().encode()


if __name__ == "__main__":
    main()

"""An import of 100,000 records of a feed: how long it takes, how much memory, and how long the same file takes again.

    .venv/bin/python -m benchmarks.feed [--records 100000] [--customers 2000]

On a throw-away PostgreSQL (or on the one that DATABASE_URL names, which then has these customers). It ends with 1 where
the first import takes a minute, or where the memory of its second half is more than 10 % above that of its first.
"""

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.pages import prepare

MOST_SECONDS = 60
MOST_GROWTH = 1.10
FIRST_DAY = date(2026, 1, 1)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--customers", type=int, default=2_000)
    asked = arguments.parse_args()
    prepare()
    from django.core.management import call_command

    from careerplan.base import clock
    from careerplan.base.history import record
    from customers.models import Customer
    from services.feed.models import FeedSource
    from services.models import Service

    for command in ("migrate", "seed_reference"):
        call_command(command, verbosity=0)
    call_command("seed_demo", customers=asked.customers, verbosity=0)
    source = FeedSource(code="benchmark", name="Benchmark")
    record(source, by=None, at=clock.now())
    ids = list(Customer.objects.order_by("pk").values_list("state_id", flat=True))
    codes = list(Service.objects.order_by("code").values_list("code", flat=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows(asked.records, ids, codes))
        print(f"{asked.records:,} records of {len(ids):,} customers, {path.stat().st_size / 1024**2:.1f} MB")
        took, memory = imported(source, path, asked.records)
        again, _memory = imported(source, path, asked.records)
    half = len(memory) // 2
    growth = max(memory[half:]) / max(memory[1:half] or memory)
    print(f"first {took:.1f} s, the same file again {again:.1f} s")
    print(f"memory {max(memory):.0f} MB at most, in the second half {growth:.2f} x the first")
    sys.exit(int(took >= MOST_SECONDS or growth > MOST_GROWTH))


def rows(number: int, ids: list[str], codes: list[str]) -> Iterator[list[Any]]:
    yield ["external_id", "participant_id", "service", "status", "actual_start_on", "weekly_hours", "provider", "notes"]
    for place in range(number):
        day = FIRST_DAY + timedelta(days=place % 200)
        about = [f"B-{place}", ids[place % len(ids)], codes[place % len(codes)]]
        yield [*about, "started", day.isoformat(), place % 40, "Harbor College", f"Attends as planned, {place}."]


def imported(source: Any, path: Path, number: int) -> tuple[float, list[float]]:
    """The seconds on the clock, and the memory of the process (MB) after each tenth part of the records."""
    from careerplan.base import clock
    from services.feed.files import items_of
    from services.feed.taking import take

    memory: list[float] = []

    def looked_at(items: Iterator[Any]) -> Iterator[Any]:
        for place, item in enumerate(items):
            if place % max(number // 10, 1) == 0:
                memory.append(resident())
            yield item

    began, worked = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        report = take(source, looked_at(items_of(file)), by=None, at=clock.now())
    took = time.perf_counter() - began
    cpu = time.process_time() - worked
    print(
        f"{took:.1f} s, {cpu:.1f} s CPU: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    )
    return took, memory


def resident() -> float:
    """MB of this process now, as Linux counts them."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024**2


if __name__ == "__main__":
    main()

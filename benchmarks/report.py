"""What was measured, as tables in docs/performance.md: between two marks, which the next run replaces."""

import os
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.load import Load
from benchmarks.turns import Cost, Row

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
HEADINGS = {"day": "A planner's day", "page": "Pages", "search": "Searches", "sweep": "Sweeps", "task": "Tasks"}
# What is asked for, large state : small one: the CPU of a page, search or sweep at most, the requests a core at least.
# A page that shows more rows in the large state costs at most so many milliseconds there.
MOST_RATIO, LEAST_RATIO, MOST_OF_LONGER = 1.5, 0.9, 50
# Of Today and a planner's caseload, whose dates are read anew each time.
MOST_OF_A_DAY = 2.0


def marks(section: str) -> tuple[str, str]:
    return f"<!-- measured: {section} -->", "<!-- end of what was measured -->"


def write(section: str, lines: Iterable[str], document: Path = DOCUMENT) -> None:
    """Replaces what stands between the marks of a section; a section that is not there yet comes to the end."""
    begin, end = marks(section)
    block = "\n".join((begin, "", *lines, "", end))
    text = document.read_text()
    between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    changed = between.sub(lambda _found: block, text) if between.search(text) else f"{text.rstrip()}\n\n{block}\n"
    document.write_text(changed)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{date.today():%Y-%m-%d}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}."  # noqa: DTZ011


def tables_of_turns(rows: Sequence[Row], sizes: Sequence[int]) -> Iterator[str]:
    """A table for each kind of what was measured by turns."""
    for kind, heading in HEADINGS.items():
        of_kind = [row for row in rows if row.kind == kind]
        if of_kind:
            yield from (f"**{heading}**: ms CPU of web + PostgreSQL, the middle of the rounds.", "")
            yield f"| {heading.lower()} | {' | '.join(f'{size:,}' for size in sizes)} | ratio |"
            yield "| --- | " + " | ".join("---" for _size in sizes) + " | --- |"
            yield from (line_of(row) for row in of_kind)
            yield ""


def line_of(row: Row) -> str:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    rows = f" (rows: {row.costs[0].rows}, in the large state {row.costs[-1].rows})" if row.is_longer else ""
    return f"| {row.name}{rows} | {' | '.join(map(cell_of, row.costs))} | {ratio} |"


def cell_of(cost: Cost) -> str:
    return cost.error or f"{cost.web:.1f} + {cost.database:.1f}"


def table_of_loads(loads: Sequence[Sequence[Load]], sizes: Sequence[int]) -> Iterator[str]:
    """`loads`: for each number of clients the load of each state."""
    yield (
        "| clients | customers | requests a second and core | planners a core | ms CPU of web + PostgreSQL |"
        " median, ms | 95 %, ms | saves | errors | ratio |"
    )
    yield "| --- " * 10 + "|"
    for of_states in loads:
        for size, load in zip(sizes, of_states, strict=True):
            ratio = f"{load.per_core / of_states[0].per_core:.2f}" if load is not of_states[0] else ""
            web, database = (cpu / load.requests * 1000 for cpu in (load.web, load.database))
            yield (
                f"| {load.clients} | {size:,} | {load.per_core:.1f} | {load.planners:.0f} |"
                f" {web:.1f} + {database:.1f} | {load.median * 1000:.0f} | {load.slow * 1000:.0f} |"
                f" {load.saves} of {load.requests} | {len(load.errors)} | {ratio} |"
            )


def costs_too_much(row: Row) -> bool:
    if row.ratio is None:
        return True
    if row.kind == "day":
        return row.ratio > MOST_OF_A_DAY
    return row.ratio > MOST_RATIO and not (row.is_longer and row.costs[-1].cpu <= MOST_OF_LONGER)


def beyond(rows: Sequence[Row], loads: Sequence[Sequence[Load]]) -> list[str]:
    """What does not hold: rows of which the large state costs too much, and loads that it does not carry."""
    found = [
        f"{row.name}: {row.costs[-1].error or f'{row.ratio:.2f}'}"
        for row in rows
        if row.kind != "task" and costs_too_much(row)
    ]
    for of_states in loads:
        ratio = of_states[-1].per_core / of_states[0].per_core
        if ratio < LEAST_RATIO:
            found.append(f"{of_states[0].clients} clients: {ratio:.2f}")
    return found

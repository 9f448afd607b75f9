"""Seconds of CPU that PostgreSQL's processes and others have taken, from /proc (Linux)."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


def seconds_of(process: int) -> float:
    """Of all its threads, to the nanosecond where the kernel counts so, else to the hundredth of a second."""
    found = 0.0
    for thread in (PROC / str(process) / "task").iterdir():
        try:
            found += int((thread / "schedstat").read_text().split()[0]) / 1e9
        except FileNotFoundError:
            return ticks_of(process, ended_children=False)
    return found


def ticks_of(process: int, *, ended_children: bool) -> float:
    """As `utime` and `stime` of /proc/<pid>/stat say; of children that have ended, too, where they are asked for."""
    fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if ended_children else 13])) / TICK


def seconds_of_tree(process: int) -> float:
    """Of the process, of what it started, and of what has ended of that."""
    found = 0.0
    for one in tree_of(process):
        try:
            found += ticks_of(one, ended_children=True)
        except FileNotFoundError:  # ended meanwhile: its parent counts it
            continue
    return found


def tree_of(process: int) -> Iterator[int]:
    yield process
    try:
        children = (PROC / str(process) / "task" / str(process) / "children").read_text().split()
    except FileNotFoundError:
        return
    for child in children:
        yield from tree_of(int(child))


@dataclass
class Meter:
    """CPU of this process and of the one that serves a connection of PostgreSQL, while it is entered."""

    backend: int
    web: float = 0
    database: float = 0

    def __enter__(self) -> Self:
        self.web, self.database = -time.process_time(), -seconds_of(self.backend)
        return self

    def __exit__(self, *_error: Any) -> None:
        self.web += time.process_time()
        self.database += seconds_of(self.backend)

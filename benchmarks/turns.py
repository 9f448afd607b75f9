"""Measures the same things on several states by turns, so that the noise of the machine meets all alike."""

import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.processes import Answering

# What is done before the measured rounds, and these; tasks that go over a state take their time.
WARMED, ROUNDS_OF_TASKS = 3, 1


@dataclass(frozen=True)
class Cost:
    """The middle of the rounds: CPU in milliseconds. `error`: what went wrong instead."""

    web: float
    database: float
    rows: int
    error: str = ""

    @property
    def cpu(self) -> float:
        return self.web + self.database


@dataclass(frozen=True)
class Row:
    kind: str
    name: str
    costs: tuple[Cost, ...]  # of each state

    @property
    def ratio(self) -> float | None:
        """The last state : the first; None where one of them failed."""
        first, last = self.costs[0], self.costs[-1]
        return None if first.error or last.error else last.cpu / first.cpu

    @property
    def is_longer(self) -> bool:
        """Whether the large state's page shows more rows, as a search finds more people there."""
        return self.costs[-1].rows > self.costs[0].rows


def by_turns(urls: Sequence[str], kinds: Sequence[str], rounds: int) -> Iterator[Row]:
    """`urls`: databases."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.measured"]
    states = [Answering(command, environment=os.environ | {"DATABASE_URL": url}) for url in urls]
    told = [state.answer() for state in states]
    if any(names != told[0] for names in told):
        raise SystemExit("The states measure different things.")
    for number, (kind, name) in enumerate(told[0]):
        if kind in kinds:
            times = (0, ROUNDS_OF_TASKS) if kind == "task" else (WARMED, rounds)
            yield Row(kind, name, tuple(costs_of(states, number, *times)))
    for state in states:
        state.end()


def costs_of(states: Sequence[Answering], number: int, warmed: int, measured: int) -> Iterator[Cost]:
    found: list[list[dict[str, Any]]] = [[] for _state in states]
    for turn in range(warmed + measured):
        for place in range(len(states)) if turn % 2 else reversed(range(len(states))):
            if not any(cost["error"] for cost in found[place]):
                found[place].append(states[place].ask(number))
    for costs in found:
        errors = [cost["error"] for cost in costs if cost["error"]]
        counted = costs[warmed:] or costs
        web, database = (statistics.median(cost[part] for cost in counted) * 1000 for part in ("web", "database"))
        yield Cost(web, database, costs[-1]["rows"], errors[0] if errors else "")

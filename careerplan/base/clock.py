"""The time that is kept and compared: the database's, whichever machine asks.

Web servers and workers whose clocks differ would else keep an acknowledgment from before its seal, and be refused by
the database where one moment must come after another. Each process asks the database's clock at the beginning and once
a minute, beside what Django counts as queries, and goes on from there by the clock of its processor, which nobody sets.
On SQLite the time is the machine's: there is one.
"""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils import timezone

SECONDS_BETWEEN_MEASURES = 60
# Where an answer took longer, it is asked again: how exact it is, is half of that.
SECONDS_OF_A_QUICK_ANSWER = 0.005
MOST_ASKED = 3
# The machine's clock was set, or the machine slept, where its two clocks part by more.
SECONDS_OF_A_JUMP = 0.5
# Two measures differ by their inexactness; time goes back only where the database's clock did.
LONGEST_STILL = timedelta(seconds=1)


@dataclass(frozen=True)
class Measure:
    """What the database's clock said, in seconds since 1970, and this machine's two clocks in the middle of asking."""

    database: float
    steady: float
    machine: float

    @property
    def ahead(self) -> float:
        """By how many seconds the database is ahead of this machine."""
        return self.database - self.machine

    def is_good(self) -> bool:
        """Whether the time may still be told by it."""
        steady, machine = time.monotonic() - self.steady, time.time() - self.machine  # noqa: TID251
        return steady < SECONDS_BETWEEN_MEASURES and abs(machine - steady) < SECONDS_OF_A_JUMP

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.database + time.monotonic() - self.steady, UTC)


class Clock:
    """Of a process; its threads share it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.measure: Measure | None = None
        self.told = datetime.fromtimestamp(0, UTC)

    def now(self) -> datetime:
        """The moment by the database's clock; by the machine's where the database was never reached."""
        if self.measure is None or not self.measure.is_good():
            self.measure = ask() or self.measure
        found = timezone.now() if self.measure is None else self.measure.now()  # noqa: TID251  # nothing better is known
        with self.lock:
            if not self.told - LONGEST_STILL < found < self.told:
                self.told = found
            return self.told


CLOCK = Clock()


def now() -> datetime:
    """An aware moment. Costs nothing but once a minute, when it asks the database."""
    return CLOCK.now()


def seconds_ahead() -> float | None:
    """By how many seconds the database's clock is ahead of this machine's, asked now; None where that isn't known."""
    measure = ask()
    return measure.ahead if measure else None


def ask() -> Measure | None:
    """None where there is nothing to ask: on SQLite, while the database is away, and in a transaction that failed."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return None
    try:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        with connection.wrap_database_errors:
            return ask_through(connection.connection)
    except Error:
        return None


def ask_through(driver: Any) -> Measure | None:
    """Ask over the driver's own connection, until an answer is quick, and take the quickest."""
    best: tuple[float, Measure] | None = None
    for _time in range(MOST_ASKED):
        if driver.info.transaction_status.name not in {"IDLE", "INTRANS"}:
            return None
        machine, begun = time.time(), time.monotonic()  # noqa: TID251
        (database,) = driver.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
        took = time.monotonic() - begun
        if best is None or took < best[0]:
            best = took, Measure(database, begun + took / 2, machine + took / 2)
        if took < SECONDS_OF_A_QUICK_ANSWER:
            break
    return best[1] if best else None

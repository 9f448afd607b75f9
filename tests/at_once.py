"""Several people acting at one moment, each on a connection of one's own; only where data is committed."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from tests.waiting import LONGEST_WAIT


def all_at_once(rows: QuerySet, *acts: Callable[[], Any]) -> list[Any]:
    """What the acts return or raise. `rows` are held until every act waits for them, in the order given; where an act
    asks for no lock, it has gone on meanwhile."""
    with ThreadPoolExecutor(len(acts)) as threads:
        with held(rows):
            answers = []
            for number, act in enumerate(acts, start=1):
                answers.append(threads.submit(on_own_connection, act))
                wait_for_waiting(number, answers)
        return [answer.exception() or answer.result() for answer in answers]


def before_the_commit(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What the second returns, which begins when the first has done its work and not yet committed it."""
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            first()
            answer = threads.submit(on_own_connection, second)
            wait_for_waiting(1, [answer])
        return answer.result()


def on_own_connection(act: Callable[[], Any]) -> Any:
    assert threading.current_thread() is not threading.main_thread()
    try:
        return act()
    finally:
        connection.close()


@contextmanager
def held(rows: QuerySet) -> Iterator[None]:
    """The rows are locked until the block ends."""
    with transaction.atomic():
        list(rows.select_for_update())
        yield


def wait_for_waiting(number: int, answers: list[Future]) -> None:
    """Until so many connections wait for a lock, or their acts have ended."""
    deadline = time.monotonic() + LONGEST_WAIT
    while waiting() + sum(answer.done() for answer in answers) < number:
        assert time.monotonic() < deadline, f"{number} acts neither wait for a lock nor have ended."
        time.sleep(0.01)


def waiting() -> int:
    """Of this test process alone: the others have databases of their own on the same server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_locks"
            " JOIN pg_database ON pg_database.oid = database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0]

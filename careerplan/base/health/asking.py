"""Asks a server that may not answer: whoever asks waits for a while only, and no more than one question hangs."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

# Whoever asks within a second hears the same answer: a page that is open to everybody must not be a load.
KEPT_SECONDS = 1


@dataclass
class Question:
    answer: Future[Any] = field(default_factory=Future)
    ended_at: float | None = None


_asked: dict[str, Question] = {}
_lock = threading.Lock()


def ask(name: str, question: Callable[[], Any]) -> Future[Any]:
    """The answer that is under way or was just given, or else a new one, from a thread of its own.

    `answer.result(seconds)` raises what the question raised, or TimeoutError.
    """
    with _lock:
        asked = _asked.get(name)
        if asked is None or (asked.ended_at is not None and time.monotonic() - asked.ended_at > KEPT_SECONDS):
            asked = _asked[name] = Question()
            threading.Thread(target=answer, args=(asked, question), name=f"ask {name}", daemon=True).start()
        return asked.answer


def answer(asked: Question, question: Callable[[], Any]) -> None:
    try:
        asked.answer.set_result(question())
    except BaseException as error:  # goes to whoever waits
        asked.answer.set_exception(error)
    finally:
        asked.ended_at = time.monotonic()
        connections.close_all()  # this thread's

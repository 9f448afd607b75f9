"""How long a page waits for the database: one that is stopped in the middle of an answer never gives it.

PostgreSQL ends statements that take too long by itself, and the system ends connections whose other end is gone. A
server whose processes stand still does neither: the connection is there, and all that was sent is acknowledged.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Of a page: so much longer than PostgreSQL's own limit, which comes first, and says more.
BEYOND_THE_SERVERS = 5
# For the question whether a kept connection can still be used.
FIRST_QUESTION_SECONDS = 5

longest: ContextVar[float | None] = ContextVar("seconds for an answer of the database", default=None)


@contextmanager
def patience(seconds: float | None) -> Iterator[None]:
    """Nothing that is asked meanwhile is waited for longer. None: for ever, as work behind the pages waits."""
    token = longest.set(seconds)
    try:
        yield
    finally:
        longest.reset(token)

"""A page that is asked with GET can't write: in tests and under DEBUG, the database is asked nothing that changes rows.

A browser, a crawler or a link in a letter may open an address any number of times. The session's own table is excepted,
since reading a page prolongs the session.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
COMMENTS = re.compile(r"--[^\n]*(\n|$)|/\*.*?\*/", re.DOTALL)
STRINGS = re.compile(r"'(?:[^']|'')*'")
# What may be asked: to read (also with a lock of rows, which changes none), and the frame of a transaction.
READS = re.compile(
    r"\(*\s*(SELECT|WITH|VALUES|EXPLAIN|SHOW|DECLARE|FETCH|CLOSE|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.I
)
LOCKS = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?UPDATE\b", re.I)
# What changes rows though it begins as a reading does.
WITHIN = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|INTO|SETVAL|NEXTVAL)\b(?!\s*=)", re.I)
OF_THE_SESSION = re.compile(r"\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?django_session\"?\b", re.I)


EXCEPTED: ContextVar[bool] = ContextVar("excepted", default=False)


@contextmanager
def writing_all_the_same() -> Iterator[None]:
    """For what a page finds and that must be told at once, whoever asked for it (customers/stored.py)."""
    token = EXCEPTED.set(True)
    try:
        yield
    finally:
        EXCEPTED.reset(token)


class WrittenByGet(RuntimeError):
    """A page that was asked with GET tried to write: let a form post what it does."""


def is_write(sql: str) -> bool:
    """Whether anything but the session's own row may change: what is not known to read counts as a write."""
    bare = STRINGS.sub("''", COMMENTS.sub(" ", sql))
    return any(may_write(statement) for statement in bare.split(";") if statement.strip())


def may_write(statement: str) -> bool:
    if OF_THE_SESSION.match(statement):
        return False
    return not READS.match(statement.strip()) or bool(WITHIN.search(LOCKS.sub("", statement)))


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """For `connection.execute_wrapper`. Raises WrittenByGet."""
    if is_write(sql) and not EXCEPTED.get():
        raise WrittenByGet(f"A page that is asked with GET writes: {sql[:200]}")
    return execute(sql, params, many, context)


class ReadOnlyMiddleware:
    """Stands around the session's middleware; tests and DEBUG only (settings.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with ExitStack() as wrapped:
            for connection in connections.all():
                wrapped.enter_context(connection.execute_wrapper(refuse_writes))
            return self.get_response(request)

"""What is logged: one line a record, as JSON in production, and nothing in it that a person typed or is called.

A record names its request by a number, which the page of a fault shows as well; its person by the key alone; its page
by the path without the query, and without words that no address of ours has. An exception is told by its type, where it
was raised, and its words without what they quote: PostgreSQL names the row (`Failing row contains ...`, `Key
(email)=(...) already exists`).
"""

import json
import logging
import re
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from celery import current_task
from django.http import HttpRequest
from django.urls import get_resolver
from django.utils.functional import LazyObject, empty

FORMATS = ("json", "text")
# Letters and digits that nobody confuses on the telephone.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 10

# Loggers whose `extra` is written by us; what other packages add may hold anything.
OWN = ("careerplan", "customers", "goals", "services", "worksites", "acknowledgments")
ALWAYS_TOLD = frozenset({"status_code"})
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName", "data"}

# From here on PostgreSQL quotes the row, the values or the statement; also where a text quotes the text.
ROWS = re.compile(r"(?:\n|\\n)\s*(?:DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):.*", re.DOTALL)
QUERY_STRING = re.compile(r"(/[^\s?\"']*)\?[^\s\"']+")
# The key of a link to a new password is as good as the password; those of a calendar and of a
# supervisor open it.
LINK_KEY = re.compile(r"(/password/reset/key/|/today/calendar/|/supervisor/)(?!(?:make|end)/)[^/\s\"']+", re.IGNORECASE)
EMAIL = re.compile(r"[^\s<>\"'(]+@[^\s<>\"'),;]+")
# What an exception quotes: often a value that somebody typed. To the last quotation mark: no word escapes between two.
QUOTED = re.compile(r"(?<!\w)['\"](?:.*['\"]|.*)", re.DOTALL)
LEFT_OUT = "'…'"
# What they quote is a name of the code.
SAY_NAMES = (AttributeError, ImportError, NameError, TypeError)


# --- which request it is ----------------------------------------------------------------------


@dataclass(frozen=True)
class Present:
    """The request that is answered, and the number by which the log and its page name it."""

    number: str
    request: HttpRequest


_present: ContextVar[Present | None] = ContextVar("present request", default=None)


def new_number() -> str:
    """Ten letters and digits, of 10**14 that there are."""
    return "".join(secrets.choice(LETTERS) for _place in range(NUMBER_LENGTH))


@contextmanager
def request_named(request: HttpRequest, number: str) -> Iterator[None]:
    """What is logged meanwhile names this request."""
    token = _present.set(Present(number, request))
    try:
        yield
    finally:
        _present.reset(token)


def present_number() -> str:
    """ "" outside a request."""
    present = _present.get()
    return present.number if present else ""


def where() -> dict[str, Any]:
    """The request, its path and its person, or the task, that is worked on now. Asks the database nothing."""
    present = _present.get()
    if present is not None:
        found: dict[str, Any] = {
            "request_id": present.number,
            "method": present.request.method,
            "path": plain_path(present.request.path),
        }
        person = person_of(present.request)
        return found if person is None else found | {"user_id": person}
    if current_task:
        return {"task_id": current_task.request.id, "task": current_task.name}
    return {}


def person_of(request: HttpRequest) -> int | None:
    """The person's key, where the request has read who it is already."""
    person: Any = vars(request).get("_cached_user") or vars(request).get("user")
    if isinstance(person, LazyObject) and person._wrapped is empty:
        return None
    key: int | None = getattr(person, "pk", None)
    return key


# --- what is said -----------------------------------------------------------------------------


def plain(text: str) -> str:
    """Without rows of the database, queries of addresses, keys of links, and e-mail addresses."""
    text = ROWS.sub("", text)
    text = QUERY_STRING.sub(r"\1", text)
    return EMAIL.sub(LEFT_OUT, LINK_KEY.sub(rf"\1{LEFT_OUT}", text))


def plain_path(path: str) -> str:
    """With its numbers and the words of our addresses: what else somebody asked for may be a name, or a key."""
    known = words_of_addresses()
    return "/".join(part if part.isdecimal() or part in known else "…" for part in path.split("/"))


@cache
def words_of_addresses() -> frozenset[str]:
    def of(patterns: Any) -> Iterator[str]:
        for pattern in patterns:
            yield from re.findall(r"[\w.-]+", re.sub(r"<[^>]*>", "/", str(pattern.pattern)))
            yield from of(getattr(pattern, "url_patterns", ()))

    return frozenset({"", *of(get_resolver().url_patterns)})


def message_of(record: logging.LogRecord) -> str:
    """Celery writes the exception, its traceback and the task's arguments into the words: they are told apart."""
    if record.name.startswith("celery") and isinstance(record.args, dict) and "exc" in record.args:
        kept = {"exc": "it failed", "traceback": "", "args": "", "kwargs": ""}
        record = logging.makeLogRecord(vars(record) | {"args": {**record.args, **kept}})
    said = record.getMessage()
    present = _present.get()
    request = getattr(record, "request", None) or (present and present.request)
    if isinstance(request, HttpRequest) and len(request.path) > 1:
        said = said.replace(request.path, plain_path(request.path))
    return plain(said).strip()


def words_of(error: BaseException) -> str:
    """What the exception says, without what it quotes; of PostgreSQL's, its code and the names that it gives."""
    said = plain(str(error))
    if not isinstance(error, SAY_NAMES):
        said = QUOTED.sub(LEFT_OUT, said)
    diagnosis = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    names = [
        f"{name} {value}"
        for name, value in (
            ("SQLSTATE", getattr(diagnosis, "sqlstate", None)),
            ("table", getattr(diagnosis, "table_name", None)),
            ("column", getattr(diagnosis, "column_name", None)),
            ("constraint", getattr(diagnosis, "constraint_name", None)),
        )
        if value
    ]
    return f"{said} ({', '.join(names)})" if names else said


def name_of(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def chain_of(error: BaseException) -> list[BaseException]:
    """The exception, and before it those in whose wake it was raised: the first one first."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return chain[::-1]


def trace_of(error: BaseException) -> str:
    """The lines of code, without the values of their names."""
    parts = []
    for one in chain_of(error):
        lines = traceback.StackSummary.extract(traceback.walk_tb(one.__traceback__)).format()
        parts.append("".join(lines) + f"{name_of(one)}: {words_of(one)}")
    return "\n\nand then:\n\n".join(parts)


def told(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def extras_of(record: logging.LogRecord) -> dict[str, Any]:
    """What the caller gave as `extra`: all of ours, of other packages' what is known to be plain."""
    ours = record.name.partition(".")[0] in OWN
    names = (vars(record).keys() - STANDARD) if ours else (vars(record).keys() & ALWAYS_TOLD)
    return {name: vars(record)[name] for name in sorted(names)}


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        entry = where() | extras_of(record) | entry
        error = told(record)
        if error is not None:
            entry["exception"] = {"type": name_of(error), "message": words_of(error), "traceback": trace_of(error)}
        return json.dumps(entry, default=str)


class TextFormatter(logging.Formatter):
    """The same for a person's eyes: `LOG_FORMAT=text`."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
        beside = "".join(f" {name}={value}" for name, value in (where() | extras_of(record)).items())
        line = f"{at} {record.levelname} {record.name} {message_of(record)}{beside}"
        error = told(record)
        return line if error is None else f"{line}\n{trace_of(error)}"


def configuration(form: str, level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: Django's, Celery's and gunicorn's. `form`: one of FORMATS."""
    formatter = "careerplan.base.logs.JsonFormatter" if form == "json" else "careerplan.base.logs.TextFormatter"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Sign-ins and other events of security are told whatever the level of the rest.
            "careerplan": {"level": "DEBUG" if level == "DEBUG" else "INFO"},
            # Django's own handlers would say it a second time, and by e-mail with the values of all names.
            "django": {"handlers": [], "level": level},
            # It says each statement with its values.
            "django.db.backends": {"level": "WARNING"},
        },
    }

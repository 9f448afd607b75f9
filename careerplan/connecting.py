"""DATABASE_URL as Django's DATABASES entry: every option of libpq, and the product's own limits beside them."""

import re
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from careerplan.environment import fault, refuse_unreadable

UNREADABLE = (
    "DATABASE_URL can't be read: write it as postgres://user:password@host:port/name?option=value, and what is neither "
    "letter nor digit in a password as %XX ('@' as %40, '/' as %2F)."
)
# libpq itself finds out no sooner than when it connects; by then pages fail one after the other.
WORDS = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "target_session_attrs": ("any", "read-write", "read-only", "primary", "standby", "prefer-standby"),
    "load_balance_hosts": ("disable", "random"),
    "channel_binding": ("disable", "prefer", "require"),
    "gssencmode": ("disable", "prefer", "require"),
}
NUMBERS = (
    "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
)  # fmt: skip
FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile")
OF_THE_SYSTEM = "system"  # the certificates that the machine trusts, instead of a file
PLACES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
LAST_PORT = 65535
SECONDS_TO_CONNECT = "5"  # to each host: a page must be able to say that the database is away
MILLISECONDS_UNANSWERED = "15000"


def database(url: str, *, password: str, statement_timeout_ms: int, kept_seconds: int) -> dict[str, Any]:
    """For `postgres://user:password@host:port/name?option=value` or `sqlite:///path`. Faults never repeat the address,
    since a password may stand in it. `password`: where the address has none; "" for none."""
    scheme = url.partition("://")[0]
    if scheme == "sqlite":
        return sqlite(urlsplit(url).path)
    if scheme in {"postgres", "postgresql"}:
        return postgresql(url, password, statement_timeout_ms) | {"CONN_MAX_AGE": kept_seconds}
    fault("DATABASE_URL doesn't begin with postgres:// or sqlite://.")
    return sqlite(":memory:")


def sqlite(path: str) -> dict[str, Any]:
    """One writer at a time, readers beside it: enough for the trial on one machine."""
    return {
        "ENGINE": "careerplan.base.sqlite",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(url: str, password: str, statement_timeout_ms: int) -> dict[str, Any]:
    """Connections are checked before use; no statement may hold a page for ever (docs/performance.md)."""
    given = {name: str(value) for name, value in parsed(url).items()}
    refuse_unfit(given)
    if password and given.get("password"):
        fault("DATABASE_PASSWORD is set, and DATABASE_URL holds a password, too: set one of them.")
    given["password"] = password or given.get("password", "")
    settings = {
        "statement_timeout": statement_timeout_ms,
        "lock_timeout": 5000,
        "idle_in_transaction_session_timeout": 30000,
        # A role may set its own `search_path`, and who gets hold of it would shut out every later session.
        "search_path": "public",
        # A page's one statement over many tables takes milliseconds; the server would compile it first, for seconds.
        "jit": "off",
    }
    ours = " ".join(f"-c {name}={value}" for name, value in settings.items())
    # Of two that say the same PostgreSQL takes the last: what the address says.
    options = f"{ours} {given.pop('options', '')}".strip()
    given.setdefault("connect_timeout", SECONDS_TO_CONNECT)
    # A connection whose other end is gone without a word: the system's own limit is a quarter of an hour.
    given.setdefault("tcp_user_timeout", MILLISECONDS_UNANSWERED)
    return {
        "ENGINE": "careerplan.base.postgresql",
        **{place: given.pop(name, "") for name, place in PLACES.items()},
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**given, "options": options},
    }


def parsed(url: str) -> dict[str, Any]:
    """As libpq reads it: several hosts, folders of sockets, every option."""
    try:
        return conninfo_to_dict(url)
    except psycopg.Error as error:
        unknown = re.search(r'invalid URI query parameter: "(\w+)"', str(error))
        fault(f"DATABASE_URL has an option that libpq doesn't know: {unknown[1]}." if unknown else UNREADABLE)
        return {"dbname": "none"}


def refuse_unfit(given: dict[str, str]) -> None:
    """What libpq would find out when it connects."""
    if not given.get("dbname") and "service" not in given:
        fault("DATABASE_URL names no database: write it as postgres://user:password@host:port/name.")
    ports = [port for port in given.get("port", "").split(",") if port]
    if not all(port.isdecimal() and 0 < int(port) <= LAST_PORT for port in ports):
        fault(UNREADABLE)
    for name, words in WORDS.items():
        if given.get(name, words[0]) not in words:
            fault(f"DATABASE_URL has {name}={given[name]}: use one of {', '.join(words)}.")
    for name in NUMBERS:
        if not given.get(name, "0").isdecimal():
            fault(f"DATABASE_URL has {name}={given[name]}: use a whole number.")
    for name in FILES:
        if given.get(name, OF_THE_SYSTEM) != OF_THE_SYSTEM:
            refuse_unreadable(f"DATABASE_URL's {name}", given[name])

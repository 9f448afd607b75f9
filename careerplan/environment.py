"""Reads settings from the environment, with plain types and clear refusals."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in TRUE_WORDS


def number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; empty entries are dropped."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def proxies(name: str, *, required: bool) -> int | list[IPv4Network | IPv6Network]:
    """How many proxies stand before the web, or the addresses and networks of those that do; `0` for none."""
    value = words(name)
    if not value and required:
        raise ImproperlyConfigured(
            f"Set {name} to the number of proxies before the web (0 for none), or to a list of their addresses."
        )
    if len(value) <= 1 and "".join(value or ["0"]).isdecimal():
        return int("".join(value or ["0"]))
    try:
        return [ip_network(entry, strict=False) for entry in value]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is {', '.join(value)!r}: use a number of proxies, or addresses and networks such as 10.0.0.0/8."
        ) from error


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for `postgres://user:password@host:port/name` or `sqlite:///path`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(parts.path)
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(parts)
    raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}: use postgres:// or sqlite:///.")


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


def postgresql(parts: SplitResult) -> dict[str, Any]:
    """Connections are kept and checked before use; no statement may hold a page for ever (docs/performance.md)."""
    statement_timeout = number("DATABASE_STATEMENT_TIMEOUT_MS", 10_000)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": number("DATABASE_CONNECTION_SECONDS", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": (
                f"-c statement_timeout={statement_timeout} -c lock_timeout=5000"
                " -c idle_in_transaction_session_timeout=30000"
            ),
        },
    }

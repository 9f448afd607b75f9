"""Whether the product works: one list of checks, for the doctor, the administrators' page and the alarm.

What can be out of bounds is known to many floors: each registers its checks in its app's `ready()`.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

DATABASE = "database"


@dataclass(frozen=True)
class Finding:
    """What a check found, in a sentence of the language in force."""

    is_wrong: bool
    says: str


@dataclass(frozen=True)
class Check:
    """`look` is None where the check does not concern this installation. It must end by itself within seconds."""

    code: str
    label: Any
    look: Callable[[datetime], Finding | None]
    # Whether it has no answer while the database has none.
    reads_database: bool = True
    # Whether another server is asked that may take its time: not whenever somebody opens the page.
    is_slow: bool = False


_registered: dict[str, Check] = {}


def register(*checks: Check) -> None:
    _registered.update({check.code: check for check in checks})


def every_check() -> list[Check]:
    return list(_registered.values())


def look_at_all(at: datetime, *, slow: bool = True) -> Iterator[tuple[Check, Finding]]:
    """Each check with what it finds, the database first; a check that fails itself is out of bounds."""
    is_away = False
    for check in sorted(every_check(), key=lambda check: check.code != DATABASE):
        if check.is_slow and not slow:
            continue
        if check.reads_database and is_away:
            yield check, Finding(True, _("Not known while the database does not answer."))
            continue
        finding = look(check, at)
        is_away = is_away or (check.code == DATABASE and finding is not None and finding.is_wrong)
        if finding is not None:
            yield check, finding


def look(check: Check, at: datetime) -> Finding | None:
    try:
        return check.look(at)
    except Exception as error:  # whatever it is: the others are looked at, too
        if not isinstance(error, DatabaseError):
            logger.exception("The check %s could not be made.", check.code)
        return Finding(True, _("This could not be looked at (%(error)s).") % {"error": type(error).__name__})


def slow_checks() -> list[Check]:
    return [check for check in every_check() if check.is_slow]

"""What a check of the record may find wrong: its kind for the administrators, and a plain sentence with numbers.

Neither names a person or says what a plan holds: the sentences go to a terminal and to the log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

# Rows that are read at a time: the memory that a check takes does not grow with the state.
BATCH = 500
# Keys that are looked through at a time, for what is hardly ever found.
WINDOW = 20_000


class Kind(models.TextChoices):
    """A value is the event of the security log."""

    SEAL = "seal-changed", _("seals that were changed")
    CHAIN = "chain-broken", _("seals out of their chain")
    EVIDENCE = "evidence-does-not-fit", _("agreements that do not fit their seal")
    FILE_MISSING = "file-missing", _("files that are missing")
    FILE_CHANGED = "file-changed", _("files that were changed")
    GUARD = "guard-missing", _("guards of the database that are off")
    DAY = "day-changed", _("days of which something was changed")
    RIGHTS = "rights-too-wide", _("rights at the database that are too wide")


@dataclass(frozen=True)
class Wrong:
    kind: Kind
    sentence: str


def in_batches(rows: Any) -> Iterator[Any]:
    """The rows (or dictionaries, with `pk`) by their key, `BATCH` at a time, however many there are."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1]["pk"] if isinstance(batch[-1], dict) else batch[-1].pk


def in_windows(rows: Any, every: Any) -> Iterator[Any]:
    """Those among `every` row that are wrong, by windows of keys: no statement looks through the whole table, though it
    finds nothing."""
    last = every.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(0, last, WINDOW):
        yield from rows.filter(pk__gt=first, pk__lte=first + WINDOW).order_by("pk")

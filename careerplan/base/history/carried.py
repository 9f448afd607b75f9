"""What a row carries for its history: its values as they are stored, and who writes what comes next.

It is one object on the row, `row.carried`, which is replaced and never changed: a copy of a row keeps its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from careerplan.base.history.tracking import TrackedModel

NOT_LOGGED = {"id", "row_version"}

Row = TypeVar("Row", bound="TrackedModel")
# A change in words, for people: "label", "from", "to"; and what the product itself has to find again.
Change = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a history row says beside the row's columns. `also`: changes that the columns do not hold."""

    by: Any
    at: datetime
    reason: str | None = None
    also: Sequence[Change] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """`stored`: attribute name -> value, of the columns that were read or written; `entry`: of the next history row."""

    stored: Mapping[str, Any] = field(default_factory=dict)
    entry: Entry | None = None


def remember(row: "TrackedModel") -> None:
    """Take the row's present values as the stored ones; what was said of the entry is said."""
    deferred = row.get_deferred_fields()
    columns = [column for column in row._meta.concrete_fields if column.attname not in deferred]
    row.carried = Carried({column.attname: getattr(row, column.attname) for column in columns})


def announce(row: "TrackedModel", entry: Entry) -> None:
    """The row's next history row says this."""
    row.carried = Carried(row.carried.stored, entry)


def signed(row: Row, *, by: Any, at: datetime) -> Row:
    """The row with who wrote it and when: for one that is written with others, or deleted."""
    announce(row, Entry(by, at))
    return row


def changed_values(row: "TrackedModel") -> dict[str, tuple[Any, Any]]:
    """Attribute name -> (stored value, new value), for what differs from the stored row; all of a new row."""
    stored = {} if row._state.adding else row.carried.stored
    changed = {}
    deferred = row.get_deferred_fields()
    for column in row._meta.concrete_fields:
        if column.name in NOT_LOGGED or column.attname in deferred:
            continue
        new = getattr(row, column.attname)
        old = stored.get(column.attname)
        if old != new and not (column.attname not in stored and new in (None, "")):
            changed[column.attname] = (old, new)
    return changed

"""The rows of an import as a page or a file shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from careerplan.base.csv_cells import csv_lines
from careerplan.base.every_language import in_language_now
from careerplan.imports.checking import AGAIN
from careerplan.imports.enums import WAITING, WRITTEN, ImportState, RowState
from careerplan.imports.kinds import Beside
from careerplan.imports.models import Import, ImportRow

KIND_OF_PILL = {
    RowState.BAD: "overdue",
    RowState.DOUBLE: "off-track",
    RowState.GOOD: "started",
    RowState.CHANGED: "on-track",
    RowState.UNCHANGED: "done",
    RowState.LEFT_OUT: "not-started",
    RowState.UNREAD: "not-started",
}


@dataclass(frozen=True)
class Told:
    """A fault or a difference in the reader's words."""

    label: Any
    cell: str
    said: str


class ShownRow:
    def __init__(self, bringing: Import, row: ImportRow, beside: Beside | None = None):
        self.bringing, self.row, self.beside = bringing, row, beside or Beside()
        self.texts = bringing.texts_of(row.cells)

    @property
    def label(self) -> Any:
        return RowState(self.row.state).label

    @property
    def pill(self) -> str:
        return KIND_OF_PILL[RowState(self.row.state)]

    @property
    def name(self) -> str:
        return self.beside.name or self.bringing.about.name_of(self.texts)

    @property
    def cells(self) -> list[tuple[Any, str]]:
        """With their headings; empty ones where nothing is known."""
        return list(zip_longest(self.bringing.about.columns_beside, self.beside.cells, fillvalue=""))

    @property
    def faults(self) -> list[Told]:
        kind = self.bringing.about
        return [
            Told(kind.label_of(fault["field"]), self.texts.get(fault["field"], ""), said_of(fault))
            for fault in self.row.faults
        ]

    @property
    def differences(self) -> list[Told]:
        kind = self.bringing.about
        return [
            Told(
                kind.label_of(one["field"]),
                kind.shown(one["field"], one["before"]),
                kind.shown(one["field"], one["after"]),
            )
            for one in self.row.differences
        ]

    @property
    def address(self) -> str:
        return self.bringing.about.address_of(self.row.found) if self.row.found else ""


def said_of(fault: dict[str, Any]) -> str:
    return in_language_now(fault["said"])


def asks_word(row: ImportRow) -> bool:
    """Whether a word that it is another one answers its doubt: a participant ID is one person's whatever is said."""
    return row.state == RowState.DOUBLE and all(fault["code"] != AGAIN for fault in row.faults)


@dataclass(frozen=True)
class StateCount:
    state: str
    label: Any
    number: int
    is_chosen: bool


class Counts:
    """How many rows there are of each state. One query."""

    def __init__(self, bringing: Import):
        rows = ImportRow.objects.filter(bringing=bringing).values_list("state").annotate(number=Count("pk"))
        self.by_state: dict[str, int] = dict(rows.order_by())

    @cached_property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def read(self) -> int:
        return self.total - self.by_state.get(RowState.UNREAD, 0)

    @property
    def waiting(self) -> int:
        return sum(self.by_state.get(state, 0) for state in WAITING)

    @property
    def new(self) -> int:
        return self.by_state.get(RowState.GOOD, 0)

    @property
    def changed(self) -> int:
        return self.by_state.get(RowState.CHANGED, 0)

    @property
    def written(self) -> int:
        return sum(self.by_state.get(state, 0) for state in WRITTEN)

    def filters(self, chosen: str) -> list[StateCount]:
        found = [
            StateCount(state.value, state.label, self.by_state.get(state, 0), state == chosen)
            for state in RowState
            if self.by_state.get(state)
        ]
        return [StateCount("", _("All rows"), self.total, chosen == ""), *found]


def one_done_before(bringing: Import, since: datetime | None = None) -> Import | None:
    """The same file, which somebody imported, since a moment where one is named."""
    others = Import.objects.filter(kind=bringing.kind, sha256=bringing.sha256, state=ImportState.DONE)
    if since is not None:
        others = others.filter(done_at__gte=since)
    return others.exclude(pk=bringing.pk).select_related("confirmed_by").order_by("-done_at", "-id").first()


def as_csv(bringing: Import, state: str) -> Iterator[str]:
    """The rows of one state (all where it is ""), with their cells as they were written and the reasons at the end."""
    return csv_lines(told_of_rows(bringing, state))


def told_of_rows(bringing: Import, state: str) -> Iterator[list[str]]:
    rows = ImportRow.objects.filter(bringing=bringing).order_by("number")
    yield [*bringing.headings, _("Why")]
    for row in (rows.filter(state=state) if state else rows).iterator(chunk_size=1000):
        shown = ShownRow(bringing, row)
        reasons = [f"{told.label}: {told.said}" if told.label else told.said for told in shown.faults]
        yield [*row.cells[: len(bringing.headings)], " ".join(reasons)]

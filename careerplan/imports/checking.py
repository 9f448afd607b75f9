"""What becomes of each row: read, looked up, compared with the others of its file. Part by part, kept by themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.base.database import update_quickly
from careerplan.imports.enums import ImportState, RowState
from careerplan.imports.kinds import SPAN, UNIQUE, Fault, Kind, Outcome, Read, Reader
from careerplan.imports.models import Import, ImportRow
from careerplan.imports.tables import UNREADABLE

# So many rows are read, looked up and kept at once.
PART = 500
ERRORS_OF_SHEETS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
# Codes of doubts: a word answers the second.
AGAIN, LIKE_ANOTHER = "again", "like-another-line"
# Keys that are one row's alone, whatever is said of the second.
ONE_ROWS = (UNIQUE, SPAN)
KEPT = ("state", "faults", "differences", "keys", "found")


@dataclass
class Seen:
    """Which lines have each key, of those that are taken over. `read`: how many lines of the file are known here.

    `spans`: by what they are of, the line with the first and the last day as texts, whose order is that of the days.
    """

    lines: dict[str, set[int]] = field(default_factory=dict)
    spans: dict[str, set[tuple[int, str, str]]] = field(default_factory=dict)
    read: int = 0

    @classmethod
    def of(cls, bringing: Import) -> "Seen":
        seen = cls(read=lines_read(bringing))
        rows = ImportRow.objects.filter(bringing=bringing).exclude(state=RowState.LEFT_OUT)
        for number, keys in rows.values_list("number", "keys"):
            seen.note(number, keys)
        return seen

    def note(self, number: int, keys: Iterable[str]) -> None:
        for key in keys:
            if key.startswith(SPAN):
                of, first, last = key.rsplit(":", 2)
                self.spans.setdefault(of, set()).add((number, first, last))
            else:
                self.lines.setdefault(key, set()).add(number)

    def forget(self, number: int, keys: Iterable[str]) -> None:
        for key in keys:
            if key.startswith(SPAN):
                of, first, last = key.rsplit(":", 2)
                self.spans.get(of, set()).discard((number, first, last))
            else:
                self.lines.get(key, set()).discard(number)

    def before(self, number: int, key: str) -> int | None:
        """The first line before this one that has the key, or days of the same span."""
        if key.startswith(SPAN):
            of, begin, end = key.rsplit(":", 2)
            meeting = (line for line, first, last in self.spans.get(of, ()) if first <= end and last >= begin)
            first = min(meeting, default=number)
        else:
            first = min(self.lines.get(key, {number}), default=number)
        return first if first < number else None


def lines_read(bringing: Import) -> int:
    return ImportRow.objects.filter(bringing=bringing).exclude(state=RowState.UNREAD).count()


def check(bringing: Import, *, reader: Reader, seen: Seen) -> bool:
    """Check the next part of what was not read; False where nothing is left, and the import is ready.

    A process that ends meanwhile has lost this part alone. Another one may have read parts, which are looked at first.
    """
    with transaction.atomic():
        locked = Import.objects.select_for_update().filter(pk=bringing.pk, state=ImportState.CHECKING).first()
        if locked is None:
            return False
        unread = ImportRow.objects.filter(bringing=locked, state=RowState.UNREAD).order_by("number")
        rows = list(unread[:PART])
        if not rows:
            locked.state = ImportState.READY
            locked.save(update_fields=["state"])
            return False
        if seen.read != lines_read(locked):
            known = Seen.of(locked)
            seen.lines, seen.spans, seen.read = known.lines, known.spans, lines_read(locked)
        settle(locked, rows, reader=reader, seen=seen)
        update_quickly(rows, KEPT)
        seen.read += len(rows)
    return True


def settle(
    bringing: Import, rows: Sequence[ImportRow], *, reader: Reader, seen: Seen
) -> list[tuple[ImportRow, Read, Outcome]]:
    """Set on each row what becomes of it; nothing is saved."""
    reads = [read_row(bringing, row, reader=reader) for row in rows]
    sound = [read for read in reads if not read.faults]
    looked = dict(zip(map(id, sound), reader.look(sound), strict=True))
    outcomes = [looked.get(id(read)) or Outcome(RowState.BAD, faults=read.faults) for read in reads]
    for row, read, outcome in zip(rows, reads, outcomes, strict=True):
        seen.forget(row.number, row.keys)
        row.keys = [*read.keys, *outcome.keys]
        if outcome.found is not None:
            row.keys.append(f"{UNIQUE}found:{outcome.found}")
        seen.note(row.number, row.keys)
    found = []
    for row, read, looked_up in zip(rows, reads, outcomes, strict=True):
        outcome = within_the_file(bringing.about, row, read, looked_up, seen)
        row.state, row.found = outcome.state, outcome.found
        row.faults = [fault.as_json() for fault in outcome.faults]
        row.differences = [difference.as_json() for difference in outcome.differences]
        found.append((row, read, outcome))
    return found


def read_row(bringing: Import, row: ImportRow, *, reader: Reader) -> Read:
    """Of each cell the first fault."""
    read = reader.read(bringing.texts_of(row.cells), row.word)
    of_cells = list(faults_of_cells(bringing, row))
    told = {fault.field for fault in of_cells}
    faults = of_cells + [fault for fault in read.faults if fault.field not in told]
    return Read(read.values, faults, read.keys, read.asks, row.word, row.number)


def faults_of_cells(bringing: Import, row: ImportRow) -> Iterator[Fault]:
    """What can be wrong with a cell whatever it is about."""
    if len(row.cells) > len(bringing.headings):
        numbers = {"cells": len(row.cells), "headings": len(bringing.headings)}
        yield Fault.of("", "too-many-cells", lambda: words_for_more_cells(numbers))
    for name, text in bringing.texts_of(row.cells).items():
        if text in ERRORS_OF_SHEETS:
            yield Fault.of(name, "error-of-the-sheet", words_for_error)
        elif UNREADABLE in text:
            yield Fault.of(name, "unreadable", words_for_unreadable)


def within_the_file(kind: Kind, row: ImportRow, read: Read, outcome: Outcome, seen: Seen) -> Outcome:
    """The second of two lines about one person waits, until it is said that it is another one; an ID is of one."""
    if outcome.state == RowState.BAD:
        return outcome
    asked = {*read.asks, *(key for key in row.keys if key.startswith(ONE_ROWS))}
    for key in sorted(asked, key=lambda key: (not key.startswith(ONE_ROWS), key)):
        line = seen.before(row.number, key)
        if line is None or (row.word and not key.startswith(ONE_ROWS)):
            continue
        if key.startswith(ONE_ROWS):
            said = Fault.of("", AGAIN, partial(words_for_again, kind, line))
        else:
            said = Fault.of("", LIKE_ANOTHER, partial(words_for_like, line))
        return Outcome(RowState.DOUBLE, outcome.found, [*outcome.faults, said], outcome.differences)
    return outcome


def words_for_more_cells(numbers: dict[str, int]) -> str:
    return (
        _("This line has %(cells)d cells, and there are %(headings)d headings. A comma may be one too many.") % numbers
    )


def words_for_error() -> str:
    return _("The spreadsheet could not calculate this cell. Correct it.")


def words_for_unreadable() -> str:
    return _("There is a letter that can't be read. Type this cell again.")


def words_for_again(kind: Kind, line: int) -> str:
    return str(kind.again % {"line": line})


def words_for_like(line: int) -> str:
    return _("Line %(line)d may be about the same person. Leave one out, or say why this is another person.") % {
        "line": line
    }

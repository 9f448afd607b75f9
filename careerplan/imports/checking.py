"""What becomes of each row: read, looked up, compared with the others of its file. Part by part, kept by themselves."""

import gc
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.base.database import update_quickly
from careerplan.imports.cells import text_of, words_for_formula
from careerplan.imports.enums import TAKEN, ImportState, RowState
from careerplan.imports.kinds import SAME, SPAN, UNIQUE, Fault, Kind, Outcome, Read, Reader
from careerplan.imports.models import Import, ImportRow
from careerplan.imports.seen import Seen, lines_read
from careerplan.imports.sheet_reader import ERRORS
from careerplan.imports.tables import UNREADABLE

# So many rows are read, looked up and kept at once.
PART = 500
# After so many parts of what is written at once what nobody needs is looked for.
PARTS_BETWEEN = 4
# Codes of doubts: a word answers the second.
AGAIN, LIKE_ANOTHER = "again", "like-another-line"
# Of a digest, in letters.
LONG_ENOUGH = 24
# Keys that are one row's alone, whatever is said of the second.
ONE_ROWS = (UNIQUE, SPAN)
KEPT = ("state", "faults", "differences", "keys", "found")


def tidy_up(part: int) -> None:
    """`part`: its number. Rows that were read with what hangs on them point to each other, and Python looks for such
    rubbish once there is a quarter more of everything: 10,000 rows would take 110 MB for it."""
    if part % PARTS_BETWEEN == 0:
        gc.collect()


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
            locked.state, locked.changes = ImportState.READY, locked.changes + 1
            locked.save(update_fields=["state", "changes"])
            return False
        if seen.read != lines_read(locked):
            known = Seen.of(locked)
            seen.lines, seen.spans, seen.said, seen.read = known.lines, known.spans, known.said, known.read
        settle(locked, rows, reader=reader, seen=seen)
        update_quickly(rows, KEPT)
        seen.read += len(rows)
    return True


def settle(
    bringing: Import, rows: Sequence[ImportRow], *, reader: Reader, seen: Seen
) -> list[tuple[ImportRow, Read, Outcome]]:
    """Set on each row what becomes of it; nothing is saved. The rows come in the order of the file, and each is held
    against those before it that are taken over."""
    reads = [read_row(bringing, row, reader=reader) for row in rows]
    sound = [read for read in reads if not read.faults]
    looked = dict(zip(map(id, sound), reader.look(sound), strict=True))
    outcomes = [looked.get(id(read)) or Outcome(RowState.BAD, faults=read.faults) for read in reads]
    for row, read, outcome in zip(rows, reads, outcomes, strict=True):
        seen.forget(row.number, row.keys)
        row.keys = [*keys_of(bringing, row, read, outcome)]
    found = []
    for row, read, looked_up in zip(rows, reads, outcomes, strict=True):
        outcome = within_the_file(bringing, row, read, looked_up, seen)
        row.state, row.found = outcome.state, outcome.found
        row.faults = [fault.as_json() for fault in outcome.faults]
        row.differences = [difference.as_json() for difference in outcome.differences]
        if outcome.state in TAKEN:
            seen.note(row.number, row.keys)
        found.append((row, read, outcome))
    return found


def keys_of(bringing: Import, row: ImportRow, read: Read, outcome: Outcome) -> Iterator[str]:
    yield from read.keys
    yield from outcome.keys
    if outcome.found is not None:
        yield f"{UNIQUE}found:{outcome.found}"
    if read.keys:
        said = json.dumps(sorted(bringing.texts_of(row.cells).items()))
        yield SAME + hashlib.sha256(said.encode()).hexdigest()[:LONG_ENOUGH]


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
        if text in ERRORS:
            yield Fault.of(name, "error-of-the-sheet", words_for_error)
        elif bringing.about.minds_formulas and text_of(text).startswith("="):
            yield Fault.of(name, "formula", words_for_formula)
        elif UNREADABLE in text:
            yield Fault.of(name, "unreadable", words_for_unreadable)


def within_the_file(bringing: Import, row: ImportRow, read: Read, outcome: Outcome, seen: Seen) -> Outcome:
    """The second of two lines about one person waits, until it is said that it is another one; an ID is of one. Of two
    lines that say the very same, the second is done with."""
    if outcome.state == RowState.BAD:
        return outcome
    differing = [
        Fault.of(name, "two-words", partial(words_for_two_words, line, word))
        for name, line, word in seen.other_words(row.number, row.keys)
    ]
    if differing:
        return Outcome(RowState.BAD, outcome.found, differing)
    asked = {*read.asks, *(key for key in row.keys if key.startswith(ONE_ROWS))}
    for key in sorted(asked, key=lambda key: (not key.startswith(ONE_ROWS), key)):
        line = seen.before(row.number, key)
        if line is None or (row.word and not key.startswith(ONE_ROWS)):
            continue
        if key.startswith(ONE_ROWS):
            return said_again(bringing, row, outcome, line, seen)
        said = Fault.of("", LIKE_ANOTHER, partial(words_for_like, line))
        return Outcome(RowState.DOUBLE, outcome.found, [*outcome.faults, said], outcome.differences)
    return outcome


def said_again(bringing: Import, row: ImportRow, outcome: Outcome, line: int, seen: Seen) -> Outcome:
    """`line`: of which it is the second."""
    kind, texts = bringing.about, bringing.texts_of(row.cells)
    if any(seen.before(row.number, key) == line for key in row.keys if key.startswith(SAME)):
        return Outcome(RowState.UNCHANGED, outcome.found, [Fault.of("", "same-line", partial(words_for_same, line))])
    name = next((name for name in kind.again_at if texts.get(name)), "")
    said = Fault.of(name, AGAIN, partial(words_for_again, kind, line))
    return Outcome(RowState.DOUBLE, outcome.found, [*outcome.faults, said], outcome.differences)


# --- words ---------------------------------------------------------------------------------------


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


def words_for_same(line: int) -> str:
    return _("Line %(line)d says the very same. This line is not needed.") % {"line": line}


def words_for_two_words(line: int, word: str) -> str:
    return _("Line %(line)d says “%(word)s” here. Write the same in both lines.") % {"line": line, "word": word}

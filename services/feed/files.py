"""Files of records (CSV): read line by line, so that a file of any length takes the same memory.

UTF-8 or UTF-16 by the byte order mark, as Excel writes them; Windows-1252 only where it was chosen, since every file
can be read as that. All letters are looked at first: a file in other letters is refused before anything is filed.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from careerplan.imports.columns import heading_key
from careerplan.imports.enums import Encoding
from careerplan.imports.tables import MARKS, UNREADABLE, separator_of, tidied
from services.feed.facts import COLUMNS, NEEDED, Facts, as_text, facts_of
from services.feed.taking import Item

PIECE = 1024 * 1024
FIRST_LINE = 64 * 1024
# What else a column may be called.
ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "external_id": ("id", "record id"),
    "participant_id": ("participant", "state id", "customer id"),
    "service": ("service code",),
    "actual_start_on": ("start date", "started", "actual start"),
    "ended_on": ("completion date", "completed", "end date"),
    "planned_start_on": ("planned start",),
    "planned_end_on": ("planned end", "due"),
    "weekly_hours": ("hours", "hours a week"),
    "notes": ("note",),
}


def items_of(file: BinaryIO, *, encoding: str = Encoding.UTF_8) -> Iterator[Item]:
    """The records with the lines on which they begin.

    Raises Refusal: it is no text in these letters, or a column that is needed is missing. A line that can't be read is
    a fault of that line.
    """
    encoding = encoding_of(file, encoding)
    refuse_other_letters(file, encoding)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from items_of_text(text)
    finally:
        text.detach()


def encoding_of(file: BinaryIO, said: str) -> str:
    file.seek(0)
    first = file.read(4)
    for mark, marked in MARKS:
        if first.startswith(mark):
            return "utf-8-sig" if marked == "utf-8" else "utf-16"
    return said


def refuse_other_letters(file: BinaryIO, encoding: str) -> None:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        while piece := text.read(PIECE):
            if "\0" in piece:
                raise Refusal("not-a-table", _("Choose a CSV file."), field="file")
    except UnicodeError as error:
        sentence = _(
            "The letters of this file are not what was said. Save it as CSV in UTF-8, or choose how it was saved."
        )
        raise Refusal("other-letters", sentence, field="encoding") from error
    finally:
        text.detach()


def items_of_text(text: io.TextIOWrapper) -> Iterator[Item]:
    separator, says_so = separator_of(text.read(FIRST_LINE))
    text.seek(0)
    reader = csv.reader(text, delimiter=separator, strict=True)
    if says_so:
        next(reader, None)
    columns: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = [tidied(cell) for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error:
            if columns is None:
                raise Refusal(
                    "no-headings", _("The first line, with the headings, can't be read."), field="file"
                ) from None
            sentence = _("This line can't be read: a quotation mark is missing, or one too many.")
            yield line, Refusal("unreadable-line", sentence)
            continue
        if not any(cells):
            continue
        if columns is None:
            columns = columns_of(cells)
        else:
            yield line, item_of(columns, cells)
    if columns is None:
        sentence = _("There are no rows in this file. The first line has the headings, and each other line one row.")
        raise Refusal("no-rows", sentence, field="file")


def columns_of(headings: list[str]) -> list[str]:
    """The field of each column, "" where it has none. Raises Refusal."""
    names = {heading_key(name): name for name in COLUMNS}
    names |= {heading_key(called): name for name, others in ALSO_CALLED.items() for called in others}
    found = [names.get(heading_key(heading), "") for heading in headings]
    missing = [name for name in NEEDED if name not in found]
    if missing:
        sentence = _("These columns are missing: %(names)s. The first line must have their headings.")
        raise Refusal("columns-missing", sentence % {"names": ", ".join(missing)}, field="file")
    twice = [name for name in found if name and found.count(name) > 1]
    if twice:
        sentence = _("Two columns are called %(name)s. Keep one of them.")
        raise Refusal("column-twice", sentence % {"name": twice[0]}, field="file")
    return found


def item_of(columns: list[str], cells: list[str]) -> Facts | Refusal:
    """What one line says, or why it can't be read."""
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        sentence = _("This line has more cells than there are headings. A comma may be one too many.")
        return Refusal("too-many-cells", sentence)
    texts = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    found = read_texts(texts)
    if isinstance(found, Refusal):
        found.facts["external_id"] = as_text(texts["external_id"])
    return found


def read_texts(texts: Mapping[str, str]) -> Facts | Refusal:
    for name, text in texts.items():
        if UNREADABLE in text:
            return Refusal("unreadable", _("There is a letter that can't be read. Type this cell again."), field=name)
    try:
        return facts_of(texts)
    except Refusal as refusal:
        return refusal

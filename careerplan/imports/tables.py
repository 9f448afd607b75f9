"""A file as a table: known by what it holds, read whole, or refused in words. Lines have the numbers of the file."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.base.csv_cells import FORMULA
from careerplan.base.refusals import Refusal
from careerplan.imports.enums import Encoding
from careerplan.imports.spreadsheets import rows_of_spreadsheet

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
# That have something in them: 20,000 rows of 35 columns. Each takes some 70 bytes of a web process.
MOST_CELLS = 700_000
LONGEST_CELL = 1000  # letters
LONGEST_HEADING = 100

ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
SEPARATORS = (",", ";", "\t")
UNREADABLE = "\ufffd"

Lines = Iterable[tuple[int, list[str]]]


@dataclass(frozen=True)
class Table:
    """`lines`: the number in the file and the cells, as many as there are headings, or more where the line has more."""

    headings: list[str]
    lines: list[tuple[int, list[str]]]


def table_of(name: str, content: bytes, *, encoding: str = Encoding.UTF_8, marks_formulas: bool = True) -> Table:
    """`marks_formulas`: a cell of a workbook that has one begins with "=".

    Raises Refusal: not a table, too large, damaged, or in other letters than was said."""
    refuse_size(len(content))
    if content.startswith(OLD_OFFICE):
        sentence = _(
            "This file is from an older Excel, or locked with a password. Save it as .xlsx or CSV without one."
        )
        raise Refusal("older-excel", sentence, field="file")
    if content.startswith(ARCHIVE):
        lines: Lines = rows_of_spreadsheet(
            content, most_rows=MOST_ROWS + 1, longest_cell=LONGEST_CELL + 1, marks_formulas=marks_formulas
        )
    elif name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        sentence = _(
            "This file is named as an Excel workbook and is none. Save it as .xlsx or as .csv, and choose that."
        )
        raise Refusal("not-a-workbook", sentence, field="file")
    elif name.lower().endswith((".ods", ".numbers", ".pdf", ".docx")):
        raise Refusal("not-a-table", _("Choose a CSV file or an Excel workbook (.xlsx)."), field="file")
    else:
        lines = rows_of_text(text_of(content, encoding))
    return whole(list(within_limits(lines)))


def refuse_size(byte_count: int) -> None:
    most = min(MOST_BYTES, settings.UPLOAD_LIMIT_BYTES)
    if byte_count > most:
        sentence = _("Choose a file of %(limit)s or less, or part it in two.") % {"limit": filesizeformat(most)}
        raise Refusal("file-too-large", sentence, field="file")


def within_limits(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, tidied. Raises Refusal at the first row, or the first cell, that is too many: what
    comes after it is not even read."""
    rows = filled = 0
    for number, cells in lines:
        tidy = [tidied(cell) for cell in cells]
        if not any(tidy):
            continue
        rows += 1
        filled += len(tidy) - tidy.count("")
        if rows > MOST_ROWS + 1:
            raise too_many_rows()
        if filled > MOST_CELLS:
            sentence = _("There are too many cells in this file. Keep the columns that you need, or part it in two.")
            raise Refusal("too-many-cells", sentence, field="file")
        yield number, tidy


def whole(found: list[tuple[int, list[str]]]) -> Table:
    """The first line has the headings."""
    if len(found) < 2:
        sentence = _("There are no rows in this file. The first line has the headings, and each other line one row.")
        raise Refusal("no-rows", sentence, field="file")
    (_first, headings), rows = found[0], found[1:]
    width = max(place for place, cell in enumerate(headings, start=1) if cell)
    if width > MOST_COLUMNS or max(len(cells) for _number, cells in rows) > MOST_COLUMNS * 2:
        sentence = _("There are more than %(number)d columns in this file. Keep those that you need.")
        raise Refusal("too-many-columns", sentence % {"number": MOST_COLUMNS}, field="file")
    for number, cells in rows:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            sentence = _("Line %(line)d has a cell of more than %(number)d letters. A quotation mark may be missing.")
            raise Refusal("cell-too-long", sentence % {"line": number, "number": LONGEST_CELL}, field="file")
    named = [heading[:LONGEST_HEADING] for heading in headings[:width]]
    return Table(named, [(number, fitted(cells, width)) for number, cells in rows])


def too_many_rows() -> Refusal:
    sentence = ngettext(
        "There is more than %(number)d row in this file. Part it, and import one after the other.",
        "There are more than %(number)d rows in this file. Part it, and import one after the other.",
        MOST_ROWS,
    )
    return Refusal("too-many-rows", sentence % {"number": MOST_ROWS}, field="file")


def fitted(cells: list[str], width: int) -> list[str]:
    """As many as there are headings; what stands beyond them stays, where there is something."""
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells + [""] * (width - len(cells))


def tidied(cell: str) -> str:
    """With single spaces, without a quote that only keeps a formula from being one; what nobody can read is marked."""
    text = " ".join(cell.split())
    if text.startswith("'") and text[1:].startswith(FORMULA):
        text = text[1:]
    if text.isprintable():
        return text
    return "".join(UNREADABLE if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)


# --- text ------------------------------------------------------------------------------------------


def text_of(content: bytes, encoding: str) -> str:
    """By its byte order mark, else as was said. Raises Refusal."""
    for mark, marked in MARKS:
        if content.startswith(mark):
            content, encoding = content[len(mark) :], marked
            break
    else:
        if b"\0" in content:
            raise Refusal("not-a-table", _("Choose a CSV file or an Excel workbook (.xlsx)."), field="file")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == Encoding.UTF_8:
            sentence = _(
                "The letters of this file are not UTF-8. Choose “%(other)s”, and look whether names with accents are "
                "right."
            ) % {"other": Encoding.WINDOWS_1252.label}
        else:
            sentence = _("The letters of this file can't be read. Save it as CSV in UTF-8.")
        raise Refusal("other-letters", sentence, field="encoding") from error


def rows_of_text(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records with the lines on which they begin. Raises Refusal."""
    separator, said = separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    began = 1
    try:
        for record in reader:
            if not (said and began == 1):
                yield began, record
            began = reader.line_num + 1
    except csv.Error as error:
        sentence = _(
            "Line %(line)d can't be read: a quotation mark is missing, or one too many. Correct it in the file."
        )
        raise Refusal("unreadable-line", sentence % {"line": began}, field="file") from error


def separator_of(text: str) -> tuple[str, bool]:
    """What parts the cells, and whether the first line says so, as Excel writes it (`sep=;`)."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4:5], True
    return max(SEPARATORS, key=lambda separator: number_of_headings(text, separator)), False


def number_of_headings(text: str, separator: str) -> int:
    """Of the first record that is not empty, which may have several lines; 0 where there is none within bounds."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next((len(record) for record in records if any(record)), 0)
    except csv.Error:
        return 0

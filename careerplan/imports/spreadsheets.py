"""Excel workbooks (.xlsx): the directory of the archive is looked at before anything is unpacked, and what reads the
sheet is another process (`sheet_reader.py`), which may be ended (docs/adr/0016-files-of-rows.md)."""

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from careerplan.base import archives
from careerplan.base.refusals import Refusal
from careerplan.imports.sheet_reader import TOO_MUCH

MOST_MEMBERS = 100
MOST_UNPACKED = 50 * 1024 * 1024  # bytes
MOST_RATIO = 100
# What is this small may pack well: an empty sheet does.
SMALL = 256 * 1024
PIECE = 1024 * 1024
# Of a sheet, from A1 to its last row and its last column: the reader makes room for each of them.
MOST_CELLS = 3_000_000
# Where a row or a cell says that it stands: r="7", r="C7".
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
LONGEST_PLACE = 32
SECONDS = 40
READER = Path(__file__).with_name("sheet_reader.py")

logger = logging.getLogger(__name__)


def rows_of_spreadsheet(
    content: bytes, *, most_rows: int, longest_cell: int, marks_formulas: bool
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with its number, from 1; one more than `most_rows` where there are more.
    `marks_formulas`: a cell with a formula begins with "=".

    Raises Refusal: it is locked, damaged, unpacks to too much, or the reader could not read it.
    """
    refuse_bomb(content)
    command = [sys.executable, "-I", str(READER), str(most_rows), str(longest_cell), str(int(marks_formulas))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
        if done.returncode == TOO_MUCH:
            raise too_much()
        done.check_returncode()
    except (subprocess.SubprocessError, OSError) as error:
        logger.warning("A spreadsheet could not be read: %s.", type(error).__name__)
        raise damaged() from error
    return ((number, cells) for number, cells in map(json.loads, io.BytesIO(done.stdout)))


def refuse_bomb(content: bytes) -> None:
    """The directory first; then each member is unpacked once and counted: a directory may say anything. Of the sheets
    it is looked at how far their cells stand apart."""
    try:
        with archives.opened(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 0x1 for member in members):
                raise locked()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise too_much()
            for member in members:
                if member.file_size > max(SMALL, MOST_RATIO * member.compress_size):
                    raise too_much()
            for member in members:
                with archive.open(member) as file:  # ends with an error where there is more than the directory says
                    pieces = iter(lambda: file.read(PIECE), b"")
                    if "worksheets/" in member.filename and cells_of(pieces) > MOST_CELLS:
                        raise damaged()
                    for _rest in pieces:
                        pass
    except Refusal:
        raise
    except Exception as error:  # whatever a hostile file does to the unpackers
        raise damaged() from error


def cells_of(pieces: Iterable[bytes]) -> int:
    """Of the box from A1 that holds all cells of a sheet, empty ones among them."""
    rows = columns = 1
    for letters, digits in places_in(pieces):
        rows = max(rows, int(digits))
        if letters:
            columns = max(columns, column_of(letters.upper()))
    return rows * columns


def places_in(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """A place that two pieces share is found twice at most."""
    left = b""
    for piece in pieces:
        for found in PLACE.finditer(left + piece):
            yield found[1], found[2]
        left = piece[-LONGEST_PLACE:]


def column_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def locked() -> Refusal:
    sentence = _("This workbook is locked with a password. Save it without one, or as CSV, and choose that.")
    return Refusal("locked", sentence, field="file")


def too_much() -> Refusal:
    sentence = _("This workbook is too large when it is unpacked. Save the sheet alone as CSV, and choose that.")
    return Refusal("unpacks-to-too-much", sentence, field="file")


def damaged() -> Refusal:
    sentence = _(
        "This workbook can't be read: it is damaged, or a cell stands far away from all others. Save the sheet as CSV, "
        "and choose that."
    )
    return Refusal("unreadable", sentence, field="file")

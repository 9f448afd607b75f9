"""Reads a spreadsheet in a process of its own, with little memory and time, and writes its rows as JSON, one a line.

Run by its path (`spreadsheets.py`), without the product. The reader ends its whole process where a sheet of two cells
claims to be a million rows by sixteen thousand columns: better this one than one that serves pages.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

BYTES_OF_MEMORY = 288 * 1024**2
SECONDS = 20
# More than twice what the largest CSV file may have. A sheet says a text once and points to it from a million cells:
# whoever reads what is written here would have it a million times.
MOST_WRITTEN = 12 * 1024**2  # bytes
# How this process ends where more would be written.
TOO_MUCH = 3
# Cells whose place is kept, because they have a formula or could not be calculated.
MOST_MARKS = 1_000_000
PIECE = 1024**2
A_FORMULA_OR_ERROR = re.compile(rb"""<(\w+:)?f[\s/>]|\st\s*=\s*["']e["']""")
LONGEST_TAG = 32
# What a spreadsheet says of a cell that it could not calculate; of a formula that no program calculated, the first.
NOT_CALCULATED = "#VALUE!"
ERRORS = frozenset({NOT_CALCULATED, "#N/A", "#REF!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
CALCULATED = "="
LONGEST_ERROR = 16
# A1, or the corners of a box of cells.
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)


def text_of(value: Any) -> str:
    """As a person would type it: whole numbers without decimals, days as 2027-03-31."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def rows_of(content: bytes, marks_formulas: bool) -> Iterator[list[str]]:
    """The rows of the first sheet that is shown, from the first line on. A cell that was calculated begins with "=",
    where those are marked; one that could not be says its error."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(content))
    shown = [
        place
        for place, sheet in enumerate(book.sheets_metadata)
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    place = shown[0] if shown else 0
    marks = marks_of(content, book.sheet_names[place])
    sheet = book.get_sheet_by_index(place)
    top, left = sheet.start or (0, 0)
    for _empty in range(top):
        yield []
    has_headings = False
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=top):
        texts = [""] * left + [text_of(value) for value in row]
        if has_headings and (here := marks.get(number)):
            texts = [marked(text, here.get(place, ""), marks_formulas) for place, text in enumerate(texts)]
        has_headings = has_headings or any(texts)
        yield texts


def marked(text: str, mark: str, marks_formulas: bool) -> str:
    """What comes to nothing stays nothing."""
    if mark in ERRORS:
        return mark
    if mark != CALCULATED or not marks_formulas or not text or text.startswith(("#", "=")):
        return text
    return f"={text}"


# --- formulas and errors ---------------------------------------------------------------------------


def marks_of(content: bytes, name: str) -> dict[int, dict[int, str]]:
    """By row and column of the cells of this sheet, both from 0: CALCULATED, or one of ERRORS, also where no program
    calculated a formula. Calamine gives what each comes to as it was last saved, and nothing of an error."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = member_of(archive, name)
        if member is None or not has_marks(pieces_of(archive, member)):
            return {}
        marks = Marks()
        for piece in pieces_of(archive, member):
            marks.parser.Parse(piece, False)
    return marks.found


def pieces_of(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            yield piece


def has_marks(pieces: Iterator[bytes]) -> bool:
    """Quick for the many sheets that have none."""
    left = b""
    for piece in pieces:
        if A_FORMULA_OR_ERROR.search(left + piece):
            return True
        left = piece[-LONGEST_TAG:]
    return False


def member_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """Of the sheet of this name. None where the workbook is put together in another way than Excel does it."""
    members = {member.lower(): member for member in archive.namelist()}
    book, relations = members.get("xl/workbook.xml"), members.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return None
    named = next((one for one in elements(archive, book, "sheet") if one.get("name") == name), {})
    key = next((value for attribute, value in named.items() if local(attribute) == "id"), None)
    targets = {one.get("Id"): one.get("Target", "") for one in elements(archive, relations, "Relationship")}
    target = targets.get(key, "").lstrip("/").lower()
    return members.get(target if target.startswith("xl/") else f"xl/{target}")


def elements(archive: zipfile.ZipFile, member: str, name: str) -> list[dict[str, str]]:
    """The attributes of each element of this name."""
    found, parser = list[dict[str, str]](), expat.ParserCreate()

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == name:
            found.append(attributes)

    parser.StartElementHandler = begin
    parser.Parse(archive.read(member), True)
    return found


def local(tag: str) -> str:
    """Without the prefix that some programs write before each name."""
    return tag.rpartition(":")[2]


class Marks:
    """Notes where formulas and errors stand while a sheet is parsed. A row or a cell that names no place stands after
    the last."""

    def __init__(self) -> None:
        self.found: dict[int, dict[int, str]] = {}
        self.row = self.column = -1
        self.number = 0
        self.kind, self.value = "", ""
        self.has_formula = self.is_value = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.take

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
        elif name == "c":
            self.column += 1
            if place := PLACE.fullmatch(attributes.get("r", "")):
                self.row, self.column = int(place[2]) - 1, column_of(place[1])
            self.kind, self.value, self.has_formula = attributes.get("t", "n"), "", False
        elif name == "f":
            self.has_formula = True
            if attributes.get("t") == "array":
                self.note_box(attributes.get("ref", ""))
        elif name == "v":
            self.is_value = True

    def take(self, text: str) -> None:
        if self.is_value and len(self.value) < LONGEST_ERROR:
            self.value += text.strip()

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "v":
            self.is_value = False
        elif name == "c" and self.kind == "e":
            if self.value in ERRORS:
                self.note(self.row, self.column, self.value)
        elif name == "c" and self.has_formula:
            is_text = self.kind in {"str", "inlineStr"}
            self.note(self.row, self.column, CALCULATED if self.value or is_text else NOT_CALCULATED)

    def note_box(self, ref: str) -> None:
        """One formula fills all of these cells."""
        corners = PLACE.findall(ref)
        if len(corners) == 2:
            (left, top), (right, bottom) = corners
            for row in range(int(top) - 1, int(bottom)):
                for column in range(column_of(left), column_of(right) + 1):
                    self.note(row, column, CALCULATED)

    def note(self, row: int, column: int, mark: str) -> None:
        self.found.setdefault(row, {})[column] = mark
        self.number += 1
        if self.number > MOST_MARKS:
            sys.exit(TOO_MUCH)


def column_of(letters: str) -> int:
    """From 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


# --- the process -----------------------------------------------------------------------------------


def main(most_rows: int, longest_cell: int, marks_formulas: bool) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES_OF_MEMORY, BYTES_OF_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    rows = written = 0
    for number, row in enumerate(rows_of(sys.stdin.buffer.read(), marks_formulas), start=1):
        if any(row):
            cells = [cell[:longest_cell] for cell in without_empty_end(row)]
            line = json.dumps([number, cells], ensure_ascii=False).encode() + b"\n"
            written += len(line)
            if written > MOST_WRITTEN:
                sys.exit(TOO_MUCH)
            sys.stdout.buffer.write(line)
            rows += 1
        if rows > most_rows:
            break


def without_empty_end(row: list[str]) -> list[str]:
    """A sheet may have a hundred columns that were only colored."""
    while row and not row[-1]:
        row.pop()
    return row


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "1")

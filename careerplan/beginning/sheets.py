"""The files of a beginning, and what is read from them: lines of words, and what is wrong with the file as a file."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base import archives
from careerplan.base.refusals import Refusal

EXAMPLE = Path(__file__).parent / "example"
LARGEST_FILE = 1_000_000  # bytes; a state's offices and first people are some kB
MOST_FILES = 20
NO_BEGINNING = gettext_lazy("The ZIP file has other files than those of a beginning.")
BETWEEN = ";"  # between several regions or offices of a person
OF = "/"  # between an office's region and its name


@dataclass(frozen=True)
class Sheet:
    """`needed`: columns that no line leaves empty; `columns`: all of them. `may_be_missing`: the file itself."""

    name: str
    needed: tuple[str, ...]
    others: tuple[str, ...] = ()
    may_be_missing: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.needed, *self.others)


AGENCY = Sheet("agency", ("name", "time_zone", "acknowledgment_rules"))
REGIONS = Sheet("regions", ("code", "name"))
GRANTEES = Sheet("grantees", ("name",), ("phone", "email"))
OFFICES = Sheet(
    "offices", ("region", "grantee", "name"), ("street", "city", "state", "zip_code", "phone", "relay")
)  # fmt: skip
PROGRAMS = Sheet(
    "programs", ("code", "review_interval_days"), ("name", "kind", "plan_type", "is_title_1"), may_be_missing=True
)
PEOPLE = Sheet("people", ("email", "role"), ("first_name", "last_name", "phone", "regions", "offices", "administers"))
SHEETS = (AGENCY, REGIONS, GRANTEES, OFFICES, PROGRAMS, PEOPLE)


@dataclass(frozen=True)
class Line:
    """`number`: in the file, its head being line 1; 0 for what was typed at the terminal."""

    sheet: Sheet
    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def several(self, column: str) -> list[str]:
        return [part.strip() for part in self[column].split(BETWEEN) if part.strip()]


@dataclass(frozen=True)
class Fault:
    """What is wrong where; `line` and `column` where it is of one."""

    file: str
    reason: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(_("line %(number)s") % {"number": self.line})
        if self.column:
            parts.append(_("column %(name)s") % {"name": self.column})
        return f"{', '.join(parts)}: {self.reason}"


@dataclass
class Tables:
    """All lines, by the sheet's name."""

    lines: dict[str, list[Line]] = field(default_factory=lambda: {sheet.name: [] for sheet in SHEETS})

    def of(self, sheet: Sheet) -> list[Line]:
        return self.lines[sheet.name]

    def take(self, line: Line) -> None:
        self.lines[line.sheet.name].append(line)


def files_in(folder: Path) -> dict[str, bytes]:
    """The CSV files of the folder, whatever they are called. Raises OSError."""
    return {path.name: path.read_bytes()[: LARGEST_FILE + 1] for path in sorted(folder.iterdir()) if is_table(path)}


def files_in_archive(archive: IO[bytes]) -> dict[str, bytes]:
    """The CSV files of a ZIP file, in whichever folder of it. Raises Refusal."""
    try:
        with archives.opened(archive) as opened:
            entries = [entry for entry in opened.infolist() if is_table(Path(entry.filename))]
            names = {Path(entry.filename).name for entry in entries}
            if len(entries) > MOST_FILES or len(names) < len(entries):
                raise Refusal("not-a-beginning", NO_BEGINNING, field="folder")
            return {Path(entry.filename).name: first_bytes(opened, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise Refusal("no-archive", _("This is no ZIP file that can be read."), field="folder") from None


def is_table(path: Path) -> bool:
    """A name that begins with a dot is the computer's own, beside the file."""
    return path.suffix.lower() == ".csv" and not path.name.startswith(".")


def first_bytes(archive: archives.Archive, entry: zipfile.ZipInfo) -> bytes:
    """One more than a file may have, however large it becomes."""
    with archive.open(entry) as opened:
        return opened.read(LARGEST_FILE + 1)


def read(files: Mapping[str, bytes]) -> tuple[Tables, list[Fault]]:
    """What the files say, and what keeps them from being read."""
    tables, faults = Tables(), []
    known = {sheet.file for sheet in SHEETS}
    faults += [Fault(name, _("There is no such file in a beginning.")) for name in files if name not in known]
    for sheet in SHEETS:
        if sheet.file in files:
            for found in lines_of(sheet, files[sheet.file]):
                if isinstance(found, Fault):
                    faults.append(found)
                else:
                    tables.take(found)
        elif not sheet.may_be_missing:
            faults.append(Fault(sheet.file, _("The file is missing.")))
    return tables, faults


def lines_of(sheet: Sheet, content: bytes) -> Iterator[Line | Fault]:
    if len(content) > LARGEST_FILE:
        yield Fault(sheet.file, _("The file is larger than 1 MB."))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        yield Fault(sheet.file, _("The file is not UTF-8 text. Save it as CSV UTF-8."), number)
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from lines_below(sheet, reader)
    except csv.Error:
        yield Fault(sheet.file, _("The line can't be read: look at its quotation marks."), reader.line_num)


def lines_below(sheet: Sheet, reader: Any) -> Iterator[Line | Fault]:
    """A line that is empty says nothing."""
    head = [name.strip() for name in next(reader, [])]
    wrong = list(faults_of_head(sheet, head))
    yield from wrong
    if wrong:
        return
    before = reader.line_num
    for cells in reader:
        number, before = before + 1, reader.line_num
        if len(cells) > len(head):
            yield Fault(sheet.file, _("The line has more cells than the first line has columns."), number)
        elif any(cell.strip() for cell in cells):
            values = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
            yield Line(sheet, number, values)


def faults_of_head(sheet: Sheet, head: list[str]) -> Iterator[Fault]:
    for name in sorted({name for name in head if name not in sheet.columns}):
        reason = _("There is no such column. The columns are: %(columns)s.") % {"columns": ", ".join(sheet.columns)}
        yield Fault(sheet.file, reason, 1, name or "?")
    for name in sheet.needed:
        if name not in head:
            yield Fault(sheet.file, _("The column is missing."), 1, name)
    for name in sorted({name for name in head if head.count(name) > 1 and name in sheet.columns}):
        yield Fault(sheet.file, _("The column stands here twice."), 1, name)

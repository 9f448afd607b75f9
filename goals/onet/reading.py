"""The files of an O*NET release: tab-separated text, read by the names of their columns, and checked line by line.

Releases from 25 on are alike but for columns that come and go, and files that were written from a spreadsheet, which
put texts with quotation marks in quotation marks. Nothing here knows the database.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from goals.enums import OnetKind

OLDEST = Decimal(25)
MOST_FAULTS = 20
# Characters. Longer text is no title, and no task.
LONGEST_TITLE, LONGEST_TEXT, LONGEST_DESCRIPTION = 200, 1000, 5000

CODE = re.compile(r"\d\d-\d{4}\.\d\d")
ELEMENT = re.compile(r"[\w.]{1,20}")
SAID_IN_READ_ME = re.compile(r"O\*NET\W{0,3}(\d\d\.\d)\s+Database", re.IGNORECASE)
SAID_IN_FOLDER = re.compile(r"(?<!\d)(\d\d)[._](\d)(?!\d)")

OCCUPATIONS, TITLES, TASKS = "Occupation Data.txt", "Alternate Titles.txt", "Task Statements.txt"
SKILLS, KNOWLEDGE, ZONES, RATINGS = "Skills.txt", "Knowledge.txt", "Job Zones.txt", "Task Ratings.txt"
SOC_CODE, DATA_VALUE, SCALE, SUPPRESS = "O*NET-SOC Code", "Data Value", "Scale ID", "Recommend Suppress"
IMPORTANCE = "IM"

NEEDED = (OCCUPATIONS, ZONES, TITLES, TASKS, SKILLS, KNOWLEDGE)

Told = Callable[[str], object]


class Fault(NamedTuple):
    file: str
    line: int
    words: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.words}"


class Faulty(ValueError):
    """What is wrong with the folder; nothing of it was written."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = list(faults)
        super().__init__("\n".join(map(str, faults)))


class Wrong(ValueError):
    """Of one cell, in words."""


class OccupationSaid(NamedTuple):
    title: str
    description: str
    job_zone: int | None


class ItemSaid(NamedTuple):
    text: str
    is_core: bool | None
    importance: Decimal | None
    place: int | None = None


class Read(NamedTuple):
    """What a release says, by code; by code and title; by code, kind and number."""

    number: Decimal
    occupations: dict[str, OccupationSaid]
    titles: dict[tuple[str, str], bool]
    items: dict[tuple[str, str, str], ItemSaid]


def read_folder(folder: Path, *, number: str = "", tell: Told = print) -> Read:
    """Raises Faulty: the first faults that were found, with their file and line."""
    release = release_of(folder, number)
    if missing := [Fault(file, 0, "This file is missing.") for file in NEEDED if not (folder / file).is_file()]:
        raise Faulty(missing)
    reader = Reader(folder, tell)
    reader.read_occupations()
    reader.read_titles()
    reader.read_tasks()
    reader.read_elements(SKILLS, OnetKind.SKILL)
    reader.read_elements(KNOWLEDGE, OnetKind.KNOWLEDGE)
    if reader.faults:
        raise Faulty(reader.faults)
    return Read(release, reader.occupations, reader.titles, reader.items)


def release_of(folder: Path, number: str) -> Decimal:
    """As it was said, or as the file "Read Me.txt" or the folder's name says."""
    if not folder.is_dir():
        raise Faulty([Fault(str(folder), 0, "There is no such folder.")])
    if not number:
        for path in sorted(folder.glob("[Rr]ead*[Mm]e*.txt")):
            if found := SAID_IN_READ_ME.search(path.read_text(encoding="utf-8", errors="replace")):
                number = found[1]
        if not number and (found := SAID_IN_FOLDER.search(folder.resolve().name)):
            number = f"{found[1]}.{found[2]}"
    if not re.fullmatch(r"\d\d\.\d", number):
        words = "Which release is this? Say it with --release, as 29.3."
        raise Faulty([Fault(str(folder), 0, words)])
    if Decimal(number) < OLDEST:
        raise Faulty([Fault(str(folder), 0, f"Release {number} is older than {OLDEST}, the oldest that can be read.")])
    return Decimal(number)


class Reader:
    def __init__(self, folder: Path, tell: Told):
        self.folder, self.tell = folder, tell
        self.faults: list[Fault] = []
        self.occupations: dict[str, OccupationSaid] = {}
        self.titles: dict[tuple[str, str], bool] = {}
        self.items: dict[tuple[str, str, str], ItemSaid] = {}

    def read_occupations(self) -> None:
        zones: dict[str, int] = {}
        first: dict[str, int] = {}
        for line, cells in self.rows(OCCUPATIONS, (SOC_CODE, "Title", "Description")):
            with self.at(OCCUPATIONS, line):
                code, title, description = cells
                once(first, checked_code(code), line)
                said = text(title, LONGEST_TITLE), text(description, LONGEST_DESCRIPTION)
                self.occupations[code] = OccupationSaid(*said, None)
        first = {}
        for line, (code, zone) in self.rows(ZONES, (SOC_CODE, "Job Zone")):
            with self.at(ZONES, line):
                once(first, self.known(code), line)
                if zone not in {"1", "2", "3", "4", "5"}:
                    raise Wrong(f"{zone!r} is no job zone.")
                zones[code] = int(zone)
        for code, zone_of in zones.items():
            self.occupations[code] = self.occupations[code]._replace(job_zone=zone_of)

    def read_titles(self) -> None:
        """The file says some twice, with another abbreviation: they are one."""
        for line, (code, title, short) in self.rows(TITLES, (SOC_CODE, "Alternate Title", "Short Title")):
            with self.at(TITLES, line):
                self.titles[self.known(code), text(title, LONGEST_TITLE)] = False
                if short not in {"", "n/a"}:
                    self.titles[code, text(short, LONGEST_TITLE)] = True
        for code, said in self.occupations.items():
            self.titles.setdefault((code, said.title), False)

    def read_tasks(self) -> None:
        """Tasks without a rating keep the order of the file, which is that of their importance."""
        importance = self.task_importance()
        first: dict[tuple[str, str], int] = {}
        places: Counter[str] = Counter()
        for line, (code, task, words, kind) in self.rows(TASKS, (SOC_CODE, "Task ID", "Task", "Task Type")):
            with self.at(TASKS, line):
                once(first, (self.known(code), element(task)), line)
                is_core = {"Core": True, "Supplemental": False}.get(kind)
                if is_core is None and kind not in {"", "n/a"}:
                    raise Wrong(f"{kind!r} is no task type.")
                _line, rating = importance.pop((code, task), (0, None))
                places[code] += 1
                place = places[code] if rating is None else None
                self.items[code, OnetKind.TASK, task] = ItemSaid(text(words, LONGEST_TEXT), is_core, rating, place)
        for (code, task), (line, _rating) in list(importance.items())[:1]:
            self.faults.append(Fault(RATINGS, line, f"The task {task} of {code} is not in {TASKS}."))

    def task_importance(self) -> dict[tuple[str, str], tuple[int, Decimal]]:
        """The line of each rating, and the rating."""
        found: dict[tuple[str, str], tuple[int, Decimal]] = {}
        if not (self.folder / RATINGS).is_file():
            self.tell(f"{RATINGS} is not there: tasks keep the order of their file, core ones first.")
            return found
        columns = (SOC_CODE, "Task ID", SCALE, DATA_VALUE, SUPPRESS)
        first: dict[tuple[str, str], int] = {}
        for line, (code, task, scale, value, suppress) in self.rows(RATINGS, columns):
            if scale == IMPORTANCE:
                with self.at(RATINGS, line):
                    once(first, (self.known(code), element(task)), line)
                    if suppress != "Y":
                        found[code, task] = line, rated(value)
        return found

    def read_elements(self, file: str, kind: str) -> None:
        columns = (SOC_CODE, "Element ID", "Element Name", SCALE, DATA_VALUE, SUPPRESS)
        first: dict[tuple[str, str], int] = {}
        for line, (code, number, name, scale, value, suppress) in self.rows(file, columns):
            if scale == IMPORTANCE:
                with self.at(file, line):
                    once(first, (self.known(code), element(number)), line)
                    said = ItemSaid(text(name, LONGEST_TEXT), None, rated(value))
                    if suppress != "Y":
                        self.items[code, kind, number] = said

    def rows(self, file: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """The number of each line, and its cells of these columns."""
        wanted: list[int] = []
        number, width = 0, 0
        with (self.folder / file).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                self.give_up_after_many()
                with self.at(file, number):
                    cells = cells_of(line)
                    if number == 1:
                        wanted, width = places(cells, columns), len(cells)
                        continue
                    if len(cells) != width:
                        raise Wrong(f"{len(cells)} columns; the first line has {width}.")
                    yield number, [cells[place] for place in wanted]
                if not wanted:
                    return
        if number < 2:
            self.faults.append(Fault(file, 0, "This file is empty."))
        self.tell(f"{file}: {max(number - 1, 0):,} lines read.")

    def at(self, file: str, line: int) -> "Noted":
        return Noted(self.faults, file, line)

    def give_up_after_many(self) -> None:
        if len(self.faults) >= MOST_FAULTS:
            raise Faulty(self.faults)

    def known(self, code: str) -> str:
        if checked_code(code) not in self.occupations:
            raise Wrong(f"The code {code} is not in {OCCUPATIONS}.")
        return code


class Noted:
    """What is wrong within the block is noted with its file and line."""

    def __init__(self, faults: list[Fault], file: str, line: int):
        self.faults, self.file, self.line = faults, file, line

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Wrong):
            self.faults.append(Fault(self.file, self.line, str(error)))
            return True
        return False


def cells_of(line: bytes) -> list[str]:
    try:
        decoded = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Wrong("This is no text in UTF-8.") from None
    if "\0" in decoded:
        raise Wrong("This is no text.")
    return [unquoted(cell).strip() for cell in decoded.split("\t")]


def unquoted(cell: str) -> str:
    """Spreadsheets put what has quotation marks in quotation marks, and double those within."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        inner = cell[1:-1]
        if '"' not in inner.replace('""', ""):
            return inner.replace('""', '"')
    return cell


def places(header: Sequence[str], columns: Sequence[str]) -> list[int]:
    small = [name.casefold() for name in header]
    missing = [name for name in columns if name.casefold() not in small]
    if missing:
        raise Wrong(f"The first line has no column {', '.join(map(repr, missing))}.")
    return [small.index(name.casefold()) for name in columns]


def once(first: dict[Any, int], key: Any, line: int) -> None:
    if key in first:
        said = key if isinstance(key, str) else " ".join(key)
        raise Wrong(f"{said} is here twice: first in line {first[key]}.")
    first[key] = line


def checked_code(code: str) -> str:
    if not CODE.fullmatch(code):
        raise Wrong(f"{code!r} is no O*NET-SOC code.")
    return code


def element(number: str) -> str:
    if not ELEMENT.fullmatch(number):
        raise Wrong(f"{number!r} is no number of a task or an element.")
    return number


def text(words: str, longest: int) -> str:
    if not words:
        raise Wrong("A text is missing.")
    if len(words) > longest:
        raise Wrong(f"A text has more than {longest:,} characters.")
    return words


def rated(value: str) -> Decimal:
    try:
        found = Decimal(value)
    except InvalidOperation:
        found = Decimal("NaN")
    if not (found.is_finite() and 1 <= found <= 5):
        raise Wrong(f"{value!r} is no importance from 1 to 5.")
    return round(found, 2)

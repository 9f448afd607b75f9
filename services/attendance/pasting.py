"""Lines of a spreadsheet with the hours of a class: read, matched with its customers, and looked at before saving."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.accounts.models import User
from careerplan.base.csv_cells import FORMULA
from careerplan.base.names import fold
from careerplan.base.refusals import Refusal
from careerplan.base.typed import Unreadable, read_day, read_number
from careerplan.imports.tables import UNREADABLE, rows_of_text, tidied
from services.attendance.actions import Key, Said, rows_beside, settled
from services.attendance.enums import WRITTEN, LineState, Span
from services.attendance.models import Attendance
from services.attendance.policy import last_day_of, monday_of
from services.models import PlannedService

MOST_LINES = 1000
MARK = "\ufeff"  # byte order
# What Excel writes where a cell is to stay as it is: ="00123".
AS_TEXT = re.compile(r'="([^"]*)"')
# Services by the participant ID of their customers, and by their names.
Words = Mapping[str, list[PlannedService]]


@dataclass
class Line:
    """`number`: of the pasted lines; `span`: whether its hours are of the day or of the week in which it lies; `who`:
    the cells before the day; `former`: the service from which the one that it is about goes on, where both have the
    day; `why`: what is wrong; `before`: the hours that stand recorded."""

    number: int
    cells: list[str]
    span: str
    who: list[str] = field(default_factory=list)
    day: date | None = None
    hours: Decimal | None = None
    absence: str = ""
    planned: PlannedService | None = None
    former: PlannedService | None = None
    state: LineState = LineState.BAD
    why: str = ""
    before: str = ""
    seen: int = 0

    @property
    def is_written(self) -> bool:
        return self.state in WRITTEN

    @property
    def person(self) -> str:
        return " ".join(self.who).strip()

    @property
    def said(self) -> Said:
        """Of a line that was matched with a customer."""
        return self.said_of(self.planned)

    def said_of(self, planned: PlannedService | None) -> Said:
        assert planned is not None
        assert self.day is not None
        return Said(planned.pk, self.span, self.day, self.hours, self.absence, self.seen)

    @property
    def monday(self) -> date | None:
        """Of a line about a week."""
        return monday_of(self.day) if self.day is not None and self.span == Span.WEEK else None

    @property
    def as_pasted(self) -> str:
        return "\t".join(self.cells)

    def refuse(self, why: str, state: LineState = LineState.BAD) -> None:
        self.why, self.state = why, state


def lines_of(text: str, services: Sequence[PlannedService], *, span: str, by: User, on: date) -> list[Line]:
    """The lines with what saving would do; their hours are all of days, or all of weeks. One query.

    Raises Refusal: there are none, too many, or a broken one.
    """
    lines = read(text, span)
    match(lines, services)
    known = [line for line in lines if line.planned is not None and not line.why]
    rows = rows_beside([line.said_of(one) for line in known for one in (line.planned, line.former) if one])
    first: dict[Key, Line] = {}
    for line in known:
        settle_former(line, rows)
        key = line.said.key
        if key in first:
            words = _("Line %(number)d says the same day or week of the same customer. Leave one of the two.")
            line.refuse(words % {"number": first[key].number}, LineState.DOUBLE)
            continue
        first[key] = line
        row = rows.get(key)
        line.before, line.seen = (row.hours_in_words, row.row_version) if row else ("", 0)
        try:
            changes = settled(line.said, line.planned, rows, by=by, on=on) is not None
        except Refusal as refusal:
            line.refuse(str(refusal.sentence))
            continue
        line.state = LineState.UNCHANGED if not changes else LineState.CHANGED if line.before else LineState.GOOD
    return lines


def digest_of(lines: Iterable[Line]) -> str:
    """What a preview showed, as a short text: the lines, what becomes of each, and the versions that stood there."""
    shown = [(line.cells, line.span, line.state.value, line.seen, line.why) for line in lines]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


# --- reading ---------------------------------------------------------------------------------------


def read(text: str, span: str) -> list[Line]:
    """The lines that say something; a first line of headings is left out."""
    found = rows_of_text("".join(map(as_meant, text.splitlines(keepends=True))).removeprefix(MARK))
    plain = [(number, [value_of(tidied(cell)) for cell in cells]) for number, cells in found]
    lines = [line_of(number, cells, span) for number, cells in plain if any(cells)]
    if lines and lines[0].day is None and not any(letter.isdigit() for letter in "".join(lines[0].cells)):
        lines = lines[1:]
    if not lines:
        raise Refusal("no-lines", _("Paste one or more lines."), field="text")
    if len(lines) > MOST_LINES:
        sentence = ngettext(
            "Paste %(number)d line at most.", "Paste %(number)d lines at most, then the others.", MOST_LINES
        )
        raise Refusal("too-many-lines", sentence % {"number": MOST_LINES}, field="text")
    return lines


def as_meant(text: str) -> str:
    """A line of UTF-8 is read anew where a spreadsheet took its letters for those of Windows: JosÃ©."""
    try:
        return b"".join(byte_of(letter) for letter in text).decode()
    except UnicodeError:
        return text


def byte_of(letter: str) -> bytes:
    """Five bytes are no letter in Windows-1252; programs keep them as they are."""
    return letter.encode("latin-1" if "\x80" <= letter <= "\x9f" else "cp1252")


def value_of(cell: str) -> str:
    found = AS_TEXT.fullmatch(cell)
    return found[1].strip() if found else cell


def line_of(number: int, cells: list[str], span: str) -> Line:
    """The first cell that is a day parts the name, which may have a comma, from the hours."""
    line = Line(number, cells, span)
    place = next((place for place, cell in enumerate(cells[:4]) if place and day_in(cell)), None)
    if place is None:
        line.who = cells[:1]
        line.refuse(_("Enter a real day after the name, month first, for example 03/31/2027."))
        return line
    line.who, line.day = cells[:place], day_in(cells[place])
    hours, *more = [*cells[place + 1 :], ""]
    line.absence = " ".join(cell for cell in more if cell)
    if any(cell.startswith(FORMULA[0]) for cell in cells):
        line.refuse(_("A cell begins with =. Paste what it comes to, not the formula."))
        return line
    try:
        line.hours = read_number(hours)
    except Unreadable:
        line.refuse(_("Enter the hours after the day, as one number, for example 6.5."))
    return line


def day_in(cell: str) -> date | None:
    try:
        return read_day(cell)
    except Unreadable:
        return None


# --- whom a line is about --------------------------------------------------------------------------


def match(lines: Iterable[Line], services: Iterable[PlannedService]) -> None:
    """By the participant ID, by the name in either order, or by both."""
    by_word: dict[str, list[PlannedService]] = defaultdict(list)
    for planned in services:
        customer = planned.plan.customer
        names = {customer.state_id.casefold(), *names_of(customer)}
        for word in names - {""}:
            by_word[word].append(planned)
    for line in lines:
        if not line.why:
            match_line(line, by_word)


def match_line(line: Line, by_word: Words) -> None:
    named = named_in(line, by_word)
    if named is None:
        line.refuse(_("The participant ID is of one person and the name of another. Correct one of the two."))
        return
    found = going_on([planned for planned in named if has_days_of(line, planned)] or named, line)
    if len(found) == 1:
        line.planned = found[0]
        line.former = next(
            (row for row in named if row.pk == line.planned.continues_id and has_days_of(line, row)), None
        )
    elif len({planned.plan.customer_id for planned in found}) == 1:
        line.refuse(_("Two services of this customer fit. Record it on the page of the service."), LineState.DOUBLE)
    elif found:
        words = _(
            "Two or more services of this class fit. Enter the participant ID, or record it on the page of the service."
        )
        line.refuse(words, LineState.DOUBLE)
    elif UNREADABLE in line.person:
        line.refuse(_("Letters of this name were lost on the way. Enter the participant ID."))
    else:
        line.refuse(_("Nobody of this class has this participant ID or name."))


def named_in(line: Line, by_word: Words) -> list[PlannedService] | None:
    """The services of whoever the cells before the day name. An ID may stand before or behind the name; None where the
    two are of two people."""
    if found := called(line.person, by_word):
        return found
    for word, name in ((line.who[0], line.who[1:]), (line.who[-1], line.who[:-1])):
        found = [row for row in called(word, by_word) if row.plan.customer.state_id.casefold() == word.casefold()]
        if found:
            people = {row.plan.customer_id for row in called(" ".join(name), by_word)}
            return found if not people or found[0].plan.customer_id in people else None
    return []


def called(word: str, by_word: Words) -> list[PlannedService]:
    return by_word.get(word.casefold()) or by_word.get(fold(word), [])


def going_on(found: list[PlannedService], line: Line) -> list[PlannedService]:
    """On the day on which the funding changes, which both services have, the one that goes on; of a week both."""
    if line.span == Span.WEEK:
        return found
    former = {planned.continues_id for planned in found}
    return [planned for planned in found if planned.pk not in former]


def settle_former(line: Line, rows: Mapping[Key, Attendance]) -> None:
    """Hours that stand in the former service already are corrected there, and not told twice."""
    if line.former is None:
        return
    row, now = (rows.get(line.said_of(one).key) for one in (line.former, line.planned))
    if row is not None and row.hours is not None and (now is None or now.hours is None):
        line.planned = line.former


def has_days_of(line: Line, planned: PlannedService) -> bool:
    """Of two services of a customer, as where its funding changed, often one alone has the day."""
    start, end, first = planned.actual_start_on, planned.ended_on, line.monday or line.day
    if first is None or start is None:
        return False
    return start <= last_day_of(line.span, first) and (end is None or first <= end)


def names_of(customer: object) -> set[str]:
    first, middle, last = (getattr(customer, f"{name}_name") for name in ("first", "middle", "last"))
    return {
        fold(name)
        for name in (f"{first} {last}", f"{last} {first}", f"{first} {middle} {last}", f"{last} {first} {middle}")
    }

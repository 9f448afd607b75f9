"""Days and moments have one form a place, in both languages: in sentences, in rows, in the log, as evidence."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone, translation

from careerplan.base import dates
from careerplan.base.forms import RowForm
from careerplan.base.history.words import plain_in_words
from careerplan.base.readable import day, short_day

DAY = date(2027, 3, 4)
AT = datetime(2027, 3, 4, 20, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "row", "moment_in_text", "moment_in_row", "time"),
    [
        ("en", "March 4, 2027", "03/04/2027", "March 4, 2027, 2:30 p.m.", "03/04/2027 2:30 p.m.", "2:30 p.m."),
        ("es", "4 de marzo de 2027", "4 mar 2027", "4 de marzo de 2027, 2:30 p.m.", "4 mar 2027, 2:30 p.m.",
         "2:30 p.m."),
    ],
)  # fmt: skip
def test_each_place_has_its_form(language, text, row, moment_in_text, moment_in_row, time):
    with translation.override(language), timezone.override("America/Chicago"):
        assert (dates.in_text(DAY), dates.in_row(DAY)) == (text, row)
        assert dates.moment_in_text(timezone.localtime(AT)) == moment_in_text
        assert (dates.moment_in_row(AT), dates.time_in_text(AT)) == (moment_in_row, time)
        assert (day("2027-03-04"), short_day("2027-03-04")) == (text, row)
        assert (plain_in_words(DAY), plain_in_words(AT)) == (row, moment_in_row)  # the log
        assert RowForm.shown(RowFormOfADay(), "due_on", DAY) == row  # what was typed, beside what stands
        assert dates.as_evidence(AT) == "2027-03-04 20:30:15 UTC"
        assert dates.as_typed(DAY) == "03/04/2027"


class RowFormOfADay:
    fields = {"due_on": None}


# --- no other place writes one ----------------------------------------------------------------

ROOT = Path(settings.BASE_DIR)
APPS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
WRITES = re.compile(r"date_format\(|time_format\(|strftime\(|\{[^{}\"]*:%[a-zA-Z]|\.ctime\(\)")
HOME = "careerplan/base/dates.py"


def sources():
    for app in APPS:
        for file in (ROOT / app).rglob("*.py"):
            if "migrations" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def test_python_writes_days_in_one_place():
    assert {name for name, text in sources() if WRITES.search(text)} == {HOME}


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# A value whose name says that it is a day or a moment, with its filters.
DAYS = r"(?:[\w.]+(?:_on|_at|_date|_of_birth)|\w+\.(?:on|at))\b"
SHOWN = re.compile(rf"\{{\{{\s*({DAYS}[^}}]*)\}}\}}|\w+=({DAYS}\S*)")
FORMS = re.compile(r"\|(?:date|time)(?::[\"']([^\"']*)[\"'])?")
IN_TEXT, IN_ROW = {"DATE_FORMAT", "DATETIME_FORMAT"}, {"SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT"}
FOR_MACHINES = {"c", "Y-m-d"}
# Already in words: `acknowledgments/paper/` wrote it with `in_row` and `moment_in_row`.
IN_WORDS = {"row.on", "line.on", "line.answered_on"}


def rows_of(text: str) -> list[tuple[int, int]]:
    """Where cells of tables and charts stand, lists of short rows, the log of a version, what was said of an item."""
    places = (
        r"<td\b.*?</td>",
        r"<th scope=\"row\".*?</th>",
        r"<svg\b.*?</svg>",
        r"<ul class=\"step-list\">.*?</ul>",
        r"<ol class=\"timeline\">.*?</ol>",
        r"<li id=\"question-.*?</li>",
    )
    found = re.finditer("|".join(places), text, re.DOTALL)
    return [match.span() for match in found]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(ROOT / "templates").as_posix())
def test_templates_write_days_in_the_form_of_their_place(file):
    text = file.read_text(encoding="utf-8")
    rows, wrong = rows_of(text), []
    for match in SHOWN.finditer(text):
        value = match.group(1) or match.group(2)
        form = next(iter(FORMS.findall(value)), "DATE_FORMAT")
        in_row = any(begin <= match.start() < end for begin, end in rows)
        fitting = (
            form in FOR_MACHINES or value.split("|")[0].strip() in IN_WORDS or form in (IN_ROW if in_row else IN_TEXT)
        )
        if not fitting:
            wrong.append((value, "row" if in_row else "text"))
    assert wrong == []
    assert set(FORMS.findall(text)) <= IN_TEXT | IN_ROW | FOR_MACHINES

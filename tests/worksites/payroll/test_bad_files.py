"""Files of payroll that nobody should open: refused in words at the file, while the server keeps its memory."""

import json
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.refusals import Refusal
from careerplan.imports.models import Import
from careerplan.imports.tables import table_of
from tests.imported import rows_of, why
from tests.imported import states as states_of
from tests.payroll import BEGINS, ENDS, checked, working
from tests.people import planner
from tests.spreadsheets import PARTS, far_apart, packed, workbook

pytestmark = pytest.mark.django_db

HEADINGS = ["Placement ID", "Period begins", "Period ends", "Hours", "Hourly wage"]
ROWS = [HEADINGS, ["1", "11/01/2026", "11/14/2026", "40", "15"]]
MOST_MEGABYTES = 300
FORMULA = "<c r='D2'><f>{formula}</f>{value}</c>"


def tall():
    """Two cells, a million rows and twenty columns apart: a table of them would take most of a gigabyte."""
    return packed('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="T1048576"><v>2</v></c></row>')


def nested():
    """Archives within the archive are not opened; what they pack is not counted twice."""
    return workbook(ROWS, more={"xl/embeddings/a.xlsx": workbook(ROWS, more={"b.xlsx": workbook(ROWS)})})


BAD = {
    "far apart": (far_apart, "payroll.xlsx"),
    "tall": (tall, "payroll.xlsx"),
    "packed a thousand times": (lambda: workbook(ROWS, more={"xl/a.xml": b" " * 9_000_000}), "payroll.xlsx"),
    "too many members": (lambda: workbook(ROWS, more={f"xl/{n}.xml": b"x" for n in range(200)}), "payroll.xlsx"),
    "an archive of something else": (lambda: nested()[:200], "payroll.xlsx"),
    "locked with a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "payroll.xlsx"),
    "no workbook": (lambda: b"Placement ID,Hours\n1,2\n", "payroll.xlsx"),
    "a PDF": (lambda: b"%PDF-1.7\n", "payroll.pdf"),
    "too many rows": (lambda: b"Placement ID\n" + b"1\n" * 20_001, "payroll.csv"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_at_the_file(client, name):
    client.force_login(planner())
    make, called = BAD[name]
    answer = client.post(
        reverse("payroll-import:list"), {"file": SimpleUploadedFile(called, make()), "encoding": "utf-8"}
    )
    assert answer.status_code == 422
    assert [str(sentence)[-1] for sentence in answer.context["form"].errors["file"]] == ["."]
    assert not Import.objects.filter(kind="payroll").exists()


def test_what_an_archive_holds_beside_the_sheet_is_not_opened():
    assert len(table_of("payroll.xlsx", nested()).lines) == 1


@pytest.mark.parametrize("formula", ["20+20", "[1]Sheet1!A1", "HYPERLINK(&quot;http://example.org&quot;)"])
def test_a_formula_and_a_link_to_another_book_wait_for_what_they_come_to(formula):
    """Nothing is calculated here, and no other file is asked for; what Excel came to is nobody's word."""
    placement = working()
    cells = [f'<c r="A2"><v>{placement.pk}</v></c>']
    days = zip("BC", (BEGINS, ENDS), strict=True)
    cells += [f'<c r="{letter}2" t="inlineStr"><is><t>{day.isoformat()}</t></is></c>' for letter, day in days]
    wage = '<c r="E2"><v>15</v></c>'
    head = "".join(f'<c r="{chr(65 + n)}1" t="inlineStr"><is><t>{text}</t></is></c>' for n, text in enumerate(HEADINGS))
    found = {}
    for value in ("<v>40</v>", ""):
        line = "".join([*cells, FORMULA.format(formula=formula, value=value), wage])
        content = packed(f'<row r="1">{head}</row><row r="2">{line}</row>')
        [row] = rows_of(checked(content, name="payroll.xlsx"))
        found[value] = (row.state, why(row))
    assert found == {"<v>40</v>": ("bad", [("hours", "formula")]), "": ("bad", [("hours", "error-of-the-sheet")])}


PEAKS = """
import json, resource, sys
import django
from django.conf import settings
settings.configure(USE_I18N=False, UPLOAD_LIMIT_BYTES=10_000_000)
django.setup()
from careerplan.base.refusals import Refusal
from careerplan.imports.tables import table_of
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        try:
            table_of(path, file.read())
        except Refusal:
            pass
# What the kernel counts of this process alone: `ru_maxrss` begins with what its parent held.
own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([int(own.split()[1]) // 1024, children // 1024]))
"""


def test_neither_the_server_nor_the_reader_takes_more_than_300_mb_for_the_worst_of_them(tmp_path, pytestconfig):
    paths = []
    for number, (make, _called) in enumerate(BAD.values()):
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(make())
    full = [[f"text {row} {column}" for column in range(12)] for row in range(20_001)]
    paths.append(tmp_path / "full.xlsx")
    paths[-1].write_bytes(workbook(full))
    command = [sys.executable, "-c", PEAKS, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=pytestconfig.rootpath)
    server, reader = json.loads(done.stdout.splitlines()[-1])
    assert server < MOST_MEGABYTES
    assert reader < MOST_MEGABYTES


@pytest.mark.parametrize("says", ['date1904="1"', "date1904='true' defaultThemeVersion='1'"])
def test_a_workbook_that_counts_its_days_from_1904_is_refused(says):
    part = PARTS["xl/workbook.xml"].replace("<sheets>", f"<workbookPr {says}/><sheets>")
    content = workbook([HEADINGS, ["1", 43000, 43006, 60, 15.0]], more={"xl/workbook.xml": part})
    with pytest.raises(Refusal) as refused:
        checked(content, name="payroll.xlsx")
    assert refused.value.code == "days-of-1904"


def test_one_that_says_that_it_does_not_is_read():
    part = PARTS["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="0"/><sheets>')
    content = workbook([HEADINGS, ["1", 46000, 46006, 60, 15.0]], more={"xl/workbook.xml": part})
    assert states_of(checked(content, name="payroll.xlsx")) == ["bad"]

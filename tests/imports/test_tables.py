"""A file as a table: what is read, and what is refused before it does harm."""

import csv
import io
import resource
import struct
from pathlib import Path

import pytest

from careerplan.base.csv_cells import safe_cell
from careerplan.base.refusals import Refusal
from careerplan.imports import spreadsheets, tables
from careerplan.imports.enums import Encoding
from careerplan.imports.tables import table_of
from tests.spreadsheets import MAIN, OFFICE, PARTS, Day, far_apart, packed, said_once, workbook

LINES = "Name,City\nPeña,Aurora\nO'Brien,\n"


def read(content, name="people.csv", **options):
    table = table_of(name, content, **options)
    return [table.headings, *(cells for _number, cells in table.lines)]


def refused(content, name="people.csv", **options):
    with pytest.raises(Refusal) as caught:
        table_of(name, content, **options)
    return caught.value


EXPECTED = [["Name", "City"], ["Peña", "Aurora"], ["O'Brien", ""]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_whatever_parts_its_cells_and_whichever_unicode_it_is(separator, encoding):
    assert read(LINES.replace(",", separator).encode(encoding)) == EXPECTED


def test_utf_16_of_the_other_byte_order():
    assert read(b"\xfe\xff" + LINES.encode("utf-16-be")) == EXPECTED


def test_windows_1252_is_read_where_it_was_chosen_and_asked_for_where_not():
    assert read(LINES.encode("cp1252"), encoding=Encoding.WINDOWS_1252) == EXPECTED
    refusal = refused(LINES.encode("cp1252"))
    assert (refusal.code, refusal.field) == ("other-letters", "encoding")
    assert refused(b"Name\nPe\x81a\n", encoding=Encoding.WINDOWS_1252).code == "other-letters"


def test_excel_may_say_what_parts_the_cells():
    assert read(b"sep=;\nName;City, State\nPena;Aurora\n") == [["Name", "City, State"], ["Pena", "Aurora"]]


def test_a_heading_may_have_a_break_in_it():
    assert read(b'"Placement\r\nID";Hours\r\n7;40\r\n') == [["Placement ID", "Hours"], ["7", "40"]]


@pytest.mark.parametrize("begin", [b"", b'"'])
def test_a_first_line_without_end_is_refused_in_words(begin):
    assert refused(begin + b"a" * 200_000 + b"\n1\n").code == "unreadable-line"


def test_lines_keep_the_numbers_of_the_file():
    table = table_of("a.csv", b'Name,Needs\n"Ana","one\ntwo"\n\n\nBo,\n')
    assert table.lines == [(2, ["Ana", "one two"]), (6, ["Bo", ""])]


def test_a_workbook_is_read_as_a_person_would_type_it():
    rows = [["ID", "Born", "Rate"], [1000007, Day(33331), 12.5], ["0012", "4/2/1991", ""]]
    assert read(workbook(rows), "people.xlsx") == [
        ["ID", "Born", "Rate"],
        ["1000007", "1991-04-03", "12.5"],
        ["0012", "4/2/1991", ""],
    ]


def test_lines_of_a_workbook_have_the_numbers_of_the_sheet():
    table = table_of("people.xlsx", workbook([[], ["Name", "City"], [], ["Ana", "Aurora"]]))
    assert table.lines == [(4, ["Ana", "Aurora"])]


def test_a_formula_is_a_text_like_any_other_and_comes_back_safe_cell():
    cells = ["=1+1", "+1 555 010 0123", "-x", "@cmd", "plain"]
    given = io.StringIO()
    csv.writer(given).writerows([["A", "B", "C", "D", "E"], [safe_cell(cell) for cell in cells]])
    [_headings, written] = csv.reader(io.StringIO(given.getvalue()))
    assert written == ["'=1+1", "'+1 555 010 0123", "'-x", "'@cmd", "plain"]
    assert read(given.getvalue().encode())[1] == cells


def test_what_nobody_can_read_is_marked():
    assert read(b"Name,City\nA\x07na,Aurora\n")[1] == ["A\ufffdna", "Aurora"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "no-rows"),
        (b"Name,City\n", "a.csv", "no-rows"),
        (b"\n\n", "a.csv", "no-rows"),
        (b'Name,City\n"Ana,Aurora\n', "a.csv", "unreadable-line"),
        (b'Name,City\n"Ana"x,Aurora\n', "a.csv", "unreadable-line"),
        (b"Name\nA\0na\n", "a.csv", "not-a-table"),
        (b"%PDF-1.7 ...", "a.pdf", "not-a-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "older-excel"),
        (b"PK\x03\x04 cut short", "a.xlsx", "unreadable"),
        (b"Name\n" + b"x" * 1001 + b"\n", "a.csv", "cell-too-long"),
        (b"Name" + b",C" * 100 + b"\nAna\n", "a.csv", "too-many-columns"),
        (b"Name\n" + b"Ana\n" * 20_001, "a.csv", "too-many-rows"),
        (b"Name\n" + b"Ana\n" * 1_400_000, "a.csv", "file-too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_in_words(content, name, code):
    refusal = refused(content, name)
    assert refusal.code == code
    assert str(refusal.sentence).endswith(".")


def test_a_workbook_of_too_many_members_is_refused():
    more = {f"xl/media/{number}.png": b"x" for number in range(100)}
    assert refused(workbook([["A"], ["b"]], more=more), "a.xlsx").code == "unpacks-to-too-much"


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    more = {"xl/sharedStrings.xml": b" " * 1024 * 1024}
    assert refused(workbook([["A"], ["b"]], more=more), "a.xlsx").code == "unpacks-to-too-much"


def test_the_sum_of_its_members_counts(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 20_000)
    more = {f"xl/{number}.xml": bytes(range(256)) * 16 for number in range(5)}
    assert refused(workbook([["A"], ["b"]], more=more), "a.xlsx").code == "unpacks-to-too-much"


def test_a_directory_that_lies_of_a_size_is_found_out():
    content = workbook([["A"], ["b"]], more={"xl/sharedStrings.xml": b" " * 1024 * 1024})
    true, small = struct.pack("<L", 1024 * 1024), struct.pack("<L", 100)
    assert content.count(true) == 2
    assert refused(content.replace(true, small), "a.xlsx").code == "unreadable"


def test_a_locked_workbook_is_refused():
    content = bytearray(workbook([["A"], ["b"]]))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(content), "a.xlsx").code == "locked"


def test_a_sheet_that_would_fill_the_memory_ends_its_own_process_and_no_other():
    assert refused(far_apart(), "a.xlsx").code == "unreadable"


def test_a_text_that_a_sheet_says_once_is_not_read_a_hundred_thousand_times():
    assert read(said_once("Ana", rows=3, columns=2), "a.xlsx") == [["Ana", "Ana"]] * 3
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(said_once("a" * 900, rows=5000, columns=20), "a.xlsx").code == "unpacks-to-too-much"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before + 60 * 1024  # kB


def memory():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def test_letters_with_accents_count_as_what_they_are():
    """Six signs each, as JSON may write them, would be more than a workbook may come to."""
    rows = read(said_once("é" * 500, rows=7000, columns=1), "a.xlsx")
    assert rows[-1] == ["é" * 500]


def test_twenty_thousand_rows_of_thirty_columns_are_read():
    content = b"\n".join([b",".join([b"Col"] * 30), *[b",".join([b"1"] * 30)] * 20_000])
    assert len(read(content)) == 20_001


def test_more_cells_than_a_page_can_hold_are_refused_before_they_fill_the_memory():
    before = memory()
    assert refused(b"A" + b",B" * 90 + (b"\nx" + b",x" * 90) * 20_000).code == "too-many-cells"
    assert refused(b"A" + b"\nx" * 2_500_000).code == "too-many-rows"
    sheet = said_once("cell", rows=20_000, columns=26)
    assert len(read(sheet, "a.xlsx")) == 20_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < before + 200 * 1024**2


def test_a_file_that_is_named_as_a_workbook_and_is_none_says_so():
    refusal = refused(b"Name,City\nAna,Aurora\n", "people.xlsx")
    assert (refusal.code, "named as an Excel workbook" in refusal.sentence) == ("not-a-workbook", True)


def test_a_cell_of_a_workbook_with_a_formula_is_marked_as_one():
    formulas = '<c r="B2"><f>1+2</f><v>3</v></c><c r="C2"><f t="shared" si="0"/><v>4</v></c>'
    outside = '<c r="D2" t="str"><f>[1]Other!A1</f><v>5</v></c><c r="E2" t="str"><f>""</f><v></v></c>'
    heads = '<c r="A1" t="inlineStr"><is><t>A</t></is></c><c r="B1" t="str"><f>"B"</f><v>B</v></c>'
    more = "".join(f'<c r="{name}1"><v>1</v></c>' for name in "CDEFG")
    filled = '<c r="F2"><f t="array" ref="F2:G3">H1:I2</f><v>6</v></c><c r="G2"><v>7</v></c><c r="H2" t="e"/>'
    last = '<c r="F3"><v>8</v></c><c r="G3"><v>9</v></c>'
    rows = f'<row r="1">{heads}{more}</row><row r="2">{formulas}{outside}{filled}</row><row r="3">{last}</row>'
    assert read(packed(rows), "a.xlsx") == [
        ["A", "B", "1", "1", "1", "1", "1"],
        ["", "=3", "=4", "=5", "", "=6", "=7"],
        ["", "", "", "", "", "=8", "=9"],
    ]


def test_rows_and_cells_that_name_no_place_have_their_formulas_too():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><f>A1</f><v>4</v></c></row>"
    assert read(packed(rows), "a.xlsx") == [["1", "2"], ["3", "=4"]]


def test_what_could_not_be_calculated_says_so():
    """The errors of a sheet, and formulas of which no program has kept what they come to."""
    heads = "".join(f'<c r="{name}1"><v>1</v></c>' for name in "ABCDE")
    errors = '<c r="A2" t="e"><v>#DIV/0!</v></c><c r="B2" t="e"><f>B1/0</f><v>#REF!</v></c>'
    more = '<c r="C2" t="e"><v>#NUM!</v></c><c r="D2"><f>B2*2</f></c><c r="E2"><f>B2*2</f><v></v></c>'
    rows = f'<row r="1">{heads}</row><row r="2">{errors}{more}</row>'
    said = ["#DIV/0!", "#REF!", "#NUM!", "#VALUE!", "#VALUE!"]
    assert read(packed(rows), "a.xlsx")[1] == said
    assert read(packed(rows), "a.xlsx", marks_formulas=False)[1] == said


def test_formulas_of_another_sheet_mark_none():
    book = PARTS["xl/workbook.xml"].replace(
        "<sheets>", '<sheets><sheet name="H" sheetId="2" state="hidden" r:id="rId9"/>'
    )
    hidden = f'<Relationship Id="rId9" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace("</Relationships>", hidden)
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="2"><c r="A2"><f>1</f><v>1</v></c></row></sheetData></worksheet>'
    )
    more = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations, "xl/worksheets/sheet2.xml": sheet}
    assert read(workbook([["N"], ["b"]], more=more), "a.xlsx") == [["N"], ["b"]]


def test_columns_of_a_sheet_that_are_empty_are_not_there():
    assert read(workbook([["Name", "City", ""], ["Ana", "", ""]]), "a.xlsx") == [["Name", "City"], ["Ana", ""]]


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(spreadsheets, "SECONDS", 0.01)
    assert refused(workbook([["A"], ["b"]]), "a.xlsx").code == "unreadable"


def test_entities_of_a_workbook_are_not_followed():
    sheet = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>N</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>x&a;</t></is></c></row></sheetData></worksheet>'
    )
    content = workbook([["N"], ["b"]], more={"xl/worksheets/sheet2.xml": sheet})
    content = content.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml")
    content = content.replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet1.xml")
    try:
        told = str(table_of("a.xlsx", content).lines)
    except Refusal as refusal:
        told = refusal.code
    assert "root:" not in told


@pytest.mark.parametrize("cells", [5, 3])
def test_a_line_of_more_or_fewer_cells_than_headings_keeps_what_it_has(cells):
    line = ["a"] * cells
    [_headings, found] = read(b"A,B,C,D\n" + ",".join(line).encode() + b"\n")
    assert found == line + [""] * (4 - cells)


def test_the_limits_are_those_that_were_tried():
    limits = (tables.MOST_BYTES, spreadsheets.MOST_MEMBERS, spreadsheets.MOST_UNPACKED, spreadsheets.MOST_RATIO)
    assert limits == (5 * 1024**2, 100, 50 * 1024**2, 100)

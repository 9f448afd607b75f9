"""Excel workbooks for tests: as small as Excel still opens them, and those that nobody should open."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    # Style 1 is a day.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    ),
}


class Day(int):
    """A day as Excel keeps it: counted from 1899-12-30."""


def workbook(rows, *, more=()):
    """`rows`: lists of texts, numbers and Days; `more`: further members, by name."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(cell(f"{chr(ord('A') + place)}{number}", value) for place, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    return packed("".join(lines), more=more)


def packed(rows, *, more=()):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in PARTS.items():
            if name not in dict(more):
                archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, part in dict(more).items():
            archive.writestr(name, part)
    return written.getvalue()


def cell(place, value):
    if isinstance(value, Day):
        return f'<c r="{place}" s="1"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def far_apart():
    """Two cells, of which one stands at the end of the largest sheet that there can be: 17 thousand million cells."""
    return packed('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')


def said_once(text, *, rows, columns):
    """A text that each cell of the sheet points to."""
    names = [chr(ord("A") + column) for column in range(columns)]
    lines = (
        f'<row r="{row}">' + "".join(f'<c r="{name}{row}" t="s"><v>0</v></c>' for name in names) + "</row>"
        for row in range(1, rows + 1)
    )
    texts = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>{escape(text)}</t></si></sst>'
    relation = f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace("</Relationships>", relation)
    return packed("".join(lines), more={"xl/_rels/workbook.xml.rels": relations, "xl/sharedStrings.xml": texts})

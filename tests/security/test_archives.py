"""Archives that unpack to gigabytes at once: no way into the product unpacks them."""

import io
import re
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from careerplan.base.refusals import Refusal
from careerplan.beginning.sheets import files_in_archive
from careerplan.imports.tables import table_of
from customers.files import check_upload
from tests.spreadsheets import workbook
from worksites.payroll.of_1904 import refuse_days_of_1904

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
# The first opens all others; the second is a process of its own, with little memory.
OPENERS = {"careerplan/base/archives.py", "careerplan/imports/sheet_reader.py"}
UNPACKERS = re.compile(r"\b(ZipFile|BZ2File|LZMAFile|GzipFile|TarFile|unpack_archive|decompressobj)\(")
MEGABYTE = 1024**2
UNPACKED, MOST = 64 * MEGABYTE, 16 * MEGABYTE


def packed(how, member):
    """A workbook with a member of 64 MB of spaces in it, which says of itself that it is small."""
    written = io.BytesIO(workbook([["A"], ["b"]], more={"xl/workbook.xml": ""}))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(zipfile.ZipInfo(member), b" " * UNPACKED, compress_type=how)
    content = written.getvalue()
    return content.replace(UNPACKED.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "regions.csv"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_not_unpacked_piece_by_piece_is_not_unpacked(how, member):
    content = packed(how, member)
    assert len(content) < MEGABYTE
    tracemalloc.start()
    try:
        refuse_days_of_1904(content)
        with pytest.raises(Refusal):
            table_of("rows.xlsx", content)
        with pytest.raises(Refusal):
            check_upload("letter.docx", content)
        with pytest.raises(Refusal):
            files_in_archive(SimpleUploadedFile("state.zip", content))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST


def test_archives_are_opened_in_one_place():
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in files if UNPACKERS.search(path.read_text())}
    assert found == OPENERS

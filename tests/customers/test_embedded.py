"""What documents embed, and what they fetch: nothing that can't be looked into, and all that honest documents have."""

import pytest

from careerplan.base.refusals import Refusal
from customers.files import check_upload
from customers.opening import archives
from tests.customers.opened import PROGRAM, refusal_of
from tests.real_files import WORD_PARTS, archive, email_file, picture_file, word_file


def refused(name, content):
    with pytest.raises(Refusal) as refusal:
        check_upload(name, content)
    return str(refusal.value.sentence)


# --- objects ----------------------------------------------------------------------------------


def compound(*streams, size=512):
    """A compound file, with entries of these names in its table of contents."""
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0").ljust(128, b"\2") for name in ("Root Entry", *streams))
    return archives.OLD_OFFICE + b"\0" * (size - 8) + entries


PACKAGE = compound("\1Ole", "\1CompObj", "\1Ole10Native")
EQUATION = compound("\1Ole", "\1CompObj", "Equation Native")
CHART = archive({"[Content_Types].xml": WORD_PARTS.replace("wordprocessing", "spreadsheet"), "xl/workbook.xml": "<a/>"})


@pytest.mark.parametrize(
    "embedded", [PACKAGE, compound("\1ole10native"), compound("Package"), compound("\3x", "PACKAGE", size=4096)]
)
def test_a_file_that_office_embeds_is_refused_in_words(embedded):
    sentence = refused("resume.docx", word_file(**{"word/embeddings/oleObject1.bin": embedded}))
    assert sentence == (
        "This document has a file embedded in it that we can't look into. Save it as a PDF, and upload that."
    )
    for name in ("old.doc", "table.xls", "oleObject1.bin"):
        assert refusal_of("chain.eml", email_file((name, embedded))) == "file-embedded"


@pytest.mark.parametrize(
    "more",
    [
        {"word/embeddings/Microsoft_Excel_Worksheet.xlsx": CHART},
        {"word/embeddings/oleObject1.bin": EQUATION},
        {"word/embeddings/oleObject1.bin": compound("Packages", "x") + "a Package\0".encode("utf-16-le")},
        {"word/media/image1.png": picture_file("PNG")},
    ],
    ids=["a chart", "an equation", "a word", "a picture"],
)
def test_what_can_be_looked_into_stays(more):
    check_upload("resume.docx", word_file(**more))


def test_a_table_that_is_embedded_is_looked_into():
    sheet = archive({"xl/workbook.xml": "<a/>", "xl/embeddings/oleObject1.bin": PACKAGE})
    assert refusal_of("resume.docx", word_file(**{"word/embeddings/sheet.xlsx": sheet})) == "file-embedded"
    sheet = archive({"xl/workbook.xml": "<a/>", "xl/embeddings/setup.bin": PROGRAM})
    assert refusal_of("resume.docx", word_file(**{"word/embeddings/sheet.xlsx": sheet})) == "program-inside"


@pytest.mark.parametrize("begin", ["{\\rtf1", "{\\rt", "\r\n {\\rtf1"])
@pytest.mark.parametrize("name", ["resume.rtf", "resume.doc", "resume"])
def test_a_rich_text_with_an_object_is_refused(name, begin):
    content = f"{begin}\\ansi{{\\object\\objemb{{\\*\\objdata 0105}}}}}}".encode()
    assert refusal_of("chain.eml", email_file((name, content))) == "file-embedded"


def test_a_rich_text_without_objects_is_taken():
    check_upload("chain.eml", email_file(("resume.rtf", rb"{\rtf1\ansi My resume {\pict\pngblip 89504e47}}")))
    check_upload("chain.eml", email_file(("note.txt", rb"How Word writes it: {\rtf1 {\*\objdata 0105}}")))


# --- what is fetched --------------------------------------------------------------------------

RELATION = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    '{}" Target="{}" TargetMode="External"/></Relationships>'
)


def related(kind, target):
    return word_file(**{"word/_rels/document.xml.rels": RELATION.format(kind, target)})


ELSEWHERE = [
    "https://example.org/x",
    "mhtml:http://example.org/x!x-usc:http://example.org/x",
    r"file:///\\server\x.html",
]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("kind", ["oleObject", "OLEOBJECT", "frame", "subDocument"])
def test_a_part_of_another_computer_is_refused_in_words(kind, target):
    assert refused("resume.docx", related(kind, target)) == (
        "This document fetches a part of itself from another computer, and we can't look into that. Save it as a PDF, "
        "and upload that."
    )


@pytest.mark.parametrize(
    "target", [r"file:///\\office\templates\Letter.dotx", "https://office.example.org/Letter.dotx"]
)
def test_a_template_of_the_office_is_refused_in_words_of_its_own(target):
    assert refused("resume.docx", related("attachedTemplate", target)) == (
        "This document fetches its template from another computer, and we can't look into that. Save it as a PDF, and "
        "upload that."
    )


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://example.org"),
        ("image", "https://example.org/logo.png"),
        ("oleObject", "file:///C:/Budget/book.xlsx"),
        ("oleObject", "embeddings/oleObject1.bin"),
        ("subDocument", "chapter.docx"),
    ],
)
def test_links_pictures_and_files_of_the_own_computer_are_taken(kind, target):
    check_upload("resume.docx", related(kind, target))


# --- kinds that nobody here can look into -----------------------------------------------------

ONE_NOTE = b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.one", b"..."),
        ("notes", ONE_NOTE),
        ("book.onepkg", b"..."),
        ("query.iqy", b"WEB\n1\nhttps://example.org"),
        ("table.slk", b"ID;P"),
    ],
)
def test_notebooks_and_tables_that_fetch_are_refused(name, content):
    assert refusal_of("chain.eml", email_file((name, content))) == "closed"

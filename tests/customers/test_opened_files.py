"""What is refused once a file is opened, and what is taken however it was sent: with real files."""

import io
import random
import time
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from customers.files import check_upload, checked, content_type_of, view_of
from customers.opening import archives, mail, pictures
from tests.customers.opened import HEIC, OLD_WORD, PROGRAM, refusal_of
from tests.real_files import PDF, WORD_PARTS, archive, email_file, picture_file, word_file

FROM = b"From: tyrell@example.org\nDate: Mon, 4 Jan 2027 10:15:00 -0600\n"
FORWARDED = b"Content-Type: message/rfc822\n\n"


def parts_in_parts(depth):
    return b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))


# --- e-mails ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        "Received: from mail.example.org by mx.example.org; Mon, 4 Jan 2027 10:15:03 -0600",
        "Delivered-To: planner@example.org", "X-Mozilla-Status: 0001", "X-MS-Exchange-Organization-SCL: -1",
        "Authentication-Results: mx.example.org; dkim=pass", "ARC-Seal: i=1; a=rsa-sha256; t=1", "Subject: My plan",
        "To: planner@example.org", "Message-ID: <1@example.org>", "DKIM-Signature: v=1; a=rsa-sha256", "Sender: a@b",
        "Thread-Topic: My plan", "Return-Path: <tyrell@example.org>", "From: tyrell@example.org", "from: t@example.org",
        "MIME-Version: 1.0", "X-Apple-Mail-Remote-Attachments: YES", "Content-Language: en-US", "Keywords : plan",
    ],
)  # fmt: skip
def test_an_email_may_begin_with_any_header(first):
    check_upload("chain.eml", email_file(first=first))


@pytest.mark.parametrize(
    "before",
    [b"From tyrell@example.org Mon Jan  4 10:15:00 2027\n", b"\xef\xbb\xbf", b"\r\n", b">From x Mon Jan 4 2027\r\n"],
    ids=["mailbox line", "byte order mark", "empty line", "quoted mailbox line"],
)
def test_what_programs_put_before_an_email_hides_it_not(before):
    content = before + email_file()
    check_upload("chain.eml", content)
    assert content_type_of(content) == "message/rfc822"


def test_an_email_with_lines_of_windows_is_one():
    check_upload("chain.eml", email_file(("plan.pdf", PDF)).replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Dear planner,\n\nI agree with the plan.\n",
        "Note: I spoke with Tyrell.\nFrom: the office\n\nHe agrees.",
        "Date: 3/4/2027\nFrom: \n\nHe agrees.",
        "From: Tyrell\nDate: yesterday\n\nI agree.",
        "Subject: my plan\nDate: Mon, 4 Jan 2027 10:15:00 -0600\n\nI agree.",
        "From: tyrell@example.org\nSubject: my plan\n\nI agree.",
        " From: tyrell@example.org\nDate: Mon, 4 Jan 2027 10:15:00 -0600\n\nI agree.",
        "",
    ],
)
def test_prose_is_no_email(text):
    assert refusal_of("chain.eml", text.encode() or b"\n") == "not-what-it-says"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("resume.docx", word_file(**{"word/vbaProject.bin": b"macros"}), "macros"),
        ("form.docm", b"anything", "macros"),
        ("old.doc", OLD_WORD + archives.MACROS_OF_OLD_OFFICE, "macros"),
        ("invoice.pdf", PROGRAM, "program-inside"),
        ("letter.pdf.js", b"alert(1)", "program-inside"),
        ("many.zip", archive({"a.txt": b"\0" * 60_000_000}), "unpacks-to-too-much"),
    ],
)
def test_what_hangs_on_an_email_is_looked_at(name, content, code):
    assert refusal_of("chain.eml", email_file(("plan.pdf", PDF), (name, content))) == code


def test_what_hangs_on_an_email_of_an_older_syntax_is_looked_at():
    content = email_file(("a.exe", b"..."), first="Keywords : plan").replace(b"Content-Type:", b"Content-Type :")
    assert refusal_of("chain.eml", content) == "program-inside"


def mailed_within(*attached, times=1):
    content = email_file(*attached)
    for _time in range(times):
        content = email_file(("forwarded.eml", content))
    return content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (mailed_within(("a.exe", b"...")), "program-inside"),
        (mailed_within(("invoice.pdf", PROGRAM), times=10), "program-inside"),
        (email_file(("forwarded", email_file(("a.exe", b"...")))), "program-inside"),
        (email_file(("forwarded.eml", b"Subject: x\n" + email_file(("form.docm", b"..."))[100:])), "macros"),
        (email_file(("forwarded.zip", archive({"a.eml": email_file(("a.exe", b"..."))}))), "program-inside"),
        (mailed_within(("many.zip", archive({"a.txt": b"\0" * 60_000_000}))), "unpacks-to-too-much"),
        (mailed_within(times=22), "too-many-parts"),
        (email_file(("deep.eml", FROM + FORWARDED * 3000)), "too-many-parts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_email_on_an_email_is_looked_at(content, code):
    assert refusal_of("chain.eml", content) == code


def test_plain_attachments_are_taken():
    check_upload("chain.eml", email_file(("plan.pdf", PDF), ("resume.docx", word_file()), ("photo.heic", HEIC)))
    check_upload("chain.eml", mailed_within(("plan.pdf", PDF), ("resume.docx", word_file()), times=5))
    check_upload("chain.eml", email_file(("my.zip", archive({"note.txt": "MZ, I agree", "plan.pdf": PDF}))))


@pytest.mark.parametrize(
    "content",
    [
        FROM + FORWARDED * 3000,
        FROM + FORWARDED.replace(b"\n", b"\r") * 3000,
        FROM + FORWARDED.replace(b": ", b":\n ") * 3000,
        FROM + parts_in_parts(2000),
        FROM + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nI agree.\n" * 600,
    ],
    ids=["e-mails in e-mails", "lines of old Macs", "folded headers", "parts in parts", "parts beside each other"],
)
def test_an_email_of_too_many_parts_is_refused(content):
    assert refusal_of("chain.eml", content) == "too-many-parts"


def test_an_email_that_defeats_the_parser_is_refused(monkeypatch):
    monkeypatch.setattr(mail, "MAX_PARTS_WITH_PARTS", 5000)
    assert refusal_of("chain.eml", FROM + FORWARDED * 3000) == "unreadable"


def test_a_long_conversation_is_taken():
    check_upload("chain.eml", FROM + FORWARDED * 30 + email_file(("plan.pdf", PDF)))


# --- pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "HEIC"])
def test_a_picture_that_was_cut_short_is_refused(kind):
    whole = HEIC if kind == "HEIC" else picture_file(kind, (400, 300))
    name = f"photo.{kind.lower()}"
    check_upload(name, whole)
    assert refusal_of(name, whole[: len(whole) * 2 // 3]) == "unreadable"


def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 10_000)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    for kind in ("JPEG", "PNG", "TIFF"):
        assert refusal_of(f"photo.{kind.lower()}", picture_file(kind, (101, 100))) == "too-many-dots"
        check_upload(f"photo.{kind.lower()}", picture_file(kind, (100, 100)))


def test_the_pages_of_a_fax_count_together(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS_OF_ALL_PAGES", 3 * 80 * 60)
    check_upload("fax.tif", picture_file("TIFF", pages=3))
    assert refusal_of("fax.tif", picture_file("TIFF", pages=4)) == "too-many-dots"


def test_a_fax_is_seen_as_a_pdf_with_all_its_pages():
    with pikepdf.open(io.BytesIO(view_of("image/tiff").make(picture_file("TIFF", pages=3)))) as document:
        assert len(document.pages) == 3


def test_a_fax_of_low_resolution_is_not_squeezed():
    """A fax has half as many lines down as across."""
    out = io.BytesIO()
    Image.new("1", (1728, 1078), 1).save(out, "TIFF", dpi=(204, 98), compression="group4")
    with pikepdf.open(io.BytesIO(view_of("image/tiff").make(out.getvalue()))) as document:
        _left, _bottom, width, height = (float(number) for number in document.pages[0].MediaBox)
    assert (round(width / 72, 1), round(height / 72, 1)) == (8.5, 11.0)


def test_a_photo_of_a_telephone_is_seen_as_an_upright_jpeg():
    """It lies on its side: 640 by 480 dots, to be turned by a quarter to the right."""
    with Image.open(io.BytesIO(view_of("image/heic").make(HEIC))) as seen:
        assert (seen.format, seen.size) == ("JPEG", (480, 640))
        assert seen.getpixel((470, 320)) < (60, 60, 80)  # the dark half, right
        assert min(seen.getpixel((10, 320))) > 200
        assert not seen.getexif()  # nor where it was taken


# --- Word documents ---------------------------------------------------------------------------


def nested(depth):
    content = b"the innermost"
    for _step in range(depth):
        content = archive({"inside.zip": content})
    return content


MACROS = WORD_PARTS.replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document", "vnd.ms-word.document.macroEnabled"
)
MACRO_PARTS = word_file(**{"[Content_Types].xml": MACROS})
TEMPLATE = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'attachedTemplate" Target="{}" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (word_file(**{"word/vbaProject.bin": b"macros"}), "macros"),
        (word_file(**{"word/other.bin": OLD_WORD + archives.MACROS_OF_OLD_OFFICE}), "macros"),
        (MACRO_PARTS, "macros"),
        (word_file(**{"word/embeddings/sheet.xlsm": b"..."}), "macros"),
        (word_file(**{"word/embeddings/setup.exe": b"..."}), "program-inside"),
        (word_file(**{"word/embeddings/picture.bin": PROGRAM}), "program-inside"),
        (word_file(**{"word/media/a.bin": b"\0" * 30_000_000}), "unpacks-to-too-much"),
        (
            word_file(**{f"word/{n}.bin": random.Random(n).randbytes(9_000) * 440 for n in range(20)}),
            "unpacks-to-too-much",
        ),
        (word_file(**{f"word/{n}.xml": "" for n in range(2000)}), "unpacks-to-too-much"),
        (word_file(**{"word/embeddings/a.zip": nested(3)}), "too-deep"),
        (word_file()[:-30], "unreadable"),
        (archive({"note.txt": "no document"}), "not-what-it-says"),
        (OLD_WORD + archives.LOCK_OF_OFFICE, "locked"),
        (OLD_WORD, "older-word"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_word_document_is_looked_into(content, code):
    assert refusal_of("resume.docx", content) == code


def test_an_archive_that_needs_a_password_is_refused():
    content = bytearray(word_file())
    content[6] |= 1  # the first entry's flag
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal_of("resume.docx", bytes(content)) == "locked"


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/t.dotm", "HTTP://example.org/t.dotm", "&#104;ttps://example.org/t.dotm",
        "file://///server/share/x.dotm", "file:////server/share/x.dotm", "file://server/share/x.dotm",
        r"file:///\\server\share\x.dotm", r"\\server\share\x.dotm", "//server/share/x.dotm",
        "file:%2F%2Fserver/share/x.dotm", "mhtml:https://example.org/t",
    ],
)  # fmt: skip
def test_a_template_of_another_computer_is_refused(target):
    content = word_file(**{"word/_rels/settings.xml.rels": TEMPLATE.format(target)})
    assert refusal_of("resume.docx", content) == "fetches-from-elsewhere"


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:/Templates/Normal.dotm", r"file:///C:\Templates\Normal.dotm", r"C:\Templates\Normal.dotm",
        "file:///Users/tyrell/Normal.dotm", "file://localhost/Users/tyrell/Normal.dotm", "Normal.dotm",
    ],
)  # fmt: skip
def test_a_template_of_the_own_computer_is_taken(target):
    check_upload("resume.docx", word_file(**{"word/_rels/settings.xml.rels": TEMPLATE.format(target)}))


def with_relations(xml):
    return word_file(**{"word/_rels/settings.xml.rels": xml})


OUTSIDE = TEMPLATE.format("https://example.org/t.dotm")


@pytest.mark.parametrize(
    "xml",
    [
        OUTSIDE.encode("utf-16"),
        f"\ufeff{OUTSIDE}".encode("utf-16-be"),
        f'<?xml version="1.0" encoding="windows-1252"?>{OUTSIDE}'.encode("windows-1252"),
        OUTSIDE.replace("Relationship", "r:Relationship").replace("<r:Relationships>", '<r:Relationships xmlns:r="r">'),
        OUTSIDE.replace('Target="https', "Target='h&#x74;tps").replace('dotm"', "dotm'"),
    ],
    ids=["UTF-16", "UTF-16 from the other end", "windows", "with a prefix", "coded"],
)
def test_a_template_of_another_computer_is_refused_however_it_is_written(xml):
    assert refusal_of("resume.docx", with_relations(xml)) == "fetches-from-elsewhere"


def test_parts_in_another_encoding_are_read():
    check_upload(
        "resume.docx", word_file(**{"[Content_Types].xml": WORD_PARTS.replace("UTF-8", "UTF-16").encode("utf-16")})
    )
    content = word_file(**{"[Content_Types].xml": MACROS.replace("UTF-8", "UTF-16").encode("utf-16")})
    assert refusal_of("resume.docx", content) == "macros"


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "xml",
    [
        f'<!DOCTYPE r [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]><r>&e11;</r>',
        '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
        '<?xml version="1.0" encoding="nobody-knows"?><r/>',
        "<Relationships><Relationship",
        "",
    ],
    ids=["entities that grow", "another file", "unknown encoding", "cut short", "empty"],
)
def test_relations_that_can_not_be_read_are_refused(xml):
    assert refusal_of("resume.docx", with_relations(xml)) == "unreadable"


@pytest.mark.parametrize(
    "tag", ["<Relationship ", "<Relationship attachedTemplate ", "<Relationship\n", '<Relationship Target="']
)
def test_tags_that_never_end_are_refused_in_seconds(tag):
    begun = time.monotonic()
    junk = random.Random(1).randbytes(50_000)
    assert refusal_of("resume.docx", with_relations(f"<r>{tag * 200_000}".encode() + junk)) == "unreadable"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "more",
    [
        {"word/embeddings/sheet.xlsx": archive({"xl/workbook.xml": "<a/>"})},
        {"word/_rels/settings.xml.rels": TEMPLATE.format("file:///C:/Templates/Normal.dotm")},
        {"word/media/image1.png": picture_file("PNG")},
        {"word/long.xml": "<w:p>The same words again.</w:p>" * 100_000},
    ],
    ids=["a table inside", "its own template", "a picture", "long"],
)
def test_an_ordinary_word_document_is_taken(more):
    check_upload("resume.docx", word_file(**more))


# --- two files in one -------------------------------------------------------------------------

ZIP = archive({"evil.txt": "hidden"}, zipfile.ZIP_STORED)
PAGE = b"<html><script>alert(1)</script></html>"
PNG, JPEG, TIFF = picture_file("PNG"), picture_file("JPEG"), picture_file("TIFF")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PDF + ZIP),
        ("plan.pdf", PAGE + PDF),
        ("plan.pdf", PDF + PAGE),
        ("plan.pdf", PDF.replace(b"\n", b"\n%<script >alert(1)</script>\n", 1)),
        ("plan.pdf", PROGRAM + PDF),
        ("plan.pdf", b"#!/bin/sh\n" + PDF),
        ("photo.jpg", JPEG + ZIP),
        ("photo.jpg", JPEG[:2] + b"\xff\xfe\x00\x08<html>" + JPEG[2:]),
        ("scan.png", PNG + ZIP),
        ("fax.tif", TIFF + ZIP),
        ("photo.heic", HEIC + ZIP),
        ("scan.png", PNG[:8] + b"\x00\x00\x00\x05tEXt%PDF-\x00\x00\x00\x00" + PNG[8:]),
        ("resume.docx", archive({"a": PDF}, zipfile.ZIP_STORED)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_two_files_in_one_are_refused(name, content):
    assert refusal_of(name, content) == "two-files-in-one"


# --- what comes of it -------------------------------------------------------------------------


def test_a_file_is_opened_once():
    file = checked(SimpleUploadedFile("photo.heic", HEIC))
    assert (file.content, file.content_type) == (HEIC, "image/heic")
    assert checked(file) is file

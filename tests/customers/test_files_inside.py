"""Files within files: programs by any name, what nobody can look into, and e-mails and PDFs within e-mails."""

import base64
import io
import quopri
import time
import zipfile

import pikepdf
import pytest

from careerplan.base.refusals import Refusal
from customers.files import check_upload
from customers.opening import account
from customers.opening.names import decoded, is_programs_name, shown
from tests.customers.opened import HEADERS, OLD_WORD, PROGRAM, email_of, part, refusal_of
from tests.real_files import PDF, archive, email_file, pdf_file, word_file

OVERRIDE, INVISIBLE = "\u202e", "\u200b"
LOCKED_PDF = pdf_file(encryption=pikepdf.Encryption(owner="office", user="secret"))


def pdf_with(name, content):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        document.attachments["paper"] = pikepdf.AttachedFileSpec(document, content, filename=name)
        document.save(out)
    return out.getvalue()


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "x.exe", "X.EXE", "x.com", "x.scr", "x.pif", "x.hta", "x.vbs", "x.lnk", "x.jar", "x.iso", "x.img", "x.js",
        "x.js.", "x.js . .", "x.js ", "x.js\t", "x.js\xa0", f"x.j{INVISIBLE}s", f"x.js{INVISIBLE}", "x.js\u200f",
        "x.js\xad",
        "x．js", "x.ｊｓ", "x․js", "plan.pdf.exe", "x.exe\0.pdf", "x.exe:plan.pdf", "folder/x.exe", r"folder\x.exe",
        "x.app/", f"annex{OVERRIDE}fdp.exe", f"plan{OVERRIDE}xcod.pdf", "\u202dplan.pdf", '"x.exe"', "x.msi", "x.bat",
    ],
)  # fmt: skip
def test_these_are_names_of_programs(name):
    assert is_programs_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "plan.pdf", "exe", "my plan.docx", "exercise.pdf", "x.exe.pdf", "www.example.com.eml", "plan.json",
        "note.txt",
        "خطة العمل.pdf", "\u200fתוכנית.pdf", "plan.", "image001.emz", "word/document.xml", "word/_rels/", "plan.jpeg",
    ],
)  # fmt: skip
def test_these_are_not(name):
    assert not is_programs_name(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("=?utf-8?B?eC5leGU=?=", "x.exe"),
        ("=?utf-8?B?eC5l?= =?utf-8?B?eGU=?=", "x.exe"),
        ("=?ISO-8859-1?Q?pl=E1n=2Eexe?=", "plán.exe"),
        ("=?nobody-knows?B?eC5leGU=?=", "x.exe"),
        ("=?utf-8?B?A?=", "=?utf-8?B?A?="),
        ("plan.pdf", "plan.pdf"),
    ],
)
def test_names_are_decoded(name, expected):
    assert decoded(name) == expected


def test_a_sentence_says_a_name_without_what_would_disturb_it():
    assert shown(f"annex{OVERRIDE}fdp.exe\r\n") == "annexfdp.exe"
    assert shown("long " * 100) == "long " * 15 + "long…"


def disposition(value):
    return part("Content-Type: application/octet-stream", f"Content-Disposition: attachment; {value}")


@pytest.mark.parametrize(
    "attached",
    [
        disposition('filename="x.js."'),
        disposition('filename="x.js   "'),
        disposition("filename==?utf-8?B?eC5leGU=?="),
        disposition('filename="=?utf-8?B?eC5l?=\n =?utf-8?B?eGU=?="'),
        disposition("filename*=utf-8''x%2Eexe"),
        disposition("filename*=nobody-knows''x%2Eexe"),
        disposition('filename*0="x.e"; filename*1="xe"'),
        disposition("filename*0*=utf-8''x%2E; filename*1*=e%78e"),
        disposition("filename=plan.pdf; filename*=utf-8''x.exe"),
        disposition("FileName=x.exe"),
        disposition(f"filename*=utf-8''annex{'%E2%80%AE'}fdp.exe"),
        disposition(f"filename*=utf-8''plan{'%E2%80%AE'}xcod.pdf"),
        part('Content-Type: application/pdf; name="x.exe"', "Content-Disposition: attachment; filename=plan.pdf"),
        part('Content-Type: text/plain; name="=?utf-8?Q?x=2Eexe?="'),
        part("Content-Type: text/plain", "Content-Disposition: inline", "Content-Disposition: inline; filename=x.exe"),
        part('Content-Type: message/rfc822; name="x.exe"', body=HEADERS + b"\nHello"),
    ],
)
def test_every_name_of_an_attachment_is_looked_at(attached):
    assert refusal_of("chain.eml", email_of(attached)) == "program-inside"


@pytest.mark.parametrize("name", ["x.js.", "folder/x.scr ", "x.exe\0.txt", f"plan{OVERRIDE}fdp.docx"])
def test_names_in_archives_are_read_in_the_same_way(name):
    assert refusal_of("resume.docx", word_file(**{f"word/{name}": b"..."})) == "program-inside"
    assert refusal_of("chain.eml", email_file(("my.zip", archive({name: b"..."})))) == "program-inside"


def test_names_in_pdfs_are_read_in_the_same_way():
    assert refusal_of("plan.pdf", pdf_with("x.js.", b"...")) == "program-inside"


# --- what nobody can look into ----------------------------------------------------------------

PACKED = b"\x1f\x8b\x08" + b"\0" * 20


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scans.7z", b"..."),
        ("scans.rar.", b"..."),
        ("scans.CAB", b"..."),
        ("scans.tar.gz", b"..."),
        ("winmail.dat", b"..."),
        ("forwarded.msg", b"..."),
        ("scans", b"7z\xbc\xaf\x27\x1c\0\4"),
        ("scans.pdf", b"Rar!\x1a\x07\x01\0"),
        ("scans", b"MSCF\0\0\0\0...."),
        ("scans", PACKED),
        ("scans", b"\0" * 257 + b"ustar"),
        ("scans", b"\0" * 32769 + b"CD001"),
        ("forwarded", OLD_WORD + "__substg1.0_001A001F".encode("utf-16-le")),
    ],
)
def test_what_nobody_can_look_into_is_refused_and_named(name, content):
    with pytest.raises(Refusal, match="closed") as refused:
        check_upload("chain.eml", email_file(("plan.pdf", PDF), (name, content)))
    assert refused.value.sentence == (
        f"Look at the attachment “{name}”. We can't look into this file, so we can't accept it. Save what it holds "
        "as a PDF, and upload that."
    )


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("scan.pdf", LOCKED_PDF, "locked"),
        ("resume.docx", OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "locked"),
        ("scan.pdf", PDF[:200], "unreadable"),
        ("scan.pdf", b"I agree with the plan.", "unreadable"),
        ("my.zip", b"I agree with the plan.", "unreadable"),
        ("scan", b"\r\n" + pdf_with("x.exe", b"..."), "program-inside"),
        ("scan.pdf", pdf_with("form.docm", b"..."), "macros"),
        ("scan.pdf", pdf_with("locked.pdf", LOCKED_PDF), "locked"),
        ("my.zip", archive({"locked.pdf": LOCKED_PDF}), "locked"),
        ("my.zip", archive({"resume.docx": word_file(**{"word/_rels/a.rels": "<Relationships"})}), "unreadable"),
    ],
)
def test_what_hangs_on_an_email_is_read_as_if_it_were_uploaded(name, content, code):
    with pytest.raises(Refusal, match=code) as refused:
        check_upload("chain.eml", email_file(("plan.pdf", PDF), (name, content)))
    assert str(refused.value.sentence).startswith(f"Look at the attachment “{name}”. ")


def test_what_has_no_name_is_told_so():
    with pytest.raises(Refusal) as refused:
        check_upload("chain.eml", email_of(part("Content-Type: application/octet-stream", body=b"Rar!\x1a\x07\x01\0")))
    assert str(refused.value.sentence).startswith("Look at the attachment without a name. ")


def test_the_outermost_attachment_is_named():
    content = email_file(("forwarded.eml", email_file(("inner.pdf", LOCKED_PDF))))
    with pytest.raises(Refusal, match="locked") as refused:
        check_upload("chain.eml", content)
    assert str(refused.value.sentence).startswith("Look at the attachment “forwarded.eml”. This PDF is locked")


def test_a_program_in_an_upload_itself_is_no_attachment():
    with pytest.raises(Refusal) as refused:
        check_upload("resume.docx", word_file(**{"word/x.exe": b"..."}))
    assert str(refused.value.sentence).startswith("This file contains a program")


def test_drawings_that_office_packs_are_taken():
    check_upload("resume.docx", word_file(**{"word/media/image1.emz": PACKED}))
    check_upload("chain.eml", email_file(("image001.wmz", PACKED)))


# --- e-mails within e-mails -------------------------------------------------------------------


def wrapped(content, coding):
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[coding.strip(' ";').lower()](content)
    return part("Content-Type: message/rfc822", f"Content-Transfer-Encoding: {coding}", body=body)


@pytest.mark.parametrize("coding", ["base64", "BASE64", "base64 ", "base64;", "quoted-printable"])
@pytest.mark.parametrize(
    ("content", "code"),
    [(email_file(("a.exe", b"...")), "program-inside"), (email_file(("scan.pdf", LOCKED_PDF)), "locked")],
    ids=["program", "locked"],
)
def test_an_email_that_hangs_on_in_code_is_decoded_and_read(content, code, coding):
    assert refusal_of("chain.eml", email_of(wrapped(content, coding))) == code
    check_upload("chain.eml", email_of(wrapped(email_file(("plan.pdf", PDF)), coding)))


def test_many_emails_that_hang_on_as_they_are_are_taken():
    one = part('Content-Type: message/rfc822; name="forwarded.eml"', body=HEADERS + b"\nI agree.")
    check_upload("chain.eml", email_of(*[one] * 30))


def test_an_email_in_code_needs_none_of_the_headers_of_one():
    hidden = b'Content-Type: application/octet-stream; name="x.exe"\n\nHello'
    assert refusal_of("chain.eml", email_of(wrapped(hidden, "base64"))) == "program-inside"


@pytest.mark.parametrize("coding", ["base64 ", "base64\t", "base64;", "Base64 (as it is)"])
def test_a_code_is_read_however_it_is_written(coding):
    headers = ("Content-Type: image/png", f"Content-Transfer-Encoding: {coding}")
    assert refusal_of("chain.eml", email_of(part(*headers, body=base64.b64encode(PROGRAM)))) == "program-inside"


@pytest.mark.parametrize(
    "attached",
    [
        part("Content-Type: text/plain", "Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: base64"),
        part("Content-Type: text/plain", 'Content-Type: multipart/mixed; boundary="c"'),
        part('Content-Type: multipart/mixed; boundary="c"', "Content-Transfer-Encoding: base64", body=b"LS1jCg=="),
        part("Content-Type: multipart/mixed"),
    ],
    ids=["two codes", "two kinds", "parts in code", "no boundary"],
)
def test_what_programs_read_in_two_ways_is_refused(attached):
    assert refusal_of("chain.eml", email_of(attached)) == "unreadable"


def test_what_came_back_with_its_headers_alone_is_taken():
    """As mail servers return what they could not deliver."""
    returned = b'From: a@example.org\nContent-Type: multipart/mixed; boundary="c"\n\n'
    check_upload("chain.eml", email_of(part("Content-Type: message/rfc822", body=returned)))


def test_a_header_of_very_many_fields_is_refused_in_seconds():
    begun = time.monotonic()
    content = HEADERS + b"Content-Type: multipart/mixed" + b";a=b\n " * 500_000 + b"\n\nHello"
    assert refusal_of("chain.eml", content) == "too-many-parts"
    assert time.monotonic() - begun < 5


# --- how deep, and how much -------------------------------------------------------------------


def pdfs_within(times):
    content = PDF
    for _time in range(times):
        content = pdf_with("inner.pdf", content)
    return content


def test_pdfs_within_pdfs_are_read_to_some_depth(monkeypatch):
    monkeypatch.setattr(account, "MAX_LEVELS", 3)
    check_upload("plan.pdf", pdfs_within(3))
    assert refusal_of("plan.pdf", pdfs_within(4)) == "too-deep"


def test_the_deepest_that_is_read_is_read_to_its_end():
    """Long before Python refuses to go deeper."""
    assert refusal_of("plan.pdf", pdfs_within(account.MAX_LEVELS + 1)) == "too-deep"


CHART = word_file(**{"word/embeddings/chart.xlsx": archive({"xl/workbook.xml": "<a/>"})})


def test_a_document_with_a_chart_may_be_packed_and_mailed():
    check_upload("chain.eml", email_file(("my.zip", archive({"resume.docx": CHART}))))


def test_what_is_packed_too_deep_says_so():
    with pytest.raises(Refusal, match="too-deep") as refused:
        check_upload("chain.eml", email_file(("my.zip", archive({"all.zip": archive({"resume.docx": CHART})}))))
    assert str(refused.value.sentence) == (
        "Look at the attachment “my.zip”. This file has files within files, deeper than we can look. Take the document "
        "out of them, save it as a PDF, and upload that."
    )


def test_all_attachments_unpack_on_one_account(monkeypatch):
    one = archive({"a.txt": b"\0" * 1_000_000}, zipfile.ZIP_STORED)
    monkeypatch.setattr(account, "MAX_UNPACKED_BYTES", 3_100_000)
    check_upload("chain.eml", email_file(*[(f"{number}.zip", one) for number in range(3)]))
    assert refusal_of("chain.eml", email_file(*[(f"{n}.zip", one) for n in range(4)])) == "unpacks-to-too-much"


def test_all_pdfs_have_their_objects_on_one_account(monkeypatch):
    monkeypatch.setattr(account, "MAX_OBJECTS_OF_PDFS", 40)
    attached = [(f"{number}.pdf", pdf_file(pages=3)) for number in range(9)]
    check_upload("chain.eml", email_file(*attached[:2]))
    assert refusal_of("chain.eml", email_file(*attached)) == "unreadable"

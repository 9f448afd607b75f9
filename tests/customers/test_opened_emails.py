"""E-mails as phones, Macs and mail servers make them: what is honest is taken, and what hangs on it is looked at."""

import base64
import binascii
import time

import pytest

from careerplan.base.refusals import Refusal
from customers.files import check_upload
from tests.customers.opened import HEADERS, PROGRAM, email_of, part, refusal_of
from tests.real_files import PDF, archive, email_file, picture_file

# --- what Macs keep beside a file -------------------------------------------------------------

NOTES = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + b"\0" * 60


@pytest.mark.parametrize("name", ["Plan.pdf", "scans.zip", "forwarded.eml", "photo.jpg", "resume.docx"])
def test_what_a_mac_keeps_beside_a_file_is_not_opened_as_that_file(name):
    check_upload("chain.eml", email_file((name, NOTES), ("plan.pdf", PDF)))
    check_upload("chain.eml", email_file(("my.zip", archive({"plan.pdf": PDF, f"__MACOSX/._{name}": NOTES}))))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("setup.exe", NOTES, "program-inside"),
        ("scan.pdf", NOTES + PDF[:200], "unreadable"),
        ("my.zip", NOTES + archive({"setup.exe": b"..."}), "program-inside"),
    ],
)
def test_what_only_begins_so_is_looked_at(name, content, code):
    assert refusal_of("chain.eml", email_file((name, content))) == code


# --- names of sites ---------------------------------------------------------------------------

SUBJECTS = [
    "Re: your order at amazon.com",
    "Apply at indeed.com: job offer.eml",
    "Fwd: https://www.indeed.com/",
    "Job at ziprecruiter.com/ interview.eml",
    "Fwd: your cash.app",
]
OF_A_PDF = "Re: my plan.pdf"


@pytest.mark.parametrize("subject", [*SUBJECTS, OF_A_PDF])
def test_a_forwarded_email_may_be_called_by_a_site(subject):
    forwarded = HEADERS + b"\nI agree."
    check_upload(
        "chain.eml",
        email_of(
            part(f'Content-Type: message/rfc822; name="{subject}"', body=forwarded), part("Content-Type: text/plain")
        ),
    )
    check_upload("chain.eml", email_file((subject, forwarded)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_may_be_called_by_a_site(kind):
    check_upload("chain.eml", email_file(("www.indeed.com", picture_file(kind))))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_nothing_else_may_be_called_so(subject):
    if not subject.endswith("offer.eml"):
        assert refusal_of("chain.eml", email_file((subject, b"..."))) == "program-inside"


@pytest.mark.parametrize("claimed", ["image/png", "message/rfc822"])
def test_what_it_says_of_itself_counts_for_nothing(claimed):
    content = email_of(part(f'Content-Type: {claimed}; name="www.indeed.com"', body=b"\nI am a program."))
    assert refusal_of("chain.eml", content) == "program-inside"


@pytest.mark.parametrize("name", ["setup.exe", "x.com.exe", "x.exe:indeed.com", "www.indeed.com:x.exe"])
def test_an_email_or_picture_has_no_other_name_of_a_program(name):
    assert refusal_of("chain.eml", email_file((name, picture_file("PNG")))) == "program-inside"
    content = email_of(part(f'Content-Type: message/rfc822; name="{name}"', body=HEADERS + b"\nI agree."))
    assert refusal_of("chain.eml", content) == "program-inside"


def test_a_program_in_a_picture_of_a_site_is_one():
    assert refusal_of("chain.eml", email_file(("www.indeed.com", PROGRAM))) == "program-inside"


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("x.exe:plan.pdf", True),
        ("x.exe:", True),
        ("x.exe: ", True),
        ("x.exe::$DATA", True),
        ("Job at a.com: plan.pdf", False),
        ("Notes: plan.pdf", False),
    ],
)
def test_a_colon_before_a_blank_is_one_of_the_language(name, is_one):
    taken = email_file((name, PDF))
    if is_one:
        assert refusal_of("chain.eml", taken) == "program-inside"
    else:
        check_upload("chain.eml", taken)


# --- headers ----------------------------------------------------------------------------------

DATE = b"Date: Mon, 4 Jan 2027 10:15:00 -0600"


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON", "undisclosed", '"Tyrell\n Brooks" <t@example.org>', "<>", "Mail Delivery System"]
)
def test_an_email_may_be_sent_by_a_server(sender):
    check_upload("chain.eml", HEADERS.replace(b"Tyrell <tyrell@example.org>", sender.encode()) + b"\nNot delivered.")


@pytest.mark.parametrize(
    "date", ["2027-01-04T10:15:00Z", "lun., 4 janv. 2027 10:15:00 -0600", "lunes, 4 de enero de 2027", "04/01/2027"]
)
def test_a_date_may_be_written_in_any_way(date):
    content = f"Date: {date}\nFrom: tyrell@example.org\nSubject: My plan\n\nI agree.".encode()
    check_upload("chain.eml", content)


@pytest.mark.parametrize(
    "instead",
    ["X-Unsent: 1", "MIME-Version: 1.0", "Message-ID: <1@example.org>", "Received: by mx.example.org; 4 Jan 2027"],
)
def test_a_draft_has_no_date_and_is_an_email(instead):
    check_upload("draft.eml", f"To: p@example.org\nFrom: t@example.org\n{instead}\n\nI agree.".encode())


@pytest.mark.parametrize("name", ["chain.eml", "123.emlx"])
@pytest.mark.parametrize("line", [b"1512      \n", b"20\n", b"512 \r\n"])
def test_apples_line_of_the_length_hides_nothing(name, line):
    after = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n'
    check_upload(name, line + email_file(("plan.pdf", PDF)) + after)
    assert refusal_of(name, line + email_file(("setup.exe", b"...")) + after) == "program-inside"


def test_what_is_no_email_says_what_to_do():
    with pytest.raises(Refusal, match="not-what-it-says") as refused:
        check_upload("chain.eml", b"From: Tyrell\nSent: Monday\n\nI agree.")
    assert str(refused.value.sentence) == (
        "This file doesn't begin like an e-mail, which says who sent it and when. Save the e-mail again as .eml, or "
        "print it as a PDF, and upload that."
    )


@pytest.mark.parametrize(
    "twice",
    [
        ("Content-Type: text/plain; charset=utf-8", "Content-Type: TEXT/PLAIN; charset=ascii"),
        ("Content-Type: text/plain", "Content-Type: text/html"),
        ("Content-Type: text/plain", "Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: 8bit"),
        ("Content-Type: text/plain", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: BASE64"),
    ],
)
def test_what_is_said_twice_and_read_once_is_taken(twice):
    check_upload("chain.eml", email_of(part(*twice, body=b"SGVsbG8=")))


def test_parts_that_programs_divide_in_two_ways_are_refused():
    headers = HEADERS + b'Content-Type: multipart/mixed; boundary="b"\nContent-Type: multipart/mixed; boundary="c"\n'
    assert refusal_of("chain.eml", headers + b"\n--b\n\nHello\n--b--\n") == "unreadable"
    check_upload("chain.eml", headers.replace(b'"c"', b"b") + b"\n--b\n\nHello\n--b--\n")


# --- what it says itself ----------------------------------------------------------------------

PASTED = b"From: Jane <j@example.org>\n" + DATE + b"\nContent-Type: multipart/mixed; boundary=q\n\nHello"


@pytest.mark.parametrize("body", [b"It begins with %PDF-1.7, they said.", b"%PDF-1.7 is how it begins.", PASTED])
@pytest.mark.parametrize("kind", ["text/plain", "text/html; charset=utf-8"])
def test_a_text_may_tell_of_any_file(body, kind):
    check_upload("chain.eml", HEADERS + f"Content-Type: {kind}\n\n".encode() + body)
    check_upload("chain.eml", email_of(part(f"Content-Type: {kind}", body=body)))


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Type: text/plain", "Content-Disposition: attachment"),
        ('Content-Type: text/plain; name="plan.pdf"',),
        ("Content-Type: application/pdf",),
    ],
)
def test_a_file_is_no_text(headers):
    assert refusal_of("chain.eml", email_of(part(*headers, body=PDF[:200]))) == "unreadable"


def test_a_text_that_is_a_program_is_refused():
    coded = part("Content-Type: text/plain", "Content-Transfer-Encoding: base64", body=base64.b64encode(PROGRAM))
    assert refusal_of("chain.eml", email_of(coded)) == "program-inside"


# --- files written in the text ----------------------------------------------------------------


def written(name, content, end=b"\n"):
    lines = [binascii.b2a_uu(content[at : at + 45]).rstrip(b"\n") for at in range(0, len(content), 45)]
    return end.join([b"begin 644 " + name.encode(), *lines, b"`", b"end", b""])


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("before", [b"", b"Here it is.\r\n\r\n"])
@pytest.mark.parametrize(
    ("name", "content"), [("setup.exe", b"..."), ("invoice.pdf", PROGRAM), ("my.zip", archive({"x.js": b"alert(1)"}))]
)
def test_a_program_that_is_written_in_the_text_is_refused(name, content, before, end):
    body = before + written(name, content, end)
    with pytest.raises(Refusal, match="program-inside") as refused:
        check_upload("chain.eml", HEADERS + b"\n" + body)
    assert str(refused.value.sentence).startswith(f"Look at the attachment “{name}”. This file contains a program")
    assert refusal_of("chain.eml", email_of(part("Content-Type: text/plain", body=body))) == "program-inside"


@pytest.mark.parametrize(
    "body",
    [
        written("plan.pdf", PDF),
        b"We begin 644 setup.exe\n#35J0\n",
        b"begin 2027 at amazon.com\nand go on\n",
        b"begin at amazon.com\n#35J0\n",
    ],
)
def test_an_honest_text_is_taken(body):
    check_upload("chain.eml", HEADERS + b"\n" + body)


def test_very_many_files_in_a_text_are_refused_in_seconds():
    begun = time.monotonic()
    assert refusal_of("chain.eml", HEADERS + b"\n" + written("a", b"a") * 200_000) == "too-many-parts"
    check_upload("chain.eml", HEADERS + b"\nbegin 644" + b" \t" * 2_000_000 + b"\n" + b"begin 644 x\n" * 200_000)
    assert time.monotonic() - begun < 10

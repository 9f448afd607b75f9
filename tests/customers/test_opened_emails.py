"""E-mails as phones, Macs and mail servers make them: what is honest is taken, and what hangs on it is looked at."""

import pytest

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

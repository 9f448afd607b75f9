"""Which files are taken into a record: known by what they hold, whatever their names say."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from customers.actions import upload_file
from customers.files import check_upload, checked, content_type_of
from customers.models import Upload
from customers.stored import content_of
from tests import people
from tests.real_files import PDF, email_file, picture_file, word_file

HEIC = (Path(__file__).parent / "files" / "photo.heic").read_bytes()
CONTENTS = {
    "pdf": PDF,
    "jpeg": picture_file("JPEG"),
    "png": picture_file("PNG"),
    "tiff": picture_file("TIFF"),
    "heic": HEIC,
    "docx": word_file(),
    "eml": email_file(),
    "program": b"MZ\x90\x00" + b"\x00" * 80,
    "page": b"<html><script>alert(1)</script>",
    "text": b"Hello",
}


def refusal_of(name, content):
    with pytest.raises(Refusal) as refused:
        check_upload(name, content)
    assert refused.value.field == "file"
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", "pdf"),
        ("PLAN.PDF", "pdf"),
        ("the.signed.plan.pdf", "pdf"),
        ("photo.jpg", "jpeg"),
        ("photo.jpeg", "jpeg"),
        ("scan.png", "png"),
        ("fax.tif", "tiff"),
        ("fax.tiff", "tiff"),
        ("IMG_0001.HEIC", "heic"),
        ("resume.docx", "docx"),
        ("chain.eml", "eml"),
    ],
)
def test_what_is_what_it_says_is_taken(name, content):
    check_upload(name, CONTENTS[content])


@pytest.mark.parametrize(
    "name", ["plan.pdf", "photo.jpg", "scan.png", "fax.tif", "photo.heic", "resume.docx", "chain.eml"]
)
@pytest.mark.parametrize("content", ["program", "page", "text"])
def test_a_renamed_file_is_not_what_it_says(name, content):
    assert refusal_of(name, CONTENTS[content]) == "not-what-it-says"


@pytest.mark.parametrize(
    ("name", "content"), [("plan.pdf", "docx"), ("photo.jpg", "pdf"), ("resume.docx", "pdf"), ("plan.pdf", "png")]
)
def test_a_file_of_another_kind_is_not_what_it_says(name, content):
    assert refusal_of(name, CONTENTS[content]) == "not-what-it-says"


@pytest.mark.parametrize(
    ("name", "content", "stored"),
    [
        ("photo.jpg", "png", "photo.png"),
        ("IMG_0001.JPG", "heic", "IMG_0001.heic"),
        ("scan.png", "jpeg", "scan.jpg"),
        ("photo.heic", "jpeg", "photo.jpg"),
        ("fax.jpeg", "tiff", "fax.tif"),
        ("photo.JPEG", "jpeg", "photo.JPEG"),
    ],
)
def test_a_picture_is_kept_by_the_ending_of_what_it_is(name, content, stored):
    file = checked(SimpleUploadedFile(name, CONTENTS[content]))
    assert (file.stored_name, file.content_type) == (stored, content_type_of(CONTENTS[content]))


def test_a_picture_by_another_ending_is_opened_as_what_it_is():
    cut = CONTENTS["png"][: len(CONTENTS["png"]) * 2 // 3]
    assert refusal_of("photo.jpg", cut) == "unreadable"


@pytest.mark.parametrize(
    ("name", "what_to_do"),
    [
        ("resume.doc", "Save it as .docx or PDF"),
        ("resume.DOCM", "Save it as a PDF"),
        ("chain.msg", "Save the e-mail as .eml"),
        ("scans.zip", "Take the document out of it"),
    ],
)
def test_for_what_people_often_have_instead_it_says_what_to_do(name, what_to_do):
    with pytest.raises(Refusal, match="unknown-file-kind") as refused:
        check_upload(name, CONTENTS["pdf"])
    assert what_to_do in str(refused.value.sentence)


@pytest.mark.parametrize(
    "name", ["setup.exe", "page.html", "picture.svg", "plan.pdf.exe", "plan", "pdf", ".htaccess", ""]
)
def test_other_kinds_are_not_taken(name):
    assert refusal_of(name, CONTENTS["pdf"]) == "unknown-file-kind"


def test_an_empty_file_is_not_taken():
    assert refusal_of("plan.pdf", b"") == "empty-file"


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_not(settings):
    settings.UPLOAD_LIMIT_BYTES = len(PDF)
    check_upload("plan.pdf", PDF)
    assert refusal_of("plan.pdf", PDF + b"\n") == "file-too-large"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        ("pdf", "application/pdf"),
        ("jpeg", "image/jpeg"),
        ("png", "image/png"),
        ("tiff", "image/tiff"),
        ("heic", "image/heic"),
        ("eml", "message/rfc822"),
        ("page", "application/octet-stream"),
        ("program", "application/octet-stream"),
    ],
)
def test_the_content_type_follows_from_the_content(content, content_type):
    assert content_type_of(CONTENTS[content]) == content_type


# --- into the record --------------------------------------------------------------------------


def into_the_record(test):
    return pytest.mark.django_db(pytest.mark.usefixtures("people")(test))


VALUES = {"name": "A file", "category": "other", "document_type": "other", "purpose": "other"}


def file_it(customer, by, file=None):
    file = file or SimpleUploadedFile("plan.pdf", CONTENTS["pdf"])
    return upload_file(customer, file, VALUES, by=by, at=clock.now())


class Endless(io.BytesIO):
    def read(self, *size):
        raise AssertionError("A file that is too large is not read.")


@into_the_record
def test_a_file_that_is_too_large_is_not_read_into_memory(settings):
    too_large = UploadedFile(Endless(), name="plan.pdf", size=settings.UPLOAD_LIMIT_BYTES + 1)
    with pytest.raises(Refusal) as refused:
        file_it(people.david(), people.david().planner, too_large)
    assert refused.value.code == "file-too-large"


@into_the_record
def test_what_a_customer_files_is_shown_to_the_customer():
    upload = file_it(people.david(), people.david().user)
    assert (upload.shown_to_customer, upload.uploaded_by, upload.filed_by_system) == (True, people.david().user, False)
    assert Upload.objects.visible_to(people.david().user).filter(pk=upload.pk).exists()


@into_the_record
@pytest.mark.parametrize("username", ["angela.whitfield", "planner.north", "admin"])
def test_nobody_else_files_anything(username):
    with pytest.raises(NotAllowed):
        file_it(people.david(), people.person(username))
    assert not Upload.objects.filter(name="A file").exists()


@into_the_record
def test_the_fingerprint_and_size_are_those_of_the_file():
    upload = file_it(people.david(), people.david().planner)
    assert content_of(upload) == CONTENTS["pdf"]
    assert upload.byte_count == len(CONTENTS["pdf"])
    assert upload.sha256 == hashlib.sha256(CONTENTS["pdf"]).hexdigest()
    assert not upload.shown_to_customer

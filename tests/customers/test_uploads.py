"""Uploads: the system's papers, the resume, and the file itself, always as a download."""

import hashlib
import stat
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acknowledgments.enums import PrintKind
from customers.models import Upload
from customers.stored import content_of
from tests import people
from tests.markup import Page
from tests.real_files import PDF, email_file, picture_file
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

HEIC = (Path(__file__).parent / "files" / "photo.heic").read_bytes()
ENTRY = {"name": "A file", "category": "other", "document_type": "resume", "purpose": "resume"}


def post(client, customer, tab="uploads", file_name="plan.pdf", content=PDF, **values):
    address = reverse(f"customers:{tab}", args=[customer.pk])
    return client.post(address, ENTRY | values | {"file": SimpleUploadedFile(file_name, content)})


def address_of(upload):
    return reverse("customers:upload-file", args=[upload.customer_id, upload.pk])


@pytest.mark.policy("ILL-015")
def test_the_forms_of_the_plan_are_filed_by_the_system(planner):
    angela = people.angela()
    rows = Page(planner.get(reverse("customers:uploads", args=[angela.pk]))).table("Files")
    assert rows
    for row in rows:
        assert (row["Category"], row["Purpose"]) == ("Title I", "Employment Plan")
        assert row["Uploaded"].endswith("by the system")


def test_the_resume_tab_shows_resumes_alone(planner):
    david = people.david()
    assert post(planner, david, "resume").status_code == 302
    post(planner, david, "uploads", name="Something else", document_type="other")
    names = [row["Name"] for row in Page(planner.get(reverse("customers:resume", args=[david.pk]))).table("Files")]
    assert names == ["A file"]


def test_nothing_chosen_is_told_in_words(planner):
    page = planner.post(reverse("customers:uploads", args=[people.david().pk]), ENTRY)
    assert page.status_code == 422
    assert page.context["form"].errors == {"file": ["Choose a file."]}


def test_the_browser_never_shows_a_file_as_a_page(planner):
    david = people.david()
    post(planner, david, file_name="chain.eml", content=email_file(first="Subject: <html><script>alert(1)</script>"))
    response = planner.get(address_of(Upload.objects.get(name="A file")))
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Content-Type"] == "message/rfc822"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in response["Content-Security-Policy"]
    b"".join(response)


def test_the_name_of_a_file_leads_nowhere_else(planner):
    post(planner, people.david(), file_name="../../../etc/résumé <b>.pdf")
    upload = Upload.objects.get(name="A file")
    assert upload.file.name.startswith("uploads/")
    assert ".." not in upload.file.name


def test_the_customer_gets_the_form_that_the_system_filed(client):
    angela = people.angela()
    client.force_login(angela.user)
    upload = Upload.objects.get(customer=angela, paper__kind=PrintKind.AGREED)
    response = client.get(address_of(upload))
    assert b"".join(response).startswith(b"%PDF-")


def test_files_are_readable_by_the_server_alone(planner):
    post(planner, people.david())
    path = Path(Upload.objects.get(name="A file").file.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# --- what not every browser shows -------------------------------------------------------------


@pytest.mark.parametrize(
    ("file_name", "content", "words", "content_type", "begins"),
    [
        ("photo.heic", HEIC, "See as JPEG", "image/jpeg", b"\xff\xd8\xff"),
        ("fax.tif", picture_file("TIFF", pages=2), "See as PDF", "application/pdf", b"%PDF-"),
    ],
)
def test_a_photo_or_fax_is_kept_as_it_is_and_seen_by_every_browser(
    planner, file_name, content, words, content_type, begins
):
    david = people.david()
    assert post(planner, david, file_name=file_name, content=content).status_code == 302
    upload = Upload.objects.get(name="A file")
    links = Page(planner.get(reverse("customers:uploads", args=[david.pk]))).links()
    kept, seen = planner.get(links["A file"]), planner.get(links[words])
    assert b"".join(kept.streaming_content) == content == content_of(upload)
    assert seen["Content-Type"] == content_type
    assert seen["X-Content-Type-Options"] == "nosniff"
    assert b"".join(seen.streaming_content).startswith(begins)


def test_what_every_browser_shows_has_no_other_view(planner):
    david = people.david()
    post(planner, david)
    assert not any(
        words.startswith("See as") for words in Page(planner.get(reverse("customers:uploads", args=[david.pk]))).links()
    )
    upload = Upload.objects.get(name="A file")
    assert planner.get(reverse("customers:upload-view", args=[david.pk, upload.pk])).url == address_of(upload)


def test_a_photo_that_can_not_be_shown_says_so(planner):
    """As one that was taken before files were opened."""
    david = people.david()
    post(planner, david, file_name="photo.heic", content=HEIC)
    upload = Upload.objects.get(name="A file")
    Path(upload.file.path).write_bytes(HEIC[:200])
    date_back(upload, sha256=hashlib.sha256(HEIC[:200]).hexdigest())
    answer = planner.get(reverse("customers:upload-view", args=[david.pk, upload.pk]))
    assert answer.status_code == 409
    assert "Download it instead." in Page(answer).words


# --- names, and forms that come back ----------------------------------------------------------


def test_a_long_name_with_many_dots_is_shortened_and_never_refused(planner):
    david = people.david()
    name = f"12.7.6 Employment plan signed by {'Maria ' * 20}.pdf"
    assert post(planner, david, file_name=name).status_code == 302
    upload = Upload.objects.filter(customer=david).latest("id")
    answer = planner.get(address_of(upload))
    assert b"".join(answer.streaming_content) == PDF
    assert "12-7-6_Employment_plan_signed_by_Maria" in answer["Content-Disposition"]
    assert ".pdf" in answer["Content-Disposition"]


def test_a_file_must_be_chosen_once_more_where_something_else_is_wrong(planner):
    answer = post(planner, people.david(), name="")
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"name": ["Enter the name."], "file": ["Choose the file again."]}


def test_what_is_wrong_with_the_file_is_said_beside_the_rest(planner):
    answer = post(planner, people.david(), name="", file_name="plan.exe")
    errors = answer.context["form"].errors
    assert errors["name"] == ["Enter the name."]
    assert errors["file"] == ["Choose a PDF, JPEG, PNG, TIFF, HEIC, Word (.docx) or e-mail (.eml) file."]

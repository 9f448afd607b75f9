"""How much is sent is looked at before it is read: too much is refused in words, and nothing of it reaches the disk."""

import io
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from careerplan.base.bodies import MOST_OF_A_STRANGER
from careerplan.base.drafts import LIMIT_CHARACTERS
from tests.people import angela, planner
from tests.real_files import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

SIGN_IN = "/accounts/login/"
MULTIPART = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"
MILLION = 1_000_000


class Unreadable(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *size):
        raise AssertionError("The body was read.")

    readline = read


def sent(path, length, kind=MULTIPART, *, client=None, **more):
    """The answer to a post that says to have so many bytes, none of which may be read."""
    said = {"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind, **more}
    return (client or Client()).generic("POST", path, **said)


@pytest.fixture
def signed_in():
    client = Client()
    client.force_login(planner())
    return client


def uploads():
    return reverse("customers:uploads", args=[angela().pk])


@pytest.mark.parametrize("kind", [MULTIPART, FORM])
@pytest.mark.parametrize("path", [SIGN_IN, "/", "/drafts/keep/", "/check/", "/nowhere/", "/admin/login/"])
def test_of_a_stranger_nothing_large_is_read(path, kind):
    for length in (600 * MILLION, MOST_OF_A_STRANGER + 1):
        answer = sent(path, length, kind)
        assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert "You are not signed in" in answer.content.decode()


def test_what_a_stranger_may_send_stays_in_memory():
    assert LIMIT_CHARACTERS < MOST_OF_A_STRANGER <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def test_a_page_without_a_field_for_files_takes_words_only(signed_in):
    answer = sent("/drafts/keep/", settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1, client=signed_in)
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "nothing was saved" in answer.content.decode()


def test_a_page_for_files_takes_a_file_and_the_words_beside_it(signed_in):
    most = settings.UPLOAD_LIMIT_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert sent(uploads(), most + 1, client=signed_in).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    with pytest.raises(AssertionError, match="The body was read"):
        sent(uploads(), most, client=signed_in)


def test_a_file_at_the_limit_is_taken(signed_in, monkeypatch, tmp_path):
    """In memory: a folder for what waits may be full or gone, and the words beside the file would be lost with it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "not there"))
    large = PDF + b"\n" * (settings.UPLOAD_LIMIT_BYTES - len(PDF))
    form = {
        "name": "A long paper",
        "category": "other",
        "document_type": "other",
        "purpose": "other",
        "file": SimpleUploadedFile("long.pdf", large),
    }
    assert signed_in.post(uploads(), form).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("path", [SIGN_IN, "/check/"])
def test_a_body_without_a_length_is_refused(path, signed_in):
    for client in (Client(), signed_in):
        answer = sent(path, "", client=client, HTTP_TRANSFER_ENCODING="chunked")
        assert answer.status_code == HTTPStatus.LENGTH_REQUIRED


def views_that_read_files():
    files = [file for app in Path(settings.BASE_DIR).glob("*/apps.py") for file in app.parent.glob("**/*.py")]
    return [file for file in files if "views" in str(file) and "request.FILES" in file.read_text()]


@pytest.mark.parametrize("file", views_that_read_files(), ids=lambda file: f"{file.parent.parent.name}.{file.stem}")
def test_a_view_that_reads_files_says_so(file):
    text = file.read_text()
    assert text.count("@takes_files") >= text.count("request.FILES")


def pages_for_files():
    """Every address of the product whose view takes files, by its name."""
    names = []

    def walk(patterns, spaces=()):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                if getattr(pattern.callback, "takes_files", False):
                    names.append(":".join([*spaces, pattern.name]))
            else:
                walk(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)

    walk(get_resolver().url_patterns)
    return names


def test_files_are_for_few_pages():
    recorded = ["plan:agreement-record", "plan:evidence-add", "plan:job-fit-outside"]
    shown = ["plan:step-proof", "my:step-proof"]
    written = ["customers:messages", "customers:thread", "my:messages", "my:thread"]
    brought = ["check", "agency-begin", "customer-import:list", "provider-import:list", "catalog-import:list"]
    brought += ["worksite-import:list", "payroll-import:list", "agreement-add", "admin:services_feedsource_file"]
    results = ["customers:assessment-add", "customers:assessment-edit"]
    kept = ["customers:uploads", "customers:resume"]
    earned = ["credential-add", "credential-edit", "plan:service-credential"]
    assert sorted(pages_for_files()) == sorted([*kept, *earned, *results, *recorded, *shown, *written, *brought])


def test_the_refusal_says_where_to_go_back(signed_in):
    page = uploads()
    answer = sent(page, 600 * MILLION, client=signed_in, HTTP_REFERER=f"http://testserver{page}")
    assert f'href="{page}"' in answer.content.decode()

"""A file that was filed is handed out as it was filed, or not at all: whoever asks is told what to do, and the
administrators and the log hear of it."""

import logging
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acknowledgments.enums import PrintKind
from acknowledgments.models import Paper
from careerplan.base import clock
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.actions import upload_file
from customers.models import Upload
from customers.stored import Damage, damage_of
from tests import people, states
from tests.markup import Page
from tests.real_files import PDF, picture_file
from tests.security.tampering import flip_a_byte, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

CHANGED = "This file is not the one that was filed"
MISSING = "This file is missing where we keep files"


def uploaded(name="resume.pdf", content=PDF):
    values = {"name": "A file", "category": "other", "document_type": "resume", "purpose": "resume"}
    values["shown_to_customer"] = True
    file = SimpleUploadedFile(name, content)
    return upload_file(people.david(), file, values, by=people.planner(), at=clock.now())


def paper():
    version = states.newest(people.angela())
    return Paper.objects.get(seal__version=version, kind=PrintKind.AGREED, seal__voided_at=None).upload


def of_upload(upload):
    return people.planner(), reverse("customers:upload-file", args=[upload.customer_id, upload.pk])


# By page: the file, who asks for it, and where.
PAGES = {
    "a file for staff": (uploaded, of_upload),
    "a file for its customer": (uploaded, lambda upload: (people.david().user, of_upload(upload)[1])),
    "a picture as every browser shows it": (
        lambda: uploaded("fax.tif", picture_file("TIFF", pages=2)),
        lambda upload: (people.planner(), reverse("customers:upload-view", args=[upload.customer_id, upload.pk])),
    ),
    "a paper in the uploads": (paper, of_upload),
    "a paper for staff": (paper, lambda _: (people.planner(), reverse("plan:paper", args=[people.angela().pk]))),
    "the customer's copy": (
        paper,
        lambda _: (people.angela().user, reverse("my:paper", args=[states.newest(people.angela()).pk])),
    ),
}


@pytest.fixture(params=PAGES)
def page(request):
    make, asked = PAGES[request.param]
    upload = make()
    return upload, *asked(upload)


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_what_is_as_it_was_is_handed_out(client, page):
    _upload, person, address = page
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    assert content(answer).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("values", "status", "words", "event"),
    [
        ({"sha256": "0" * 64}, 409, CHANGED, "file-changed"),
        ({"sha256": ""}, 409, CHANGED, "file-changed"),
        ({"file": "uploads/2026/01/gone.pdf"}, 410, MISSING, "file-missing"),
        ({"file": "../../elsewhere.pdf"}, 410, MISSING, "file-missing"),
    ],
)
def test_what_is_not_is_refused_logged_and_told(client, page, caplog, values, status, words, event):
    upload, person, address = page
    tamper(upload, **values)
    client.force_login(person)
    with caplog.at_level(logging.ERROR, "careerplan.security"):
        answer = client.get(address)
    assert answer.status_code == status
    assert words in Page(answer).words
    assert b"%PDF" not in answer.content
    (record,) = [record for record in caplog.records if record.name == "careerplan.security"]
    assert (record.levelname, record.event, record.upload) == ("ERROR", event, upload.pk)
    (message,) = Message.objects.filter(kind=Notice.RECORD_DAMAGED)
    assert message.recipient == people.administrator()


def test_one_byte_on_the_disk_is_enough(client):
    upload = uploaded()
    flip_a_byte(upload)
    person, address = of_upload(upload)
    client.force_login(person)
    assert client.get(address).status_code == 409


def test_a_file_that_can_not_be_read_is_missing(client):
    upload = uploaded()
    path = Path(upload.file.path)
    path.unlink()
    path.mkdir()
    person, address = of_upload(upload)
    client.force_login(person)
    assert client.get(address).status_code == 410
    path.rmdir()


def test_administrators_are_told_of_a_file_once_a_day(client):
    first, second = uploaded(), uploaded()
    for upload in (first, first, second):
        Path(upload.file.path).unlink(missing_ok=True)
        person, address = of_upload(upload)
        client.force_login(person)
        assert client.get(address).status_code == 410
    messages = Message.objects.filter(kind=Notice.RECORD_DAMAGED)
    assert messages.count() == 2
    client.force_login(people.administrator())
    assert client.get(messages[0].path).status_code == 200


def test_the_bytes_are_streamed(client):
    person, address = of_upload(uploaded())
    client.force_login(person)
    answer = client.get(address)
    assert answer.streaming
    assert b"".join(answer.streaming_content) == PDF


def test_one_place_alone_opens_stored_files():
    """Whatever hands out a file asks customers/stored.py for it."""
    opens = re.compile(r"\bfile\.(open|read|chunks|path|url)\b|default_storage|MEDIA_ROOT")
    rooms = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
    files = [path for room in rooms for path in (settings.BASE_DIR / room).rglob("*.py")]
    found = {str(path.relative_to(settings.BASE_DIR)) for path in files if opens.search(path.read_text())}
    allowed = {"customers/stored.py", "careerplan/settings.py", "careerplan/management/commands/trial.py"}
    # Of what is uploaded just now, and filed nowhere yet.
    allowed |= {"customers/files.py", "acknowledgments/filing/checking.py", "customers/opening/archives.py"}
    allowed |= {"careerplan/imports/views.py", "careerplan/imports/spreadsheets.py"}
    allowed |= {"careerplan/imports/sheet_reader.py", "worksites/payroll/of_1904.py"}
    allowed |= {"services/feed/files.py"}
    # The storage itself, and what looks at its room and its leftovers; none of them hands out a file.
    allowed |= {"careerplan/base/files.py", "careerplan/base/health/servers.py"}
    allowed |= {"careerplan/management/commands/orphans.py"}
    assert found - allowed == set()
    assert Upload._meta.get_field("file")


@pytest.fixture
def emptied(page, tmp_path):
    """Where the file stood, and where it is now; it is brought back, since other tests read it."""
    path, elsewhere = Path(page[0].file.path), tmp_path / "elsewhere"
    path.rename(elsewhere)
    yield path, elsewhere
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink()
    elsewhere.rename(path)


@pytest.mark.parametrize("put", ["a link to the same bytes", "a pipe", "a folder"])
def test_what_is_no_file_is_not_opened(client, page, emptied, put):
    """A link may lead anywhere tomorrow; a pipe would hold whoever reads it, for ever."""
    upload, person, address = page
    path, elsewhere = emptied
    if put == "a pipe":
        os.mkfifo(path)
    elif put == "a folder":
        path.mkdir()
    else:
        path.symlink_to(elsewhere)
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 410
    assert MISSING in Page(answer).words
    assert damage_of(upload) == Damage.MISSING

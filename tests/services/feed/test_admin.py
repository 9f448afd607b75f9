"""What an administrator does with a source: makes tokens and revokes them, brings a file, reads how records came."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed
from services.feed import bringing
from services.feed.models import FeedFile, FeedRecord, FeedSource, FeedToken
from services.feed.tokens import make_token, source_of
from tests import people
from tests.markup import Page
from tests.services import feeding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def client(client):
    client.force_login(people.administrator())
    return client


@pytest.fixture
def source(people):
    return feeding.source()


def path(name, source, *keys):
    return reverse(f"admin:services_feedsource_{name}", args=[source.pk, *keys])


def test_a_source_is_added_and_says_when_its_records_came_last(client):
    values = {"code": "iws", "name": "IWS", "region": "", "is_active": "on", "asking": "", "address": ""}
    client.post(reverse("admin:services_feedsource_add"), values)
    assert FeedSource.objects.get().name == "IWS"
    assert "N/A" in Page(client.get(reverse("admin:services_feedsource_changelist"))).words
    bad = values | {"code": "Not a code", "asking": "http"}
    words = Page(client.post(reverse("admin:services_feedsource_add"), bad)).words
    assert "Use 2 to 30 small letters" in words
    assert FeedSource.objects.count() == 1


def test_a_token_is_shown_once_and_kept_as_a_digest(client, source):
    page = client.post(path("tokens", source)).content.decode()
    token = re.search(r'<code id="token">(cpf_[\w-]+)</code>', page)[1]
    assert source_of(token) == source
    assert token not in client.get(path("tokens", source)).content.decode()
    row = FeedToken.objects.get()
    assert token not in str(vars(row))
    assert (row.hint, row.made_by, len(row.digest)) == (token[-4:], people.administrator(), 64)


def test_a_token_is_revoked_once(client, source):
    token = make_token(source, by=people.administrator(), at=clock.now())
    row = FeedToken.objects.get()
    for words in ("The token was revoked.", "This token was revoked already."):
        assert words in Page(client.post(path("tokens", source), {"revoke": row.pk}, follow=True)).words
    assert source_of(token) is None
    assert FeedToken.objects.get().revoked_by == people.administrator()


def send(client, source, text):
    file = SimpleUploadedFile("feed.csv", text.encode(), content_type="text/csv")
    return client.post(path("file", source), {"file": file, "encoding": "utf-8"}, follow=True)


@pytest.mark.policy("ILL-103")
def test_a_file_is_looked_at_before_its_records_are_filed(client, source):
    text = feeding.csv_of([feeding.row(people.david()), feeding.row(people.david(), "A-2", weekly_hours="many")])
    page = Page(send(client, source, text))
    assert "1 new, 0 changed, 0 unchanged, 1 refused." in page.words
    assert "Write the weekly hours as a number" in page.words
    assert not FeedRecord.objects.exists()
    preview = path("preview", source, FeedFile.objects.get().pk)
    assert "1 new" in Page(client.post(preview, follow=True)).words
    assert FeedRecord.objects.get().external_id == "A-1"
    assert not FeedFile.objects.exists()
    assert client.post(preview).status_code == 404


def test_a_file_is_thrown_away_with_nothing_filed(client, source):
    send(client, source, feeding.csv_of([feeding.row(people.david())]))
    client.post(path("preview", source, FeedFile.objects.get().pk), {"throw_away": "yes"})
    assert not FeedFile.objects.exists()
    assert not FeedRecord.objects.exists()


def test_a_file_that_is_no_table_of_records_is_refused_at_the_form(client, source):
    response = send(client, source, "name\r\nDavid\r\n")
    assert response.status_code == 422
    assert "These columns are missing" in Page(response).words
    assert not FeedFile.objects.exists()


def test_a_file_of_more_records_than_a_page_waits_for_is_refused(client, source, monkeypatch):
    monkeypatch.setattr(bringing, "MOST_RECORDS", 1)
    text = feeding.csv_of([feeding.row(people.david()), feeding.row(people.david(), "A-2")])
    assert "manage.py import_services" in Page(send(client, source, text)).words


def test_files_that_nobody_decided_about_go_after_a_day(source):
    content, by = feeding.csv_of([feeding.row(people.david())]).encode(), people.administrator()
    bringing.bring(source, "a.csv", content, encoding="utf-8", by=by, at=clock.now() - 2 * bringing.KEPT_FOR)
    kept = bringing.bring(source, "b.csv", content, encoding="utf-8", by=by, at=clock.now())
    assert [row.file_name for row in bringing.left_lying(clock.now())] == ["a.csv"]
    assert kept in FeedFile.objects.all()


def test_the_times_that_records_came_are_read_with_what_was_refused(client, source):
    text = feeding.csv_of([feeding.row(people.david(), weekly_hours="many")])
    send(client, source, text)
    client.post(path("preview", source, FeedFile.objects.get().pk))
    run = source.runs.get()
    assert "feed.csv" in Page(client.get(reverse("admin:services_feedrun_change", args=[run.pk]))).words
    assert "A-1 weekly_hours: Write" in Page(client.get(reverse("admin:services_feedrun_change", args=[run.pk]))).words


@pytest.mark.parametrize("who", [people.planner, people.statewide])
def test_nobody_else_keeps_sources(client, source, who):
    client.force_login(who())
    for name in ("tokens", "file"):
        assert client.post(path(name, source)).status_code in (302, 403)
    assert not FeedToken.objects.exists()
    with pytest.raises(NotAllowed):
        make_token(source, by=who(), at=clock.now())
    with pytest.raises(NotAllowed):
        bringing.bring(source, "a.csv", b"", encoding="utf-8", by=who(), at=clock.now())

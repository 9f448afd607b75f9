"""What was shown to one person is kept nowhere: of no page, part of a page or file; who signs out leaves nothing."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.templatetags.static import static
from django.urls import reverse

from careerplan.base.private import CLEARED
from customers.models import Upload
from tests.people import administrator, angela, planner, tyrell
from tests.real_files import PDF
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

STAFF = ["home", "customers:list", "check", "account_change_password", "session_token", "admin:login"]
OF_A_CUSTOMER = ["customer-outcomes", "customers:messages", "plan:overview", "plan:agreement", "plan:log"]


def kept_nowhere(answer):
    said = {word.strip() for word in answer.headers.get("Cache-Control", "").split(",")}
    return {"no-store", "private"} <= said


@pytest.mark.parametrize("name", STAFF)
def test_a_page_is_kept_nowhere(client, name):
    client.force_login(planner())
    assert kept_nowhere(client.get(reverse(name)))


@pytest.mark.parametrize("name", OF_A_CUSTOMER)
def test_a_page_of_a_customer_is_kept_nowhere(client, name):
    client.force_login(planner())
    assert kept_nowhere(client.get(reverse(name, args=[angela().pk])))


def test_a_part_of_a_page_a_refusal_and_a_missing_page_are_kept_nowhere(client):
    client.force_login(planner())
    assert kept_nowhere(client.get(reverse("customers:list"), {"q": "an"}, headers={"HX-Request": "true"}))
    assert kept_nowhere(client.get("/customers/999999/"))
    assert kept_nowhere(client.post(reverse("customers:case-notes", args=[angela().pk]), {"text": ""}))
    assert kept_nowhere(client.get("/admin/"))


def test_a_file_is_kept_nowhere(client):
    client.force_login(planner())
    sent = {
        "name": "A letter",
        "category": "other",
        "document_type": "other",
        "purpose": "other",
        "file": SimpleUploadedFile("letter.pdf", PDF),
    }
    client.post(reverse("customers:uploads", args=[angela().pk]), sent)
    upload = Upload.objects.get(name="A letter")
    answer = client.get(reverse("customers:upload-file", args=[angela().pk, upload.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert kept_nowhere(answer)


@pytest.mark.parametrize("person", [planner, administrator, lambda: tyrell().user])
def test_who_signs_out_takes_along_what_the_browser_kept(client, person):
    client.force_login(person())
    assert "Clear-Site-Data" not in client.get("/", follow=True).headers
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == CLEARED
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers


def test_who_comes_back_after_the_session_ended_leaves_nothing_behind_either(client):
    client.force_login(planner())
    Session.objects.all().delete()
    cache.clear()
    assert client.get("/customers/").headers["Clear-Site-Data"] == CLEARED
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers


def test_of_who_is_switched_off_the_session_ends_with_the_next_page(client, caplog):
    """That page is the one to sign in."""
    caplog.set_level(logging.INFO, "careerplan.security")
    person = tyrell().user
    client.force_login(person)
    date_back(person, is_active=False)
    answer = client.get(reverse("my:dashboard"))
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"] == CLEARED
    assert not Session.objects.exists()
    ended = [record for record in caplog.records if record.message == "session-ended"]
    assert [(record.user_id, record.by_id) for record in ended] == [(person.pk, None)]
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers


@pytest.mark.parametrize("path", ["/help/", "/healthz/", "/accounts/login/", "/nowhere/", "/customers/"])
def test_of_a_stranger_nothing_is_cleared(client, path):
    answer = client.get(path)
    assert "Clear-Site-Data" not in answer.headers
    assert kept_nowhere(answer)


def test_a_fault_is_kept_nowhere(client, monkeypatch):
    client.force_login(planner())
    client.raise_request_exception = False
    monkeypatch.setattr("customers.views.staff_customer", lambda *_: 1 / 0)
    answer = client.get(reverse("customers:uploads", args=[angela().pk]))
    assert answer.status_code == 500
    assert kept_nowhere(answer)


def test_files_that_everybody_gets_are_kept(client):
    client.force_login(planner())
    answer = client.get(static("css/careerplan.css"))
    answer.close()
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]

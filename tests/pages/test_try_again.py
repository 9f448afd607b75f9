"""Something breaks that nobody at the page can mend: it says so, keeps what was typed, and can be tried again."""

import contextlib
import errno
import os
from http import HTTPStatus

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careerplan.base.models import FormDraft
from careerplan.base.trouble import AWAY, BUSY, FULL, trouble_of
from customers import actions
from customers.correcting import correct_record
from customers.models import CaseNote, Customer, Upload
from tests import servers, states
from tests.at_once import before_the_commit
from tests.markup import Page
from tests.real_files import PDF

committed = pytest.mark.django_db(transaction=True)

TYPED = "Larger letters, and time to read.\nNo phone calls."
HERE = {"HTTP_ORIGIN": "http://testserver"}
SHORT = "200ms"


@pytest.fixture
def customer(request):
    """With a committed one where the test is one that commits."""
    marker = request.node.get_closest_marker("django_db")
    request.getfixturevalue("staff_and_lists" if marker.kwargs.get("transaction") else "people")
    return states.enrolled()


@pytest.fixture
def client(customer):
    client = Client(raise_request_exception=False)
    client.force_login(customer.planner)
    return client


class Needs:
    """The form of what helps the customer, opened and filled in."""

    def __init__(self, client, customer):
        self.client, self.address = client, reverse("customers:needs-edit", args=[customer.pk])
        page = Page(client.get(self.address))
        whose = page.root.xpath("string(//main//input[@name='typed_by']/@value)")
        self.typed = page.form(self.address) | {"needs": TYPED, "typed_by": whose}

    def save(self, **headers):
        return self.client.post(self.address, self.typed, **(headers or HERE))

    def again(self, answer):
        """The button of the page of the trouble."""
        return self.client.post(self.address, Page(answer).form(self.address, "Try again"), **HERE)


@pytest.fixture
def needs(client, customer):
    return Needs(client, customer)


@contextlib.contextmanager
def other_connection():
    values = connection.get_connection_params()
    values.pop("cursor_factory", None)
    values.pop("context", None)
    with psycopg.connect(**values) as other:
        yield other


@contextlib.contextmanager
def held(row):
    """Somebody else holds the row, and the page waits for it as long as it waits for any."""
    with other_connection() as other, connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{SHORT}'")
        meta = row._meta
        other.execute(f'SELECT FROM "{meta.db_table}" WHERE "{meta.pk.column}" = %s FOR UPDATE', [row.pk])
        yield
        other.rollback()


@contextlib.contextmanager
def database_away():
    """Nobody listens where the database was."""
    connection.close()
    with servers.refusing_port() as port, pytest.MonkeyPatch.context() as patched:
        patched.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        patched.setitem(connection.settings_dict, "PORT", str(port))
        yield
    connection.close()


@contextlib.contextmanager
def database_without_a_connection_left():
    """PostgreSQL refuses one more of this role (53300), as it does where all are taken."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE one_too_many LOGIN CONNECTION LIMIT 0")
    connection.close()
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setitem(connection.settings_dict, "USER", "one_too_many")
            yield
        connection.close()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE one_too_many")


@contextlib.contextmanager
def database_that_is_only_read():
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")


def said(answer):
    return " ".join(Page(answer).root.xpath("string(//main//*[@role='alert'])").split())


def sent_again(answer):
    return Page(answer).form(answer.wsgi_request.get_full_path(), "Try again")


def needs_of(customer):
    return Customer.objects.get(pk=customer.pk).needs


# --- somebody is changing the same thing ------------------------------------------------------


@committed
def test_a_locked_row_asks_to_try_again_and_keeps_what_was_typed(needs, customer):
    with held(customer):
        answer = needs.save()
        assert (answer.status_code, needs_of(customer)) == (HTTPStatus.CONFLICT, "")
    assert said(answer) == "Somebody is changing the same thing at this moment, so nothing was saved. Try again."
    assert sent_again(answer)["needs"].splitlines() == TYPED.splitlines()
    assert FormDraft.objects.get(path=needs.address).user == customer.planner
    assert needs.again(answer).status_code == HTTPStatus.FOUND
    assert needs_of(customer).splitlines() == TYPED.splitlines()


@committed
def test_a_session_that_is_locked_is_not_called_deleted(client, customer):
    """Django answers 400 where it can't write the session."""
    session = client.session
    session["marked"] = 0
    session.save()
    with held(Session.objects.get(pk=session.session_key)):
        answer = client.get(reverse("customers:list"))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "takes too long" in said(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("55P03", BUSY), ("40P01", BUSY), ("40001", BUSY), ("57014", BUSY), ("53100", FULL), ("53300", AWAY),
        ("58030", AWAY), ("57P01", AWAY), ("25006", AWAY), ("08006", AWAY), ("23505", BUSY), ("42P01", None),
        ("22012", None), ("23514", None), ("23503", None),
    ],
)  # fmt: skip
def test_the_servers_own_codes_say_what_it_is(code, kind):
    with pytest.raises(Exception) as raised, connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'fault' USING ERRCODE = '{code}'; END $$")
    assert trouble_of(raised.value) is kind


def sleep_too_long():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
        cursor.execute("SELECT pg_sleep(60)")


@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_such():
    with pytest.raises(OperationalError) as raised:
        sleep_too_long()
    assert trouble_of(raised.value) is BUSY


# --- the database is away ---------------------------------------------------------------------


@committed
def test_a_page_without_database_says_so(client):
    """Also in Spanish, and in the place of a part: the script takes what stands in `main [role=alert]`."""
    address = f"{reverse('customers:list')}?q=a"
    with database_away():
        answer = client.get(address)
        part = client.get(address, HTTP_HX_REQUEST="true")
        spanish = client.get(address, HTTP_ACCEPT_LANGUAGE="es")
    assert (answer.status_code, answer.headers["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "30")
    assert said(answer) == "CareerPlan can't reach its data at this moment. Try again in a minute."
    assert Page(answer).links()["Try again"] == address
    assert (part.status_code, said(part)) == (answer.status_code, said(answer))
    assert (Page(spanish).root.get("lang"), "no puede llegar a sus datos" in said(spanish)) == ("es", True)
    assert client.get(address).status_code == HTTPStatus.OK


@committed
@pytest.mark.parametrize("refusal", [database_without_a_connection_left, database_that_is_only_read])
def test_a_database_that_takes_nothing_keeps_nobody_from_trying_again(needs, customer, refusal):
    with refusal():
        page = needs.client.get(reverse("customers:list"))
        answer = needs.save()
        signing_in = Client(raise_request_exception=False).post(
            reverse("account_login"), {"login": "pat.planner", "password": settings.DEMO_PASSWORD}, **HERE
        )
    reads = refusal is database_that_is_only_read
    assert page.status_code == (HTTPStatus.OK if reads else HTTPStatus.SERVICE_UNAVAILABLE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "30")
    assert signing_in.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert needs_of(customer) == ""
    assert needs.again(answer).status_code == HTTPStatus.FOUND
    assert needs_of(customer).splitlines() == TYPED.splitlines()


@committed
def test_what_was_typed_stands_in_the_page_while_the_database_is_away(needs, customer):
    """Nothing of what another site sent, which would get a good token there, no password and no signature."""
    secret = {"login": "someone", "password": "geheim", "typed_name": "Lucia"}
    with database_away():
        answer = needs.save()
        foreign = needs.save(HTTP_ORIGIN="https://elsewhere.example")
        signing_in = needs.client.post(reverse("account_login"), secret, **HERE)
    assert {each.status_code for each in (answer, foreign, signing_in)} == {HTTPStatus.SERVICE_UNAVAILABLE}
    assert "may not have been saved" in said(answer)
    assert b"Larger letters" not in foreign.content
    assert (b"geheim" in signing_in.content, b"Lucia" in signing_in.content) == (False, False)
    assert sent_again(signing_in)["login"] == "someone"
    assert "Passwords, signatures and files are not" in Page(signing_in).words
    assert needs.again(answer).status_code == HTTPStatus.FOUND
    assert needs_of(customer).splitlines() == TYPED.splitlines()


@committed
def test_a_connection_that_is_ended_meanwhile_leaves_nothing_and_can_be_tried_again(client, customer, monkeypatch):
    """The server was told to stop while the page wrote (`pg_terminate_backend` is what it sends to each)."""
    address = reverse("customers:case-notes", args=[customer.pk])
    note = {"subject": "Room", "text": "She found a room.", "contact_on": f"{timezone.localdate():%m/%d/%Y}"}
    filled = Page(client.get(address)).form(address) | note | {"contact_method": "phone"}
    add = actions.add_case_note

    def ends_meanwhile(*values, **named):
        with transaction.atomic():
            add(*values, **named)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                ended = cursor.fetchone()[0]
            with other_connection() as other:
                other.execute("SELECT pg_terminate_backend(%s, 60000)", [ended])

    with monkeypatch.context() as patched:
        patched.setattr(actions, "add_case_note", ends_meanwhile)
        answer = client.post(address, filled, **HERE)
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert not CaseNote.objects.filter(customer=customer, subject="Room").exists()
    for _press in range(2):  # the form's key is sent again, too, so that nothing is there twice
        again = client.post(address, Page(answer).form(address, "Try again"), **HERE)
        assert again.status_code == HTTPStatus.FOUND
    assert CaseNote.objects.filter(customer=customer, subject="Room").count() == 1


# --- no room for files ------------------------------------------------------------------------


def upload(client, customer):
    words = {"name": "Letter", "category": "other", "document_type": "resume", "purpose": "resume"}
    file = SimpleUploadedFile("letter.pdf", PDF, content_type="application/pdf")
    return client.post(reverse("customers:uploads", args=[customer.pk]), words | {"file": file}, **HERE)


@pytest.mark.django_db
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_disk_says_so_and_files_nothing(client, customer, monkeypatch, settings, tmp_path, code):
    settings.MEDIA_ROOT = tmp_path

    def fails(*_values):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "replace", fails)
    answer = upload(client, customer)
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE, Page(answer).words
    assert "no room left" in said(answer)
    assert sent_again(answer)["name"] == "Letter"
    assert "files are not" in Page(answer).words
    assert not Upload.objects.filter(customer=customer).exists()


@pytest.mark.django_db
def test_a_fault_of_ours_stays_one(client, customer, monkeypatch):
    def fails(*_values, **_named):
        raise ValueError

    monkeypatch.setattr("customers.views.context_for", fails)
    answer = client.get(reverse("customers:intake", args=[customer.pk]))
    assert (answer.status_code, b"Something went wrong" in answer.content) == (500, True)


@committed
def test_two_who_write_at_once_what_must_be_there_once_read_why_at_the_next_try(client, customer):
    """Neither was there when the other one looked."""
    other = states.enrolled()
    address = reverse("customers:intake-edit", args=[other.pk])
    typed = Page(client.get(address)).form(address) | {"state_id": "TWICE-1"}
    answer = before_the_commit(
        lambda: correct_record(customer, {"state_id": "TWICE-1"}, by=customer.planner, at=states.now()),
        lambda: client.post(address, typed, **HERE),
    )
    assert answer.status_code == HTTPStatus.CONFLICT
    again = client.post(address, Page(answer).form(address, "Try again"), **HERE)
    assert "Somebody has this participant ID already." in again.content.decode()

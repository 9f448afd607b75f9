"""The database's address takes every option of libpq beside our limits; one that can't be is a fault."""

import os

import psycopg
import pytest
from django.db import connection
from django.db.utils import ConnectionHandler, OperationalError

from careerplan import connecting
from tests.ops.faults import faults


def entry(url, password=""):
    return connecting.database(url, password=password, statement_timeout_ms=1234, kept_seconds=0)


def shown(url, name, password=""):
    """What a real server says of a connection that is made by Django with this address."""
    made = ConnectionHandler({"default": entry(url, password)})["default"]
    try:
        with made.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            return cursor.fetchone()[0]
    finally:
        made.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("search_path", "pg_catalog"),
        ("statement_timeout", "1234ms"),
        ("lock_timeout", "5s"),
        ("jit", "off"),
        ("idle_in_transaction_session_timeout", "7s"),
        ("application_name", "web-3"),
    ],
)
def test_the_options_of_the_address_stand_beside_our_limits(django_db_blocker, name, value):
    options = "-c%20search_path%3Dpg_catalog%20-c%20idle_in_transaction_session_timeout%3D7000"
    url = f"{os.environ['DATABASE_URL'].partition('?')[0]}?application_name=web-3&options={options}"
    with django_db_blocker.unblock():
        assert shown(url.replace("/careerplan?", "/postgres?"), name) == value


def test_the_tests_ask_as_the_product_does(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), current_setting('search_path')")
        assert cursor.fetchone() == ("off", "public")


@pytest.mark.parametrize(("sslmode", "is_refused"), [("verify-full", True), ("require", True), ("prefer", False)])
def test_a_server_without_tls_is_refused_where_the_address_wants_it(django_db_blocker, tmp_path, sslmode, is_refused):
    url = f"{os.environ['DATABASE_URL'].partition('?')[0]}?sslmode={sslmode}".replace("/careerplan?", "/postgres?")
    if sslmode == "verify-full":
        (tmp_path / "root.crt").write_text("")
        url += f"&sslrootcert={tmp_path / 'root.crt'}"
    with django_db_blocker.unblock():
        if is_refused:
            with pytest.raises(OperationalError):
                shown(url, "lock_timeout")
        else:
            assert shown(url, "lock_timeout") == "5s"


def test_the_first_server_may_be_away(django_db_blocker):
    parts = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_URL"])
    url = (
        f"postgres://{parts['user']}@127.0.0.1:9,{parts['host']}:{parts['port']}/postgres"
        "?connect_timeout=5&target_session_attrs=read-write"
    )
    with django_db_blocker.unblock():
        assert shown(url, "lock_timeout") == "5s"


def test_a_folder_of_sockets_and_a_password_beside_the_address():
    found = entry("postgres://planner@/careerplan?host=/var/run/postgresql", "se@cret")
    assert (found["HOST"], found["NAME"], found["PASSWORD"]) == ("/var/run/postgresql", "careerplan", "se@cret")
    assert entry("postgres://planner:se%40cret@db/careerplan")["PASSWORD"] == "se@cret"
    assert not faults()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://u:geheim@h/db", "doesn't begin with"),
        ("postgres://u:geheim@h", "names no database"),
        ("postgres://u:geheim@h:abc/db", "can't be read"),
        ("postgres://u:geh#eim/@h/db?x", "can't be read"),
        ("postgres://u:geheim@h/db?sslmod=require", "sslmod"),
        ("postgres://u:geheim@h/db?sslmode=verify", "sslmode=verify"),
        ("postgres://u:geheim@h/db?target_session_attrs=any-one", "target_session_attrs"),
        ("postgres://u:geheim@h/db?connect_timeout=soon", "connect_timeout"),
        ("postgres://u:geheim@h/db?sslrootcert=/nothing/ca.pem", "sslrootcert, /nothing/ca.pem, can't be read"),
    ],
)
def test_an_address_that_cannot_be_is_a_fault_without_its_password(url, said):
    entry(url)
    (sentence,) = faults()
    assert sentence.startswith("DATABASE_URL")
    assert said in sentence
    assert "geheim" not in sentence


def test_two_passwords_are_refused():
    entry("postgres://u:one@h/db", "two")
    assert faults() == ["DATABASE_PASSWORD is set, and DATABASE_URL holds a password, too: set one of them."]

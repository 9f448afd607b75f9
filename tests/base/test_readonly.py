"""A page that is asked with GET can't write: the guard of tests and of development."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.urls import path, reverse

from careerplan.accounts.models import Office
from careerplan.base.readonly import ReadOnlyMiddleware, WrittenByGet, is_write
from tests import people

ROOT = Path(__file__).resolve().parents[2]


def touch(request):
    Office.objects.model.objects.first().save()
    return HttpResponse()


def read(request):
    Office.objects.select_for_update().first()
    request.session["seen"] = "yes"
    return HttpResponse()


urlpatterns = [path("touch/", touch), path("read/", read)]


@pytest.mark.parametrize(
    ("sql", "writes"),
    [
        ('SELECT "plans_barrier"."id" FROM "plans_barrier"', False),
        ('SELECT 1 FROM "a" FOR UPDATE OF "a"', False),
        ('SAVEPOINT "s1"', False),
        ('RELEASE SAVEPOINT "s1"', False),
        ("BEGIN", False),
        ("SELECT 'DELETE FROM a'", False),
        ("WITH old AS (SELECT 1) SELECT * FROM old FOR UPDATE", False),
        ("WITH old AS (SELECT 'UPDATE x') SELECT * FROM old", False),
        ('INSERT INTO "django_session" ("session_key") VALUES (%s)', False),
        ('UPDATE "django_session" SET "session_data" = %s', False),
        ('DELETE FROM "django_session" WHERE 1 = 1', False),
        ('INSERT INTO "plans_barrier" ("id") VALUES (%s)', True),
        ('/* page */ UPDATE "plans_barrier" SET "id" = 1', True),
        ("-- a page\ndelete from plans_barrier", True),
        ('UPDATE "accounts_user" SET "last_login" = %s WHERE "django_session" = 1', True),
        ("WITH gone AS (DELETE FROM plans_barrier RETURNING *) SELECT * FROM gone", True),
        ("EXPLAIN ANALYZE UPDATE plans_barrier SET id = 1", True),
        ("REPLACE INTO plans_barrier VALUES (1)", True),
        ("TRUNCATE plans_barrier", True),
        ("COPY plans_barrier FROM STDIN", True),
        ("SELECT 1; DELETE FROM plans_barrier", True),
        ('UPDATE "django_session" SET "session_data" = %s; DELETE FROM plans_barrier', True),
        ("(WITH gone AS (DELETE FROM plans_barrier RETURNING *) SELECT * FROM gone)", True),
        ("SELECT * INTO other FROM plans_barrier", True),
        ("SELECT setval('s', 1)", True),
        ("LOCK TABLE plans_barrier", True),
        ("REFRESH MATERIALIZED VIEW counts", True),
        ("PRAGMA user_version = 3", True),
        ("(SELECT 1) UNION ALL (SELECT 2)", False),
    ],
)
def test_what_changes_rows_is_told_from_what_reads_them(sql, writes):
    assert is_write(sql) is writes


@pytest.mark.django_db
@pytest.mark.urls("tests.base.test_readonly")
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_page_that_writes_is_refused(client, method):
    client.force_login(people.planner())
    with pytest.raises(WrittenByGet, match="UPDATE"):
        getattr(client, method)("/touch/")


@pytest.mark.django_db
@pytest.mark.urls("tests.base.test_readonly")
def test_what_is_posted_may_write(client):
    client.force_login(people.planner())
    assert client.post("/touch/").status_code == 200


@pytest.mark.django_db
@pytest.mark.urls("tests.base.test_readonly")
def test_a_page_may_read_lock_and_prolong_its_session(client):
    client.force_login(people.planner())
    assert client.get("/read/").status_code == 200
    assert client.session["seen"] == "yes"


@pytest.mark.django_db
def test_the_guard_ends_with_the_request(client):
    client.force_login(people.planner())
    client.get(reverse("customers:list"))
    assert connection.execute_wrappers == []


def test_it_stands_around_the_session_in_tests():
    name = f"{ReadOnlyMiddleware.__module__}.{ReadOnlyMiddleware.__name__}"
    after = settings.MIDDLEWARE.index(name) + 1
    assert settings.MIDDLEWARE[after] == "django.contrib.sessions.middleware.SessionMiddleware"


@pytest.mark.parametrize(("variables", "stands"), [({}, False), ({"TRIAL": "1"}, False), ({"DEBUG": "1"}, True)])
def test_it_stands_in_development_and_not_in_production(variables, stands):
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "signs-nothing-" * 5, "ALLOWED_HOSTS": "a.example"}
    environment |= {"DATABASE_URL": "postgres://a@127.0.0.1:9/a", "REDIS_URL": "redis://127.0.0.1:9/0"}
    environment |= {"TRUSTED_PROXIES": "0", "EMAIL_HOST": "a.example", "DEFAULT_FROM_EMAIL": "a@a.example"} | variables
    code = (
        "from careerplan import settings; print('careerplan.base.readonly.ReadOnlyMiddleware' in settings.MIDDLEWARE)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == str(stands)

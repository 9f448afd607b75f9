"""What is logged: a line of JSON a record, the number of its request, and nothing that a person typed or is called."""

import json
import logging
import re
import subprocess
import sys
from ipaddress import ip_network

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from careerplan.accounts.models import User
from careerplan.base.logs import JsonFormatter, TextFormatter, plain_path, request_named
from careerplan.celery import app
from tests import people as cast
from tests.ops.live import ROOT, fetch, gunicorn
from tests.waiting import eventually
from tests.workers import url_of_the_test_database


def lines(log):
    return [json.loads(line) for line in log.read_text().splitlines()]


@pytest.mark.django_db(transaction=True)
def test_a_fault_on_a_live_server(staff_and_lists, tmp_path):
    environment = {"DATABASE_URL": url_of_the_test_database(), "GUNICORN_CMD_ARGS": "--access-logfile -"}
    with gunicorn(tmp_path, "tests.ops.faulty:application", **environment) as (address, log):
        status, headers, page = fetch(
            f"{address}/fault/x/?email=angela.w@example.test",
            posted=b"note=Tyrell+called",
            **{"X-Request-ID": "a-strangers-1", "Referer": "https://other.test/?q=lucia"},
        )
        [entry] = eventually(lambda: [line for line in lines(log) if line["level"] == "ERROR"])
        [access] = eventually(lambda: [line for line in lines(log) if line["message"].startswith("POST /fault/x/ 500")])
    number = headers["X-Request-ID"]
    assert access["message"].endswith(f"request {number}")
    assert status == 500
    assert page.count(number) == 2  # in both languages
    assert (entry["request_id"], entry["method"], entry["path"]) == (number, "POST", "/fault/…/")
    assert entry["status_code"] == 500
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["time"])
    assert entry["exception"]["type"] == "django.db.utils.IntegrityError"
    assert "SQLSTATE 23514" in entry["exception"]["message"]
    assert "accounts_user" in entry["exception"]["message"]
    assert "tests/ops/faulty.py" in entry["exception"]["traceback"]
    whole = log.read_text()
    assert [
        said
        for said in ("DETAIL", "Failing row", "Key (", "angela.w", "lucia", "Tyrell", "a-strangers-1")
        if said in whole
    ] == []


# --- the number of a request ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trusted", "given", "is_taken"),
    [
        (0, "abcdef-123456", False),
        (1, "abcdef-123456", True),
        ((ip_network("127.0.0.0/8"),), "abcdef-123456", True),
        ((ip_network("10.0.0.0/8"),), "abcdef-123456", False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, 'abc"}\nERROR abcdef', False),
    ],
)
def test_the_number_of_a_request_is_taken_from_our_own_proxy_alone(client, settings, trusted, given, is_taken):
    settings.TRUSTED_PROXIES = trusted
    number = client.get("/healthz/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (number == given) == is_taken
    assert is_taken or re.fullmatch("[2-9A-Z]{10}", number)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/statewide/", 403), ("/?x=%00", 400)])
def test_pages_that_refuse_say_their_number(client, people, address, status):
    client.force_login(User.objects.get(username="planner"))
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["X-Request-ID"] in answer.content.decode()


@pytest.mark.django_db
def test_a_page_that_fails_needs_no_database_and_says_its_number(monkeypatch, people):
    monkeypatch.setattr("careerplan.accounts.middleware.PreferencesMiddleware.__call__", lambda self, request: 1 / 0)
    answer = Client(raise_request_exception=False).get("/help/")
    assert answer.status_code == 500
    assert answer.content.decode().count(answer.headers["X-Request-ID"]) == 2


# --- one record -------------------------------------------------------------------------------


def record(message="It failed", error=None, name="careerplan.plans", args=(), **extra):
    info = (type(error), error, error.__traceback__) if error else None
    return logging.getLogger(name).makeRecord(name, logging.ERROR, __file__, 1, message, args, info, extra=extra)


def told(**values):
    return json.loads(JsonFormatter().format(record(**values)))


def raised(error):
    try:
        raise error
    except Exception as caught:
        return caught


def of_the_database(sql, values=()):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except Exception as caught:
        return caught


ANGELA = "Angela O'Whitfield\nof Harbor Street"


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"invalid literal for int() with base 10: {ANGELA!r}"),
        KeyError(ANGELA),
        ValidationError({"name": [ANGELA]}),
        RuntimeError("No such address: angela.whitfield@careerplan.test"),
        ExceptionGroup("two", [ValueError(ANGELA)]),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("formatter", [JsonFormatter(), TextFormatter()], ids=["json", "text"])
def test_an_exception_quotes_nobody(error, formatter):
    line = formatter.format(record(error=raised(error)))
    assert type(error).__name__ in line
    assert [part for part in ("Angela", "Whitfield", "whitfield", "Harbor") if part in line] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "values"),
    [
        ("INSERT INTO accounts_region (name) VALUES (NULL)", ()),
        ("INSERT INTO accounts_user (username, first_name) VALUES ('planner', %s)", [ANGELA]),
        ("SELECT %s::integer", [ANGELA]),
        ("SELECT nonsense FROM accounts_user WHERE first_name = %s", [ANGELA]),
    ],
    ids=["null", "row", "value", "statement"],
)
@pytest.mark.parametrize("formatter", [JsonFormatter(), TextFormatter()], ids=["json", "text"])
def test_a_fault_of_the_database_shows_no_row(people, sql, values, formatter):
    error = of_the_database(sql, values)
    line = formatter.format(record(error=error))
    assert "SQLSTATE" in line
    found = [part for part in ("Angela", "Whitfield", "Harbor", "DETAIL", "Failing row", "LINE 1") if part in line]
    assert found == []


@pytest.mark.django_db
def test_the_words_of_a_message_show_no_row_either(people):
    taken = User.objects.first()
    try:
        with transaction.atomic():
            User.objects.create(username=taken.username)
    except IntegrityError as error:
        for said in (str(error), repr(error)):
            message = told(message="It failed: %s", args=(said,))["message"]
            assert message.startswith("It failed: ")
            assert "DETAIL" not in message
            assert taken.username not in message


def test_a_message_names_no_query_and_no_key_of_a_link():
    said = told(message="Not Found: %s and %s", args=("/customers/?q=angela", "/accounts/password/reset/key/4-abc123/"))
    assert said["message"] == "Not Found: /customers/ and /accounts/password/reset/key/'…'/"


def test_extras_of_ours_are_told_and_those_of_others_are_not():
    assert told(event="sign-in", tries=3)["event"] == "sign-in"
    assert "data" not in told(name="celery.app.trace", data={"args": ["Angela"]})
    assert told(name="django.request", status_code=404, request=object(), form="Angela").keys() == {
        "time", "level", "logger", "message", "status_code",
    }  # fmt: skip


def test_an_extra_can_not_take_the_place_of_the_records_own():
    assert told(level="INFO", time="never")["level"] == "ERROR"
    assert told(level="INFO", time="never")["time"] != "never"


@pytest.mark.django_db
def test_what_an_event_says_of_its_person_is_not_who_asked(rf, people):
    request = rf.get("/")
    request.user = User.objects.first()
    with request_named(request, "NUMBER2345"):
        said = told(name="careerplan.security", user_id=99, by_id=request.user.pk)
    assert (said["user_id"], said["by_id"]) == (99, request.user.pk)


@pytest.mark.django_db
def test_a_record_names_its_person_by_the_key_alone(rf, people, django_assert_num_queries):
    request = rf.get("/customers/", {"q": "angela"})
    request.user = User.objects.first()
    with request_named(request, "NUMBER2345"), django_assert_num_queries(0):
        said = told()
    assert (said["request_id"], said["user_id"], said["path"]) == ("NUMBER2345", request.user.pk, "/customers/")
    assert request.user.username not in json.dumps({**said, "path": ""})


def test_a_task_that_fails_is_told_without_its_arguments():
    """As Celery words it: exception, traceback and arguments within the message."""
    error = raised(KeyError(ANGELA))
    values = {"name": "t", "id": "7", "exc": repr(error), "traceback": ANGELA, "args": f"({ANGELA!r},)", "kwargs": "{}"}
    words = "Task %(name)s[%(id)s] %(description)s: %(exc)s\n%(traceback)s"
    said = told(
        name="celery.app.trace", message=words, args=({**values, "description": "raised"},), error=error, data=values
    )
    assert said["message"] == "Task t[7] raised: it failed"
    assert "Angela" not in json.dumps(said)


def test_within_a_task_the_records_name_it():
    @app.task(name="tests.says", shared=False)
    def says():
        return told()

    said = says.apply().get()
    assert said["task"] == "tests.says"
    assert said["task_id"]
    del app.tasks["tests.says"]


# --- the settings -----------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "answer"), [("json", "careerplan.base.logs.JsonFormatter"), ("yaml", "LOG_FORMAT")])
def test_the_form_is_a_setting(form, answer):
    code = "from careerplan import settings; print(settings.LOGGING['formatters']['line']['()'])"
    values = {"PATH": "/usr/bin", "TESTING": "1", "LOG_FORMAT": form}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=values)
    assert answer in done.stdout + done.stderr


def test_no_call_of_a_logger_in_the_product_says_more_than_keys_and_kinds():
    """Each call as it stands today; a new one is looked at, and added here: ids, kinds and counts, nothing typed."""
    found = set()
    for room in ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites"):
        for file in (ROOT / room).rglob("*.py"):
            found |= set(re.findall(r"logger\.(?:\w+)\((?:level, )?(\"[^\"]*\"[^\n]*)", file.read_text()))
    assert [
        call for call in sorted(found) if re.search(r"str\(|email|first_name|last_name|\bto\b,|request\.POST", call)
    ] == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/customers/7/plan/services/", "/customers/7/plan/services/"),
        ("/customers/Secretname-John/", "/customers/…/"),
        ("/accounts/password/reset/key/1-abc-def/", "/accounts/password/reset/key/…/"),
        ("/admin/customers/customer/7/change/", "/admin/customers/customer/7/change/"),
        ("/Secretname", "/…"),
    ],
)
def test_a_path_says_no_word_that_is_not_ours(asked, said):
    assert plain_path(asked) == said


@pytest.mark.django_db
@pytest.mark.parametrize("form", [JsonFormatter, TextFormatter])
def test_an_address_that_is_not_there_is_logged_without_its_words(client, people, caplog, form):
    client.force_login(cast.planner())
    client.get("/customers/Secretname-John/?q=Angela")
    records = [record for record in caplog.records if record.name == "django.request"]
    assert records
    lines = [form().format(record) for record in records]
    assert not re.search("Secretname|Angela", "".join(lines))
    assert "Not Found: /customers/…/" in lines[0] or "Not Found: /customers/\\u2026/" in lines[0]

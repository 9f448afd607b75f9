"""Settings that can't be are named all at once, before anything starts; secrets may stand in files."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from careerplan import environment
from tests.ops.faults import faults
from tests.ops.test_compose import settings_listed

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (ROOT / "careerplan/settings.py").read_text()
GOOD_KEY = "a-key-of-these-tests-that-signs-nothing-at-all"
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": GOOD_KEY,
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    "ALLOWED_HOSTS": "careerplan.example",
    "TRUSTED_PROXIES": "0",
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "CareerPlan <no-reply@mail.example>",
}
ALL_WRONG = {
    "SECRET_KEY": "x",
    "EMAIL_PORT": "abc",
    "EMAIL_USE_TLS": "maybe",
    "BACKGROUND": "rabbit",
    "SITE_ADDRESS": "careerplan.example",
    "REDIS_URL": "redis.example:6379",
    "TIME_ZONE": "Mars/Olympus",
    "VAR_DIR": "/etc/passwd/var",
    "MEDIA_ROOT": "/etc/passwd/uploads",
    "WORDS_FOLDER": "/nothing/here",
    "UPLOAD_LIMIT_BYTES": "-1",
    "ACKNOWLEDGMENT_RULES": "ohio",
    "PAPER_CAPTURES": "scan,crystal",
    "FORM_SEAL_KEY_FILE": "/nothing/here.p12",
    "DATABASE_URL": "mysql://planner:geheim@db/careerplan",
    "ALLOWED_HOSTS": "https://careerplan.example",
    "CSRF_TRUSTED_ORIGINS": "careerplan.example",
    "CLAMD_ADDRESS": "clamd",
    "DEFAULT_FROM_EMAIL": "CareerPlan",
    "LOG_LEVEL": "LOUD",
    "LOG_FORMAT": "xml",
    "TRUSTED_PROXIES": "the one in front",
    "WEB_READ_SECONDS": "0",
    "SESSION_IDLE_SECONDS": "99999999999999",
    "DATABASE_STATEMENT_TIMEOUT_MS": "99999999999",
    "SECRET_KEY_FALLBACKS": "x",
    "ALARM_ADDRESS": "nobody",
    "EMAIL_HOST": "smtp://mail",
    "EMAIL_HOST_USER": "somebody",
}


@pytest.fixture(autouse=True)
def no_faults():
    yield
    environment.FAULTS.clear()


@pytest.fixture
def given(monkeypatch):
    def give(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))

    return give


def started(*command, **variables):
    """A process with the settings of production and these."""
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=PRODUCTION | variables, capture_output=True, text=True, check=False
    )


def read(**variables):
    """The settings alone, which is quicker."""
    return started("-c", "import careerplan.settings", **variables)


# --- all at once ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "migrate"),
        ("-m", "celery", "-A", "careerplan", "worker"),
        ("-m", "gunicorn", "careerplan.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"),
    ],
)
def test_every_fault_is_a_sentence_of_one_list_and_there_is_no_traceback(command):
    answer = started(*command, **ALL_WRONG)
    assert answer.returncode == environment.CANNOT_START
    sentences = [line.removeprefix("- ") for line in answer.stderr.splitlines() if line.startswith("- ")]
    assert {re.match(r"\w+", sentence)[0] for sentence in sentences} == set(ALL_WRONG)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert "Traceback" not in answer.stderr
    assert "geheim" not in answer.stderr


def test_good_settings_start():
    answer = read(TIME_ZONE="America/Denver", EMAIL_USE_TLS="ON", REDIS_URL="rediss://r:6380/1")
    assert answer.returncode == 0, answer.stderr


def test_production_has_a_key_of_its_own():
    answer = read(SECRET_KEY="")
    assert "- SECRET_KEY is not set" in answer.stderr
    answer = read(SECRET_KEY="ab" * 40)
    assert "- SECRET_KEY is too easy to guess" in answer.stderr


def test_a_key_file_with_another_password_is_said_without_a_traceback(tmp_path):
    (tmp_path / "key.p12").write_bytes(b"no key")
    answer = started("manage.py", "check", FORM_SEAL_KEY_FILE=str(tmp_path / "key.p12"))
    assert (answer.returncode, "FORM_SEAL_KEY_FILE" in answer.stderr) == (environment.CANNOT_START, True)
    assert "Traceback" not in answer.stderr


def test_production_says_where_its_database_and_its_mail_server_are():
    """A default would be an empty database of SQLite, and a mail server within the container."""
    answer = read(DATABASE_URL="", EMAIL_HOST="", DEFAULT_FROM_EMAIL="")
    assert answer.returncode != 0
    missing = re.findall(r"- (\w+) is not set: say ", answer.stderr)
    assert missing == ["DATABASE_URL", "EMAIL_HOST", "DEFAULT_FROM_EMAIL"]
    for way in ("DEBUG", "TRIAL", "TESTING"):
        answer = read(DATABASE_URL="", EMAIL_HOST="", DEFAULT_FROM_EMAIL="", **{way: "1"})
        assert answer.returncode == 0, answer.stderr


def test_its_database_may_be_named_in_a_file(tmp_path):
    (tmp_path / "url").write_text(PRODUCTION["DATABASE_URL"])
    assert read(DATABASE_URL="", DATABASE_URL_FILE=str(tmp_path / "url")).returncode == 0


SAYS_NO = [
    ("hosts", "careerplan.example:443"),
    ("hosts", "https://careerplan.example"),
    ("hosts", "exa mple.org"),
    ("host", "smtp://mail"),
    ("host", "mail:587"),
    ("host", "mail..example"),
    ("address", "https://x.example/app"),
    ("address", "https://x.example?x=1"),
    ("address", "https://exa mple.org"),
    ("address", "https://me@x.example"),
    ("origins", "https://x.example/path"),
    ("sender", "CareerPlan\nBcc: all@example.org <no-reply@example.org>"),
    ("sender", "no-reply@example.org\n"),
    ("sender", "no-reply@exa..mple"),
    ("mailboxes", "duty@example.org, nobody"),
    ("redis", "redis://localhost/abc"),
    ("redis", "redis://localhost:6379/0/1"),
    ("former_keys", "x"),
    ("former_keys", f"{GOOD_KEY}, {'ab' * 40}"),
]
SAYS_YES = [
    ("hosts", "careerplan.example, .example.org, 10.0.0.7, [::1], *"),
    ("host", "mail.example.org"),
    ("host", "mail_1"),
    ("host", "10.0.0.7"),
    ("host", "fd00::7"),
    ("address", "https://careerplan.example:8443/"),
    ("address", "http://[::1]:8000"),
    ("origins", "https://careerplan.example, https://*.example.org, http://127.0.0.1:8000"),
    ("sender", "CareerPlan of the State's <no-reply@example.org>"),
    ("sender", "no-reply@example.org"),
    ("mailboxes", "duty@example.org,root@localhost"),
    ("redis", "redis://:pass%2Fword@localhost:6379/1?protocol=3"),
    ("redis", "redis://localhost"),
    ("redis", "rediss://r.example:6380/"),
    ("redis", "unix:///run/redis.sock?db=1"),
    ("former_keys", f"{GOOD_KEY}, another-{GOOD_KEY}"),
]
DEFAULTS = {name: ["a.example"] for name in ("hosts", "host", "sender")} | {"address": ["http://a.example"]}


@pytest.mark.parametrize(("reader", "written"), SAYS_NO)
def test_what_would_fail_later_is_said_at_the_start(given, reader, written):
    given(A_SETTING=written)
    getattr(environment, reader)("A_SETTING", *DEFAULTS.get(reader, []))
    (sentence,) = faults()
    assert sentence.startswith("A_SETTING ")
    assert sentence.endswith(".")


@pytest.mark.parametrize(("reader", "written"), SAYS_YES)
def test_what_works_is_taken(given, reader, written):
    given(A_SETTING=written)
    assert getattr(environment, reader)("A_SETTING", *DEFAULTS.get(reader, []))
    assert not faults()


@pytest.mark.parametrize(("written", "is_said"), [("0", True), ("65", True), ("64", False), ("abc", True)])
def test_every_process_says_that_the_web_could_not_start(written, is_said):
    """gunicorn reads it before anything of ours does; what starts before the web (`migrate`) tells of it."""
    answer = read(WEB_CONCURRENCY=written)
    assert ("- WEB_CONCURRENCY is " in answer.stderr, answer.returncode != 0) == (is_said, is_said)


@pytest.mark.parametrize(("word", "means"), [("1", True), ("Yes", True), ("off", False), ("FALSE", False), ("", True)])
def test_a_flag_says_yes_or_no(given, word, means):
    given(A_FLAG=word)
    assert environment.flag("A_FLAG", True) is means
    assert not faults()


@pytest.mark.parametrize("word", ["maybe", "2", "y", "ja", "truee"])
def test_a_flag_says_nothing_else(given, word):
    given(A_FLAG=word)
    environment.flag("A_FLAG")
    assert faults() == [f"A_FLAG is {word!r}: use one of 1, true, yes, on, 0, false, no, off."]


@pytest.mark.parametrize("written", ["0", "11", "1.5", "ten", "1e1", "--3"])
def test_a_number_is_within_its_bounds(given, written):
    given(A_NUMBER=written)
    assert environment.number("A_NUMBER", 5, least=1, most=10) == 5
    assert faults() == [f"A_NUMBER is {written!r}: use a whole number from 1 to 10."]


# --- the list of settings ---------------------------------------------------------------------


def test_the_page_lists_every_setting_that_is_read_and_no_other():
    secret = re.findall(r'environment\.(?:secret|former_keys|key|redis)\(\s*"(\w+)"', SETTINGS)
    of_the_server = (ROOT / "careerplan/web_server.py").read_text()
    read = re.findall(r'environment\.\w+\(\s*"(\w+)"', SETTINGS + of_the_server)
    read += [f"{name}_FILE" for name in secret]
    read += ["WORKER_CONCURRENCY"]  # compose gives it to Celery
    assert sorted(settings_listed("Settings")) == sorted(set(read) - {"WEB_BIND"})  # which the tests set


def test_nothing_else_reads_the_environment():
    """One table of settings: what is read elsewhere would be checked by nobody."""
    readers = ("careerplan", "customers", "goals", "services", "worksites", "acknowledgments")
    others = {
        str(path.relative_to(ROOT))
        for room in readers
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"os\.environ(?!\.setdefault)|getenv|environment\.[a-z]+\(\"", path.read_text())
    }
    # gunicorn is told before the settings are read.
    of_the_server = {"careerplan/web_server.py", "careerplan/serving.py"}
    assert others == {"careerplan/environment.py", "careerplan/settings.py", *of_the_server}


# --- secrets in files -------------------------------------------------------------------------


def test_a_secret_stands_in_a_file_instead(given, tmp_path):
    (tmp_path / "secret").write_text(f"{GOOD_KEY}\n")
    given(A_SECRET_FILE=tmp_path / "secret")
    assert environment.secret("A_SECRET") == GOOD_KEY
    assert environment.former_keys("A_SECRET") == [GOOD_KEY]
    assert not faults()


def test_both_at_once_are_refused(given, tmp_path):
    (tmp_path / "secret").write_text(GOOD_KEY)
    given(A_SECRET_FILE=tmp_path / "secret", A_SECRET="other")
    environment.secret("A_SECRET")
    assert faults() == ["A_SECRET and A_SECRET_FILE are both set: set one of them."]


@pytest.mark.parametrize(
    ("content", "said"), [(None, "can't be read"), (b"\n", "is empty"), (b"\xff\xfe", "plain text")]
)
def test_a_file_without_a_secret_is_refused(given, tmp_path, content, said):
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    given(A_SECRET_FILE=tmp_path / "secret")
    environment.secret("A_SECRET")
    (sentence,) = faults()
    assert sentence.startswith("A_SECRET_FILE, ")
    assert said in sentence


def test_a_weak_key_in_a_file_is_refused_too(tmp_path):
    (tmp_path / "key").write_text("x")
    answer = read(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))
    assert "- SECRET_KEY is too easy to guess" in answer.stderr


def test_former_keys_still_read_what_they_signed(given):
    code = "from django.core.signing import dumps, loads; print({})"
    with_settings = {"DJANGO_SETTINGS_MODULE": "careerplan.settings"}
    signed = started("-c", code.format("dumps('mine')"), **with_settings).stdout.strip()
    new = with_settings | {
        "SECRET_KEY": f"another-{GOOD_KEY}",
        "SECRET_KEY_FALLBACKS": f"a-third-{GOOD_KEY}, {GOOD_KEY}",
    }
    assert started("-c", code.format(f"loads({signed!r})"), **new).stdout.strip() == "mine"

"""docker-compose.yml and the Dockerfile name things that exist, and start them in order."""

import contextlib
import json
import re
import shlex
from pathlib import Path

import psycopg
import pytest
import yaml
from celery.app.utils import find_app
from django.conf import settings
from django.core.management import get_commands
from django.db import connection
from django.urls import resolve
from django.utils.module_loading import import_string
from gunicorn.config import Config
from gunicorn.workers.gthread import ThreadWorker

from careerplan import web_server
from careerplan.celery import app as celery_app
from careerplan.messaging.tasks import LONGEST_TASK_SECONDS
from tests.workers import url_of_the_test_database

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = re.compile(r"\$\{\w+:-([^}]*)\}")
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
APP_SERVICES = ["web", "worker", "mailer", "beat", "migrate"]
LASTING_SERVICES = ["nginx", "web", "worker", "mailer", "beat", "postgres", "redis"]


def instructions(name):
    """What follows the name of a Dockerfile's instruction, for each time that it stands there."""
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, flags=re.MULTILINE)


def test_the_services_are_these():
    assert set(SERVICES) == {*APP_SERVICES, *LASTING_SERVICES}


@pytest.mark.parametrize("name", LASTING_SERVICES)
def test_a_service_that_lasts_has_a_health_check_and_starts_again(name):
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_migration_runs_once_and_first():
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_what_uses_the_database_waits_for_its_migration(name):
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


@pytest.mark.parametrize("name", APP_SERVICES)
def test_what_is_secret_or_local_must_come_from_outside(name):
    environment = SERVICES[name]["environment"]
    assert (environment["SECRET_KEY"], environment["SECRET_KEY_FILE"]) == ("${SECRET_KEY:-}", "${SECRET_KEY_FILE:-}")
    assert environment["ALLOWED_HOSTS"].startswith("${ALLOWED_HOSTS:?")
    password = "DATABASE_OWNER_PASSWORD" if name == "migrate" else "DATABASE_PASSWORD"
    assert environment["DATABASE_PASSWORD"].startswith(f"${{{password}:?")


def test_only_the_migration_signs_in_as_the_owner_of_the_tables():
    addresses = {name: SERVICES[name]["environment"]["DATABASE_URL"] for name in APP_SERVICES}
    roles = {name: re.match(r"postgres://(\w+)@", address).group(1) for name, address in addresses.items()}
    assert roles.pop("migrate") == "careerplan_owner"
    assert set(roles.values()) == {"careerplan_app"}
    assert SERVICES["postgres"]["environment"]["POSTGRES_USER"] not in {"careerplan_owner", "careerplan_app"}


def test_the_roles_are_made_with_the_database():
    (script,) = [volume for volume in SERVICES["postgres"]["volumes"] if "docker-entrypoint-initdb.d" in volume]
    assert (ROOT / script.split(":")[0]).exists()
    assert set(re.findall(r"\$\{(\w+):\?\}", (ROOT / script.split(":")[0]).read_text())) <= set(
        SERVICES["postgres"]["environment"]
    )


SAY_SECRETNAME = """
CREATE TEMP TABLE said (name text UNIQUE);
INSERT INTO said VALUES ('Secretname');
INSERT INTO said VALUES ('Secretname');
"""


@pytest.mark.django_db
@pytest.mark.parametrize("as_in_production", [True, False])
def test_the_log_of_the_database_names_nobody(as_in_production):
    """Also a server that the tests have started says the statement and the row, unless it is told not to."""
    program, *options = SERVICES["postgres"]["command"].replace(" -c ", "|").split("|")
    assert program == "postgres"
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        log = Path(cursor.fetchone()[0]).parent / "log"
    before = len(log.read_bytes())
    with psycopg.connect(url_of_the_test_database(), autocommit=True) as there:
        for option in options if as_in_production else ():
            name, value = option.split("=")
            there.execute(f"SET {name} = {value}")
        for statement in SAY_SECRETNAME.strip().splitlines():
            with contextlib.suppress(psycopg.errors.UniqueViolation):
                there.execute(statement)
    said = log.read_bytes()[before:].decode()
    assert "duplicate key value" in said
    assert ("Secretname" in said) != as_in_production


@pytest.mark.parametrize("name", APP_SERVICES)
def test_every_variable_is_one_that_the_settings_read(name):
    files = ("settings.py", "environment.py", "web_server.py")
    readers = "".join((ROOT / "careerplan" / file).read_text() for file in files)
    given = SERVICES[name]["environment"]
    unread = [variable for variable in given if f'"{variable}"' not in readers]
    assert [variable for variable in unread if f'"{variable.removesuffix("_FILE")}"' not in readers] == []


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_the_celery_commands_name_the_application(name):
    words = shlex.split(SERVICES[name]["command"])
    assert words[0] == "celery"
    assert find_app(words[words.index("-A") + 1]) is celery_app
    assert name in words


def test_the_migration_calls_commands_that_exist():
    commands = re.findall(r"manage\.py (\w+)", SERVICES["migrate"]["command"])
    assert commands == ["migrate", "grant_database_role", "seed_reference"]
    assert set(commands) <= set(get_commands())


def test_the_health_of_the_web_is_asked_at_a_page_that_exists():
    address = re.search(r"http://localhost:8000(/[^']*)", SERVICES["web"]["healthcheck"]["test"][-1])
    assert resolve(address.group(1))
    assert SERVICES["web"]["environment"]["ALLOWED_HOSTS"].endswith(", localhost")


def test_volumes_that_are_used_are_declared():
    mounted = [volume for service in SERVICES.values() for volume in service.get("volumes", [])]
    used = {volume.split(":")[0] for volume in mounted if not volume.startswith((".", "$"))}
    assert used == set(COMPOSE["volumes"])


def test_what_is_mounted_of_the_repository_is_there_and_only_read():
    mounted = [volume.split(":") for service in SERVICES.values() for volume in service.get("volumes", [])]
    ours = [parts for parts in mounted if parts[0].startswith(".")]
    assert len(ours) == 3
    assert [parts for parts in ours if not (ROOT / parts[0]).exists() or parts[-1] != "ro"] == []


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert SERVICES["nginx"]["environment"]["NGINX_WEB"] == f"web:{web_server.bind.split(':')[1]}"


def test_it_is_reached_by_ipv4_alone():
    """On [::] Docker's own proxy would answer, and everybody would come from the address of its bridge."""
    assert [port.split(":$")[0] for port in SERVICES["nginx"]["ports"]] == ["0.0.0.0", "0.0.0.0"]


def test_what_is_sent_waits_in_a_place_that_has_a_size():
    nginx = SERVICES["nginx"]
    folder, options = nginx["tmpfs"][0].split(":")
    assert folder == nginx["environment"]["NGINX_BODY_FOLDER"]
    assert int(re.search(r"size=(\d+)m", options)[1]) < 1024 == 1024 * int(nginx["mem_limit"].removesuffix("g"))


def test_the_proxy_takes_what_the_web_takes():
    template = (ROOT / "deploy/nginx/nginx.conf.template").read_text()
    words = int(re.search(r"client_max_body_size (\d+)m;", template)[1]) * 1024 * 1024
    files = int(DEFAULT.search(SERVICES["nginx"]["environment"]["NGINX_BODY_LIMIT"])[1].removesuffix("m")) * 1024 * 1024
    assert words > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert files > settings.DATA_UPLOAD_MAX_MEMORY_SIZE + settings.UPLOAD_LIMIT_BYTES


def test_the_proxy_is_given_every_variable_of_its_template():
    template = (ROOT / "deploy/nginx/nginx.conf.template").read_text()
    given = set(SERVICES["nginx"]["environment"]) - {"NGINX_ENVSUBST_OUTPUT_DIR"}
    assert set(re.findall(r"\$\{(\w+)\}", template)) == given


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_turns_its_log_over_and_has_limits(name):
    assert SERVICES[name]["logging"]["options"]["max-size"]
    assert int(SERVICES[name]["logging"]["options"]["max-file"]) > 1
    assert {"mem_limit", "cpus"} <= set(SERVICES[name])


@pytest.mark.parametrize("name", LASTING_SERVICES)
def test_a_service_is_given_the_time_to_end(name):
    """Longer than what runs in it may take: a paper, or an e-mail to the slowest mail server."""
    celery_app.loader.import_default_modules()
    paper = celery_app.tasks["acknowledgments.tasks.make_papers"].time_limit
    longest = {"web": web_server.graceful_timeout, "worker": paper, "mailer": LONGEST_TASK_SECONDS}
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > longest.get(name, 5)


def test_the_health_of_the_mailer_is_that_of_its_work():
    assert SERVICES["mailer"]["healthcheck"]["test"] == ["CMD", "python", "manage.py", "heartbeat", "mail"]
    assert "heartbeat" in get_commands()


# --- what may be set --------------------------------------------------------------------------

# Of the image, of developers, of the trial; and other ways to name the database and the queue, which are compose's own.
NOT_PASSED = {"VAR_DIR", "DEBUG", "TRIAL", "TESTING", "PORT"}
# Celery's, in the command of the worker.
NOT_PASSED |= {"WORKER_CONCURRENCY"}
NOT_PASSED |= {"DATABASE_URL_FILE", "DATABASE_PASSWORD_FILE", "REDIS_URL_FILE"}


def settings_listed(section):
    """The variables in the first column of a table in docs/running.md, under this heading."""
    text = (ROOT / "docs/running.md").read_text()
    part = text.split(f"\n## {section}", 1)[1].split("\n## ", 1)[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_every_documented_setting_is_passed_and_the_other_way_around():
    passed = {name for service in APP_SERVICES for name in SERVICES[service]["environment"]}
    assert passed == settings_listed("Settings") - NOT_PASSED


def test_every_setting_of_the_proxy_is_documented():
    text = str(SERVICES["nginx"])
    from_outside = set(re.findall(r"\$\{(\w+)[:}]", text)) - settings_listed("Settings")
    assert from_outside == settings_listed("The proxy")


def test_whatever_compose_reads_from_outside_is_documented():
    from_outside = set(re.findall(r"\$\{(\w+)[:}]", str(SERVICES)))
    known = settings_listed("Settings") | settings_listed("The proxy")
    assert from_outside - known == {"POSTGRES_PASSWORD", "DATABASE_OWNER_PASSWORD"}  # docker-compose.yml says them


@pytest.mark.parametrize("name", ["DATABASE_PASSWORD", "EMAIL_HOST", "DEFAULT_FROM_EMAIL", "SITE_ADDRESS"])
def test_compose_asks_for_what_production_requires(name):
    assert SERVICES["web"]["environment"][name].startswith(f"${{{name}:?")


@pytest.mark.parametrize("name", sorted(settings_listed("Settings") - NOT_PASSED))
def test_what_stands_in_the_environment_is_what_is_passed(name):
    """Under its own name, so that a file .env says it as docs/running.md does; the database is compose's own."""
    values = [SERVICES[service]["environment"].get(name) for service in APP_SERVICES]
    if name not in {"DATABASE_URL", "REDIS_URL"}:
        assert [value for value in values if f"${{{name}:" in str(value)]


@pytest.mark.parametrize("name", ["web", "worker"])
def test_where_nothing_is_set_the_settings_are_those_of_the_product(name):
    """Compose passes an empty text where it has no default, which is no number and no yes."""
    environment = SERVICES[name]["environment"]
    defaults = {variable: found[1] for variable, text in environment.items() if (found := DEFAULT.search(str(text)))}
    readers = (ROOT / "careerplan/settings.py").read_text()
    asked = {kind: re.findall(rf'environment\.{kind}\("(\w+)"', readers) for kind in ("number", "flag")}
    assert [variable for variable in asked["number"] if not defaults.get(variable, "1").isdecimal()] == []
    words = {"yes", "no", "true", "false"}
    assert [variable for variable in asked["flag"] if defaults.get(variable, "no") not in words] == []
    assert int(defaults["UPLOAD_LIMIT_BYTES"]) == settings.UPLOAD_LIMIT_BYTES
    assert defaults["GATE_SUPPORTIVE_SERVICES"] == "yes"


def test_images_have_a_version():
    images = [service["image"] for service in SERVICES.values() if "build" not in service] + instructions("FROM")
    assert all(re.search(r":\d", image) for image in images)


def test_the_image_copies_what_there_is():
    sources = [line.split()[0] for line in instructions("COPY")]
    assert "requirements.txt" in sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == set(sources)


def test_the_image_has_every_app():
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps <= {line.split()[0] for line in instructions("COPY")}


def test_the_image_installs_by_hash_and_runs_without_rights():
    assert any("--require-hashes -r requirements.txt" in line for line in instructions("RUN"))
    assert instructions("USER") == ["careerplan"]


def test_the_image_serves_the_application():
    (command,) = (json.loads(line) for line in instructions("CMD"))
    assert command == ["gunicorn", "--config", "python:careerplan.web_server"]
    assert callable(import_string(web_server.wsgi_app.replace(":", ".")))
    assert issubclass(import_string(web_server.worker_class), ThreadWorker)


def test_what_the_web_server_is_told_is_known_to_gunicorn():
    """It reads a file of settings without a word where one has another name."""
    known = set(Config().settings)
    told = {name for name, value in vars(web_server).items() if name.islower() and isinstance(value, str | int)}
    assert {name for name in told if not name.startswith("_")} <= known

"""docker-compose.yml and the Dockerfile name things that exist, and start them in order."""

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml
from celery.app.utils import find_app
from django.core.management import get_commands
from django.urls import resolve
from django.utils.module_loading import import_string

from careerplan.celery import app as celery_app

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
APP_SERVICES = ["web", "worker", "beat", "migrate"]
LASTING_SERVICES = ["web", "worker", "beat", "postgres", "redis"]


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
    assert environment["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert environment["ALLOWED_HOSTS"].startswith("${ALLOWED_HOSTS:?")
    password = "DATABASE_OWNER_PASSWORD" if name == "migrate" else "DATABASE_PASSWORD"
    assert f"${{{password}:?" in environment["DATABASE_URL"]


def test_only_the_migration_signs_in_as_the_owner_of_the_tables():
    addresses = {name: SERVICES[name]["environment"]["DATABASE_URL"] for name in APP_SERVICES}
    roles = {name: re.match(r"postgres://(\w+):", address).group(1) for name, address in addresses.items()}
    assert roles.pop("migrate") == "careerplan_owner"
    assert set(roles.values()) == {"careerplan_app"}
    assert SERVICES["postgres"]["environment"]["POSTGRES_USER"] not in {"careerplan_owner", "careerplan_app"}


def test_the_roles_are_made_with_the_database():
    (script,) = [volume for volume in SERVICES["postgres"]["volumes"] if "docker-entrypoint-initdb.d" in volume]
    assert (ROOT / script.split(":")[0]).exists()
    assert set(re.findall(r"\$\{(\w+):\?\}", (ROOT / script.split(":")[0]).read_text())) <= set(
        SERVICES["postgres"]["environment"]
    )


@pytest.mark.parametrize("name", APP_SERVICES)
def test_every_variable_is_one_that_the_settings_read(name):
    readers = (ROOT / "careerplan/settings.py").read_text() + (ROOT / "careerplan/environment.py").read_text()
    assert [variable for variable in SERVICES[name]["environment"] if f'"{variable}"' not in readers] == []


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
    volumes = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    used = {volume for volume in volumes if not volume.startswith("./")}
    assert used == set(COMPOSE["volumes"])


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
    assert command[0] == "gunicorn"
    assert callable(import_string(command[1].replace(":", ".")))
    assert command[command.index("--worker-class") + 1] == "gthread"

"""No module at the top of the product escapes the contract of import-linter (pyproject.toml)."""

import tomllib
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in LINTER["contracts"]}
FLOORS, INSIDE, ROOMS = CONTRACTS["floors"], CONTRACTS["inside"], CONTRACTS["rooms"]
ON_FLOORS = {module.strip("() ") for line in FLOORS["layers"] for module in line.replace("|", ":").split(":")}


def test_every_module_of_the_root_package_stands_on_a_floor():
    # Where this fails: add the module to the first line of the contract "floors".
    found = {
        path.stem for path in (ROOT / "careerplan").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {f"careerplan.{name}" for name in found - {"__init__"}} <= ON_FLOORS


def test_every_app_stands_on_a_floor_and_has_its_order_inside():
    apps = {app for app in settings.INSTALLED_APPS if (ROOT / app.replace(".", "/")).is_dir()}
    assert apps - {"careerplan"} <= ON_FLOORS
    assert apps <= set(INSIDE["containers"])


def test_every_module_of_acknowledgments_stands_in_a_room():
    # Where this fails: add the module, or better the room it belongs to, to the contract "rooms".
    rooms = {module.strip("() ") for line in ROOMS["layers"] for module in line.replace("|", ":").split(":")}
    found = {
        f"acknowledgments.{path.stem}"
        for path in (ROOT / "acknowledgments").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert found - {"acknowledgments.__init__", "acknowledgments.migrations"} == rooms

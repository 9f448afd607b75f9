"""Types are demanded by folder: everywhere but in pages, forms, the administration, models and the demo people."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MYPY = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
LEFT_OUT = {
    "*.views", "*.views.*", "careerplan.pages.*", "*.forms", "*.forms.*", "*.admin", "*.models", "*.models.*",
    "careerplan.demo.*",
}  # fmt: skip


def patterns() -> set[str]:
    return {name for override in MYPY["overrides"] if override.get("ignore_errors") for name in override["module"]}


def modules() -> dict[str, int]:
    """Each module of the product with its lines."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files}
    return {name: len(path.read_text().splitlines()) for path, name in names.items()}


def test_types_are_demanded_of_everything_else():
    assert MYPY["strict"] is True
    assert patterns() == LEFT_OUT
    assert set(MYPY["files"]) == set(ROOMS)


def test_at_least_half_of_the_lines_are_strict():
    lines = modules()
    strict = sum(count for name, count in lines.items() if not any(fnmatch(name, pattern) for pattern in patterns()))
    assert strict >= sum(lines.values()) / 2

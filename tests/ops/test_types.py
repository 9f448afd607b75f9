"""Types are demanded by folder: everywhere but in pages, forms, the administration, models and the demo people."""

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MYPY = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
LEFT_OUT = {
    "*.views", "*.views.*", "*.intake_views", "*.merge_views", "careerplan.pages.*", "*.forms", "*.forms.*",
    "*.person_forms", "*.admin", "*.models", "*.models.*", "careerplan.demo.*",
}  # fmt: skip


def patterns() -> set[str]:
    return {name for override in MYPY["overrides"] if override.get("ignore_errors") for name in override["module"]}


def product() -> list[Path]:
    return [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]


def modules() -> dict[str, int]:
    """Each module of the product with its lines."""
    files = product()
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files}
    return {name: len(path.read_text().splitlines()) for path, name in names.items()}


def test_types_are_demanded_of_everything_else():
    assert MYPY["strict"] is True
    assert patterns() == LEFT_OUT
    assert set(MYPY["files"]) == set(ROOMS)


def test_nothing_else_is_left_undemanded():
    of_rooms = [row for row in MYPY["overrides"] if any(name.split(".")[0] in {*ROOMS, "*"} for name in row["module"])]
    assert [sorted(row.keys() - {"module"}) for row in of_rooms] == [
        ["ignore_errors"],
        [
            "disallow_any_generics",
            "disallow_subclassing_any",
            "disallow_untyped_calls",
            "disallow_untyped_decorators",
        ],
    ]


def test_no_file_leaves_itself_out_and_an_ignored_line_names_its_error():
    for path in product():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^# (mypy:|type: ignore)", text, re.MULTILINE), path
        assert not re.search(r"# type: ignore(?!\[[a-z-]+\])", text), path


def test_at_least_half_of_the_lines_are_strict():
    lines = modules()
    strict = sum(count for name, count in lines.items() if not any(fnmatch(name, pattern) for pattern in patterns()))
    assert strict >= sum(lines.values()) / 2

"""What others wrote is as it was taken in, and the compiled style sheet is what its source says."""

import json
import pathlib
import re
import runpy
import types

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENTRIES = json.loads((ROOT / "static" / "VENDORED.json").read_text(encoding="utf-8"))
FILES = [(name, value) for entry in ENTRIES for name, value in entry["files"].items()]
VENDORED_FOLDERS = ("static/src/vendor", "static/fonts", "tests/journeys/vendor")


@pytest.fixture(scope="module")
def build_css():
    return types.SimpleNamespace(**runpy.run_path(str(ROOT / "static" / "src" / "build_css.py")))


@pytest.mark.parametrize(("name", "recorded"), FILES, ids=[name for name, _ in FILES])
def test_a_file_is_as_recorded(build_css, name, recorded):
    assert build_css.integrity(ROOT / name) == recorded


@pytest.mark.parametrize("folder", VENDORED_FOLDERS)
def test_every_vendored_file_is_recorded(folder):
    found = {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()}
    assert found - dict(FILES).keys() == set()


def test_the_committed_style_sheet_is_the_compiled_source(build_css):
    committed = (ROOT / "static" / "css" / "careerplan.css").read_text(encoding="utf-8")
    assert build_css.compiled() == committed


def test_style_sheets_and_scripts_name_no_source_map():
    for kind in ("css/*.css", "js/*.js"):
        for path in (ROOT / "static").glob(kind):
            assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path


def test_a_style_sheet_reaches_for_our_own_files_only():
    for path in (ROOT / "static" / "css").glob("*.css"):
        text = path.read_text(encoding="utf-8")
        for url in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            if url.startswith("data:image/"):
                continue
            assert (path.parent / url).resolve().is_file(), url

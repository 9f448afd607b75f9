"""What takes long is made by the first test process of a run that needs it, and read by the others."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once_a_run(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The file or folder of this name, which `make` writes where it is told. Whoever comes meanwhile waits for it."""
    of_the_run = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each process has a folder of its own in that of the run
        of_the_run = of_the_run.parent
    made = of_the_run / name
    with made.with_name(f"{name}.held").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not made.exists():
            being_made = folders.mktemp(name) / name
            make(being_made)
            being_made.rename(made)
    return made

"""Runs tests on mutants, in a copy of the project with a database that is ready (`trees.py`).

Reads jobs from standard input and answers on standard output, a line of JSON each. The packages that take long to
import are imported once; each run is a fork of this process, which then imports the project anew.
"""

import contextlib
import gc
import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

# Other people's packages that need no settings.
SLOW_TO_IMPORT = (
    "celery.app.base", "celery.fixups.django", "crispy_forms.layout", "dateutil.parser", "django.contrib.admin",
    "django.db.backends.postgresql.base", "django.db.migrations", "django.forms", "django.test", "factory",
    "hypothesis", "pikepdf", "playwright.sync_api", "psycopg", "pyhanko.sign", "pypdf", "redis", "weasyprint", "yaml",
)  # fmt: skip
ARGUMENTS = ["-x", "-q", "--tb=line", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider"]
# These collect garbage, which takes long beside a test or two.
ARGUMENTS += ["-p", "no:unraisableexception", "-p", "no:threadexception"]
# What was imported before the fork is not rewritten, and needs not be.
ARGUMENTS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
TIMED_OUT = -1


@dataclass
class Outcome:
    """What one run came to. `test`: the first that failed, `failed`: how; `commits`: it may have left rows behind."""

    status: int
    seconds: float
    test: str = ""
    failed: str = ""
    commits: bool = False
    said: str = ""


class Watch:
    """A pytest plugin: which tests run, `first` before the others, then quick ones; and what the first failure was.

    `only`: these and no others, where any are named. `commits_allowed`: tests that commit run, too. `quick_only`: none
    that need a database or draw examples.
    """

    def __init__(
        self,
        *,
        first: str = "",
        only: Collection[str] = (),
        commits_allowed: bool = False,
        quick_only: bool = False,
    ) -> None:
        self.first, self.only = first, set(only)
        self.commits_allowed, self.quick_only = commits_allowed, quick_only
        self.test, self.failed, self.commits = "", "", False

    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings

        settings.register_profile("mutants", derandomize=True, phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if self.runs(item)]
        self.commits = any(commits(item) for item in items)
        items.sort(key=lambda item: (item.nodeid != self.first, weight(item)))

    def runs(self, item: pytest.Item) -> bool:
        wanted = not self.only or item.nodeid in self.only or item.nodeid.partition("::")[0] in self.only
        if self.quick_only:
            return wanted and weight(item) == 0
        return wanted and (self.commits_allowed or not commits(item))

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.keep(report)

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.keep(report)

    def keep(self, report: Any) -> None:
        if report.failed and not self.test:
            crash = getattr(report.longrepr, "reprcrash", None)
            lines = str(crash.message if crash else report.longrepr).strip().splitlines() or [""]
            self.test, self.failed = report.nodeid, lines[0 if crash else -1].strip()[:200]


def commits(item: pytest.Item) -> bool:
    """Tests that commit leave their rows behind where they are cut off."""
    marks = [mark for mark in item.iter_markers("django_db") if mark.kwargs.get("transaction")]
    return bool(marks) or "transactional_db" in getattr(item, "fixturenames", ())


def weight(item: pytest.Item) -> int:
    """Without a database, with one, with properties (hypothesis), with commits."""
    if commits(item):
        return 3
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return 2
    return int(bool(item.get_closest_marker("django_db")) or "db" in getattr(item, "fixturenames", ()))


# --- one run ------------------------------------------------------------------------------------


def run(tests: list[str], *, seconds: float, watch: Watch) -> Outcome:
    """The tests in a fork of this process; it is ended when its time is up."""
    answer, output = Path("outcome.json"), Path("output.txt")
    answer.unlink(missing_ok=True)
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        run_and_exit(tests, answer, output, watch)
    status = wait(child, began + seconds)
    took = time.monotonic() - began
    said = output.read_text(errors="replace")[-3000:]
    if status == TIMED_OUT:
        return Outcome(status, took, failed=f"no end within {seconds:.0f} s", commits=True, said=said)
    with contextlib.suppress(FileNotFoundError):
        return Outcome(status, took, **json.loads(answer.read_text()), said=said)
    return Outcome(status, took, failed=(said.strip().splitlines() or ["nothing was said"])[-1], said=said)


def run_and_exit(tests: list[str], answer: Path, output: Path, watch: Watch) -> None:
    """In the fork. Leaves through SystemExit, so that what registered for the end is done."""
    os.setsid()
    with output.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    status = pytest.main([*ARGUMENTS, *tests], plugins=[watch])
    answer.write_text(json.dumps({"test": watch.test, "failed": watch.failed, "commits": watch.commits}))
    sys.exit(int(status))


def wait(child: int, deadline: float) -> int:
    """How it ended; TIMED_OUT where it had to be ended, with all that it started."""
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return TIMED_OUT
        time.sleep(0.01)


@contextlib.contextmanager
def mutated(file: str, text: str) -> Iterator[None]:
    """The file with the fault. Each fault has a time of its own, so that none runs what was compiled of another."""
    path = Path(file)
    before, times = path.read_bytes(), path.stat()
    path.write_text(text, encoding="utf-8")
    os.utime(path, (times.st_atime, int(times.st_mtime) + next(SECONDS_LATER)))
    try:
        yield
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


SECONDS_LATER = itertools.count(100_000)


def do(job: dict[str, Any]) -> Outcome:
    """`job`: the tests, what `Watch` knows of them, seconds, and the file with its text; no file: no fault."""
    watch = Watch(**{name: job[name] for name in ("first", "only", "commits_allowed", "quick_only")})
    with mutated(job["file"], job["text"]) if job["file"] else contextlib.nullcontext():
        return run(job["tests"], seconds=job["seconds"], watch=watch)


def main() -> None:
    sys.dont_write_bytecode = False  # whatever the environment says: each run finds what the one before it compiled
    for name in SLOW_TO_IMPORT:
        import_module(name)
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(asdict(do(json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()

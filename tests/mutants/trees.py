"""A copy of the project, with a database, for each worker: what one mutant breaks, no other sees."""

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import servers
from tests.mutants.kept import ROOT, Mutant
from tests.mutants.worker import Outcome

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "var", "node_modules", "staticfiles")
SEEDED = "careerplan_seeded"


class Worker:
    """A process of `worker.py` in its tree, and the database that it uses."""

    def __init__(self, number: int, folder: Path, postgresql: str, redis: str) -> None:
        self.database, self.server = f"careerplan_{number}", postgresql
        self.make_database()
        environment = os.environ | {
            "DATABASE_URL": f"{postgresql}/{self.database}",
            "DATABASE_IS_READY": SEEDED,
            "REDIS_URL": servers.with_database_number(redis, number),
            "MEDIA_ROOT": str(folder / "uploads"),
            "TMPDIR": str(folder / "temporary"),
        }
        (folder / "temporary").mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.worker"],
            cwd=folder / "tree",
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def make_database(self) -> None:
        on_server(
            self.server,
            f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)",
            f"CREATE DATABASE {self.database} TEMPLATE {SEEDED}",
        )

    def run(
        self,
        tests: Iterable[str],
        *,
        first: str = "",
        only: Iterable[str] = (),
        seconds: float,
        mutant: Mutant | None = None,
        commits: bool = False,
        quick: bool = False,
    ) -> Outcome:
        """The tests (`only`: some of them; `first` before the others), with the mutant in its place.

        Raises RuntimeError where the worker ended.
        """
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        fault = {"file": mutant.file, "text": mutant.text} if mutant else {"file": "", "text": ""}
        which = {"tests": list(tests), "first": first, "only": list(only)}
        which |= {"commits_allowed": commits, "quick_only": quick}
        stdin.write(json.dumps({"seconds": seconds, **which, **fault}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise RuntimeError("A worker ended unexpectedly.")
        outcome = Outcome(**json.loads(line))
        if outcome.commits:
            self.make_database()
        return outcome

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def on_server(server: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def workers(number: int) -> Iterator["queue.Queue[Worker]"]:
    """So many workers, ready. What they stand on goes with them."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="careerplan-mutants-")))
        folder.chmod(0o711)  # PostgreSQL's user must pass through
        redis, redis_url = servers.start_redis(folder / "redis")
        stack.callback(servers.stop, redis)
        postgresql, database_url = servers.start_postgresql(folder / "postgresql")
        stack.callback(servers.stop, postgresql)
        server = database_url.rpartition("/")[0]
        seed(server, redis_url, folder / "uploads")
        ready: queue.Queue[Worker] = queue.Queue()
        for one in range(number):
            place = folder / str(one)
            shutil.copytree(ROOT, place / "tree", ignore=LEFT_OUT)
            shutil.copytree(folder / "uploads", place / "uploads")
            worker = Worker(one, place, server, redis_url)
            stack.callback(worker.stop)
            ready.put(worker)
        yield ready


def seed(server: str, redis_url: str, uploads: Path) -> None:
    """What is copied for each worker: a database, migrated and with the demo, and the files of its uploads."""
    on_server(server, f"CREATE DATABASE {SEEDED}")
    uploads.mkdir()
    environment = os.environ | {
        "DATABASE_URL": f"{server}/{SEEDED}",
        "REDIS_URL": redis_url,
        "VAR_DIR": str(uploads.parent / "var"),
        "MEDIA_ROOT": str(uploads),
    }
    for command in ("migrate", "seed_reference", "seed_demo"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

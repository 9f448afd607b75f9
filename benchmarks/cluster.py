"""A PostgreSQL of the benchmarks' own, kept in a folder: the states in it are made once and measured often."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from tests import servers

# A tenth of a machine's memory, as a database beside other programs has; parallel workers' CPU is hard to count.
SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "max_connections": "200",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "autovacuum": "off",
    "jit": "off",
}
ADMINISTRATION = "postgres"


class Cluster:
    def __init__(self, process: subprocess.Popen, url: str):
        self.process, self.server = process, url.rsplit("/", 1)[0]

    def url(self, database: str) -> str:
        return f"{self.server}/{database}"

    def connect(self, database: str = ADMINISTRATION) -> psycopg.Connection:
        """Each statement for itself; none has a time limit."""
        return psycopg.connect(self.url(database), autocommit=True)

    def has(self, database: str) -> bool:
        with self.connect() as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone())

    def make(self, database: str, fill: Callable[[str], None], *, of: str = "template0") -> None:
        """A copy of another database, filled; it has its name only once it is whole."""
        if self.has(database):
            return
        unfinished = f"{database}_unfinished"
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE "{of}"')
            fill(unfinished)
            connection.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{database}"')

    def drop(self, database: str) -> None:
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@contextlib.contextmanager
def cluster_in(folder: Path, *, keep: bool) -> Iterator[Cluster]:
    """Begun anew, or as it was kept there."""
    for above in (folder, *folder.parents):
        if os.geteuid() == 0 and not above.stat().st_mode & 1:  # PostgreSQL's user must pass through
            raise SystemExit(f"PostgreSQL may not enter {above}: name another folder with --folder.")
    process, url = servers.start_postgresql(folder / "postgresql", **SETTINGS)
    try:
        yield Cluster(process, url)
    finally:
        servers.stop(process)
        if not keep:
            for made in ("postgresql", "var"):
                shutil.rmtree(folder / made, ignore_errors=True)

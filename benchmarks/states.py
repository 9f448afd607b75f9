"""States of customers in the benchmarks' cluster: a seed, and states of any size that are multiplied from it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.cluster import Cluster

Load = Callable[[Any], None]
SEED = 500  # customers of six offices: some 80 cases for each planner
AT_ONCE = 2


def state_of(cluster: Cluster, customers: int, version: str) -> str:
    """The database with that many customers; made where it is not there yet. `version`: of the tables."""
    seed, database = f"seed_{SEED}_{version}", f"state_{customers}_{version}"
    if customers % SEED:
        raise SystemExit(f"A state has a multiple of {SEED} customers.")
    cluster.make(seed, lambda name: fill_seed(cluster, name))
    cluster.make(database, lambda name: fill_state(cluster, name, customers // SEED), of=seed)
    return database


def fill_seed(cluster: Cluster, database: str) -> None:
    begin = time.perf_counter()
    run_on(cluster, database, "benchmarks.seeds", str(SEED))
    print(f"Seed of {SEED} customers: {time.perf_counter() - begin:.0f} s", flush=True)


def run_on(cluster: Cluster, database: str, module: str, *arguments: str) -> None:
    """In a process of its own, for settings are read once. What it says is shown where it fails."""
    environment = os.environ | {"DATABASE_URL": cluster.url(database), "DATABASE_STATEMENT_TIMEOUT_MS": "0"}
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    done = subprocess.run(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}")


def fill_state(cluster: Cluster, database: str, copies: int) -> None:
    from benchmarks.multiply import multiply

    begin = time.perf_counter()
    with cluster.connect(database) as connection:
        tables = multiply(connection.cursor(), copies, lambda loads: run_all(cluster, database, loads))
        loaded = time.perf_counter() - begin
        vacuum(cluster, database)
        run_on(cluster, database, "benchmarks.measured", "--settle")
        (rows,) = connection.execute("SELECT sum(reltuples)::bigint FROM pg_class WHERE relkind = 'r'").fetchone() or ()
        (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone() or ()
    took = time.perf_counter() - begin
    told = (
        f"{copies * SEED:,} customers: {rows:,} rows in {len(tables)} tables, {size / 1e9:.1f} GB, "
        f"made in {took:.0f} s ({loaded:.0f} s before VACUUM ANALYZE and the first counts)."
    )
    print(told, flush=True)
    with cluster.connect(database) as connection:
        connection.execute(f"COMMENT ON DATABASE \"{database}\" IS '{told}'")


def told_of(cluster: Cluster, database: str) -> str:
    """What was told when the state was made, however long ago."""
    with cluster.connect() as connection:
        statement = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        (told,) = connection.execute(statement, [database]).fetchone() or ("",)
    return told or ""


def vacuum(cluster: Cluster, database: str) -> None:
    def run(table: str) -> None:
        with cluster.connect(database) as connection:
            connection.execute(f"VACUUM ANALYZE {table}")

    at_once(run, largest_first(cluster, database))


def run_all(cluster: Cluster, database: str, loads: list[Load]) -> None:
    """Each in a transaction of its own."""
    by_table = {load.__name__: load for load in loads}

    def run(table: str) -> None:
        begin = time.perf_counter()
        with cluster.connect(database) as connection, connection.transaction():
            by_table[table](connection.cursor())
        if os.environ.get("TELL_TABLES"):
            print(f"  {table}: {time.perf_counter() - begin:.1f} s", flush=True)

    at_once(run, [table for table in largest_first(cluster, database) if table in by_table])


def largest_first(cluster: Cluster, database: str) -> list[str]:
    """The tables as they are now."""
    with cluster.connect(database) as connection:
        rows = connection.execute(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "ORDER BY pg_total_relation_size(oid) DESC"
        )
        return [table for (table,) in rows.fetchall()]


def at_once(run: Callable[[str], None], tables: list[str]) -> None:
    """As many at once as there are cores to spare; raises what the first one raised that failed."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _done in pool.map(run, tables):
            pass

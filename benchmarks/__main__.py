"""All that is measured, in one command: a large state beside one of 10,000 customers.

    .venv/bin/python -m benchmarks --customers 1000000 [--folder /var/tmp/benchmarks --keep] [--only day,load]

Starts a PostgreSQL of its own in a folder (TMPDIR, where none is named; 40 GB for a million customers), makes both
states by `INSERT ... SELECT` (docs/performance.md says how long it takes), measures them by turns, prints ratios, and
writes the tables of docs/performance.md. With `--keep` the states stay in the folder, and the next run begins there.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BASE = 10_000
CLIENTS = [8, 64]
KINDS = ("page", "search", "sweep", "task")
PARTS = ("floors", "day", "turns", "load", "reminders", "rest")
# What making reference data says, which is no figure.
SEEDED = re.compile(r"[a-z ]+: \d+ added")
# What is measured without a state: each prints its figures, which docs/performance.md explains.
REST = ("benchmarks.compare_contents", "benchmarks.print_paper")


@dataclass(frozen=True)
class Asked:
    customers: int
    only: list[str]
    turns: int
    seconds: float
    rounds: int
    writes: bool


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--customers", type=int, default=100_000)
    arguments.add_argument("--folder", type=Path, help="where the states are made, and kept with --keep")
    arguments.add_argument("--keep", action="store_true", help="the next run finds the states there")
    arguments.add_argument(
        "--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}; `make` makes the states"
    )
    arguments.add_argument(
        "--turns", type=int, default=20, help="of each page, search and sweep; the middle one counts"
    )
    arguments.add_argument("--seconds", type=float, default=20, help="of each load")
    arguments.add_argument("--rounds", type=int, default=3, help="of each load; the middle one counts")
    arguments.add_argument("--no-report", action="store_true", help="leave docs/performance.md as it is")
    options = arguments.parse_args()
    only = options.only.split(",")
    if unknown := set(only) - {*PARTS, "make"}:
        arguments.error(f"--only knows {', '.join(PARTS)} and make, and not {', '.join(sorted(unknown))}")
    asked = Asked(options.customers, only, options.turns, options.seconds, options.rounds, not options.no_report)
    folder = (options.folder or Path(tempfile.gettempdir()) / "careerplan-benchmarks").resolve()
    prepare(folder)
    from benchmarks.cluster import cluster_in
    from benchmarks.states import state_of, told_of

    with cluster_in(folder, keep=options.keep) as cluster:
        version = version_of_tables()
        sizes = sorted({BASE, asked.customers})
        states = [state_of(cluster, size, version) for size in sizes]
        made = [f"- {told}" for state in states if (told := told_of(cluster, state))]
        measure(asked, sizes, [cluster.url(state) for state in states], cluster.process.pid, made)


def prepare(folder: Path) -> None:
    """Reads the models; nothing here asks the database of the settings."""
    os.environ |= {"TESTING": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"}
    os.environ["VAR_DIR"] = str(folder / "var")
    (folder / "var").mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    import django

    django.setup()


def version_of_tables() -> str:
    """Eight digits: of the migrations, and of what the states are made by."""
    from django.db.migrations.loader import MigrationLoader

    here = Path(__file__).parent
    made_by = [here / f"{name}.py" for name in ("multiply", "names", "seeds", "states", "tables")]
    names = sorted(map(str, MigrationLoader(None).disk_migrations))
    text = "".join(names) + "".join(path.read_text() for path in made_by)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def measure(asked: Asked, sizes: list[int], urls: list[str], postgresql: int, made: list[str]) -> None:
    from benchmarks import report
    from benchmarks.load import loads
    from benchmarks.turns import by_turns

    def say(section: str, lines: list[str]) -> None:
        print("\n".join(lines), flush=True)
        if asked.writes:
            report.write(section, lines)

    def show(section: str, module: str, *arguments: str, url: str = "") -> None:
        lines, ended_well = printed(module, *arguments, url=url)
        say(section, [report.machine(), "", *lines])
        if not ended_well:
            failed.append(module)

    rows, carried, failed = [], [], []
    if made:
        say("states", [report.machine(), "", *made])
    if "floors" in asked.only:
        show("floors", "benchmarks.pages", "--customers", "0", url=urls[0])
    if "day" in asked.only:
        rows += told(by_turns(urls, ["day"], asked.turns), report.line_of)
        say("day", [report.machine(), "", *report.tables_of_turns(rows, sizes)])
    if "turns" in asked.only:
        found = told(by_turns(urls, KINDS, asked.turns), report.line_of)
        rows += found
        say("turns", [report.machine(), "", *report.tables_of_turns(found, sizes)])
    if "load" in asked.only:
        carried = list(loads(urls, postgresql, CLIENTS, seconds=asked.seconds, rounds=asked.rounds))
        say("load", [report.machine(), "", *report.table_of_loads(carried, sizes)])
    if "reminders" in asked.only:
        show("reminders", "benchmarks.reminders", url=urls[-1])
    if "rest" in asked.only:
        for module in REST:
            show(module.rpartition(".")[2], module)
    failed += report.beyond(rows, carried)
    print("\nBeyond what is asked for:" if failed else "\nAll within what is asked for.", *failed, sep="\n  ")
    sys.exit(bool(failed))


def told(rows: object, line_of: Callable) -> list:
    """The rows, each told as it comes."""
    found = []
    for row in rows:  # type: ignore[attr-defined]
        print(line_of(row), flush=True)
        found.append(row)
    return found


def printed(module: str, *arguments: str, url: str = "") -> tuple[list[str], bool]:
    """What another benchmark prints: its tables as they are, else as fixed width; and whether it ended well."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATABASE_URL": url} if url else {}
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    done = subprocess.run(command, env=environment, text=True, capture_output=True)
    lines = [line for line in done.stdout.rstrip().splitlines() if not SEEDED.fullmatch(line)]
    if not lines:
        lines = [f"{module} failed:", *done.stderr.splitlines()[-3:]]
    is_table = any(line.startswith("| ---") for line in lines)
    return lines if is_table else ["```", *lines, "```"], done.returncode == 0


if __name__ == "__main__":
    main()

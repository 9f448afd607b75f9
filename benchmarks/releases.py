"""The CPU of the main pages beside that of another release, page by page in turn, so that noise meets both alike.

    .venv/bin/python -m benchmarks.releases /path/to/the/other/clone [--customers 500]

The other clone has its own .venv. Each release fills a PostgreSQL of its own with the same demo customers, and then
both answer a page by turns. What watches in tests alone (`base/readonly.py`) is left out.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROUNDS, IN_TURN = 24, 5
WARMED = 3


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("other", type=Path)
    arguments.add_argument("--customers", type=int, default=500)
    options = arguments.parse_args()
    here = Path(__file__).resolve().parents[1]
    releases = [release_in(tree, options.customers) for tree in (options.other.resolve(), here)]
    names = [release.answer() for release in releases]
    if names[0] != names[1]:
        raise SystemExit("The two releases measure different pages.")
    times: list[dict[str, list[float]]] = [{name: [] for name in names[0]} for _release in releases]
    for turn in range(ROUNDS):
        for number, name in enumerate(names[0]):
            for place in (0, 1) if turn % 2 else (1, 0):
                times[place][name] += releases[place].ask(number)
    print(f"{'page':34} {'other, ms':>10} {'here, ms':>10} {'here / other':>13}")
    for name in names[0]:
        other, mine = (statistics.median(found[name]) * 1000 for found in times)
        print(f"{name:34} {other:10.1f} {mine:10.1f} {mine / other:13.2f}")
    for release in releases:
        release.end()


def release_in(tree: Path, customers: int) -> Any:
    """A process in the folder of one release: tells its pages, then answers with the seconds of a page's turn."""
    from benchmarks.processes import Answering  # the process itself runs this file in another folder, which may lack it

    python = tree / ".venv" / "bin" / "python"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [str(python), "-W", "ignore", __file__, "--answer", str(customers)]
    return Answering(command, environment=environment, folder=tree)


def answer(customers: int) -> None:
    """Runs in the folder of a release, with its code."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is told while customers are made is no answer
    sys.path[0] = str(Path.cwd())
    from benchmarks import pages

    pages.prepare()
    from django.conf import settings

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "readonly" not in name]
    pages.seed(customers)
    from django.test import Client

    from careerplan.accounts.models import User

    measured = [("an empty view", "/healthz/", None), *(row[:3] for row in pages.pages())]  # a former release says more
    clients = []
    for _name, path, who in measured:
        client = Client()
        if who:
            client.force_login(User.objects.get(email=who))
        for _time in range(WARMED):
            assert client.get(path).status_code == 200, path
        clients.append(client)
    print(json.dumps([name for name, _path, _who in measured]), file=out, flush=True)
    for line in sys.stdin:
        number, times = int(line), []
        for _time in range(IN_TURN):
            begin = time.process_time()
            clients[number].get(measured[number][1])
            times.append(time.process_time() - begin)
        print(json.dumps(times), file=out, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--answer"]:
        answer(int(sys.argv[2]))
    else:
        main()

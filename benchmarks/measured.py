"""A process that measures pages, searches and sweeps on one state, one at a time, as it is asked to.

It tells by a line of JSON what it can measure; then it reads the number of one, and answers with what it cost: seconds
of CPU of the web and of PostgreSQL, how many rows there were, and what went wrong, if something did.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.cpu import Meter
from benchmarks.tables import STEP

# The copy whose people are asked for: every state that is measured has it.
COPY = 7
SWEEP_SECONDS = 60  # what comes as often is a sweep
Act = Callable[[], int]


def main() -> None:
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is told meanwhile is no answer
    prepare()
    from django.db import connection

    connection.ensure_connection()
    acts = list(measured())
    print(json.dumps([(kind, name) for kind, name, _act in acts]), file=out, flush=True)
    for line in sys.stdin:
        _kind, _name, act = acts[int(line)]
        print(json.dumps(cost_of(act, connection)), file=out, flush=True)


def prepare() -> None:
    """Settings for tests, without what watches in tests alone."""
    os.environ["TESTING"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    import django
    from django.conf import settings

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "readonly" not in name]
    django.setup()


def cost_of(act: Act, connection: Any) -> dict[str, Any]:
    connection.ensure_connection()
    meter, rows, error = Meter(connection.connection.info.backend_pid), 0, ""
    try:
        with meter:
            rows = act()
    except Exception as failed:  # a page that takes too long is a result, too
        error = str(failed).splitlines()[0][:80] or type(failed).__name__
    return {"web": meter.web, "database": meter.database, "rows": rows, "error": error}


def measured() -> Iterator[tuple[str, str, Act]]:
    """(kind, name, what is done)."""
    people = who()
    for name, person, path in pages(people):
        yield "page", name, opening(people[person], path)
    for name, person, path in day(people):
        yield "day", name, opening(people[person], path)
    for name, person, typed in searches(people):
        yield "search", f"{name}, {person}", searching(people[person], typed)
    yield from sweeps()


def who() -> dict[str, Any]:
    """The people of the copy: `planner` of one office, `region` of a whole one, statewide staff, a customer."""
    from careerplan.accounts.models import User

    names = {"planner": "planner", "region": "planner.youth", "statewide": "statewide", "customer": "angela.whitfield"}
    return {word: User.objects.get(pk=User.objects.get(username=name).pk + COPY * STEP) for word, name in names.items()}


def pages(people: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(name, who opens it, path)."""
    from customers.models import Customer

    angela = Customer.objects.get(pk=Customer.objects.get(email="angela.whitfield@careerplan.test").pk + COPY * STEP)
    record = f"/customers/{angela.pk}/"
    for person in ("planner", "region", "statewide"):
        yield f"customers, {person}", person, "/customers/"
    for person in ("planner", "statewide"):
        for place, address in places_of(people[person]):
            yield f"customers, {place}, {person}", person, address
    yield "customer", "planner", record
    for name in ("case-notes", "uploads", "messages", "assessments"):
        yield name.replace("-", " "), "planner", f"{record}{name}/"
    yield "plan overview", "planner", f"{record}plan/"
    for name in ("goals", "services", "agreement", "log", "versions"):
        yield f"plan: {name}", "planner", f"{record}plan/{name}/"
    yield "the customer's own plan", "customer", "/my/"
    yield "state's counts", "statewide", "/statewide/"
    yield "shared plans", "statewide", "/statewide/shared-plans/"


def day(people: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """As `pages`: what a planner looks at all day long, whose dates are read anew each time."""
    for person in ("planner", "region"):
        yield f"Today, {person}", person, "/today/"
        yield f"caseload, {person}", person, "/customers/?show=mine"
    yield "Today by customer", "planner", "/today/?by=customer"
    yield "Today of an office, statewide", "statewide", f"/today/?office={people['planner'].scopes.get().office_id}"
    for name, chosen in (
        ("by name", "order=name"),
        ("overdue", "due=overdue"),
        ("drafts", "plan=draft"),
        ("goals off track", "due=off-track"),
        ("waiting for the customer", "waits=customer"),
    ):
        yield f"caseload, {name}", "planner", f"/customers/?show=mine&{chosen}"
    yield "caseload as a file", "planner", "/customers/list.csv?show=mine"


def places_of(user: Any) -> Iterator[tuple[str, str]]:
    """Addresses of a page in the middle of the list of customers, and of the last one."""
    from urllib.parse import urlencode

    from careerplan.base.keyset import cursor
    from customers.models import ORDER_LISTED, Customer

    seen = Customer.objects.visible_to(user).order_by(*ORDER_LISTED)
    for place, row in (("middle page", seen[seen.count() // 2]), ("last page", seen.reverse()[20])):
        yield place, f"/customers/?{urlencode({'after': cursor(row, ORDER_LISTED)})}"


def opening(user: Any, path: str) -> Act:
    from django.test import Client

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.force_login(user)

    def act() -> int:
        response = client.get(path)
        if response.status_code not in (200, 302):
            raise RuntimeError(f"answered {response.status_code}")
        return int(response.content.count(b"<tr"))

    return act


def searches(people: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(what is typed, who types it, the text): those of benchmarks/search.py, and what belongs to one customer."""
    from benchmarks.search import SEARCHES
    from customers.models import Customer

    own = Customer.objects.filter(planner=people["planner"]).order_by("pk").last()  # none of the demo people
    assert own is not None
    assert own.birth_date is not None
    for person in ("statewide", "planner"):
        for name, typed in SEARCHES:
            texts = {"a participant ID": own.state_id, "a phone number": own.phone}
            texts["a birth date"] = f"{own.birth_date:%m/%d/%Y}"
            yield name, person, texts.get(name, typed)


def searching(user: Any, typed: str) -> Act:
    """The whole page, as it is fetched while one types."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.force_login(user)

    def act() -> int:
        response = client.get("/customers/", {"q": typed}, headers={"hx-request": "true"})
        if response.status_code != 200:
            raise RuntimeError(f"answered {response.status_code}")
        return int(response.content.count(b"<tr"))

    return act


def sweeps() -> Iterator[tuple[str, str, Act]]:
    """What comes every few minutes: sweeps, of which nothing waits in these states, and tasks that count and follow."""
    for name, seconds, task in tasks():
        yield "sweep" if seconds <= SWEEP_SECONDS else "task", name, doing(task)


def tasks() -> list[tuple[str, float, Callable[[], Any]]]:
    """(name, seconds between two, what is done) of the scheduler's list; what has its hour of the day is left out."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    entries = [(name, entry["schedule"], entry["task"]) for name, entry in settings.CELERY_BEAT_SCHEDULE.items()]
    return [(name, every, import_string(task)) for name, every, task in entries if isinstance(every, int | float)]


def doing(task: Callable[[], Any]) -> Act:
    """With the time that a worker's statements may take (docker-compose.yml)."""
    from django.db import connection

    def act() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 120000")
            try:
                task()
            finally:
                cursor.execute("RESET statement_timeout")
        return 0

    return act


def settle() -> None:
    """Once after a state was made: what tasks count and follow."""
    prepare()
    for _name, _seconds, task in tasks():
        task()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--settle"]:
        settle()
    else:
        main()

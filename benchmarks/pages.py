"""CPU and queries of the main pages, beside the floor that the same machine allows; queries of what planners save.

    .venv/bin/python -m benchmarks.pages [--customers 300] [--rounds 25]

Starts a PostgreSQL of its own, unless DATABASE_URL names one. What is added for the measurement is rolled back. CPU is
that of the web process alone. The floor of a page is made of three units that are measured in the same run: an empty
view without middleware, a query of 20 rows for each query, a row of a table for each row. So milliseconds differ from
machine to machine, and the ratio does not. What watches in tests alone (`base/readonly.py`, the signals of templates)
is left out, since no page pays for it.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import Any

from benchmarks.everyday import everyday_posts
from benchmarks.floor import ROWS, Act, units_to_measure

# A page costs at most so many of its floors, and what people save asks at most so many questions.
MOST_FLOORS, MOST_QUERIES = 3, 25
LARGE_PLAN = 200
WARMED = 3


@dataclass(frozen=True)
class Units:
    """Milliseconds of CPU: an empty view, a query of 20 rows, a row of a table."""

    view: float
    query: float
    row: float

    def floor(self, queries: int, rows: int) -> float:
        return self.view + self.query * queries + self.row * rows


@dataclass(frozen=True)
class Page:
    """What was measured; `cpu` and `floor` in milliseconds, `units` in the same minute."""

    name: str
    queries: int
    rows: int
    cpu: float
    units: Units

    @property
    def floor(self) -> float:
        return self.units.floor(self.queries, self.rows)

    @property
    def ratio(self) -> float:
        return self.cpu / self.floor


@dataclass(frozen=True)
class Saving:
    name: str
    queries: int


@dataclass(frozen=True)
class Result:
    pages: list[Page]
    savings: list[Saving]

    @property
    def is_met(self) -> bool:
        return all(page.ratio <= MOST_FLOORS for page in self.pages) and all(
            saving.queries <= MOST_QUERIES for saving in self.savings
        )

    def lines(self) -> Iterator[str]:
        """The tables as Markdown."""
        view, query, row = (
            statistics.median(units) for units in zip(*(astuple(page.units) for page in self.pages), strict=True)
        )
        yield f"Units, ms CPU: an empty view {view:.3f}, a query of {ROWS} rows {query:.3f}, a row {row:.3f}."
        yield from ("", "| page | queries | rows | ms CPU | floor | x floor |", "| --- | --- | --- | --- | --- | --- |")
        for page in self.pages:
            cells = f"{page.name} | {page.queries} | {page.rows} | {page.cpu:.1f} | {page.floor:.1f} | {page.ratio:.1f}"
            yield f"| {cells} |"
        yield from ("", "| what is saved | queries |", "| --- | --- |")
        yield from (f"| {saving.name} | {saving.queries} |" for saving in self.savings)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--customers", type=int, default=300)
    arguments.add_argument("--rounds", type=int, default=25)
    options = arguments.parse_args()
    prepare()
    seed(options.customers)
    result = measure(options.rounds)
    print("\n".join(result.lines()))
    print(f"\nAt most {MOST_FLOORS} x floor and {MOST_QUERIES} queries: {'yes' if result.is_met else 'no'}.")


# --- the database -----------------------------------------------------------------------------


def prepare() -> None:
    """Settings for tests, on a throw-away PostgreSQL where none is named."""
    from tests import servers

    os.environ["TESTING"] = "1"
    if "DATABASE_URL" not in os.environ:
        servers.start_servers()
        create_database(os.environ["DATABASE_URL"])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()


def create_database(url: str) -> None:
    import psycopg

    server, name = url.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')


def seed(customers: int) -> None:
    from django.core.management import call_command

    from customers.models import Customer

    call_command("migrate", verbosity=0)
    call_command("seed_reference", verbosity=0)
    call_command("seed_demo", verbosity=0)
    have = Customer.objects.count()
    if have < customers:
        begin = time.perf_counter()
        call_command("seed_demo", customers=customers, seed=1, verbosity=1)
        print(f"{Customer.objects.count() - have} customers made in {time.perf_counter() - begin:.1f} s")


@contextmanager
def rolled_back() -> Iterator[None]:
    """What the block adds is gone after it."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def one_connection() -> Iterator[None]:
    """Where a request begins or ends, Django would close a connection that is within a transaction."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def large_draft() -> Any:
    """A customer of the planner with a first draft of 200 services under 20 goals."""
    from django.utils import timezone

    from careerplan.base.history import record_all
    from goals.models import Goal, GoalCategory
    from services.models import PlannedService, Service
    from tests import states

    customer = states.enrolled("T1-ADULT", with_sign_in=False)
    plan, by, at = states.started(customer).plan, customer.planner, timezone.now()
    category = GoalCategory.objects.earliest("pk")
    goals = [Goal(plan=plan, statement=f"Goal {number}", category=category, term="short") for number in range(20)]
    record_all(goals, by=by, at=at)
    catalog, days = list(Service.objects.order_by("pk")[:50]), {"planned_start_on": at.date(), "provider": "College"}
    services = [
        PlannedService(plan=plan, service=catalog[number % 50], goal=goals[number % 20], **days)
        for number in range(LARGE_PLAN)
    ]
    record_all(services, by=by, at=at)
    return customer


def review_draft() -> Any:
    """A customer of the planner whose plan is in force, with a draft of its review in which a goal was added."""
    from tests import states

    customer = states.in_force().plan.customer
    states.pen(states.reviewed(customer)).goal("Find a flat", "SUPPORT_SERVICES")
    return customer


# --- pages ------------------------------------------------------------------------------------


def pages() -> list[tuple[str, str, str]]:
    """(name, path, e-mail of who opens it) of pages of the demo people."""
    from tests import people

    angela, david = people.angela(), people.david()
    planner, state = people.planner().email, people.statewide().email
    record, draft = f"/customers/{angela.pk}/", f"/customers/{david.pk}/"
    return [
        ("customer list, a planner", "/customers/", planner),
        ("customer list, statewide", "/customers/", state),
        ("customer search 'ma', statewide", "/customers/?q=ma", state),
        ("customer's record", record, planner),
        ("plan overview", f"{record}plan/", planner),
        ("goals", f"{record}plan/goals/", planner),
        ("services", f"{record}plan/services/", planner),
        ("catalog of services", f"{draft}plan/services/catalog/", planner),
        ("agreement, in force", f"{record}plan/agreement/", planner),
        ("agreement, a first draft", f"{draft}plan/agreement/", planner),
        ("update log", f"{record}plan/log/", planner),
        ("versions", f"{record}plan/versions/", planner),
        ("case notes", f"{draft}case-notes/", planner),
        ("customer's dashboard", "/my/", angela.email),
        ("statewide counts", "/statewide/", state),
    ]


def pages_made_here() -> list[tuple[str, str, str]]:
    """The same of plans that are added for the measurement."""
    large, review = large_draft(), review_draft()
    planner = large.planner.email
    return [
        ("agreement, a draft of a review", f"/customers/{review.pk}/plan/agreement/", planner),
        (f"{LARGE_PLAN} services", f"/customers/{large.pk}/plan/services/", planner),
    ]


class Visitor:
    """A signed-in person whose requests go through the WSGI handler, as they do in production."""

    def __init__(self, email: str):
        from django.conf import settings
        from django.core.handlers.wsgi import WSGIHandler
        from django.test import Client, RequestFactory

        from careerplan.accounts.models import User

        client = Client()
        client.force_login(User.objects.get(email=email))
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.requests, self.handler = RequestFactory(HTTP_COOKIE=cookie), WSGIHandler()

    def get(self, path: str) -> str:
        from django.db import connection

        environ, told = self.requests.get(path).environ, []
        connection.health_check_done = False  # each request begins with it
        response = self.handler(environ, lambda status, _headers: told.append(status))
        text = b"".join(response).decode()
        response.close()
        assert told == ["200 OK"], f"{path}: {told}"
        return text


def measure(rounds: int = 25) -> Result:
    """Measures on the database of the settings, which has the demo people and at least 25 customers a planner."""
    from django.conf import settings
    from django.test.utils import override_settings, teardown_test_environment

    teardown_test_environment()  # each template would tell what it shows
    bare = [name for name in settings.MIDDLEWARE if "readonly" not in name]
    with override_settings(MIDDLEWARE=bare, ALLOWED_HOSTS=["testserver"]), one_connection(), rolled_back():
        measured = [*pages(), *pages_made_here()]
        acts = units_to_measure()
        found = [measured_page(name, path, who, acts, rounds) for name, path, who in measured]
        return Result(found, savings())


def measured_page(name: str, path: str, email: str, acts: list[Act], rounds: int) -> Page:
    """Right after the units, so that the noise of the machine meets all alike."""
    visitor = Visitor(email)
    html = visitor.get(path)
    queries = queries_of(lambda: visitor.get(path))
    rows = html.count("<tr") - html.count("<thead") + html.count('<div class="step-list-text">')
    view, query, table = (cpu_of(act, rounds) for act in acts)
    return Page(name, queries, rows, cpu_of(lambda: visitor.get(path), rounds), Units(view, query, table / ROWS))


def queries_of(act: Act) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        act()
        asked = [query["sql"] for query in captured.captured_queries]
    return sum(not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")) for sql in asked)


def cpu_of(act: Act, rounds: int) -> float:
    """Milliseconds of the process in the quickest round: others may be at work on the machine."""
    for _time in range(WARMED):
        act()
    times = []
    for _round in range(rounds):
        begin = time.process_time()
        act()
        times.append(time.process_time() - begin)
    return min(times) * 1000


# --- what is saved ----------------------------------------------------------------------------


def savings() -> list[Saving]:
    """Queries of what people post, without those that begin and end transactions; rolled back one by one."""
    from django.test import Client

    from tests import people, states

    client, planner = Client(), people.planner()
    found = []
    client.force_login(planner)
    ours = ((name, planner, *post) for name, *post in posts(states, client))
    for name, who, path, values in [*ours, *everyday_posts()]:
        client.force_login(who)
        with rolled_back():
            client.post(path, values)  # the first one marks the session
        with rolled_back():
            found.append(Saving(name, queries_of(lambda: saved(client, path, values))))  # noqa: B023  # called at once
    return found


def saved(client: Any, path: str, values: dict[str, Any]) -> None:
    response = client.post(path, values)
    assert response.status_code == 302, f"{path}: {response.status_code}"


def posts(states: Any, client: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """(name, path, values) of a first sending, a later one, Update/Review, a review without the customer, and saves."""
    from tests.markup import Page

    talked = {"contact_on": f"{states.today():%m/%d/%Y}", "contact_method": "phone"}
    first = states.enrolled("T1-ADULT")
    later, reviewed, in_force = (states.in_force().plan.customer for _number in range(3))
    draft, second = states.written(first), states.reviewed(later)
    in_force_plan = states.plan_of(in_force)
    states.reviewed(reviewed)
    goal = draft.plan.goals.latest("pk")
    values = {"statement": "Find a flat", "category": goal.category_id, "term": goal.term, "status": goal.status}
    plan = "/customers/{}/plan/".format
    service = f"{plan(first.pk)}services/{draft.plan.services.latest('pk').pk}/edit/"
    changed = {
        "provider": "College",
        "provider_contact": "1 Main St",
        "notes": "Bring your papers.",
        "weekly_hours": "4",
    }
    training = in_force_plan.services.filter(goal__isnull=False).latest("pk")
    begun = f"{plan(in_force.pk)}services/{training.pk}/edit/"
    start = {"status": "started", "actual_start_on": f"{states.today():%m/%d/%Y}"}
    return [
        ("send a first version", f"{plan(first.pk)}agreement/send/", {"version": draft.pk, "reason": "All the same."}),
        (
            "send a review",
            f"{plan(later.pk)}agreement/send/",
            {"version": second.pk, "reason": "All the same.", "note": "We talked.", **talked},
        ),
        (
            "record a review without the customer",
            f"{plan(reviewed.pk)}agreement/review/",
            {"not_required": "on", "text": "We talked.", **talked},
        ),
        ("Update/Review", f"{plan(in_force.pk)}review/", {}),
        ("save a goal", f"{plan(first.pk)}goals/{goal.pk}/edit/", values),
        ("add a service", f"{plan(first.pk)}services/add/", {"service": "BC-COUN"}),
        ("save a service", service, Page(client.get(service)).form(service) | changed),
        ("begin a service", begun, Page(client.get(begun)).form(begun) | start),
    ]


if __name__ == "__main__":
    main()

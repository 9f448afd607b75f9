"""Queries and CPU of the main pages on a state's worth of demo customers.

    .venv/bin/python -m benchmarks.pages [--customers 10000]

Starts a PostgreSQL of its own, unless DATABASE_URL names one that may be filled. CPU is given as a multiple of the
page's floor measured in the same run (an empty view, 4.5 of it for each query, 1.15 for each template row), since
milliseconds differ from machine to machine.
"""

import argparse
import os
import statistics
import time


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--customers", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=30)
    options = arguments.parse_args()
    prepare()
    seed(options.customers)
    print(f"{'page':34} {'queries':>7} {'rows':>5} {'ms CPU':>7} {'x floor':>8}")
    unit = cost_of("/healthz/", None, options.rounds)["cpu"]  # an empty view, with what every request costs
    for name, path, who, rows in pages():
        result = cost_of(path, who, options.rounds)
        floor = unit * (1 + 4.5 * result["queries"] + 1.15 * rows)
        print(f"{name:34} {result['queries']:7} {rows:5} {result['cpu'] * 1000:7.1f} {result['cpu'] / floor:8.2f}")


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


def pages():
    """(name, path, e-mail of who opens it, table rows shown) for each measured page."""
    from customers.models import Customer
    from services.models import PlannedService

    angela = Customer.objects.get(email="angela.whitfield@careerplan.test")
    rows = PlannedService.objects.in_plan().filter(plan__customer=angela).count()
    planner, state = "planner@careerplan.test", "statewide@careerplan.test"
    record = f"/customers/{angela.pk}/"
    return [
        ("customer list, a planner", "/customers/", planner, 25),
        ("customer list, statewide", "/customers/", state, 25),
        ("customer search 'ma', statewide", "/customers/?q=ma", state, 25),
        ("plan overview", f"{record}plan/", planner, rows),
        ("goals", f"{record}plan/goals/", planner, rows),
        ("services", f"{record}plan/services/", planner, rows),
        ("agreement", f"{record}plan/agreement/", planner, rows),
        ("update log", f"{record}plan/log/", planner, 25),
        ("customer's dashboard", "/my/", "angela.whitfield@careerplan.test", rows),
        ("statewide counts", "/statewide/", state, 3),
    ]


def cost_of(path: str, email: str | None, rounds: int) -> dict:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from careerplan.accounts.models import User

    client = Client()
    if email:
        client.force_login(User.objects.get(email=email))
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)  # before the next request empties the record
    times = []
    for _round in range(rounds):
        begin = time.process_time()
        client.get(path)
        times.append(time.process_time() - begin)
    return {"queries": queries, "cpu": statistics.median(times)}


if __name__ == "__main__":
    main()

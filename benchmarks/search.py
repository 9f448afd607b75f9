"""Time of a search among ten thousand and among a million customers, side by side.

    .venv/bin/python -m benchmarks.search [--few 10000] [--many 1000000]

Fills two throw-away databases with customers made up of real names of both states, each with its search words and
nothing else, and asks both in turn, so that the noise of the machine meets both alike: the first page of what a
statewide person and a planner find. The middle of the rounds is given, and the ratio of the two sizes, which stays
below 2: of the search alone, and of the whole page.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.pages import prepare
from benchmarks.processes import Answering

GIVEN = (
    "Maria", "Anna Marie", "Pa Houa", "José", "Mai", "Łukasz", "D'Andre", "Khalid", "Wei", "Angela", "Martha", "Xia",
    "Siobhán", "Lee", "Noor", "Emma", "Liam", "Olivia", "Aaliyah", "Mohamed", "Ka Ying", "Brigid", "Tou", "Wanda",
)  # fmt: skip
SYLLABLES = (
    "bar", "ber", "cas", "dan", "el", "far", "gar", "hol", "is", "jan", "kow", "lo", "mar", "nel", "ol", "pet", "ri",
    "san", "tor", "ul", "van", "wil", "yan", "zie",
)  # fmt: skip
ENDINGS = ("son", "ez", "ski", "er", "ang", "ova", "man", "ton", "ini", "berg")
FAMILY = ("García-López", "Vang", "Lee", "Xiong", "Nguyen", "O'Brien", "Kowalski", "Smith", "Johnson", "Yang")
# What is typed, and what it is.
SEARCHES = (
    ("two letters", "ma"),
    ("a last name of many", "vang"),
    ("the second half of a double name", "lopez"),
    ("first and last name", "pa houa vang"),
    ("three words", "anna marie lee"),
    ("a participant ID", "S0004242"),
    ("a phone number", "(608) 555-4242"),
    ("a birth date", "03/14/1990"),
    ("nobody", "zzyzx"),
)
BATCH, ROUNDS = 20_000, 21
PEOPLE = ("statewide", "planner")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--few", type=int, default=10_000)
    arguments.add_argument("--many", type=int, default=1_000_000)
    arguments.add_argument("--filled", nargs=2, metavar="URL", help="two databases that were filled so before")
    options = arguments.parse_args()
    urls = options.filled or (None, None)
    states = [state_of(size, url) for size, url in zip((options.few, options.many), urls, strict=True)]
    for state in states:
        print(f"{state.answer()} customers", flush=True)
    print(f"{'search':12} {'':34} {options.few:>10} {options.many:>10} {'ratio':>6} {'page':>6}")
    for who in PEOPLE:
        for what, typed in SEARCHES:
            few, many = in_turn(states, who, typed)
            print(
                f"{who:12} {what:34} {few[0] * 1000:7.1f} ms {many[0] * 1000:7.1f} ms {many[0] / few[0]:6.2f}"
                f" {many[1] / few[1]:6.2f}",
                flush=True,
            )
    for state in states:
        state.end()


def in_turn(states: list[Answering], who: str, typed: str) -> list[list[float]]:
    """Of each state the seconds of the search alone, and of the whole page: the middle of the rounds."""
    rounds: list[list[list[float]]] = [[] for _state in states]
    for _round in range(ROUNDS):
        for state, found in zip(states, rounds, strict=True):
            found.append(state.ask([who, typed]))
    return [[statistics.median(times) for times in zip(*found[1:], strict=True)] for found in rounds]


def state_of(customers: int, url: str | None) -> Answering:
    """A process with a state's customers: tells how many there are, then answers with the seconds of a search."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATABASE_URL": url} if url else {}
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.search", "--answer", str(customers)]
    return Answering(command, environment=environment)


def answer(customers: int) -> None:
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is told while customers are made is no answer
    prepare()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from careerplan.accounts.models import User
    from customers.models import Customer

    for command in ("migrate", "seed_reference", "seed_demo"):
        call_command(command, verbosity=0)
    there = Customer.objects.filter(state_id__startswith="S").count()
    if there < customers:
        fill(there, customers)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(json.dumps(Customer.objects.count()), file=out, flush=True)
    clients = {}
    for line in sys.stdin:
        who, typed = json.loads(line)
        user = User.objects.get(username=who)
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(user)
        print(json.dumps([time_of_search(user, typed), time_of_page(clients[who], typed)]), file=out, flush=True)


def time_of_search(user: Any, typed: str) -> float:
    from django.test import RequestFactory

    from careerplan.base.keyset import page_of_parts
    from customers.models import ORDER_FOUND, Customer

    request = RequestFactory().get("/customers/")
    begin = time.perf_counter()
    page_of_parts(Customer.objects.visible_to(user).found_by(typed), request, keys=ORDER_FOUND)
    return time.perf_counter() - begin


def time_of_page(client: Any, typed: str) -> float:
    begin = time.perf_counter()
    assert client.get("/customers/", {"q": typed}).status_code == 200
    return time.perf_counter() - begin


def fill(first: int, last: int) -> None:
    from careerplan.accounts.models import Office
    from careerplan.base.database import insert_quickly
    from customers.models import Customer, SearchWord

    chance, offices = random.Random(first), list(Office.objects.order_by("pk"))
    begin = time.perf_counter()
    for start in range(first, last, BATCH):
        rows = list(made_up(chance, offices, start, min(start + BATCH, last)))
        insert_quickly(rows, batch_size=BATCH)
        keys = dict(Customer.objects.filter(state_id__in=[row.state_id for row in rows]).values_list("state_id", "pk"))
        words = [
            SearchWord(customer_id=keys[row.state_id], word=word, name_key=row.name_key)
            for row in rows
            for word in sorted(row.search_words())
        ]
        insert_quickly(words, batch_size=BATCH)
    print(f"{last - first} customers made in {time.perf_counter() - begin:.0f} s", flush=True)


def made_up(chance: random.Random, offices: list, first: int, last: int) -> Iterator:
    from customers.models import Customer

    for number in range(first, last):
        family = chance.choice(FAMILY) if chance.random() < 0.1 else made_up_name(chance)
        row = Customer(
            first_name=chance.choice(GIVEN),
            last_name=family,
            state_id=f"S{number:07}",
            phone=f"{chance.randrange(200, 999)}-555-{number % 10_000:04}",
            birth_date=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
            office=chance.choice(offices),
        )
        row.set_keys()
        yield row


def made_up_name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize() + chance.choice(ENDINGS)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--answer"]:
        answer(int(sys.argv[2]))
    else:
        main()

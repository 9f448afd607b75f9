"""Time of a search among ten thousand and among a million customers.

    .venv/bin/python -m benchmarks.search [--few 10000] [--many 1000000]

Starts a PostgreSQL of its own, unless DATABASE_URL names one that may be filled. Customers are made up from real names
of both states, each with its search words and nothing else. A search is asked as statewide staff ask it, for the first
page of the list; the middle of the rounds is given, and the ratio of the two sizes, which stays below 2.
"""

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.pages import prepare

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
BATCH, PAGE, ROUNDS = 20_000, 26, 15


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--few", type=int, default=10_000)
    arguments.add_argument("--many", type=int, default=1_000_000)
    options = arguments.parse_args()
    prepare()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("seed_reference", verbosity=0)
    call_command("seed_demo", verbosity=0)
    fill(0, options.few)
    few = times()
    fill(options.few, options.many)
    many = times()
    print(f"{'search':34} {options.few:>10} {options.many:>10} {'ratio':>6}")
    for what, _typed in SEARCHES:
        print(f"{what:34} {few[what] * 1000:7.1f} ms {many[what] * 1000:7.1f} ms {many[what] / few[what]:6.2f}")


def times() -> dict[str, float]:
    """Seconds of each search, with reading its rows."""
    from django.db import connection

    from careerplan.accounts.models import User
    from customers.models import Customer

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    who = User.objects.get(username="statewide")
    found = {}
    for what, typed in SEARCHES:
        rounds = []
        for _round in range(ROUNDS + 1):
            begin = time.perf_counter()
            list(Customer.objects.visible_to(who).matching(typed).order_by("name_key", "id")[:PAGE])
            rounds.append(time.perf_counter() - begin)
        found[what] = statistics.median(rounds[1:])
    return found


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
    main()

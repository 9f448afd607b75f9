"""Addresses that nobody was led to: keys that no row has, and values that nobody types, fail no page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.access import CUSTOMER, PLANNER, STATEWIDE, TABLE, sign_in
from tests.addresses import (
    PARAMETERS,
    address_of,
    address_with,
    arguments_of,
    call,
    customer_of,
    shared_plan,
    undone,
    what_is_posted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

HUGE = 10**20  # PostgreSQL finds no such row, and SQLite can't be asked
KEYS = [(name, key) for name in TABLE for key in PARAMETERS[name] if key.endswith("pk")]
ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")


@pytest.fixture
def angela():
    return shared_plan()


def called(client, role, customer, method, address, data):
    """The answer's status, 500 where the page fails; what it writes is taken back."""
    client.raise_request_exception = False
    with undone():
        sign_in(client, role, customer)
        response, _written = call(client, method, address, data)
    return response.status_code


# --- keys in addresses ------------------------------------------------------------------------


@pytest.mark.parametrize("role", [PLANNER, STATEWIDE, CUSTOMER])
@pytest.mark.parametrize(("name", "key"), KEYS)
def test_a_key_that_no_row_has_is_not_found(client, angela, name, key, role):
    customer = customer_of(name, angela)
    address = address_with(name, arguments_of(customer, name), key, HUGE)
    for method, taken in (("get", TABLE[name].get), ("post", TABLE[name].post)):
        if taken:
            data = what_is_posted(customer) if method == "post" else {}
            assert called(client, role, customer, method, address, data) == 404, method


def test_every_number_in_an_address_is_a_key():
    """`<int:pk>` takes numbers that SQLite can't be asked for."""
    assert {name for name, kinds in PARAMETERS.items() if "int" in kinds.values()} == set()
    assert PARAMETERS["customers:overview"] == {"pk": "key"}


# --- what stands behind the question mark ------------------------------------------------------

FORMS = [name for name, row in TABLE.items() if row.get and row.post and not name.startswith("account_")]
# What each page reads of its address; every page of a form reads whether to show what was kept of it.
READ = {
    "customers:list": ("q", "after"),
    "plan:log": ("kind", "by", "after"),
    "plan:services": ("status",),
    "plan:catalog": ("category", "q", "goal"),
    "plan:career-goal": ("q", "major", "minor"),
    "plan:goal-change": ("q", "major", "minor", "occupation", "explores"),
    "plan:versions-compared": ("before", "after"),
    "plan:paper": ("version",),
    "plan:ask": (
        "version", "service", "removal", "note", "program", "changes_on", "contract", "status", "reason", "ended_on",
        "actual_start_on", "notes", "goal", "category", "statement", "term", "role", "removed", "words", "occupation",
        "explores", "outcome",
    ),
}  # fmt: skip
NAMES_A_ROW = {"by", "goal", "version"}
QUERIES = [(name, word) for name, words in READ.items() for word in words] + [(name, "draft") for name in FORMS]
NOBODY_TYPES = {
    "a number of 20 digits": "9" * 20,
    "a superscript": "²",
    "60,000 letters": "a" * 60_000,
    "500 words": "ab " * 500,
    "a NUL character": "\0",
    "a place of no list": "WzFd:1vO8tV:none",
}


@pytest.mark.parametrize(("name", "word"), QUERIES)
def test_what_nobody_types_fails_no_page(client, angela, name, word):
    customer = customer_of(name, angela)
    address = address_of(name, arguments_of(customer, name))
    role = CUSTOMER if TABLE[name].kind in {"my", "mine"} else PLANNER
    found = {
        what: called(client, role, customer, "get", address, {word: value}) for what, value in NOBODY_TYPES.items()
    }
    assert set(found.values()) <= {200, 302, 400, 404}, found
    assert found["60,000 letters"] == found["a NUL character"] == 400
    assert word != "q" or found["500 words"] == 400
    assert (
        name == "plan:ask" or word not in NAMES_A_ROW or found["a number of 20 digits"] == found["a superscript"] == 404
    )


def words_read(source):
    """The names that the code asks of an address, by itself or through `base.addresses`."""
    named = re.findall(r'request\.GET\.get\("(\w+)"|key_asked\(request\.GET, "(\w+)"', source)
    return {first or second for first, second in named} | ({"q"} if "search_asked(request.GET)" in source else set())


def test_every_word_that_a_page_reads_is_in_the_table():
    product = [path for room in ROOMS for path in (Path(settings.BASE_DIR) / room).rglob("*.py")]
    read = set().union(*(words_read(path.read_text()) for path in product))
    assert {"q", "by", "kind", "goal", "draft"} <= read
    assert read - {"form"} <= {word for _name, word in QUERIES}, "add them to READ, so that they are tried"


# --- everything at once ------------------------------------------------------------------------

NONSENSE = ["\0", "²", "9" * 40, "a" * 60_000]
ASKED = (
    "q", "after", "before", "by", "kind", "status", "category", "goal", "major", "minor", "version", "draft", "form",
    "occupation", "explores",
)  # fmt: skip
POSTED = (
    "version", "form", "paper", "service", "goal", "occupation", "explores", "row_version", "subject", "body", "text",
    "contact_on", "contact_method", "statement", "category", "due_on", "typed_name", "next", "language", "code",
    "reason", "approves", "note", "removal", "program", "contract", "changes_on", "system", "next_review_on",
    "agreed_on",
)  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_nonsense_fails_no_page(client, angela, name):
    customer = customer_of(name, angela)
    address = address_of(name, arguments_of(customer, name))
    client.raise_request_exception = False
    sign_in(client, CUSTOMER if TABLE[name].kind in {"my", "mine"} else PLANNER, customer)
    for value in NONSENSE:
        for method, names in (("get", ASKED), ("post", POSTED)):
            with undone():
                response, _written = call(client, method, address, dict.fromkeys(names, value))
            assert response.status_code < 500, (method, value)

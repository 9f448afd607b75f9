"""Addresses that nobody was led to: keys that no row has, and values that nobody types, fail no page."""

import re
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.urls import reverse

from tests import people
from tests.access import TABLE
from tests.addresses import (
    PARAMETERS,
    address_of,
    address_with,
    administration,
    arguments_of,
    each_of_its_customer,
    in_parts,
    undone,
    what_is_posted,
)
from tests.administered import fill_lists
from tests.callers import ADMINISTRATOR, CUSTOMER, PLANNER, STATEWIDE, Callers
from tests.points_of_life import shared_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

HUGE = 10**20  # PostgreSQL finds no such row, and SQLite can't be asked
KEYS = [(name, key) for name in TABLE for key in PARAMETERS[name] if key.endswith("pk")]
ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")


@pytest.fixture
def angela():
    return shared_plan()


def status_of(callers, role, method, address, data):
    """The answer's status, 500 where the page fails; what it writes is taken back."""
    callers.client.raise_request_exception = False
    with undone():
        response, _written = callers.call(role, method, address, data)
    return response.status_code


# --- keys in addresses ------------------------------------------------------------------------


@in_parts(KEYS)
def test_a_key_that_no_row_has_is_not_found(client, angela, part):
    roles = (PLANNER, STATEWIDE, CUSTOMER)

    def is_not_found(callers, name, key):
        customer = callers.customer
        address = address_with(name, arguments_of(customer, name), key, HUGE)
        for method, taken in (("get", TABLE[name].get), ("post", TABLE[name].post)):
            if taken:
                data = what_is_posted(customer) if method == "post" else {}
                for role in roles:
                    assert status_of(callers, role, method, address, data) == 404, (method, role)

    each_of_its_customer(part, angela, is_not_found, begin=partial(Callers, client, roles=roles))


def test_every_number_in_an_address_is_a_key():
    """`<int:pk>` takes numbers that SQLite can't be asked for."""
    assert {name for name, kinds in PARAMETERS.items() if "int" in kinds.values()} == set()
    assert PARAMETERS["customers:overview"] == {"pk": "key"}


# --- what stands behind the question mark ------------------------------------------------------

FORMS = [name for name, row in TABLE.items() if row.get and row.post and not name.startswith("account_")]
# What each page reads of its address; every page of a form reads whether to show what was kept of it.
READ = {
    "customers:list": (
        "q", "after", "before", "ended", "show", "office", "program", "status", "plan", "waits", "due", "order",
    ),
    "customers:csv": ("q", "show", "office", "program", "due"),
    "customers:view-save": ("q", "show", "office"),
    "customers:merge": ("q",),
    "today": ("planner", "office", "region", "topic"),
    "today-everybody": ("region", "office"),
    "attendance-class": ("office", "course", "week", "weekday", "after", "before"),
    "attendance-paste": ("office", "course", "week", "weekday"),
    "messages": ("unread", "after", "before"),
    "messages-new": ("customers",),
    "customers:case-notes": ("q", "category", "after", "before", "fill", "about", "add"),
    "customers:thread": ("after",),
    "my:messages": ("after",),
    "my:thread": ("after",),
    "reports:reviews": ("office", "region", "after", "before"),
    "catalog-import:list": ("after",),
    "catalog-import:preview": ("state", "after"),
    "catalog-import:rows-file": ("state",),
    "customer-import:list": ("after",),
    "customer-import:preview": ("state", "after"),
    "customer-import:rows-file": ("state",),
    "providers": ("q", "program", "after", "before"),
    "provider-import:list": ("after",),
    "provider-import:preview": ("state", "after"),
    "provider-import:rows-file": ("state",),
    "payroll": ("after", "before"),
    "payroll-upload": ("after", "before"),
    "payroll-template": ("worksite", "employer", "program", "begins_on", "ends_on", "kind"),
    "payroll-totals": ("by", "since", "until", "after", "before"),
    "payroll-totals-csv": ("by", "since", "until"),
    "payroll-import:list": ("after",),
    "payroll-import:preview": ("state", "after"),
    "payroll-import:rows-file": ("state",),
    "plan:log": ("kind", "by", "after"),
    "plan:services": ("status", "category", "goal", "program", "tick"),
    "plan:services-together": ("line",),
    "plan:service-move": ("back",),
    "budgets": ("region", "source", "year", "by"),
    "budget": ("after", "before"),
    "budgets-csv": ("region", "source", "year"),
    "costs-csv": ("region", "source", "year"),
    "supervisor-ask": ("link",),
    "plan:placement-choose": ("q", "after", "before"),
    "plan:placement-minimum": ("starts_on", "from_on", "circumstances"),
    "placement-wage-minimum": ("from_on", "circumstances"),
    "job-customers": ("q", "after", "before"),
    "plan:catalog": ("category", "q", "goal", "everything", "page", "service"),
    "plan:goal-add": ("about", "idea"),
    "plan:career-goal": ("q", "major", "minor"),
    "plan:career-path-occupation": ("q", "major", "minor"),
    "my:career-path-occupation": ("q", "major", "minor"),
    "plan:goal-change": ("q", "major", "minor", "occupation", "explores"),
    "plan:desk": ("shown",),
    "plan:crosswalk": ("system",),
    "plan:crosswalk-json": ("system",),
    "plan:versions-compared": ("before", "after"),
    "plan:paper": ("version",),
    "my:paper-ready": ("tries",),
    "plan:ask": (
        "version", "service", "removal", "note", "program", "changes_on", "contract", "status", "reason", "ended_on",
        "actual_start_on", "notes", "goal", "category", "statement", "term", "role", "removed", "words", "occupation",
        "explores", "outcome",
    ),
}  # fmt: skip
NAMES_A_ROW = {"by", "customers", "goal", "version"}
# By which thing costs are summed up; an unknown one is the first.
NAMES_NONE = {("budgets", "by"), ("payroll-totals", "by"), ("payroll-totals-csv", "by")}
QUERIES = [(name, word) for name, words in READ.items() for word in words] + [(name, "draft") for name in FORMS]
NOBODY_TYPES = {
    "a number of 20 digits": "9" * 20,
    "a superscript": "²",
    "60,000 letters": "a" * 60_000,
    "500 words": "ab " * 500,
    "a NUL character": "\0",
    "a place of no list": "WzFd:1vO8tV:none",
}


ROLE_OF = {"my": CUSTOMER, "mine": CUSTOMER, "people": ADMINISTRATOR}
ROLE_OF |= dict.fromkeys(["state", "listed", "merged"], STATEWIDE)
ROLE_OF |= dict.fromkeys(["keeps the catalog", "catalog brought"], ADMINISTRATOR)
READERS = (PLANNER, CUSTOMER, STATEWIDE, ADMINISTRATOR)


@in_parts(QUERIES)
def test_what_nobody_types_fails_no_page(client, angela, part):
    each_of_its_customer(part, angela, takes_what_nobody_types, begin=partial(Callers, client, roles=READERS))


def takes_what_nobody_types(callers, name, word):
    address = address_of(name, arguments_of(callers.customer, name))
    role = ROLE_OF.get(TABLE[name].kind, PLANNER)
    found = {what: status_of(callers, role, "get", address, {word: value}) for what, value in NOBODY_TYPES.items()}
    assert set(found.values()) <= {200, 302, 400, 404}, found
    assert found["60,000 letters"] == found["a NUL character"] == 400
    assert word != "q" or found["500 words"] == 400
    if name != "plan:ask" and word in NAMES_A_ROW and (name, word) not in NAMES_NONE:
        assert found["a number of 20 digits"] == found["a superscript"] == 404


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


@in_parts(TABLE)
def test_nonsense_fails_no_page(client, angela, part):
    each_of_its_customer(part, angela, takes_nonsense, begin=partial(Callers, client, roles=READERS))


def takes_nonsense(callers, name):
    address = address_of(name, arguments_of(callers.customer, name))
    role = ROLE_OF.get(TABLE[name].kind, PLANNER)
    for value in NONSENSE:
        for method, names in (("get", ASKED), ("post", POSTED)):
            assert status_of(callers, role, method, address, dict.fromkeys(names, value)) < 500, (method, value)


# --- the administration ------------------------------------------------------------------------

LISTS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OF_DAYS = (
    "", "__gte", "__in", "__year", "__year__gte", "__iso_year", "__month", "__day", "__week", "__week_day", "__hour",
    "__date", "__date__year", "__nothing",
)  # fmt: skip
NO_DAYS = ["9" * 20, "0", "9999", "99999", "-1", "letters", "²", "\0", ""]
NO_KEYS = [str(HUGE), "0", "-1", "letters", "²", "%00", "_00"]
ASKED_OF_LISTS = ("q", "p", "o", "e", "all", "_to_field", "_popup", "_facets", "_changelist_filters", "id__in", "term")


@pytest.fixture
def ask(client):
    """Asks for an address as administrator; answers with the status, 500 where the page fails."""
    client.force_login(people.administrator())
    client.raise_request_exception = False

    def status(address, asked=None):
        with undone():
            return client.get(address, asked).status_code

    return status


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def columns(model, kind):
    return [field.name for field in model._meta.fields if isinstance(field, kind)]


def some_of(values, turn, number=3):
    """As many of the values, others at each turn: a list is asked for every word, and a word with every value."""
    return [values[(turn * number + place) % len(values)] for place in range(number)]


DAYS = [(model, name) for model in LISTS for name in columns(model, models.DateField)]


@pytest.mark.parametrize(("model", "name"), DAYS, ids=[f"{model.__name__}.{name}" for model, name in DAYS])
def test_a_day_that_is_none_fails_no_list(ask, model, name):
    turn = DAYS.index((model, name))
    asked = [{f"{name}{lookup}": value} for lookup in OF_DAYS for value in some_of(NO_DAYS, turn)]
    if admin.site._registry[model].date_hierarchy == name:
        asked += [
            {f"{name}__year": year, f"{name}__month": month, f"{name}__day": day}
            for year, month, day in [("9999", "12", "31"), ("2026", "9" * 20, "1"), ("2026", "2", "9" * 20)]
        ]
    found = [(words, ask(list_of(model), words)) for words in asked]
    assert [words for words, status in found if status not in {200, 302, 400}] == []


def test_a_day_that_is_none_leads_to_the_whole_list(client):
    client.force_login(people.administrator())
    wages = "/admin/worksites/minimumwage/"
    response = client.get(wages, {"effective_on__year": "9" * 20}, follow=True)
    assert response.redirect_chain == [(f"{wages}?e=1", 302)]
    assert response.status_code == 200


@pytest.mark.parametrize("model", LISTS, ids=[model.__name__ for model in LISTS])
def test_what_nobody_types_fails_no_list(ask, model):
    turn = LISTS.index(model)
    asked = [{word: value} for word in ASKED_OF_LISTS for value in some_of([*NO_DAYS, "a" * 60_000], turn)]
    asked += [{f"{name}__regex": "["} for name in columns(model, models.CharField | models.TextField)]
    found = [(words, ask(list_of(model), words)) for words in asked]
    assert [words for words, status in found if status not in {200, 302, 400, 403}] == []


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_key_that_no_row_has_fails_no_page_of_the_administration(ask, key):
    assert [address for address in administration(key) if ask(address) >= 500] == []


def test_a_place_in_the_history_that_is_none_is_not_found(ask):
    fill_lists()
    asked = []
    for model in LISTS:
        if hasattr(model, "history"):
            row = model._default_manager.order_by("pk").first()
            asked += [f"{list_of(model)}{row.pk}/history/{key}/" for key in NO_KEYS]
            asked += [f"{list_of(model)}{key}/history/" for key in NO_KEYS]
    assert len(asked) > 400
    assert [address for address in asked if ask(address) != 404] == []


def test_a_fault_of_ours_is_not_taken_for_an_address(ask, monkeypatch):
    registered = admin.site._registry[LISTS[0]]
    monkeypatch.setattr(registered, "get_queryset", lambda request: int("ours"))
    assert ask(list_of(LISTS[0])) == ask(list_of(LISTS[0]), {"e": "1"}) == 500

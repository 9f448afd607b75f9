"""The administration's lists ask what an index answers, and count the first rows only, however large the state is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base.admin import BoundedPaginator
from customers.models import Customer
from tests import people
from tests.markup import Page
from tests.plans_of_queries import plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

LONG = {"customers_customer", "accounts_user", "customers_searchword", "messaging_notification"}
LISTS = ["customers_customer", "accounts_user", "messaging_notification"]


def asked_of(client, model, **values):
    """The statements of the list that ask for its table."""
    client.force_login(people.administrator())
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(f"admin:{model}_changelist"), values).status_code == 200
    return [row["sql"] for row in asked if f'"{model}"' in row["sql"] and "SELECT" in row["sql"]]


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("values", [{}, {"q": "lopez"}, {"q": "maria lopez"}, {"o": "2"}, {"_facets": "True"}])
def test_no_list_counts_its_table(client, model, values):
    counts = [sql for sql in asked_of(client, model, **values) if "COUNT(" in sql]
    assert counts
    for sql in counts:
        assert f"LIMIT {BoundedPaginator.MOST}" in sql, sql


@pytest.mark.parametrize("words", ["lopez", "maria lopez", "keisha@", "217 555 0134"])
@pytest.mark.parametrize("model", ["customers_customer", "accounts_user"])
def test_a_search_reads_ranges_of_indexes(client, model, words):
    for sql in asked_of(client, model, q=words):
        if model == "accounts_user" and '"role" = ' not in sql:
            assert not re.search(r"LIKE '%|UPPER\(", sql), sql
        assert {table for table, _filter in plan_of(sql).whole} & LONG == set(), sql


@pytest.mark.parametrize("values", [{}, {"role__exact": "planner"}, {"is_active__exact": "0"}, {"o": "-4.2"}])
def test_people_are_listed_in_the_order_of_an_index(client, values):
    listed = [sql for sql in asked_of(client, "accounts_user", **values) if "ORDER BY" in sql and "LIMIT 1" not in sql]
    assert listed
    for sql in listed:
        plan = plan_of(sql)
        assert (plan.sorts, plan.whole) == ([], []), sql


def test_a_list_that_is_cut_says_so(client, monkeypatch):
    monkeypatch.setattr(BoundedPaginator, "MOST", 3)
    client.force_login(people.administrator())
    page = Page(client.get(reverse("admin:customers_customer_changelist")))
    assert "The first 3. Search, or choose a filter, to find others." in page.words
    monkeypatch.undo()
    page = Page(client.get(reverse("admin:customers_customer_changelist")))
    assert f"{Customer.objects.count()} customers" in page.words

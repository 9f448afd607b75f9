"""Finding customers: as one types, within one's scope, page by page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careerplan.base import clock
from careerplan.base.history import record, record_all
from customers.models import Customer, Enrollment, Program
from tests import people as cast

pytestmark = pytest.mark.django_db


def found(client, words, **headers):
    page = client.get(reverse("customers:list"), {"q": words}, headers=headers)
    return [str(row) for row in page.context["page"].rows]


@pytest.mark.parametrize(
    "words",
    [
        "dav",
        "Kruse",
        "kru",
        "david kruse",
        "Kruse, David",
        "kruse dav",
        "DAVIDKRUSE@noemail",
        "davidkruse",
        "  david   kruse ",
    ],
)
def test_david_is_found_by_the_beginning_of_name_email_or_username(client, people, words):
    client.force_login(cast.planner())
    assert found(client, words) == ["David Kruse"]


@pytest.mark.parametrize("words", ["avid", "kruse x", "%", "_", "\\", "nobody"])
def test_other_words_find_nobody_and_say_what_to_do(client, people, words):
    client.force_login(cast.planner())
    page = client.get(reverse("customers:list"), {"q": words})
    assert page.context["page"].rows == []
    assert "No customer found" in page.content.decode()


@pytest.mark.parametrize("words", ["luc", "LUCÍA", "Lucia H", "herrera lucia", "Herrera, Luci\u0301a"])
def test_a_name_is_found_with_and_without_its_accents(client, people, words):
    client.force_login(cast.north_planner())
    assert found(client, words) == ["Lucía Herrera"]


def test_names_with_accents_stand_among_the_others(client, people):
    add_customers("Ábalos", "Zimmer", "Olsen", "Örn", "abel")
    client.force_login(cast.planner())
    assert [row.split()[1] for row in found(client, "") if row.startswith("Ada")] == [
        "Ábalos", "abel", "Olsen", "Örn", "Zimmer",
    ]  # fmt: skip


@pytest.mark.policy("ILL-007", "ILL-008", "ILL-009")
def test_each_sees_the_customers_of_ones_scope(client, people):
    everybody = set(Customer.objects.values_list("state_id", flat=True))
    for who, offices in (
        (cast.planner(), {cast.david().office_id}),
        (cast.youth_planner(), set(cast.david().office.region.offices.values_list("pk", flat=True))),
    ):
        client.force_login(who)
        rows = client.get(reverse("customers:list"), {"show": "all"}).context["page"].rows
        assert {row.office_id for row in rows} <= offices
    client.force_login(cast.statewide())
    rows = client.get(reverse("customers:list"), {"show": "all"}).context["page"].rows
    assert {row.state_id for row in rows} == everybody


def test_what_is_typed_fetches_the_very_fragment_of_the_page(client, people):
    client.force_login(cast.planner())
    address = reverse("customers:list")
    whole = client.get(address, {"q": "dav"}).content.decode()
    fragment = client.get(address, {"q": "dav"}, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<div id="results">')
    assert "".join(fragment.split()) in "".join(whole.split())


def add_customers(*last_names):
    """Customers of David's office and planner, in two programs each."""
    david, programs = cast.david(), Program.objects.filter(code__in=["T1-ADULT", "JTED"])
    common = {"first_name": "Ada", "office": david.office, "planner": david.planner}
    more = [Customer(last_name=name, state_id=f"T-{name}", **common) for name in last_names]
    for customer in more:
        customer.set_keys()
    record_all(more, by=None, at=clock.now())
    record_all(
        [
            Enrollment(customer=customer, program=program, begun_on=timezone.localdate())
            for customer in more
            for program in programs
        ],
        by=None,
        at=clock.now(),
    )


@pytest.mark.parametrize("query", ["?show=all", "?q=zim"])
def test_three_customers_ask_as_many_questions_as_sixty(client, people, query):
    client.force_login(cast.planner())
    client.get(reverse("customers:list"))  # the first page begins the session
    add_customers("Zimmer1", "Zimmer2", "Zimmer3")
    few = asked(client, query)
    add_customers(*(f"Zimmer{number}" for number in range(4, 64)))
    assert asked(client, query) == few <= 14


def asked(client, query):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("customers:list") + query).status_code == 200
    return len(queries)


def test_the_pages_of_a_long_list_show_everybody_once_and_keep_the_search(client, people):
    add_customers(*(f"Zimmer{number:03}" for number in range(60)))
    client.force_login(cast.planner())
    address, names = reverse("customers:list") + "?q=zimmer", []
    while address and len(names) <= 60:
        page = client.get(address).context["page"]
        names += [row.last_name for row in page.rows]
        address = page.next_url
    assert names == [f"Zimmer{number:03}" for number in range(60)]


def test_a_changed_name_is_found_under_the_new_one(client, people):
    david = cast.david()
    david.last_name = "Krüger"
    david.set_keys("davidkruse")
    record(david, by=cast.administrator(), at=clock.now())
    client.force_login(cast.planner())
    assert found(client, "krü") == ["David Krüger"]
    assert found(client, "kruse") == []

"""Finding customers: as one types, within one's scope, page by page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.history import record, record_all
from customers.models import Customer
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


def test_accents_are_kept(client, people):
    client.force_login(cast.north_planner())
    assert found(client, "luc") == ["Lucía Herrera"]
    assert found(client, "LUCÍA") == ["Lucía Herrera"]


@pytest.mark.policy("ILL-007", "ILL-008", "ILL-009")
def test_each_sees_the_customers_of_ones_scope(client, people):
    everybody = set(Customer.objects.values_list("state_id", flat=True))
    for who, offices in (
        (cast.planner(), {cast.david().office_id}),
        (cast.youth_planner(), set(cast.david().office.region.offices.values_list("pk", flat=True))),
    ):
        client.force_login(who)
        rows = client.get(reverse("customers:list")).context["page"].rows
        assert {row.office_id for row in rows} <= offices
    client.force_login(cast.statewide())
    rows = client.get(reverse("customers:list")).context["page"].rows
    assert {row.state_id for row in rows} == everybody


def test_what_is_typed_fetches_the_very_fragment_of_the_page(client, people):
    client.force_login(cast.planner())
    address = reverse("customers:list")
    whole = client.get(address, {"q": "dav"}).content.decode()
    fragment = client.get(address, {"q": "dav"}, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<div id="results">')
    assert "".join(fragment.split()) in "".join(whole.split())


def test_the_pages_of_a_long_list_show_everybody_once_and_keep_the_search(client, people):
    office = cast.david().office
    more = [
        Customer(first_name="Ada", last_name=f"Zimmer{number:03}", state_id=f"T{number}", office=office)
        for number in range(60)
    ]
    for customer in more:
        customer.set_keys()
    record_all(more, by=None, at=timezone.now())
    client.force_login(cast.planner())
    address, names = reverse("customers:list") + "?q=zimmer", []
    while address:
        page = client.get(address).context["page"]
        names += [row.last_name for row in page.rows]
        address = page.next_url
    assert names == [f"Zimmer{number:03}" for number in range(60)]


def test_a_changed_name_is_found_under_the_new_one(client, people):
    david = cast.david()
    david.last_name = "Krüger"
    david.set_keys("davidkruse")
    record(david, by=cast.administrator(), at=timezone.now())
    client.force_login(cast.planner())
    assert found(client, "krü") == ["David Krüger"]
    assert found(client, "kruse") == []

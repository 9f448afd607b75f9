"""Pages of a long list: every row once, in order, whatever the page; a cursor that was tampered with is ignored."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import RequestFactory

from careerplan.base import clock
from careerplan.base.history import record_all
from careerplan.base.keyset import page_of
from customers.enums import ContactMethod
from customers.models import CaseNote, Customer
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

PATH = "/customers/1/case-notes/"


@pytest.fixture
def notes():
    """Thirty notes on five days: many of a day."""
    david, planner = people.david(), people.planner()
    common = {"customer": david, "text": "-", "contact_method": ContactMethod.PHONE}
    common |= {"written_by": planner, "written_at": clock.now()}
    days = [date(2026, 1, 5) + timedelta(days=number % 5) for number in range(30)]
    rows = [CaseNote(subject=f"Note {number}", contact_on=day, **common) for number, day in enumerate(days)]
    record_all(rows, by=planner, at=clock.now())
    return CaseNote.objects.filter(customer=david, contact_on__gte=date(2026, 1, 1))


def page_at(address, rows, keys, size=7):
    return page_of(rows, RequestFactory().get(address), keys=keys, rows=size)


def walk(rows, keys, size):
    """The pages, from the first to the last, by their own links."""
    pages, address = [], PATH
    while address:
        pages.append(page_at(address, rows, keys, size))
        address = pages[-1].next_url
        assert len(pages) <= len(rows), "the pages go round in circles"
    return pages


@pytest.mark.parametrize("size", [1, 7, 10, 29, 30, 31])
@pytest.mark.parametrize(
    "keys",
    [["-contact_on", "-id"], ["contact_on", "id"], ["-contact_on", "id"], ["contact_on", "-id"], ["-id"]],
    ids=" ".join,
)
def test_walking_the_pages_shows_every_row_once_and_in_order(notes, keys, size):
    pages = walk(notes, keys, size)
    shown = [row.pk for page in pages for row in page.rows]
    assert shown == list(notes.order_by(*keys).values_list("pk", flat=True))
    assert [len(page.rows) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert pages[-1].rows


def test_the_first_page_has_no_way_back_and_the_last_no_way_on(notes):
    first, *between, last = walk(notes, ["-contact_on", "-id"], 7)
    assert (first.previous_url, last.next_url) == (None, None)
    assert all(page.previous_url and page.next_url for page in between)
    assert last.previous_url


@pytest.mark.parametrize("size", [1, 7, 10, 29])
@pytest.mark.parametrize("keys", [["-contact_on", "-id"], ["contact_on", "-id"], ["-id"]], ids=" ".join)
def test_the_way_back_shows_the_pages_of_the_way_there(notes, keys, size):
    there = [[row.pk for row in page.rows] for page in walk(notes, keys, size)]
    page, back = walk(notes, keys, size)[-1], []
    while page.previous_url:
        page = page_at(page.previous_url, notes, keys, size)
        back.append([row.pk for row in page.rows])
        assert page.next_url
    assert back[::-1] == there[:-1]


def test_the_way_back_from_behind_the_last_row_leads_to_the_beginning(notes):
    last = walk(notes, ["-id"], 7)[-1]
    behind = page_at(last.previous_url, notes, ["-id"], 7).next_url
    assert page_at(behind, notes.none(), ["-id"], 7).previous_url == PATH


def test_an_empty_list_is_one_empty_page(notes):
    page = page_at(PATH, notes.none(), ["-id"])
    assert (page.rows, page.next_url, page.previous_url) == ([], None, None)


def test_the_links_keep_the_filters(notes):
    first = page_at(f"{PATH}?q=kruse+d&kind=&by=4", notes, ["-id"])
    assert first.next_url.startswith(f"{PATH}?q=kruse+d&by=4&after=")
    second = page_at(first.next_url, notes, ["-id"])
    assert second.previous_url.startswith(f"{PATH}?q=kruse+d&by=4&before=")
    assert second.next_url.count("after=") == 1


def test_a_row_that_comes_in_between_moves_nothing(notes):
    keys = ["-contact_on", "-id"]
    first = page_at(PATH, notes, keys)
    before = list(notes.order_by(*keys).values_list("pk", flat=True))
    newest = notes.order_by(*keys)[0]
    copy = CaseNote(**{field.attname: getattr(newest, field.attname) for field in CaseNote._meta.fields})
    copy.pk = None
    record_all([copy], by=people.planner(), at=clock.now())
    assert [row.pk for row in page_at(first.next_url, notes, keys).rows] == before[7:14]


def tampered(cursor):
    return cursor.replace(cursor[3], "A" if cursor[3] != "A" else "B", 1)


@pytest.mark.parametrize(
    "spoil",
    [
        tampered,
        lambda cursor: cursor[:-1],
        lambda cursor: "",
        lambda cursor: "2026-01-05",
        lambda cursor: signing.dumps(["2026-01-05", 1, 2]),
        lambda cursor: signing.dumps(["2026-01-05", 1], key="another installation's"),
    ],
    ids=["a letter changed", "cut", "empty", "typed", "of another form", "of another installation"],
)
def test_a_cursor_that_is_not_ours_leads_to_the_first_page(notes, spoil):
    keys = ["-contact_on", "-id"]
    first = page_at(PATH, notes, keys)
    cursor = first.next_url.split("after=")[1]
    page = page_at(f"{PATH}?after={spoil(cursor)}", notes, keys)
    assert (page.rows, page.previous_url) == (first.rows, None)


def test_a_cursor_of_another_list_leads_to_the_first_page(notes):
    customers = page_at("/customers/", Customer.objects.all(), ["name_key", "id"], size=2)
    cursor = customers.next_url.split("after=")[1]
    page = page_at(f"{PATH}?after={cursor}", notes, ["-contact_on", "-id"])
    assert page.rows == page_at(PATH, notes, ["-contact_on", "-id"]).rows

"""The customer's copy: once a plan is signed, never the unsigned form, and the signed one once it is filed."""

import pytest
from django.urls import reverse

from acknowledgments.enums import PrintKind
from acknowledgments.models import Paper, Seal
from acknowledgments.views.waiting import TRIES, TRIES_AT_FIRST
from careerplan.demo.pen import print_papers
from customers.stored import content_of
from tests import states
from tests.htmx import settled, swapped, tree
from tests.markup import Page
from tests.people import angela, tyrell, youth_planner
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

MADE = "My plan as a PDF"
BEING_MADE = "We are making the PDF of this plan."


@pytest.fixture
def signed():
    """Tyrell's version 1, signed a moment ago; its form to sign is filed, the signed one is not made yet."""
    request = states.request_for(states.newest(tyrell()))
    version = states.acknowledged(request)
    assert Paper.objects.get(seal=request.seal, kind=PrintKind.TO_SIGN).upload
    assert Paper.objects.get(seal=request.seal, kind=PrintKind.AGREED).upload is None
    return version


@pytest.fixture
def customer(client):
    client.force_login(tyrell().user)
    return client


def paper_of(version):
    return reverse("my:paper", args=[version.pk])


def make(version):
    print_papers(Seal.objects.valid().get(version=version), states.now())


def filed(version, kind):
    return content_of(Paper.objects.get(seal__version=version, seal__voided_at=None, kind=kind).upload)


def done_page(version):
    return reverse("my:acknowledged", args=[states.request_for(version).key])


def waits_in(page):
    """The element that asks whether the copy is filed."""
    [found] = page.xpath("//*[@hx-get][starts-with(@id, 'my-paper-')]")
    return found


def test_before_it_is_signed_the_form_to_sign_is_given(customer):
    version = states.newest(tyrell())
    assert customer.get(paper_of(version)).content == filed(version, PrintKind.TO_SIGN)


def test_once_it_is_signed_the_unsigned_form_is_never_given(customer, signed):
    answer = customer.get(paper_of(signed))
    assert answer["Content-Type"].startswith("text/html")
    assert BEING_MADE in Page(answer).words
    upload = Paper.objects.get(seal__version=signed, kind=PrintKind.TO_SIGN).upload
    assert customer.get(reverse("customers:upload-file", args=[upload.customer_id, upload.pk])).status_code == 404


@pytest.mark.policy("ILL-010")
def test_the_signed_form_is_given_once_it_is_filed(customer, signed):
    make(signed)
    assert customer.get(paper_of(signed)).content == filed(signed, PrintKind.AGREED)


@pytest.mark.parametrize("place", ["dashboard", "done", "paper"])
def test_each_page_says_that_it_is_being_made_and_offers_it_when_it_is_ready(customer, signed, place):
    address = {"dashboard": reverse("my:dashboard"), "done": done_page(signed), "paper": paper_of(signed)}[place]
    page = tree(customer.get(address))
    waits = waits_in(page)
    still = swapped(page, customer.get(waits.get("hx-get")), waits)
    assert BEING_MADE in still.text_content()
    assert MADE not in still.text_content()
    make(signed)
    waits = waits_in(still)
    ready = swapped(still, customer.get(waits.get("hx-get")), waits)
    assert not ready.xpath("//*[@hx-get][starts-with(@id, 'my-paper-')]")
    [link] = ready.xpath(f"//a[normalize-space()='{MADE}']")
    assert customer.get(link.get("href")).content == filed(signed, PrintKind.AGREED)
    if place != "paper":  # whose address is the PDF by now
        assert settled(ready) == settled(tree(customer.get(address)))


def test_what_is_swapped_stands_in_a_region_that_is_read_aloud(customer, signed):
    assert waits_in(tree(customer.get(done_page(signed)))).getparent().get("role") == "status"


def test_without_javascript_there_is_a_link_to_look_again(customer, signed):
    [link] = tree(customer.get(paper_of(signed))).xpath("//noscript/a")
    assert link.get("href") == paper_of(signed)


def test_a_page_asks_less_often_and_then_no_more(customer, signed):
    """A page that is left open keeps no session for ever."""
    asked, page = [], tree(customer.get(done_page(signed)))
    while page.xpath("//*[@hx-get][starts-with(@id, 'my-paper-')]"):
        waits = waits_in(page)
        asked.append(waits.get("hx-trigger"))
        page = swapped(page, customer.get(waits.get("hx-get")), waits)
    assert asked == ["load delay:2s"] * TRIES_AT_FIRST + ["load delay:10s"] * (TRIES - TRIES_AT_FIRST)
    assert "It is taking longer than it should." in page.text_content()
    assert page.xpath(f"//a[@href='{paper_of(signed)}']")


@pytest.mark.parametrize("tries", ["", "-1", "x", "١", "9" * 5000])
def test_any_number_of_tries_is_answered(customer, signed, tries):
    answer = customer.get(reverse("my:paper-ready", args=[signed.pk]), {"tries": tries})
    assert answer.status_code == 200


def test_a_form_that_could_not_be_made_says_so(customer, signed):
    write(Paper.objects.get(seal__version=signed, kind=PrintKind.AGREED), attempts=Paper.ATTEMPTS)
    answer = customer.get(paper_of(signed))
    assert "Your planner knows" in Page(answer).words
    assert not tree(answer).xpath("//*[@hx-get][starts-with(@id, 'my-paper-')]")


def test_nobody_else_learns_of_a_copy(client, signed):
    client.force_login(angela().user)
    assert client.get(reverse("my:paper-ready", args=[signed.pk])).status_code == 404


def test_all_that_was_signed_is_reached_from_the_dashboard(client):
    first = states.newest(angela())
    for number in (2, 3):
        write_in = states.pen(states.reviewed(angela()))
        write_in.step(f"Read chapter {number}", write_in.plan.goals.in_order()[0], in_days=3)
        last = states.acknowledged(states.told(states.sent(write_in.version)))
        make(last)
    client.force_login(angela().user)
    links = Page(client.get(reverse("my:dashboard"))).links()
    found = {words: path for words, path in links.items() if words.endswith("as a PDF")}
    assert list(found) == [MADE, "Version 2 as a PDF", "Version 1 as a PDF"]
    assert client.get(found[MADE]).content == filed(last, PrintKind.AGREED)
    assert client.get(found["Version 1 as a PDF"]).content == filed(first, PrintKind.AGREED)


# --- staff ------------------------------------------------------------------------------------


def test_staff_print_no_unsigned_form_of_a_signed_plan_either(client, signed):
    client.force_login(youth_planner())
    address = reverse("plan:paper", args=[tyrell().pk])
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content != filed(signed, PrintKind.TO_SIGN)
    make(signed)
    assert client.get(address).content == filed(signed, PrintKind.AGREED)


def test_a_long_plan_that_was_signed_is_waited_for(client, signed, settings):
    settings.PRINT_IN_REQUEST_ROWS = 0
    client.force_login(youth_planner())
    answer = client.get(reverse("plan:paper", args=[tyrell().pk]))
    assert answer.status_code == 409
    assert "we are still making its form" in Page(answer).words

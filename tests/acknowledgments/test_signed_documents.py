"""What the customer signed on paper, or wrote in an e-mail, stands beside its version on the customer's own page."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests import states
from tests.acknowledgments.recorded_agreements import CHAIN, METHODS, address, agreement, file, recorded, scan
from tests.markup import Page
from tests.people import angela, tyrell, youth_planner
from tests.real_files import PDF, picture_file
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

PAPER = "The paper you signed for version 1"
EMAIL = "The e-mail in which you agreed to version 1"


def links(client, customer):
    client.force_login(customer.user)
    return Page(client.get(reverse("my:dashboard"))).links()


@pytest.mark.policy("ILL-010")
def test_the_customer_reads_the_paper_that_the_customer_signed(client):
    recorded(file=scan(), capture="scan")
    answer = client.get(links(client, tyrell())[PAPER])
    assert b"".join(answer.streaming_content) == PDF


def test_the_email_of_an_agreement_is_read_there_too(client):
    recorded("email", file=scan("chain.eml", CHAIN), capture="email")
    found = links(client, tyrell())
    assert PAPER not in found
    assert b"".join(client.get(found[EMAIL]).streaming_content) == CHAIN


def test_a_scan_that_follows_later_is_shown_from_then_on(client):
    made = recorded()
    assert PAPER not in links(client, tyrell())
    file(made, name="signed.tif", content=picture_file("TIFF", pages=2))
    client.force_login(tyrell().user)
    page = Page(client.get(reverse("my:dashboard")))
    assert PAPER in page.links()
    assert client.get(page.links()["See as PDF"])["Content-Type"] == "application/pdf"


def test_the_paper_stays_with_its_version_when_another_follows(client):
    recorded(file=scan(), capture="scan")
    write_in = states.pen(states.reviewed(tyrell()))
    write_in.step("Read chapter 2", write_in.plan.goals.in_order()[0], in_days=3)
    states.acknowledged(states.told(states.sent(write_in.version)))
    client.force_login(tyrell().user)
    page = Page(client.get(reverse("my:dashboard")))
    [before] = page.root.xpath("//section[@aria-labelledby='copies-title']")
    assert [link.text_content() for link in before.xpath(".//a[contains(@href, '/uploads/')]")] == [PAPER]
    assert len([words for words in page.links() if words.startswith("The paper you signed")]) == 1


def test_whoever_files_it_reads_before_that_the_customer_will_see_it(client):
    made = recorded()
    client.force_login(youth_planner())
    sentence = "The customer sees this file on the dashboard as soon as it is on file."
    path = reverse("plan:evidence-add", args=[tyrell().pk, made.version_id])
    assert sentence in Page(client.get(path)).words


@pytest.mark.parametrize("method", METHODS)
def test_so_does_who_files_it_with_the_agreement(client, method):
    client.force_login(youth_planner())
    assert "The customer sees this file on the dashboard" in Page(client.get(address(method))).words


def test_another_customer_reads_it_nowhere(client):
    recorded(file=scan(), capture="scan")
    address = links(client, tyrell())[PAPER]
    assert PAPER not in links(client, angela())
    assert client.get(address).status_code == 404
    upload = agreement().documents.get().upload
    assert client.get(reverse("customers:upload-file", args=[angela().pk, upload.pk])).status_code == 404


def test_what_the_customer_may_not_see_is_not_named(client):
    """As an administrator may decide who wants to keep another's name on the same sheet from being read."""
    recorded(file=scan(), capture="scan")
    address = links(client, tyrell())[PAPER]
    date_back(agreement().documents.get().upload, shown_to_customer=False)
    assert PAPER not in links(client, tyrell())
    assert client.get(address).status_code == 404


def test_two_papers_of_one_version_are_told_apart_by_their_words(client):
    made = recorded(file=scan(), capture="scan")
    file(made, name="page-2.pdf")
    found = [words for words in links(client, tyrell()) if words.startswith(PAPER)]
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    assert found == [f"{PAPER}, filed on {day} ({number} of 2)" for number in (1, 2)]

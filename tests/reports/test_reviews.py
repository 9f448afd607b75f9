"""All reviews of the state: who, when, which contact, with or without acknowledgment, which rules decided."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.models import Acknowledgment, Seal
from careerplan.reports.reviews import Review
from customers.enums import ContactMethod
from tests import people, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def statewide(client):
    client.force_login(people.statewide())
    return client


def reviewed_without_customer():
    """Version 2 of a plan in force, in which nothing changed."""
    version = states.reviewed(states.in_force().plan.customer)
    contact = {"contact_on": states.today(), "contact_method": ContactMethod.VIDEO, "text": "All goes well."}
    review_without_customer(version, **contact, by=version.plan.customer.planner, at=states.now())
    return version.plan.customer


def rows_of(client, customer):
    rows = client.get(reverse("reports:reviews")).context["rows"]
    return [row for row in rows if row.row.version.plan.customer == customer]


@pytest.mark.policy("WIS-157", "WIS-107")
def test_each_review_says_who_when_which_contact_and_which_rules(statewide):
    customer = reviewed_without_customer()
    second, first = rows_of(statewide, customer)
    assert (second.row.method, first.row.method) == ("not_required", "paper")
    assert (second.is_asked, first.is_asked) == (False, True)
    assert (second.contact_on, second.contact_method) == (states.today(), "Video call")
    assert second.planner == first.planner == str(people.planner())
    assert first.rules
    assert "DWD 12.7.6; Illinois workNet, Set Goals" in first.sources
    page = statewide.get(reverse("reports:reviews")).content.decode()
    assert "; ".join(second.sources) in page
    assert not [code for code in (*first.rules, *second.rules) if code in page]  # codes are for the file


def test_a_change_of_which_no_rule_speaks_says_so():
    changes = [{"rule": "UNSPOKEN", "citation": "-"}, {"rule": "WI-IEP-ACK-3", "citation": "DWD 12.7.8 (AMB-W1)"}] * 2
    decision = {"changes": changes}
    review = Review(Acknowledgment(seal=Seal(decision=decision)))
    assert review.sources == ["No rule speaks of it", "DWD 12.7.8"]
    assert Review(Acknowledgment(seal=Seal(decision={}))).sources == []


@pytest.mark.policy("WIS-157")
def test_the_file_has_the_reviews_of_its_days_alone_and_no_name(statewide):
    customer = reviewed_without_customer()
    today = states.today()
    rows = taken(statewide, today, today)
    mine = [row for row in rows if row[0] == customer.state_id]
    assert [row[9] for row in mine] == ["yes", "no"]
    assert len(rows[0]) == 12
    assert customer.last_name not in str(rows)
    assert not [row for row in taken(statewide, today - timedelta(days=9), today - timedelta(days=1)) if row in mine]


def taken(client, first, last):
    days = {"first": f"{first:%m/%d/%Y}", "last": f"{last:%m/%d/%Y}"}
    answer = client.get(reverse("reports:reviews-csv"), days)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")  # by which Excel knows the letters of a name
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, "From"),
        ({"first": "01/02/2026", "last": "01/01/2026"}, "can&#x27;t be before the first"),
        ({"first": "01/01/2024", "last": "12/31/2026"}, "Choose a year or less."),
    ],
)
def test_days_that_make_no_file_are_said_in_words(statewide, days, words):
    answer = statewide.get(reverse("reports:reviews-csv"), days)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_office_and_a_region_have_their_own(statewide):
    customer = reviewed_without_customer()
    for query, number in ((f"?office={customer.office_id}", 2), (f"?region={people.lucia().office.region_id}", 0)):
        rows = statewide.get(reverse("reports:reviews") + query).context["rows"]
        assert len([row for row in rows if row.row.version.plan.customer == customer]) == number

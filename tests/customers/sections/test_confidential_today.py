"""Confidential answers that the customer's own planner may not read: who may is told on Today, and nobody else."""

import pytest
from django.urls import reverse

from careerplan.pages.today import views
from customers.sections.confidential import waiting_for_other_readers
from tests import people
from tests.assessed import fill, fill_confidential
from tests.customers.sections.section_forms import CLOSED, SECRET, address
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TITLE = "Confidential answers to review"


@pytest.fixture
def statewide_reader():
    write(people.statewide(), reads_confidential=True)
    return people.statewide()


def today(client, person):
    client.force_login(person)
    return Page(client.get(reverse("today")))


def test_who_may_read_is_told_of_what_the_planner_may_not(customer, statewide_reader, client):
    assert TITLE not in today(client, statewide_reader).words
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND=SECRET)
    page = today(client, statewide_reader)
    assert TITLE in page.words
    assert "Nothing is due" not in page.words
    [link] = page.root.xpath("//*[@id='_closed']//a/@href")
    assert link == address("section-confidential", customer, CLOSED)
    assert client.get(link).status_code == 200
    assert SECRET not in page.words


def test_who_may_not_read_is_told_nothing(customer, statewide_reader, client):
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND=SECRET)
    for person in (people.planner(), people.youth_planner(), people.administrator()):
        assert TITLE not in today(client, person).words


def test_who_reads_elsewhere_is_told_nothing(customer, client):
    write(people.north_planner(), reads_confidential=True)
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    assert TITLE not in today(client, people.north_planner()).words


def test_where_the_planner_may_read_it_is_the_planners_work_alone(customer, statewide_reader, client):
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    write(people.planner(), reads_confidential=True)
    assert TITLE not in today(client, statewide_reader).words
    assert "Look at what the customer answered" in today(client, people.planner()).words


def test_a_customer_without_a_planner_is_told_of_to_who_may_read(customer, statewide_reader):
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    write(customer, planner=None)
    assert [row.customer for row in waiting_for_other_readers(statewide_reader)] == [customer]


def test_answers_that_are_open_or_reviewed_are_not_told_of(customer, statewide_reader):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="6")
    fill_confidential(customer, CLOSED, by=statewide_reader, SNAP=True)
    assert list(waiting_for_other_readers(statewide_reader)) == []


def test_of_many_the_longest_waiting_are_listed(customer, statewide_reader, client, monkeypatch):
    monkeypatch.setattr(views, "MOST_CLOSED", 1)
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    fill_confidential(customer, "BARRIERS", by=customer.user, HEALTH=True)
    page = today(client, statewide_reader)
    assert page.root.xpath("//*[@id='_closed']//a/@href") == [address("section-confidential", customer, CLOSED)]
    assert "There are more." in page.words

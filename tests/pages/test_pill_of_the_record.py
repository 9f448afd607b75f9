"""Each page of the record says how many things a draft still needs, the same number as the plan's pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import people, states
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

RECORD = (
    "customers:intake", "customers:uploads", "customers:messages", "customers:assessments", "customers:resume",
)  # fmt: skip


def pill(client, name, customer):
    return Page(client.get(reverse(name, args=[customer.pk]))).root.get_element_by_id("person-state").text_content()


@pytest.mark.policy("ILL-014")
@pytest.mark.parametrize("name", RECORD)
def test_the_record_says_the_number_of_the_plan(client, name):
    client.force_login(people.planner())
    assert "things to do" in pill(client, name, people.david())
    for customer in (people.david(), people.angela(), people.keisha()):
        assert pill(client, name, customer) == pill(client, "plan:goals", customer)


def test_it_follows_each_change_of_the_plan(client):
    customer = states.enrolled()
    version = states.started(customer)
    client.force_login(customer.planner)

    def shown():
        assert pill(client, "customers:intake", customer) == pill(client, "plan:goals", customer)
        return pill(client, "customers:intake", customer)

    seen = [shown()]
    write = states.pen(version)
    write.barrier("TRAN", "No car.")
    seen.append(shown())
    goal = write.goal("Pass the nursing assistant course", "EDUCATION_TRAINING")
    seen.append(shown())
    write.initial_assessment(goal)
    seen.append(shown())
    write.step("Hand in the health form", goal, in_days=5)
    seen.append(shown())
    assert len(set(seen)) == len(seen)
    assert "Draft" in seen[-1]
    states.deleted(version)
    assert "to do" not in shown()


def test_it_costs_two_questions_at_most(client):
    client.force_login(people.planner())

    def asked(customer):
        address = reverse("customers:intake", args=[customer.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    assert asked(people.david()) <= asked(people.angela()) + 2

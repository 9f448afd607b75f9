"""A planner and a customer in one section at one moment: nothing of either is overwritten."""

import pytest

from customers.models import Customer, SectionRecord
from customers.sections.filling import NOTHING_YET
from customers.sections.reading import answers_to
from tests import people, states
from tests.assessed import fill, fill_confidential
from tests.at_once import all_at_once
from tests.races import refusal_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]


def test_of_two_who_answer_at_once_the_second_is_told():
    customer, planner = states.enrolled(), people.planner()
    answers = all_at_once(
        Customer.objects.filter(pk=customer.pk),
        lambda: fill(customer, "EDUCATION_LEVEL", by=customer.user, seen=NOTHING_YET, EDUCATION_LEVEL="1"),
        lambda: fill(customer, "EDUCATION_LEVEL", by=planner, seen=NOTHING_YET, EDUCATION_LEVEL="2"),
    )
    assert refusal_of(answers).code == "stale-row"
    assert answers_to(customer.pk)["EDUCATION_LEVEL"].value in {"1", "2"}
    assert SectionRecord.objects.filter(customer=customer).count() == 1


def test_open_and_confidential_answers_at_once_begin_one_section():
    customer, planner = states.enrolled(), people.planner()
    answers = all_at_once(
        Customer.objects.filter(pk=customer.pk),
        lambda: fill_confidential(customer, "BARRIERS", by=customer.user, HEALTH=True),
        lambda: fill(customer, "BARRIERS", by=planner, LOW_INCOME=True),
    )
    assert len({row.pk for row in answers}) == 1
    assert SectionRecord.objects.get(customer=customer).row_version == 2

"""A question whose SQL is made once answers as its queryset does, whatever it is asked about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerplan.accounts.models import User
from careerplan.base.prepared import Prepared
from careerplan.pages.overview import COUNTS, counted
from careerplan.plans.log import WRITERS, writers_of
from careerplan.plans.models import EmploymentPlan
from customers.models import Customer
from customers.models.people import SCOPES, scope_rows, sees

pytestmark = pytest.mark.django_db


def test_each_answers_as_its_queryset(people):
    for person in User.objects.all():
        assert sorted(SCOPES.ask(person.pk)) == sorted(scope_rows(person.pk))
    for plan in EmploymentPlan.objects.all():
        assert sorted(WRITERS.ask(plan.pk)) == sorted(writers_of(plan.pk))
        assert sorted(COUNTS.ask(plan.customer_id, plan.pk)) == sorted(counted(plan.customer_id, plan.pk))


def test_its_sql_is_made_once():
    made = []

    def rows_of(key):
        made.append(key)
        return User.objects.filter(pk=key).values_list("pk")

    question = Prepared(rows_of)
    with CaptureQueriesContext(connection) as queries:
        assert question.ask(-1) == question.ask(-2) == []
    assert len(made) == 1
    assert [query["sql"].split(" = ")[-1].strip() for query in queries] == ["-1", "-2"]


def test_who_sees_one_customer_is_who_finds_one_among_all(people):
    for person in User.objects.all():
        seen = set(Customer.objects.visible_to(person).values_list("pk", flat=True))
        assert {customer.pk for customer in Customer.objects.all() if sees(person, customer)} == seen

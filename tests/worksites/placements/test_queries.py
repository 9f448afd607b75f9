"""Pages of placements ask at most twelve questions, however many placements there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import placed
from tests.people import planner
from tests.rows import copy

pytestmark = pytest.mark.django_db

MOST = 12


def asked(client, name, *args):
    path = reverse(name, args=args)
    client.get(path)
    with CaptureQueriesContext(connection) as questions:
        assert client.get(path).status_code == 200
    return len(questions)


def test_the_number_of_questions_does_not_grow(client):
    row = placed.started(at=placed.job(openings=500))
    under, customer = row.planned, row.customer
    client.force_login(planner())
    pages = {
        "placement": (customer.pk, row.pk),
        "placement-edit": (customer.pk, row.pk),
        "placement-wage": (customer.pk, row.pk),
        "placement-move": (customer.pk, row.pk, "hold"),
        "plan:placement-choose": (customer.pk, under.pk),
        "plan:placement-add": (customer.pk, under.pk, row.job_id),
        "plan:service-edit": (customer.pk, under.pk),
        "job-customers": (row.job_id,),
        "customer-worksites": (customer.pk,),
    }
    few = {name: asked(client, name, *args) for name, args in pages.items()}
    for number in range(12):
        placed.planned(under, placed.job(row.job.worksite))
        copy(row.wage, from_on=row.wage.from_on.replace(year=1950 + number))
    for _number in range(10):
        placed.service()
    many = {name: asked(client, name, *args) for name, args in pages.items()}
    assert many == few
    assert {name: number for name, number in many.items() if number > MOST} == {}

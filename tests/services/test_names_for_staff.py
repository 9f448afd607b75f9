"""On pages of staff, too, a service and a barrier are named by the plain name, with the official one beside it."""

import pytest
from django.urls import reverse
from django.utils import translation

from careerplan.plans.models import Barrier
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.naming import shown
from tests.people import angela, planner
from tests.rows import write

pytestmark = pytest.mark.django_db


def planned(code):
    rows = PlannedService.objects.in_plan().filter(plan__customer=angela()).select_related("service")
    return rows.get(service__code=code)


@pytest.fixture
def read(client):
    """The words of a page of the planner, who reads Spanish; a draft is open."""
    states.reviewed(angela())
    write(planner(), language="es")
    client.force_login(planner())

    def words(name, *arguments):
        return Page(client.get(reverse(name, args=[angela().pk, *arguments]))).words

    return words


def test_what_the_plan_is_based_on(read):
    row = planned("BC-INIT")
    write(row, goal=None)
    with translation.override("es"):
        assert shown(row.service) in read("plan:services")


@pytest.mark.parametrize("page", ["plan:service-remove", "plan:service-funding"])
def test_the_service_that_is_removed_or_funded_otherwise(read, page):
    row = planned("TR-OST")
    with translation.override("es"):
        assert shown(row.service) in read(page, row.pk)


def test_the_barrier_that_is_removed(read):
    barrier = Barrier.objects.in_plan().filter(plan__customer=angela()).select_related("category")[0]
    with translation.override("es"):
        assert shown(barrier.category) in read("plan:barrier-remove", barrier.pk)

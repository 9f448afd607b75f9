"""What the database refuses of wage steps, whatever code writes them."""

from decimal import Decimal

import pytest
from django.db import models

from services.classes.apprenticeship.guards import RISE
from services.classes.apprenticeship.models import Apprenticeship, WageStep
from tests import states
from tests.plans_in_force import iep, service
from tests.rows import every_constraint_now, refuses, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def apprenticeship() -> Apprenticeship:
    return service(states.newest(iep()), "AP-RAP").detail


def entered(apprenticeship, after=0, wage="18.00", counted_in="hours"):
    """Straight into the table."""
    amount = Decimal(wage) if wage else None
    row = WageStep(apprenticeship=apprenticeship, counted_in=counted_in, after=after, wage=amount)
    return models.QuerySet(WageStep).bulk_create([row])[0]


def test_a_later_step_pays_more(apprenticeship):
    entered(apprenticeship)
    refuses(RISE, lambda: entered(apprenticeship, after=1000))
    later = entered(apprenticeship, after=1000, wage="19.00")
    refuses(RISE, lambda: write(later, wage=Decimal("17.00")))


def test_a_schedule_is_counted_in_one_way(apprenticeship):
    entered(apprenticeship)
    refuses(RISE, lambda: entered(apprenticeship, after=6, wage="19.00", counted_in="months"))


def test_what_was_taken_back_is_compared_with_nothing(apprenticeship):
    with every_constraint_now():
        entered(apprenticeship)
        entered(apprenticeship, after=1000, wage="")
        entered(apprenticeship, after=6, wage="", counted_in="months")


def test_a_row_stays_at_its_place(apprenticeship):
    row = entered(apprenticeship)
    refuses("rows of services_wagestep are kept as they are", lambda: write(row, after=1))
    refuses("rows of services_wagestep are kept as they are", lambda: write(row, counted_in="months"))
    refuses(
        "rows of services_wagestep are kept as they are",
        lambda: models.QuerySet(WageStep).all()._raw_delete(WageStep.objects.db),
    )
    write(row, wage=None)

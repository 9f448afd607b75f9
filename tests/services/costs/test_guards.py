"""What the database refuses of costs whatever code writes it: rows stay, of their region, and go their way once."""

import pytest
from django.db import models

from services.costs.actions import void
from services.costs.models import CostLine
from tests import states
from tests.people import lucia, planner
from tests.rows import copy, refuses, write
from tests.services.costs.money import budget, entered, promised, settled, source
from tests.services.funding import training

pytestmark = pytest.mark.django_db

KEPT = "rows of services_costline are kept as they are"
ON_ITS_WAY = "a_cost_goes_from_stage_to_stage_once"


def deleted(row):
    models.QuerySet(CostLine).filter(pk=row.pk).delete()


def voided():
    return void(entered(), reason="Typed twice", by=planner(), at=states.now())


CASES = [
    (KEPT, lambda: deleted(entered())),
    (KEPT, lambda: write(entered(), service=training())),
    (KEPT, lambda: write(entered(), funding_source=source("STATE"))),
    (KEPT, lambda: write(entered(), budget=budget("STATE"))),
    (KEPT, lambda: write(entered(), entered_at=states.now())),
    ("rows of services_historicalcostline are kept as they are", lambda: entered().history.all().delete()),
    (
        "a_cost_is_paid_from_the_budget_of_the_customers_region",
        lambda: copy(entered(), budget=budget(customer=lucia())),
    ),
    ("a_cost_is_paid_from_the_budget_of_the_customers_region", lambda: copy(entered(), budget=budget("STATE"))),
    ("a_cost_of_a_source_with_budgets_has_one", lambda: copy(entered(), budget=None)),
    (ON_ITS_WAY, lambda: write(promised(entered()), obligated_at=states.now())),
    (ON_ITS_WAY, lambda: write(settled(promised(entered())), paid_at=states.now())),
    (ON_ITS_WAY, lambda: write(settled(promised(entered())), amount=1)),
    ("who_was_paid_stays_as_it_was_said", lambda: write(settled(promised(entered())), paid_to="Somebody else")),
    ("a_voided_cost_stays_as_it_is", lambda: write(voided(), amount=1)),
    ("a_voided_cost_stays_as_it_is", lambda: write(voided(), voided_at=None, voided_by=None, voided_reason="")),
    ("a_budget_stays_of_its_source_region_and_year", lambda: write(budget(), program_year=2001)),
    (
        "a_budget_stays_of_its_source_region_and_year",
        lambda: write(budget(), region=lucia().office.region, program_year=2001),
    ),
]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_database_refuses(number):
    name, writing = CASES[number]
    refuses(name, writing)


def test_a_stage_is_not_gone_back():
    back = {"obligated_on": None, "obligated_at": None, "obligated_by": None, "until_on": None}
    refuses(ON_ITS_WAY, lambda: write(promised(entered()), stage="planned", **back))
    paid = {"paid_on": states.today(), "paid_at": states.now(), "paid_by": planner()}
    promise = {"obligated_on": states.today(), "obligated_at": states.now(), "obligated_by": planner()}
    planned = entered()
    refuses(ON_ITS_WAY, lambda: write(planned, stage="paid", until_on=states.today(), **paid, **promise))

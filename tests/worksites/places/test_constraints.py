"""What the database refuses of employers, worksites, jobs and agreements, whoever writes."""

from decimal import Decimal

import pytest

from tests import placed
from tests.people import planner
from tests.rows import constraints_of_models, copy, refuses, write
from tests.states import days_ago, now, today
from tests.worksites.places.places import filed, new_worksite, region
from worksites.models import Employer, Job, Worksite
from worksites.places.models import WorksiteAgreement

pytestmark = pytest.mark.django_db


def employer(**values):
    return lambda: write(placed.employer(), **values)


def worksite(**values):
    return lambda: write(placed.worksite(), **values)


def job(**values):
    return lambda: write(placed.job(), **values)


def agreement(**values):
    return lambda: copy(filed(new_worksite()), **values)


CASES = {
    "an_employer_stands_once_in_a_region": [lambda: copy(placed.employer(name="Foundry"), name="FOUNDRY")],
    "an_employer_has_a_name": [employer(name="")],
    "an_employer_has_an_employee_or_more": [employer(employees=0)],
    "a_worksite_stands_once_under_its_employer": [lambda: copy(placed.worksite(name="Plant 1"), name="PLANT 1")],
    "a_worksite_has_a_name_and_a_state": [worksite(name=""), worksite(state="")],
    "an_agreement_ends_after_it_begins": [
        worksite(agreement_from=today(), agreement_until=days_ago(1)),
        worksite(agreement_from=None, agreement_until=today()),
    ],
    "an_uploaded_agreement_ends_after_it_begins": [agreement(begins_on=today(), ends_on=days_ago(1))],
    "an_uploaded_agreement_has_its_file": [agreement(**{name: ""}) for name in ("file", "name", "sha256")],
    "a_job_stands_once_at_its_worksite": [lambda: copy(placed.job(title="Welder"), title="WELDER")],
    "a_job_has_a_title": [job(title="")],
    "a_job_has_a_known_employment_type": [job(employment_type="hobby")],
    "a_job_pays_a_cent_or_more": [job(hourly_wage=Decimal(0))],
    "hours_of_a_job_are_of_a_week": [job(weekly_hours=Decimal(0)), job(weekly_hours=Decimal("168.01"))],
    "openings_of_a_job_can_be": [job(openings=1000)],
    "a_job_ends_after_it_starts": [job(starts_on=today(), ends_on=days_ago(1))],
}


def test_every_constraint_of_places_has_a_case():
    assert CASES.keys() == constraints_of_models(Employer, Worksite, WorksiteAgreement, Job)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    for writing in CASES[name]:
        refuses(name, writing)


# --- the guards -----------------------------------------------------------------------------------


@pytest.mark.policy("ILL-123")
def test_a_place_stays_where_it_is_while_customers_are_placed_there():
    job, elsewhere = placed.planned().job, placed.employer(region(1))
    site = job.worksite
    moves = {
        "a_job_stays_at_its_worksite_while_placed": (job, {"worksite": placed.worksite(elsewhere)}),
        "a_worksite_stays_with_its_employer_while_placed": (site, {"employer": elsewhere}),
        "an_employer_stays_in_its_region_while_placed": (site.employer, {"region": region(1)}),
    }
    for name, (row, values) in moves.items():
        refuses(name, lambda row=row, values=values: write(row, **values))


def test_a_place_without_placements_may_stand_elsewhere():
    row = placed.planned()
    write(row, withdrawn_at=now(), withdrawn_by=planner(), withdrawn_reason="Another was chosen.")
    write(row.job, worksite=placed.worksite())
    assert Job.objects.get(pk=row.job_id).worksite_id != row.job.worksite_id

"""Placements that are made up, for measurements: of many customers in four jobs of each of many employers, under way
for years."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

AT_AN_EMPLOYER, JOBS = 200, 4


def today() -> date:
    return datetime.now(UTC).date()


def placements(count: int, by: Any, at: Any, *, start: int = 0) -> list[tuple[int, str, str]]:
    """Of made-up customers of Duke Lasley's office, numbered from `start`, written past the actions: what is measured
    comes afterwards. The key of each, the customer's participant ID, and the worksite's name."""
    from django.db import models

    from careerplan.base.history import record
    from careerplan.plans.models import EmploymentPlan
    from customers.models import Customer
    from services.models import PlannedService, Service
    from worksites.models import Employer, Job, Placement, PlacementWage, Worksite

    def made(rows: list[Any]) -> list[Any]:
        return models.QuerySet(type(rows[0])).bulk_create(rows)

    office = Customer.objects.select_related("office__region").get(user__username="dukelasley").office
    sites = []
    for number in range(start, start + count, AT_AN_EMPLOYER):
        employer = Employer(region=office.region, name=f"Benchmark Mills {number}")
        site = Worksite(employer=employer, name=f"Mill {number}", city="Marlow", state="IL")
        for row in (employer, site):
            record(row, by=by, at=at)
        sites.append(site)
    jobs = made([
        Job(worksite=site, title=f"Miller {n}", employment_type="summer", hourly_wage=15, weekly_hours=40,
            openings=AT_AN_EMPLOYER)
        for site in sites for n in range(JOBS)
    ])  # fmt: skip
    born = [date(1980, 1, 1) + timedelta(days=n * 13 % 9000) for n in range(start, start + count)]
    people = [
        Customer(first_name="Ana", last_name=f"Number {n}", state_id=f"BP{n:06}", office=office, birth_date=day)
        for n, day in enumerate(born, start=start)
    ]
    for person in people:
        person.set_keys()
    people = made(people)
    fire_triggers(False)
    plans = made([EmploymentPlan(customer=person, plan_type="IEP", started_by=by, started_at=at) for person in people])
    service = Service.objects.filter(form_kind="worksite")[0]
    planned = made([PlannedService(plan=plan, service=service) for plan in plans])
    begun = today() - timedelta(days=3 * 365)
    about = {"status": "started", "position_type": "full_time", "wioa_funded": False, "starts_on": begun}
    about["subsidy_starts_on"] = begun
    found = made([
        Placement(planned=row, job=jobs[n % len(jobs)], added_at=at, added_by=by, **about)
        for n, row in enumerate(planned)
    ])  # fmt: skip
    minimum = {"minimum_wage": 15, "minimum_from": "entered", "minimum_place": "Marlow, IL", "minimum_source": "Phone"}
    wages = {"hourly_wage": Decimal("15.25"), "subsidized_wage": Decimal("10")}
    made([PlacementWage(placement=row, from_on=begun, **wages, **minimum) for row in found])
    fire_triggers(True)
    return [(row.pk, person.state_id, row.job.worksite.name) for row, person in zip(found, people, strict=True)]


def fire_triggers(fire: bool) -> None:
    """Rows that are made up stand in no draft."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET session_replication_role = {'origin' if fire else 'replica'}")

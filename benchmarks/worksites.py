"""Queries and processor time of the pages of worksites, placements and payroll, beside many placements.

    .venv/bin/python -m benchmarks.worksites [--placements 10000]

On a throw-away PostgreSQL (or on the one that DATABASE_URL names, which then has these placements), first with those of
the demo alone. Each placement was paid for a week. It ends with 1 where a page asks more than twelve questions, or
takes more than four times what it took before.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from benchmarks.pages import prepare
from benchmarks.placed import placements, today

MOST_QUERIES, MOST_GROWTH, ROUNDS = 12, 4, 7


class Page(NamedTuple):
    """`cpu`: milliseconds of this process, the middle of the rounds."""

    queries: int
    cpu: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--placements", type=int, default=10_000)
    count = arguments.parse_args().placements
    prepare()
    for command in ("migrate", "seed_reference", "seed_demo"):
        subprocess.run([sys.executable, "manage.py", command, "--verbosity=0"], check=True)
    from django.utils import timezone

    from careerplan.accounts.models import User

    by, at = User.objects.get(username="statewide"), timezone.now()
    first = placements(1, by, at)[0][0]
    few = measured(first, by)
    keys = [key for key, _participant, _worksite in placements(count, by, at, start=1)]
    mark_and_pay(keys, by, at)
    many = measured(first, by)
    met = True
    print("| page | queries | CPU, ms | of what it took before |\n| --- | --: | --: | --: |")
    for name, page in many.items():
        ratio = page.cpu / few[name].cpu
        met = met and page.queries <= MOST_QUERIES and ratio <= MOST_GROWTH
        print(f"| {name} | {page.queries} | {page.cpu:.1f} | {ratio:.1f} |")
    sys.exit(int(not met))


def measured(placement: int, by: Any) -> dict[str, Page]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(by)
    return {name: asked(client, address) for name, address in addresses(placement)}


def addresses(placement: int) -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    from services.models import PlannedService
    from worksites.models import Placement

    row = Placement.objects.select_related("job__worksite", "planned__plan").get(pk=placement)
    customer = row.planned.plan.customer_id
    yield "jobs with their openings", reverse("worksites")
    yield "jobs that have a word", reverse("worksites") + "?q=miller"
    yield "employers", reverse("employers")
    yield "a worksite with its customers", reverse("worksite", args=[row.job.worksite_id])
    yield "customers for a job", reverse("job-customers", args=[row.job_id])
    yield "wages below the minimum", reverse("low-wages")
    yield "the Worksites tab of a customer", reverse("customer-worksites", args=[customer])
    yield "a placement", reverse("placement", args=[customer, placement])
    under = PlannedService.objects.get(service__form_kind="worksite", plan__customer__user__username="dukelasley")
    yield "jobs to choose for a service", reverse("plan:placement-choose", args=[under.plan.customer_id, under.pk])
    yield "payroll", reverse("payroll")
    for way in ("placement", "worksite", "employer", "program", "period"):
        yield f"totals by {way}", reverse("payroll-totals") + f"?by={way}"


def asked(client: Any, address: str) -> Page:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken = []
    for _round in range(ROUNDS):
        began = time.process_time()
        response = client.get(address)
        taken.append(1000 * (time.process_time() - began))
        assert response.status_code == 200, (address, response.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return Page(len(queries), statistics.median(taken))


def mark_and_pay(keys: list[int], by: Any, at: Any) -> None:
    """A week of each, in one upload; a tenth is paid too little."""
    from django.db import models

    from worksites.models import PayrollEntry, PayrollUpload, Placement

    upload = PayrollUpload(file_name="a.csv", sha256="0" * 64, import_number=1, rows=len(keys), uploaded_by=by,
                           uploaded_at=at, confirmed_by=by, confirmed_at=at)  # fmt: skip
    upload.save()
    services = dict(Placement.objects.values_list("pk", "planned"))
    end = today() - timedelta(days=7)
    begin = end - timedelta(days=6)
    models.QuerySet(PayrollEntry).bulk_create(
        [
            PayrollEntry(upload=upload, placement_id=key, planned_id=services[key], line=line, begins_on=begin,
                         ends_on=end, hours=40, hourly_wage=15, gross=600, subsidized=400)
            for line, key in enumerate(keys, start=2)
        ],
        batch_size=1000,
    )  # fmt: skip
    low = Placement.objects.filter(pk__in=keys[::10])
    models.QuerySet(Placement).filter(pk__in=low.values("pk")).update(low_since=today(), low_minimum=16)
    with_statistics()


def with_statistics() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()

"""A service of a plan in force, and the change of its funding, through the action and as posted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.refusals import Refusal
from services.actions import change_funding
from services.models import PlannedService
from tests import states
from tests.people import angela, planner
from tests.rows import changed, everything

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
CONTRACT = "ITA 2027-014"


def service_of(customer, code):
    rows = PlannedService.objects.in_plan().select_related("plan__customer__planner", "service")
    return rows.get(plan__customer=customer, service__code=code)


def training():
    """Angela's course, which has started."""
    return service_of(angela(), "TR-OST")


def change(row, **values):
    values = {"program": row.program, "contract": CONTRACT, "changes_on": TODAY} | values
    return change_funding(row, **{"by": planner(), "at": states.now()} | values)


def refused_change(row, **values):
    before = everything()
    with pytest.raises(Refusal) as refused:
        change(row, **values)
    assert changed(before, everything()) == {}
    return refused.value


def path_of(row):
    return reverse("plan:service-funding", args=[row.plan.customer_id, row.pk])


def posted(**values):
    return {"program": "", "contract": CONTRACT, "changes_on": TODAY.isoformat()} | values

"""What really happened has a day that has come; what is planned has a field of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerplan.base.refusals import Refusal
from services.actions import change_funding, save_service
from services.models import PlannedService
from tests import states
from tests.people import angela, planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def training():
    return PlannedService.objects.select_related("plan").get(plan__customer=angela(), service__code="TR-OST")


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def end_it_tomorrow():
    save_service(training(), {"status": "complete", "ended_on": tomorrow()}, by=planner(), at=states.now())


def start_it_tomorrow():
    save_service(training(), {"actual_start_on": tomorrow()}, by=planner(), at=states.now())


def change_its_funding_tomorrow():
    values = {"program": None, "contract": "B-2", "changes_on": tomorrow()}
    change_funding(training(), **values, by=planner(), at=states.now())


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (end_it_tomorrow, "ended_on"),
        (start_it_tomorrow, "actual_start_on"),
        (change_its_funding_tomorrow, "changes_on"),
    ],
)
def test_a_day_to_come_is_refused(act, field):
    before = everything()
    with pytest.raises(Refusal) as refused:
        act()
    assert (refused.value.code, refused.value.field) == ("day-to-come", field)
    assert changed(before, everything()) == {}


def test_a_planned_day_may_be_to_come():
    save_service(training(), {"planned_end_on": tomorrow() + timedelta(days=300)}, by=planner(), at=states.now())
    assert training().planned_end_on == tomorrow() + timedelta(days=300)

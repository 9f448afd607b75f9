"""Two planners record a follow-up at one moment: one does."""

import pytest

from careerplan.plans.models import EmploymentPlan
from tests import states
from tests.at_once import all_at_once
from tests.races import refusal_of
from tests.worksites.follow_ups.done import after, do, placement_since

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]


def test_of_two_at_once_one_records_it():
    placement = placement_since(31)
    plan = EmploymentPlan.objects.filter(pk=placement.planned.plan_id)
    act = lambda: do(after(placement, 30))  # noqa: E731
    assert refusal_of(all_at_once(plan, act, act)).code == "done-already"
    assert after(placement, 30).done_on == states.today()
    assert after(placement, 30).history.filter(history_change_reason="followed up").count() == 1

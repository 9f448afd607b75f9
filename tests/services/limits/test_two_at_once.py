"""Two planners give the last dollar at one moment: one of them is told that it is gone."""

from decimal import Decimal

import pytest
from django.utils import timezone

from careerplan.plans.models import EmploymentPlan
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.at_once import all_at_once
from tests.races import refusal_of
from tests.services.limits.limited import entry, limit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]


def test_of_two_who_give_the_last_dollar_at_once_one_does():
    limit(100, service=entry("SS-TRAN"))
    version = states.draft()
    write, goal = states.pen(version), version.plan.goals.get()
    first, second = (
        write.service("SS-TRAN", goal, planned_start_on=timezone.localdate(), dollar_value=Decimal(part))
        for part in ("60", "39")
    )

    def give(row, amount):
        return save_service(row, {"dollar_value": Decimal(amount)}, by=version.plan.customer.planner, at=states.now())

    plan = EmploymentPlan.objects.filter(pk=version.plan_id)
    answers = all_at_once(plan, lambda: give(first, 61), lambda: give(second, 40))
    assert refusal_of(answers).code == "over-the-limit"
    amounts = PlannedService.objects.filter(plan=version.plan_id, service__code="SS-TRAN").values_list("dollar_value")
    assert sum(amount for (amount,) in amounts) == 100

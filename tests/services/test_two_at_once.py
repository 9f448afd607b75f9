"""Two planners at one moment: a service changes its funding once, and starts only if its version counted first."""

import pytest
from django.utils import timezone

from careerplan.plans.models import EmploymentPlan
from services.actions import change_funding, save_service
from services.models import PlannedService
from tests import states
from tests.at_once import all_at_once, before_the_commit
from tests.races import refusal_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]

STARTED = {"status": "started", "actual_start_on": timezone.localdate()}


def start(row):
    return save_service(row, STARTED, by=row.plan.customer.planner, at=states.now())


def training_of(version):
    rows = PlannedService.objects.select_related("plan__customer__planner", "program")
    return rows.get(plan=version.plan, service__code="TR-OST")


@pytest.mark.policy("WIS-059")
def test_of_two_changes_of_funding_at_once_one_counts():
    row = start(training_of(states.signed(states.draft())))
    row = training_of(states.newest(row.plan.customer))

    def change(contract):
        values = {"program": None, "contract": contract, "changes_on": timezone.localdate()}
        return change_funding(row, **values, by=row.plan.customer.planner, at=states.now())

    plan = EmploymentPlan.objects.filter(pk=row.plan_id)
    answers = all_at_once(plan, lambda: change("One"), lambda: change("Two"))
    assert refusal_of(answers).code == "not-under-way"
    assert PlannedService.objects.filter(continues=row).count() == 1


@pytest.mark.policy("WIS-058")
def test_a_start_that_waits_for_the_agreement_finds_the_version_active():
    version = states.sent(states.draft(), electronic=False).version
    row = training_of(version)
    answer = before_the_commit(lambda: states.agreed_on_paper(version), lambda: start(row))
    assert (answer.authorised_in, answer.gate_exemption) == (version, "")

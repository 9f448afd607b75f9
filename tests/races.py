"""What tests of two people at one moment share: versions to act on, and the acts. Who is there: `staff_and_lists`."""

from typing import Any

from acknowledgments.agreement.sending import recall, send
from acknowledgments.agreement.signing import acknowledge
from careerplan.base.refusals import Refusal
from careerplan.plans.models import EmploymentPlan
from tests import states


def a_draft():
    return states.draft()


def one_with_the_customer():
    return states.told(states.sent(a_draft())).seal.version


def one_in_force():
    return states.acknowledged(states.told(states.sent(a_draft())))


def plan_row(version):
    return EmploymentPlan.objects.filter(pk=version.plan_id)


def planner_of(version):
    return version.plan.customer.planner


def send_it(version):
    return send(version, reason=states.ALL_THE_SAME, by=planner_of(version), at=states.now())


def recall_it(version):
    return recall(version, by=planner_of(version), at=states.now())


def acknowledge_it(version):
    request, customer = states.request_for(version), version.plan.customer
    evidence = {"typed_name": str(customer), "ip_address": None, "user_agent": ""}
    return acknowledge(request, **evidence, by=customer.user, at=states.now())


def decline_it(version):
    return states.not_completed(version)


def delete_it(version):
    return states.deleted(version)


def refusal_of(answers: list[Any]) -> Refusal:
    """The one refusal of two answers, beside one success."""
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refused) == 1, answers
    assert not isinstance(next(answer for answer in answers if answer is not refused[0]), Exception), answers
    return refused[0]

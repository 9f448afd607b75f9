"""Two people who ask, answer or act at one moment: one success, one sentence."""

import pytest

from acknowledgments.approvals import requests as approvals
from acknowledgments.enums import RequestKind, RequestState
from acknowledgments.models import StaffRequest
from careerplan.plans.models import EmploymentPlan
from customers.models import Customer
from tests import states
from tests.at_once import all_at_once
from tests.people import person, planner, youth_planner
from tests.races import refusal_of
from tests.shared_plans import approved, asked, co_enrolled, enroll, question

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("staff_and_lists"),
    pytest.mark.policy("WIS-191"),
]


def starting(customer):
    return question(customer, RequestKind.START_PLAN, planner())


def row(request):
    return StaffRequest.objects.filter(pk=request.pk)


def test_two_who_ask_for_the_same_make_one_request():
    customer = co_enrolled()
    wanted, by = starting(customer), planner()
    rows = Customer.objects.filter(pk=customer.pk)
    answers = all_at_once(rows, lambda: asked(wanted, by), lambda: asked(wanted, by))
    assert refusal_of(answers).code == "asked-already"
    assert StaffRequest.objects.get(customer=customer).answers.count() == 1


def test_two_clicks_on_approve_do_it_once():
    customer, by = co_enrolled(), youth_planner()
    request = asked(starting(customer), planner())
    answers = all_at_once(row(request), lambda: approved(request, by), lambda: approved(request, by))
    assert refusal_of(answers).code == "request-ended"
    assert EmploymentPlan.objects.filter(customer=customer).count() == 1


def test_two_approvers_at_once_do_it_once_and_both_count():
    customer = co_enrolled()
    enroll(customer, "JTED", person("train10"))
    request = asked(starting(customer), planner())
    first, second = youth_planner(), person("train10")
    answers = all_at_once(row(request), lambda: approved(request, first), lambda: approved(request, second))
    assert [type(answer) for answer in answers] == [StaffRequest, StaffRequest]
    assert row(request).get().state == RequestState.APPROVED
    assert EmploymentPlan.objects.filter(customer=customer).count() == 1


def test_an_approval_and_a_withdrawal_at_once_leave_one_of_the_two():
    customer = co_enrolled()
    request = asked(starting(customer), planner())
    asker, approver = planner(), youth_planner()
    answers = all_at_once(
        row(request),
        lambda: approvals.withdraw(request, by=asker, at=states.now()),
        lambda: approved(request, approver),
    )
    assert refusal_of(answers).code == "request-ended"
    started = EmploymentPlan.objects.filter(customer=customer).exists()
    assert row(request).get().state == (RequestState.APPROVED if started else RequestState.WITHDRAWN)

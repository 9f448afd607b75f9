"""Two clicks at one moment move a version once: one succeeds, the other reads what happened."""

import pytest
from django.core.management import call_command

from acknowledgments.agreement.declining import decline
from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.sending import recall, send
from acknowledgments.agreement.signing import acknowledge
from acknowledgments.enums import PrintKind
from acknowledgments.filing.making import make_paper
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Paper, Seal
from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.demo.build import build_staff
from careerplan.messaging.models import Notification
from careerplan.plans.actions import open_review, start_plan
from careerplan.plans.enums import VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion, VersionEvent
from customers.models import CaseNote, Customer
from tests import states
from tests.at_once import all_at_once, before_the_commit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def staff_and_lists(transactional_db):
    """Who and what the plans here need; the demo people would take longer to come about than each test."""
    if not User.objects.exists():
        call_command("seed_reference", verbosity=0)
        build_staff()


def a_draft():
    return states.written(states.enrolled())


def one_with_the_customer():
    return states.told(states.sent(a_draft())).seal.version


def one_in_force():
    return states.acknowledged(states.told(states.sent(a_draft())))


def one_success_and_one_refusal(answers):
    """The refusal of the two answers."""
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refused) == 1, answers
    assert not isinstance(next(answer for answer in answers if answer is not refused[0]), Exception), answers
    return refused[0]


def plan_row(version):
    return EmploymentPlan.objects.filter(pk=version.plan_id)


def send_it(version):
    return send(version, reason=states.ALL_THE_SAME, by=version.plan.customer.planner, at=states.now())


def recall_it(version):
    return recall(version, by=version.plan.customer.planner, at=states.now())


def acknowledge_it(version):
    request, customer = states.request_for(version), version.plan.customer
    return acknowledge(
        request, typed_name=str(customer), ip_address=None, user_agent="", by=customer.user, at=states.now()
    )


def delete_it(version):
    return delete_draft(version, reason="Begun by mistake", by=version.plan.customer.planner, at=states.now())


def mark_it_not_completed(version):
    note = states.contact(note="Does not agree.")
    return decline(version, **note, by=version.plan.customer.planner, at=states.now())


IT_IS = "Version 1 is {} now, so this can't be done. Open the plan again to go on."


@pytest.mark.parametrize(
    ("act", "made", "sentence"),
    [
        (send_it, a_draft, "Version 1 was already sent and waits for the customer. Nothing was sent again."),
        (recall_it, one_with_the_customer, IT_IS.format("draft")),
        (
            acknowledge_it,
            one_with_the_customer,
            "You have already acknowledged version 1. There is nothing more to do.",
        ),
        (delete_it, a_draft, IT_IS.format("deleted")),
        (mark_it_not_completed, one_with_the_customer, IT_IS.format("not completed")),
    ],
)
def test_two_clicks_move_a_version_once(act, made, sentence):
    version = made()
    events, seals, notes = VersionEvent.objects.count(), Seal.objects.count(), CaseNote.objects.count()
    answers = all_at_once(plan_row(version), lambda: act(version), lambda: act(version))
    assert str(one_success_and_one_refusal(answers).sentence) == sentence
    assert VersionEvent.objects.count() == events + 1
    assert Seal.objects.count() == seals + (act in {send_it, delete_it})
    assert CaseNote.objects.count() == notes + (act is mark_it_not_completed)
    assert Acknowledgment.objects.filter(version=version).count() == (act is acknowledge_it)


def test_two_clicks_on_update_review_open_one_version():
    plan = one_in_force().plan

    def review():
        return open_review(plan, by=plan.customer.planner, at=states.now())

    refusal = one_success_and_one_refusal(all_at_once(EmploymentPlan.objects.filter(pk=plan.pk), review, review))
    assert str(refusal.sentence) == "Version 2 is open already (draft). Go on with it."
    assert list(plan.versions.order_by("number").values_list("number", "state")) == [(1, "active"), (2, "draft")]


def test_two_clicks_start_one_plan():
    customer = states.enrolled()

    def start():
        return start_plan(customer, by=customer.planner, at=states.now())

    refusal = one_success_and_one_refusal(all_at_once(Customer.objects.filter(pk=customer.pk), start, start))
    assert refusal.code == "plan-already-open"
    assert PlanVersion.objects.filter(plan__customer=customer).count() == 1


@pytest.mark.parametrize("first", [recall_it, acknowledge_it])
def test_a_recall_and_an_acknowledgment_at_once_leave_one_of_the_two(first):
    version = one_with_the_customer()
    request = states.request_for(version)
    second = {recall_it: acknowledge_it, acknowledge_it: recall_it}[first]
    answers = all_at_once(plan_row(version), lambda: first(version), lambda: second(version))
    refusal = one_success_and_one_refusal(answers)
    version.refresh_from_db()
    request = AcknowledgmentRequest.objects.select_related("seal").get(pk=request.pk)
    agreed = Acknowledgment.objects.filter(version=version).count()
    agreed_forms = Paper.objects.filter(seal__version=version, kind=PrintKind.AGREED).count()
    if refusal.code == "cannot-acknowledge":
        assert "Your planner has taken version 1 back to change it." in str(refusal.sentence)
        assert (version.state, version.sent_at, version.approved_on) == (VersionState.DRAFT, None, None)
        assert (agreed, agreed_forms, request.answered_at) == (0, 0, None)
        assert request.withdrawn_at
        assert request.seal.voided_at
    else:
        assert str(refusal.sentence) == (
            "Version 1 can't be recalled: the customer has acknowledged it. Use Update/Review to change the plan."
        )
        assert version.state == VersionState.ACTIVE
        assert (agreed, agreed_forms, request.withdrawn_at, request.seal.voided_at) == (1, 1, None, None)
        assert request.answered_at


@pytest.mark.parametrize("end", [recall_it, mark_it_not_completed])
def test_a_form_that_is_made_while_its_version_leaves_the_customer_is_not_announced(end):
    seal = states.sent(a_draft())
    form = Paper.objects.get(seal=seal)
    before_the_commit(lambda: end(seal.version), lambda: make_paper(form.pk, at=states.now()))
    request = AcknowledgmentRequest.objects.get(seal=seal)
    assert request.notified_at is None
    assert not Notification.objects.filter(key=f"requested:{request.pk}").exists()

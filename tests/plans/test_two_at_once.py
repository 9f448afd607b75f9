"""Two clicks at one moment move a version once: one succeeds, the other reads what happened."""

import pytest

from acknowledgments.enums import PrintKind
from acknowledgments.filing.making import make_paper
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Paper, Seal
from careerplan.messaging.models import Notification
from careerplan.plans.actions import open_review, start_plan
from careerplan.plans.enums import VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion, VersionEvent
from customers.models import CaseNote, Customer
from tests import people, states
from tests.at_once import all_at_once, before_the_commit
from tests.races import (
    a_draft,
    acknowledge_it,
    decline_it,
    delete_it,
    one_in_force,
    one_with_the_customer,
    plan_row,
    recall_it,
    refusal_of,
    send_it,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]


IT_IS = "Version 1 is {} now, so this can't be done. Open the plan again to continue."


@pytest.mark.parametrize(
    ("act", "made", "sentence"),
    [
        (send_it, a_draft, "Version 1 was already sent and is waiting for the customer. Nothing was sent again."),
        (recall_it, one_with_the_customer, IT_IS.format("draft")),
        (
            acknowledge_it,
            one_with_the_customer,
            "You have already acknowledged version 1. There is nothing more to do.",
        ),
        (delete_it, a_draft, IT_IS.format("deleted")),
        (decline_it, one_with_the_customer, IT_IS.format("not completed")),
    ],
)
def test_two_clicks_move_a_version_once(act, made, sentence):
    version = made()
    events, seals, notes = VersionEvent.objects.count(), Seal.objects.count(), CaseNote.objects.count()
    answers = all_at_once(plan_row(version), lambda: act(version), lambda: act(version))
    assert str(refusal_of(answers).sentence) == sentence
    assert VersionEvent.objects.count() == events + 1
    assert Seal.objects.count() == seals + (act in {send_it, delete_it})
    assert CaseNote.objects.count() == notes + (act is decline_it)
    assert Acknowledgment.objects.filter(version=version).count() == (act is acknowledge_it)


@pytest.mark.parametrize("other", [people.planner, people.statewide], ids=["two clicks", "two planners"])
def test_two_who_open_a_review_open_one_version(other):
    plan = one_in_force().plan
    acts = [opening(plan, user) for user in (plan.customer.planner, other())]
    refusal = refusal_of(all_at_once(EmploymentPlan.objects.filter(pk=plan.pk), *acts))
    assert str(refusal.sentence) == "Version 2 is already open (draft). Continue with it."
    assert list(plan.versions.order_by("number").values_list("number", "state")) == [(1, "active"), (2, "draft")]
    log = VersionEvent.objects.filter(version__plan=plan, version__number=2)
    assert list(log.values_list("name", "target")) == [("open", "draft")]


def opening(plan, user):
    return lambda: open_review(plan, by=user, at=states.now())


def test_two_clicks_start_one_plan():
    customer = states.enrolled()

    def start():
        return start_plan(customer, by=customer.planner, at=states.now())

    refusal = refusal_of(all_at_once(Customer.objects.filter(pk=customer.pk), start, start))
    assert refusal.code == "plan-already-open"
    assert PlanVersion.objects.filter(plan__customer=customer).count() == 1


@pytest.mark.parametrize("first", [recall_it, acknowledge_it])
def test_a_recall_and_an_acknowledgment_at_once_leave_one_of_the_two(first):
    version = one_with_the_customer()
    request = states.request_for(version)
    second = {recall_it: acknowledge_it, acknowledge_it: recall_it}[first]
    answers = all_at_once(plan_row(version), lambda: first(version), lambda: second(version))
    refusal = refusal_of(answers)
    version.refresh_from_db()
    request = AcknowledgmentRequest.objects.select_related("seal").get(pk=request.pk)
    agreed = Acknowledgment.objects.filter(version=version).count()
    agreed_papers = Paper.objects.filter(seal__version=version, kind=PrintKind.AGREED).count()
    if refusal.code == "cannot-acknowledge":
        assert "Your planner has taken version 1 back to change it." in str(refusal.sentence)
        assert (version.state, version.sent_at, version.approved_on) == (VersionState.DRAFT, None, None)
        assert (agreed, agreed_papers, request.answered_at) == (0, 0, None)
        assert request.withdrawn_at
        assert request.seal.voided_at
    else:
        assert str(refusal.sentence) == (
            "Version 1 can't be recalled: the customer has acknowledged it. Use Update/Review to change the plan."
        )
        assert version.state == VersionState.ACTIVE
        assert (agreed, agreed_papers, request.withdrawn_at, request.seal.voided_at) == (1, 1, None, None)
        assert request.answered_at


@pytest.mark.parametrize("end", [recall_it, decline_it])
def test_a_form_that_is_made_while_its_version_leaves_the_customer_is_not_announced(end):
    seal = states.sent(a_draft())
    paper = Paper.objects.get(seal=seal)
    before_the_commit(lambda: end(seal.version), lambda: make_paper(paper.pk, at=states.now()))
    request = AcknowledgmentRequest.objects.get(seal=seal)
    assert request.notified_at is None
    assert not Notification.objects.filter(key=f"requested:{request.pk}").exists()

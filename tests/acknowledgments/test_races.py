"""Two people who act on one version at one moment: one success, one sentence, nothing half-done, the log complete."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.declining import note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.signing import acknowledge
from acknowledgments.enums import PrintKind
from acknowledgments.filing.making import make_paper
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, EvidenceDocument, Paper, Seal
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from careerplan.plans.models import VersionEvent
from customers.models import Upload
from services.actions import add_service
from services.models import PlannedService, Service
from tests import people, states
from tests.at_once import all_at_once, before_the_commit
from tests.markup import Page
from tests.races import (
    a_draft,
    acknowledge_it,
    decline_it,
    one_in_force,
    one_with_the_customer,
    plan_row,
    planner_of,
    recall_it,
    refusal_of,
    send_it,
)
from tests.real_files import PDF

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]


def record_paper(version):
    given = {"method": "paper", "agreed_on": timezone.localdate(), "name": str(version.plan.customer)}
    given |= {"file": SimpleUploadedFile("signed.pdf", PDF), "capture": "scan"}
    return record_agreement(version, **given, by=planner_of(version), at=states.now())


def note_it(version):
    reason = {"reason": "no_answer", "note": "Nobody answers."} | states.contact()
    return note_unable(version, **reason, by=planner_of(version), at=states.now())


def add_to_it(version):
    return add_service(version.plan, Service.objects.get(code="BC-JREQ"), by=people.statewide(), at=states.now())


def log_of(version):
    return list(VersionEvent.objects.filter(version=version).order_by("id").values_list("name", "target"))


BEFORE = [("open", "draft"), ("send", "awaiting")]

# --- the customer and the planner -------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [(acknowledge_it, record_paper), (record_paper, acknowledge_it), (record_paper, record_paper)],
    ids=["the customer first", "the planner first", "two planners"],
)
def test_a_version_is_agreed_to_once_in_one_way(first, second):
    version = one_with_the_customer()
    answers = all_at_once(plan_row(version), lambda: first(version), lambda: second(version))
    refusal = refusal_of(answers)
    evidence = Acknowledgment.objects.get(version=version)
    assert evidence.method == ("electronic" if evidence.signer == version.plan.customer.user else "paper")
    sentence = {
        acknowledge_it: "You have already acknowledged version 1. There is nothing more to do.",
        record_paper: "Version 1 is active now, so this can't be done. Open the plan again to continue.",
    }[record_paper if evidence.method == "electronic" or first is second else acknowledge_it]
    assert str(refusal.sentence) == sentence
    on_paper = evidence.method == "paper"
    request = states.request_for(version)
    assert (request.withdrawn_at is not None, request.answered_at is not None) == (on_paper, not on_paper)
    assert EvidenceDocument.objects.count() == on_paper
    assert Upload.objects.filter(filed_by_system=False).count() == on_paper
    assert Paper.objects.filter(seal__version=version, kind=PrintKind.AGREED).count() == 1
    assert Message.objects.filter(kind=Notice.AGREEMENT_RECORDED).count() == on_paper
    assert log_of(version) == [*BEFORE, ("record_agreement" if on_paper else "acknowledge", "active")]
    listed = PlannedService.objects.in_plan().filter(plan=version.plan)
    assert set(listed.values_list("authorised_in", flat=True)) == {version.pk}


@pytest.mark.parametrize("end", [recall_it, decline_it])
@pytest.mark.parametrize("end_first", [True, False])
def test_a_paper_is_not_recorded_for_a_version_that_ends(end, end_first):
    version = one_with_the_customer()
    acts = [lambda: end(version), lambda: record_paper(version)]
    answers = all_at_once(plan_row(version), *(acts if end_first else reversed(acts)))
    refusal_of(answers)
    version.refresh_from_db()
    recorded = version.state == VersionState.ACTIVE
    assert Acknowledgment.objects.filter(version=version).count() == recorded
    assert Upload.objects.filter(filed_by_system=False).count() == recorded
    assert (version.approved_on is not None) == recorded
    assert Paper.objects.filter(seal__version=version, kind=PrintKind.AGREED).count() == recorded
    assert len(log_of(version)) == 3


def test_that_the_agreement_cannot_be_had_is_noted_once():
    version = one_with_the_customer()
    refusal = refusal_of(all_at_once(plan_row(version), lambda: note_it(version), lambda: note_it(version)))
    assert refusal.code == "already-noted"
    assert log_of(version) == [*BEFORE, ("unable", "awaiting")]


@pytest.mark.parametrize("noted_first", [True, False])
def test_the_customer_agrees_while_the_planner_notes_that_it_cannot_be_had(noted_first):
    version = one_with_the_customer()
    acts = [lambda: note_it(version), lambda: acknowledge_it(version)]
    answers = all_at_once(plan_row(version), *(acts if noted_first else reversed(acts)))
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    version.refresh_from_db()
    assert version.state == VersionState.ACTIVE
    assert Acknowledgment.objects.filter(version=version).count() == 1
    names = [name for name, _target in log_of(version)]
    if refused:
        assert str(refused[0].sentence) == "Version 1 is no longer waiting for the customer. Open the plan again."
        assert names == ["open", "send", "acknowledge"]
    else:
        assert names == ["open", "send", "unable", "acknowledge"]


# --- two planners -----------------------------------------------------------------------------


@pytest.mark.parametrize("sent_first", [True, False])
def test_a_service_is_in_what_was_sealed_or_it_is_refused(sent_first):
    version = a_draft()
    acts = [lambda: send_it(version), lambda: add_to_it(version)]
    answers = all_at_once(plan_row(version), *(acts if sent_first else reversed(acts)))
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    added = PlannedService.objects.filter(plan=version.plan, service__code="BC-JREQ").in_plan()
    if not Seal.objects.filter(version=version).exists():  # added first: a service without a goal is not complete
        assert [refusal.code for refusal in refused] == ["incomplete"]
        assert added.count() == 1
        assert log_of(version) == BEFORE[:1]
        return
    assert [str(refusal.sentence) for refusal in refused] == [
        "Version 1 is with the customer. Recall it first, then change it."
    ]
    assert not added.exists()
    sealed = {service.id for service in Seal.objects.get(version=version).contents.services}
    assert sealed == set(PlannedService.objects.in_plan().filter(plan=version.plan).values_list("pk", flat=True))
    assert log_of(version) == BEFORE


def test_what_is_added_before_the_commit_of_the_sending_waits_for_it():
    version = a_draft()
    with pytest.raises(Refusal) as refused:
        before_the_commit(lambda: send_it(version), lambda: add_to_it(version))
    assert refused.value.code == "awaiting"


# --- two workers ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PrintKind.values)
def test_two_workers_make_one_form_once(kind):
    version = a_draft()
    seal = states.sent(version)
    if kind == PrintKind.AGREED:
        states.acknowledged(states.told(seal))
    paper = Paper.objects.get(seal=seal, kind=kind)
    uploads = Upload.objects.count()

    def make():
        return make_paper(paper.pk, at=states.now())

    assert sorted(all_at_once(plan_row(version).none(), make, make)) == [False, True]
    paper.refresh_from_db()
    assert (paper.attempts, paper.error) == (1, "")
    assert Upload.objects.count() == uploads + 1
    request = AcknowledgmentRequest.objects.get(seal=seal)
    assert Notification.objects.filter(key=f"requested:{request.pk}").count() == 1


# --- the link ---------------------------------------------------------------------------------


def opened_by(user, key):
    """The link is opened, the name typed and the button pressed; on a connection of one's own if need be."""
    client = Client()
    client.force_login(user)
    name = user.get_full_name()
    return client.post(reverse("my:acknowledge", args=[key]), {"agrees": "on", "typed_name": name})


def test_the_link_used_twice_at_once_thanks_twice_and_signs_once():
    version = one_with_the_customer()
    request, user = states.request_for(version), version.plan.customer.user
    answers = all_at_once(plan_row(version), *[lambda: opened_by(user, request.key)] * 2)
    thanks = reverse("my:acknowledged", args=[request.key])
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, thanks)] * 2
    assert Acknowledgment.objects.filter(version=version).count() == 1
    assert log_of(version) == [*BEFORE, ("acknowledge", "active")]


def test_the_link_of_another_customer_signs_nothing_while_its_own_customer_signs():
    version, other = one_with_the_customer(), states.enrolled()
    request, user = states.request_for(version), version.plan.customer.user
    acts = [lambda: opened_by(other.user, request.key), lambda: opened_by(user, request.key)]
    theirs, own = all_at_once(plan_row(version), *acts)
    assert (theirs.status_code, own.status_code) == (404, 302)
    assert Acknowledgment.objects.get(version=version).signer == user
    evidence = {"typed_name": str(version.plan.customer), "ip_address": None, "user_agent": ""}
    with pytest.raises(NotAllowed):
        acknowledge(request, **evidence, by=other.user, at=states.now())


def test_the_link_of_a_former_version_thanks_for_that_version_and_signs_no_newer_one():
    version = one_in_force()
    former, user = states.request_for(version), version.plan.customer.user
    newer = states.told(states.sent(states.reviewed(version.plan.customer)))
    acts = [lambda: opened_by(user, former.key), lambda: opened_by(user, newer.key)]
    answers = all_at_once(plan_row(version), *acts)
    assert [answer.url for answer in answers] == [
        reverse("my:acknowledged", args=[request.key]) for request in (former, newer)
    ]
    made = Acknowledgment.objects.filter(version__plan=version.plan).order_by("id")
    assert list(made.values_list("request", flat=True)) == [former.pk, newer.pk]


def test_the_link_of_a_seal_that_was_recalled_signs_nothing_while_the_newer_one_does():
    version = one_with_the_customer()
    old, user = states.request_for(version), version.plan.customer.user
    states.recalled(version)
    new = states.told(states.sent(states.newest(version.plan.customer)))
    acts = [lambda: opened_by(user, old.key), lambda: opened_by(user, new.key)]
    refused, signed = all_at_once(plan_row(version), *acts)
    assert (refused.status_code, signed.status_code) == (409, 302)
    sentence = "This request was taken back, and a newer one was sent. Open your dashboard to find it."
    assert sentence in Page(refused).words
    assert Acknowledgment.objects.get(version=version).request == new
    assert log_of(version) == [*BEFORE, ("recall", "draft"), ("send", "awaiting"), ("acknowledge", "active")]

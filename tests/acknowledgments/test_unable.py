"""Unable to Get Customer Agreement on File: noted with its reason, and never an agreement (ILL-037, AMB-X4)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.declining import note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.status import pending_standing
from acknowledgments.enums import AgreementStatus
from acknowledgments.models import Acknowledgment, UncollectedAgreement
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.plans.enums import VersionState
from customers.models import CaseNote
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, lucia, north_planner, tyrell, youth_planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db

NOTE = "I called three times and wrote once; nobody answered."


def address(customer):
    return reverse("plan:unable", args=[customer.pk])


def post(client, *, by=None, customer=None, **values):
    client.force_login(by or youth_planner())
    entry = {"reason": "no_answer", "note": NOTE, "contact_method": "phone"}
    entry |= {"contact_on": timezone.localdate().isoformat()}
    return client.post(address(customer or tyrell()), entry | values, follow=True)


def noted():
    reason = {"reason": "no_answer", "note": NOTE} | states.contact()
    return note_unable(states.newest(tyrell()), **reason, by=youth_planner(), at=clock.now())


def services():
    return PlannedService.objects.in_plan().filter(plan=states.plan_of(tyrell()))


@pytest.mark.policy("ILL-037")
def test_the_reason_is_kept_with_a_case_note_and_shown(client):
    page = Page(post(client))
    assert "Your note was saved: the customer's agreement could not be obtained." in page.words
    found = UncollectedAgreement.objects.get(seal__version=states.newest(tyrell()))
    assert (found.reason, found.recorded_by, found.case_note.text) == ("no_answer", youth_planner(), NOTE)
    assert found.case_note.subject == "Unable to get agreement to version 1"
    assert found.case_note.customer == tyrell()
    for name in ("plan:agreement", "plan:overview"):
        shown = Page(client.get(reverse(name, args=[tyrell().pk]))).words
        assert "Unable to get agreement Version 1: the customer does not answer (recorded by Priya Raman" in shown
        assert "It is not active; the customer may still agree." in shown
    event = states.newest(tyrell()).events.order_by("-id")[0]
    assert (event.name, event.source, event.target) == ("unable", "awaiting", "awaiting")
    assert (event.by, event.note) == (youth_planner(), "The customer does not answer")


@pytest.mark.policy("ILL-037", "AMB-X4")
@pytest.mark.parametrize(("rules", "may_start"), [("wisconsin", False), ("both", False), ("illinois", True)])
def test_the_version_is_never_active_and_only_in_illinois_may_its_services_start(settings, rules, may_start):
    settings.ACKNOWLEDGMENT_RULES = rules
    noted()
    version = states.newest(tyrell())
    assert version.state == VersionState.AWAITING
    assert (version.approved_on, version.next_review_on) == (None, None)
    assert not Acknowledgment.objects.filter(version=version).exists()
    expected = {(version.pk, timezone.localdate())} if may_start else {(None, None)}
    assert set(services().values_list("authorised_in", "authorised_on")) == expected


@pytest.mark.policy("ILL-037")
def test_the_customer_may_still_agree():
    noted()
    version = states.acknowledged(states.request_for(states.newest(tyrell())))
    assert version.state == VersionState.ACTIVE
    assert set(services().values_list("authorised_in", flat=True)) == {version.pk}


@pytest.mark.policy("ILL-037")
def test_the_agreement_may_still_come_on_paper():
    noted()
    given = {"method": "paper", "agreed_on": timezone.localdate(), "name": "Tyrell Brooks"}
    record_agreement(states.newest(tyrell()), **given, by=youth_planner(), at=clock.now())
    assert states.newest(tyrell()).state == VersionState.ACTIVE


def test_it_is_noted_once(client):
    post(client)
    notes = CaseNote.objects.count()
    answer = post(client)
    assert answer.status_code == 422
    assert (
        "A note already says why the customer's agreement could not be obtained. Open the page again."
        in Page(answer).words
    )
    assert CaseNote.objects.count() == notes
    assert UncollectedAgreement.objects.count() == 1
    assert address(tyrell()) not in Page(client.get(reverse("plan:agreement", args=[tyrell().pk]))).links().values()


def test_of_a_version_that_is_sent_anew_it_may_be_noted_again():
    noted()
    states.recalled(states.newest(tyrell()))
    states.told(states.sent(states.newest(tyrell())))
    assert pending_standing(states.newest(tyrell()), None).status == AgreementStatus.REQUESTED
    noted()
    assert pending_standing(states.newest(tyrell()), None).status == AgreementStatus.UNABLE


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("reason", "Choose why the agreement could not be obtained."), ("note", "Enter the case note.")],
)
def test_nothing_is_noted_without_why(client, field, sentence):
    before = everything()
    answer = post(client, **{field: ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert changed(before, everything()).keys() <= {type(youth_planner())}


@pytest.mark.parametrize("made", [angela, lucia], ids=["active", "draft"])
def test_where_no_version_waits_there_is_nothing_to_note(client, made):
    customer = made()
    assert post(client, by=customer.planner, customer=customer).status_code == 404
    note = {"reason": "other", "note": NOTE} | states.contact()
    with pytest.raises(Refusal) as refused:
        note_unable(states.newest(customer), **note, by=customer.planner, at=clock.now())
    assert refused.value.code == "cannot-unable"
    assert not UncollectedAgreement.objects.exists()


@pytest.mark.parametrize(
    ("somebody", "status"),
    [(north_planner, 404), (administrator, 403), (lambda: tyrell().user, 404)],
    ids=["another region's planner", "administrator", "the customer"],
)
def test_others_cannot_note_it(client, somebody, status):
    assert post(client, by=somebody()).status_code == status
    assert not UncollectedAgreement.objects.exists()

"""How the agreement stands, as the Agreement page and the overview say it (AMB-I10, AMB-X1)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.agreement.declining import note_unable
from acknowledgments.agreement.documents import file_evidence, record_agreement
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.status import latest_standing, pending_standing
from acknowledgments.agreement.talking import disagree
from acknowledgments.enums import AgreementStatus
from careerplan.plans.enums import VersionState
from tests import states
from tests.markup import Page, words_of
from tests.people import administrator
from tests.real_files import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def today():
    return timezone.localdate()


# --- how a plan comes to each status ----------------------------------------------------------


def first_draft(customer):
    states.written(customer)


def asked(customer):
    states.told(states.sent(states.written(customer)))


def printed(customer):
    states.sent(states.written(customer), electronic=False)


def asked_then_printed(customer):
    asked(customer)
    states.recalled(states.newest(customer))
    states.sent(states.newest(customer), electronic=False)


def in_force(customer):
    states.acknowledged(states.told(states.sent(states.written(customer))))


def recorded(customer, method="paper"):
    printed(customer)
    email = {"sender": "nora@careerplan.test", "statement": "I accept it.", "holds_plan": True}
    given = {"method": method, "agreed_on": today(), "name": str(customer)} | (email if method == "email" else {})
    return record_agreement(states.newest(customer), **given, by=customer.planner, at=states.now())


def recorded_by_email(customer):
    return recorded(customer, "email")


def on_paper(customer):
    file(recorded(customer), "scan")


def by_email(customer):
    file(recorded(customer, "email"), "email")


def file(agreement, capture, *, days=0):
    document = SimpleUploadedFile("signed.pdf", PDF)
    file_evidence(agreement, document, capture=capture, by=agreement.signer, at=states.now() + timedelta(days=days))


def without_customer(customer):
    in_force(customer)
    review = states.reviewed(customer)
    review_without_customer(review, text="All goes well.", **states.contact(), by=customer.planner, at=states.now())


def could_not_be_had(customer):
    asked(customer)
    reason = {"reason": "moved", "note": "The letter came back."} | states.contact()
    note_unable(states.newest(customer), **reason, by=customer.planner, at=states.now())


def disagreed(customer):
    asked(customer)
    disagree(states.request_for(states.newest(customer)), reason="Too far", by=customer.user, at=states.now())


def first_declined(customer):
    asked(customer)
    states.not_completed(states.newest(customer))


def review_declined(customer):
    in_force(customer)
    states.not_completed(states.reviewed(customer))


def review_opened(customer):
    in_force(customer)
    states.reviewed(customer)


def review_sent(customer):
    review_opened(customer)
    states.told(states.sent(states.newest(customer)))


NONE = AgreementStatus.NONE
LATEST = {
    first_draft: NONE,
    asked: NONE,
    in_force: AgreementStatus.ELECTRONIC,
    recorded: AgreementStatus.PAPER_DUE,
    recorded_by_email: AgreementStatus.EMAIL_DUE,
    on_paper: AgreementStatus.PAPER,
    by_email: AgreementStatus.EMAIL,
    without_customer: AgreementStatus.NOT_REQUIRED,
    review_opened: AgreementStatus.ELECTRONIC,
    review_declined: AgreementStatus.ELECTRONIC,
    could_not_be_had: NONE,
}
PENDING = {
    first_draft: None,
    asked: AgreementStatus.REQUESTED,
    printed: AgreementStatus.TO_SIGN,
    asked_then_printed: AgreementStatus.TO_SIGN,
    in_force: None,
    recorded: None,
    could_not_be_had: AgreementStatus.UNABLE,
    disagreed: AgreementStatus.DISAGREED,
    first_declined: AgreementStatus.DECLINED,
    review_declined: AgreementStatus.DECLINED,
    review_opened: AgreementStatus.UPDATING,
    review_sent: AgreementStatus.REQUESTED,
}
WORDS = {
    AgreementStatus.REQUESTED: "Version {} is waiting for the customer (Devon Okafor sent it on",
    AgreementStatus.TO_SIGN: "Version {} is waiting for the customer (Devon Okafor sent it on",
    AgreementStatus.UNABLE: "Version {}: the customer moved away (recorded by Devon Okafor on",
    AgreementStatus.DISAGREED: "Version {}: Nora",
    AgreementStatus.DECLINED: "Version {} was marked Not Complete on",
    AgreementStatus.UPDATING: "Version {} is a draft that Devon Okafor opened on",
}


def brought(bring):
    customer = states.enrolled()
    bring(customer)
    return customer


def in_words(rows):
    return pytest.mark.parametrize(("bring", "status"), rows.items(), ids=[bring.__name__ for bring in rows])


def pages(client, customer):
    client.force_login(customer.planner)
    names = ("plan:agreement", "plan:overview")
    return [Page(client.get(reverse(name, args=[customer.pk]))) for name in names]


def pills(page):
    return [words_of(pill) for pill in page.root.find_class("pill")]


# --- the table --------------------------------------------------------------------------------


@pytest.mark.policy("AMB-I10", "AMB-X1", "ILL-032")
@in_words(LATEST)
def test_the_latest_agreement_says_how_it_stands(client, bring, status):
    customer = brought(bring)
    active = states.plan_of(customer).versions.active().first()
    assert latest_standing(active, on=today()).status == status
    for page in pages(client, customer):
        assert (str(status.label) in pills(page)) == (status != NONE or page.has_id("agreement-title"))


@pytest.mark.policy("AMB-I10", "AMB-X1")
@in_words(PENDING)
def test_the_version_in_the_making_says_how_it_stands(client, bring, status):
    customer = brought(bring)
    version = states.newest(customer)
    active = states.plan_of(customer).versions.active().first()
    current = None if version.state == VersionState.ACTIVE else version
    found = pending_standing(current, active)
    assert (found and found.status) == status
    for page in pages(client, customer):
        if status:
            assert str(status.label) in pills(page)
            assert WORDS[status].format(version.number) in page.words
        else:
            assert not {str(each.label) for each in WORDS} & set(pills(page))


@pytest.mark.policy("AMB-I10")
def test_only_where_the_rules_say_so_an_update_needs_agreement(client):
    customer = brought(review_opened)
    agreement, overview = pages(client, customer)
    assert "Update needs agreement" not in pills(agreement)
    assert "Update in draft" in pills(overview)
    states.add_goal(customer)
    agreement, overview = pages(client, customer)
    assert "Update needs agreement" in pills(agreement)
    assert "Update needs agreement" in pills(overview)


def test_a_customer_without_a_plan_has_no_agreement(client):
    agreement, overview = pages(client, states.enrolled())
    assert "Start the plan first." in agreement.words
    assert "None" in pills(overview)


@pytest.mark.policy("WIS-086", "AMB-W20")
@pytest.mark.parametrize("bring", [recorded, recorded_by_email])
def test_until_the_document_is_on_file_both_pages_say_by_when_it_is_due(client, bring):
    customer = brought(bring)
    due = date_format(today() + timedelta(days=30))
    for page in pages(client, customer):
        assert page.facts()["Document"] == f"due by {due} · Upload the document"
        assert page.facts()["Agreed on"] == date_format(today())


@pytest.mark.policy("WIS-086")
def test_a_further_document_makes_one_that_came_in_time_no_late_one():
    agreement = recorded(states.enrolled())
    file(agreement, "scan", days=2)
    file(agreement, "photo", days=60)
    standing = latest_standing(agreement.version, on=today() + timedelta(days=61))
    assert not standing.is_late
    assert standing.document.capture == "scan"


def test_who_only_reads_is_not_offered_the_upload(client):
    customer = brought(recorded)
    client.force_login(administrator())
    page = Page(client.get(reverse("plan:agreement", args=[customer.pk])))
    assert page.facts()["Document"].startswith("due by ")
    assert "Upload the document" not in page.links()


@pytest.mark.parametrize("bring", [first_draft, in_force, on_paper, could_not_be_had, review_declined])
def test_how_it_stands_is_read_in_few_queries(django_assert_max_num_queries, bring):
    customer = brought(bring)
    active = states.plan_of(customer).versions.select_related("plan").active().first()
    with django_assert_max_num_queries(3):
        latest_standing(active, on=today())
    current = states.newest(customer)
    with django_assert_max_num_queries(4):
        pending_standing(current, active)

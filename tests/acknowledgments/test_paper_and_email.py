"""Agreement on paper and by e-mail: what is recorded, by whom, and what is refused (12.7.6)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from acknowledgments.agreement.documents import paper_statement, record_agreement
from acknowledgments.enums import AgreementStatus
from acknowledgments.models import Acknowledgment, EvidenceDocument
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from customers.stored import content_of
from services.models import PlannedService
from tests import states
from tests.acknowledgments.recorded_agreements import (
    CHAIN,
    METHODS,
    PDF,
    WORDS,
    address,
    agreement,
    post,
    recorded,
    scan,
    standing,
    today,
)
from tests.markup import Page
from tests.people import administrator, angela, lucia, north_planner, statewide, tyrell, youth_planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


# --- recorded ---------------------------------------------------------------------------------


@pytest.mark.policy("WIS-080", "ILL-031")
@pytest.mark.parametrize("method", METHODS)
def test_without_its_document_the_version_is_active_and_the_document_due(client, method):
    page = Page(post(client, method))
    assert "The agreement was recorded. The version is active." in page.words
    version = states.newest(tyrell())
    assert version.state == VersionState.ACTIVE
    assert agreement().method == method
    due = agreement().agreed_on + timedelta(days=30)
    assert (standing().status, standing().due_on) == (AgreementStatus(f"{method}_due"), due)
    assert str(standing().status.label) in page.words
    assert "on file" not in page.facts()["Document"]
    assert page.facts()["Document"].startswith("due by ")
    assert page.links()["Upload the document"] == reverse("plan:evidence-add", args=[tyrell().pk, version.pk])


@pytest.mark.policy("WIS-080", "WIS-084", "ILL-032", "ILL-036")
@pytest.mark.parametrize(("method", "name", "content"), [("paper", "signed.pdf", PDF), ("email", "chain.eml", CHAIN)])
def test_with_its_document_the_agreement_is_on_file_at_once(client, method, name, content):
    capture = {"paper": "photo", "email": "email"}[method]
    page = Page(post(client, method, file=scan(name, content), capture=capture))
    document = EvidenceDocument.objects.get(acknowledgment=agreement())
    assert (document.capture, document.filed_on, document.filed_by) == (capture, today(), youth_planner())
    upload = document.upload
    assert (upload.category, upload.purpose, upload.document_type) == ("title_1", "employment_plan", "employment_plan")
    assert content_of(upload) == content
    assert upload.shown_to_customer
    assert standing().status == AgreementStatus(method)
    assert {"paper": "Signed on paper - on file", "email": "E-mailed - on file"}[method] in page.words
    assert str(upload) in page.facts()["Document"]
    row = Page(client.get(reverse("customers:uploads", args=[tyrell().pk]))).table("Files")[0]
    assert (row["Category"], row["Purpose"]) == ("Title I", "Employment Plan")


@pytest.mark.policy("WIS-082")
def test_of_an_email_the_sender_the_day_and_the_words_are_kept(client):
    post(client, "email")
    found = agreement()
    assert (found.sender, found.statement) == ("tyrell.brooks@careerplan.test", WORDS)
    assert found.agreed_on == today() - timedelta(days=1)
    assert (found.signer, found.signer_name, found.typed_name) == (youth_planner(), "Tyrell Brooks", "Tyrell Brooks")
    client.force_login(youth_planner())
    version = Page(client.get(reverse("plan:version", args=[tyrell().pk, found.version_id])))
    assert "Agreed by e-mail" in version.facts()["Way of agreement"]
    assert "tyrell.brooks@careerplan.test" in version.facts()["Way of agreement"]
    assert version.facts()["Acknowledged by"] == "Tyrell Brooks"
    assert version.facts()["Recorded by"].startswith("Priya Raman (planner.youth), ")
    assert WORDS in version.words


@pytest.mark.policy("WIS-082", "WIS-083")
@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("holds_plan", "The e-mail chain must contain the plan (12.7.6)."),
        ("sender", "Enter the address the customer wrote from."),
        ("statement", "Copy the words the customer used to agree to the plan."),
    ],
)
def test_an_email_that_lacks_something_is_refused(client, field, sentence):
    before = everything()
    answer = post(client, "email", **{field: ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert changed(before, everything()).keys() <= {type(youth_planner())}


@pytest.mark.policy("WIS-083")
@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"holds_plan": False}, "plan-not-in-chain"),
        ({"sender": ""}, "nothing-said"),
        ({"statement": " "}, "nothing-said"),
    ],
)
def test_the_action_asks_for_the_same(lacking, code):
    with pytest.raises(Refusal) as refused:
        recorded("email", **lacking)
    assert refused.value.code == code
    assert states.newest(tyrell()).state == VersionState.AWAITING


@pytest.mark.policy("WIS-103")
@pytest.mark.parametrize("method", METHODS)
def test_the_day_agreed_is_the_day_of_approval_from_which_all_else_counts(client, method):
    post(client, method)
    version, day = states.newest(tyrell()), today() - timedelta(days=1)
    assert (version.approved_on, version.next_review_on) == (day, day + timedelta(days=90))
    client.force_login(youth_planner())
    page = Page(client.get(reverse("plan:version", args=[tyrell().pk, version.pk])))
    assert page.facts()["Approved (service closed)"] in page.facts()["Way of agreement"]
    services = PlannedService.objects.in_plan().filter(plan=version.plan)
    assert set(services.values_list("authorised_in", "authorised_on")) == {(version.pk, day)}


@pytest.mark.parametrize("method", METHODS)
def test_the_version_before_is_superseded_by_the_new_one(method):
    write_in = states.pen(states.reviewed(angela()))
    write_in.step("Read the second chapter", write_in.plan.goals.in_order()[0], in_days=3)
    states.sent(write_in.version, electronic=False)
    email = {"sender": angela().email, "statement": WORDS, "holds_plan": True} if method == "email" else {}
    given = {"agreed_on": today(), "name": "Angela Whitfield", **email}
    record_agreement(write_in.version, method=method, **given, by=angela().planner, at=clock.now())
    plan = states.plan_of(angela())
    assert list(plan.versions.order_by("number").values_list("state", flat=True)) == ["superseded", "active"]


def test_the_words_of_a_paper_are_those_of_the_printed_form_in_its_language():
    seal = states.sent(states.newest(lucia()), electronic=False)
    given = {"agreed_on": today(), "name": "Lucia Herrera"}
    found = record_agreement(seal.version, method="paper", **given, by=north_planner(), at=clock.now())
    assert (found.language, found.statement) == ("es", paper_statement("es"))
    with translation.override("en"):
        assert found.statement != paper_statement("en")


# --- the customer -----------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_the_open_request_ends_and_its_link_says_why(client, method):
    request = states.request_for(states.newest(tyrell()))
    post(client, method)
    request.refresh_from_db()
    assert request.withdrawn_at
    assert request.answered_at is None
    client.force_login(tyrell().user)
    assert "Read and acknowledge" not in Page(client.get("/my/")).words
    for verb in (client.get, client.post):
        answer = verb(f"/my/acknowledge/{request.key}/", {"agrees": "on", "typed_name": "Tyrell Brooks"})
        assert answer.status_code == 409
    assert "Your planner has recorded that you agreed to this version. There is nothing more to do." in (
        Page(client.get(f"/my/acknowledge/{request.key}/")).words
    )
    assert Acknowledgment.objects.filter(version=states.newest(tyrell())).count() == 1


@pytest.mark.parametrize("method", METHODS)
def test_the_customer_is_told_what_was_recorded(client, method):
    post(client, method)
    message = Message.objects.get(recipient=tyrell().user, kind=Notice.AGREEMENT_RECORDED)
    assert "Priya Raman" in message.body
    client.force_login(tyrell().user)
    page = Page(client.get("/my/"))
    assert message.subject in page.words
    assert (
        f"Acknowledged by Tyrell Brooks on {date_format(agreement().agreed_on)} We are making the PDF of this"
        in page.words
    )


def test_a_customer_without_a_sign_in_agrees_on_paper(client):
    customer = states.enrolled(with_sign_in=False)
    states.sent(states.written(customer), electronic=False)
    post(client, "paper", by=customer.planner, customer=customer, name=str(customer), agreed_on=today().isoformat())
    assert states.newest(customer).state == VersionState.ACTIVE
    assert not Message.objects.filter(kind=Notice.AGREEMENT_RECORDED).exists()


# --- refused ----------------------------------------------------------------------------------

OUTSIDE = "Enter a day between the day this version was sent and today."


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "Priya Raman", "Enter the customer's full name as it is written on the plan (Tyrell Brooks)."),
        ("name", "", "Enter the name as signed."),
        ("agreed_on", timedelta(days=1), OUTSIDE),
        ("agreed_on", timedelta(days=-3), OUTSIDE),
        ("agreed_on", "", "Enter the date of the signature."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(client, field, value, sentence):
    before = everything()
    typed = (today() + value).isoformat() if isinstance(value, timedelta) else value
    answer = post(client, "paper", **{field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    assert changed(before, everything()).keys() <= {type(youth_planner())}


@pytest.mark.parametrize(
    ("upload", "capture", "field", "sentence"),
    [
        (
            ("signed.pdf", b"GIF89a"),
            "scan",
            "file",
            "This file is not what its name says. Save it again and upload it.",
        ),
        (
            ("signed.exe", b"MZ"),
            "scan",
            "file",
            "Choose a PDF, JPEG, PNG, TIFF, HEIC, Word (.docx) or e-mail (.eml) file.",
        ),
        (("signed.pdf", b""), "scan", "file", "This file is empty. Choose another."),
        (("signed.pdf", PDF), "", "capture", "Choose how the document was captured."),
    ],
)
def test_an_upload_that_is_refused_leaves_everything_as_it_was(client, upload, capture, field, sentence):
    before = everything()
    answer = post(client, "paper", file=scan(*upload), capture=capture)
    assert answer.status_code == 422
    again = {} if field == "file" else {"file": ["Choose the file again."]}
    assert answer.context["form"].errors == {field: [sentence], **again}
    assert changed(before, everything()).keys() <= {type(youth_planner())}
    assert states.request_for(states.newest(tyrell())).withdrawn_at is None


@pytest.mark.parametrize("made", [angela, lucia], ids=["active", "draft"])
def test_where_no_version_waits_a_sentence_says_so(client, made):
    customer = made()
    before = everything()
    answer = post(client, "paper", by=customer.planner, customer=customer, name=str(customer))
    assert answer.status_code == 404
    assert "No version of this plan is waiting for the customer now. Open the plan again." in Page(answer).words
    assert changed(before, everything()).keys() <= {type(customer.planner)}


def test_a_paper_of_a_version_that_was_sent_anew_meanwhile_is_refused(client):
    client.force_login(youth_planner())
    form = Page(client.get(address("paper"))).form(address("paper"))
    states.recalled(states.newest(tyrell()))
    states.sent(states.newest(tyrell()))
    answer = client.post(address("paper"), form | {"agreed_on": today().isoformat()})
    assert answer.status_code == 422
    assert "Someone recalled this version and sent it again in the meantime. Open the page again." in Page(answer).words
    assert states.newest(tyrell()).state == VersionState.AWAITING


def test_a_way_that_is_none_is_not_found(client):
    client.force_login(youth_planner())
    assert client.get(address("fax")).status_code == 404


# --- who --------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-007")
@pytest.mark.parametrize(
    ("somebody", "status"),
    [(north_planner, 404), (administrator, 403), (lambda: tyrell().user, 404), (statewide, 200)],
    ids=["another region's planner", "administrator", "the customer", "statewide"],
)
@pytest.mark.parametrize("method", METHODS)
def test_only_those_who_edit_the_record_record_an_agreement(client, somebody, status, method):
    assert post(client, method, by=somebody()).status_code == status
    assert Acknowledgment.objects.filter(version=states.newest(tyrell())).exists() == (status == 200)

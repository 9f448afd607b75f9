"""Agreement on paper and by e-mail: what is recorded, its document in Uploads, and by when that is due (12.7.6)."""

import io
import json
from datetime import timedelta

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from acknowledgments.agreements import evidence_due_on, file_evidence, note_unable, paper_statement, record_agreement
from acknowledgments.enums import AgreementStatus, Method
from acknowledgments.models import Acknowledgment, EvidenceDocument, UncollectedAgreement
from acknowledgments.standing import latest_standing
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.demo.states import print_forms
from careerplan.messaging.enums import Kind
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from customers.models import CaseNote, Enrollment, Upload
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, lucia, north_planner, statewide, tyrell, youth_planner
from tests.rows import changed, everything, refuses, write

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 a signed plan"
CHAIN = b"From: tyrell.brooks@careerplan.test\nSubject: my plan\n\nI agree."
WORDS = "I read the plan that you sent and I accept it."
METHODS = ["paper", "email"]


def today():
    return timezone.localdate()


def scan(name="signed.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def entry(method, **values):
    """What the planner fills in; Tyrell's version was sent two days ago."""
    filled = {"agreed_on": (today() - timedelta(days=1)).isoformat(), "name": "Tyrell Brooks"}
    if method == "email":
        filled |= {"sender": "tyrell.brooks@careerplan.test", "statement": WORDS, "holds_plan": "on"}
    return filled | values


def address(method, customer=None):
    return reverse("plan:agreement-record", args=[(customer or tyrell()).pk, method])


def post(client, method, *, by=None, customer=None, **values):
    client.force_login(by or youth_planner())
    return client.post(address(method, customer), entry(method, **values), follow=True)


def recorded(method="paper", *, agreed_days_ago=0, **values):
    """Tyrell's agreement, recorded by his planner through the action."""
    if method == "email":
        values = {"sender": "tyrell@careerplan.test", "statement": WORDS, "holds_plan": True} | values
    values |= {"agreed_on": today() - timedelta(days=agreed_days_ago), "name": "Tyrell Brooks"}
    return record_agreement(states.newest(tyrell()), method=method, **values, by=youth_planner(), at=timezone.now())


def file(agreement, *, capture="scan", days=0, by=None, **named):
    at = timezone.now() + timedelta(days=days)
    return file_evidence(agreement, scan(**named), capture=capture, by=by or youth_planner(), at=at)


def agreement():
    return Acknowledgment.objects.select_related("version__plan", "seal").get(version=states.newest(tyrell()))


def standing(days=0):
    return latest_standing(states.newest(tyrell()), on=today() + timedelta(days=days))


def shown(client, name="plan:agreement"):
    client.force_login(youth_planner())
    return Page(client.get(reverse(name, args=[tyrell().pk])))


def marked_late(page):
    return [pill.text for pill in page.root.find_class("pill--overdue")] == ["Late"]


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
    assert upload.content() == content
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
        ("sender", "Enter the address from which the customer wrote."),
        ("statement", "Copy the words in which the customer agreed to the plan."),
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
    record_agreement(write_in.version, method=method, **given, by=angela().planner, at=timezone.now())
    plan = states.plan_of(angela())
    assert list(plan.versions.order_by("number").values_list("state", flat=True)) == ["superseded", "active"]


def test_the_words_of_a_paper_are_those_of_the_printed_form_in_its_language():
    seal = states.sent(states.newest(lucia()), electronic=False)
    given = {"agreed_on": today(), "name": "Lucia Herrera"}
    found = record_agreement(seal.version, method="paper", **given, by=north_planner(), at=timezone.now())
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
    message = Message.objects.get(recipient=tyrell().user, kind=Kind.AGREEMENT_RECORDED)
    assert "Priya Raman" in message.body
    client.force_login(tyrell().user)
    page = Page(client.get("/my/"))
    assert message.subject in page.words
    assert f"Acknowledged by Tyrell Brooks on {date_format(agreement().agreed_on)} My plan" in page.words


def test_a_customer_without_a_sign_in_agrees_on_paper(client):
    customer = states.enrolled(with_sign_in=False)
    states.sent(states.written(customer), electronic=False)
    post(client, "paper", by=customer.planner, customer=customer, name=str(customer), agreed_on=today().isoformat())
    assert states.newest(customer).state == VersionState.ACTIVE
    assert not Message.objects.filter(kind=Kind.AGREEMENT_RECORDED).exists()


# --- refused ----------------------------------------------------------------------------------

OUTSIDE = "Enter a day from the day on which this version was sent to today."


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "Priya Raman", "Enter the customer's full name as it stands on the plan: Tyrell Brooks."),
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
        (("signed.exe", b"MZ"), "scan", "file", "Choose a PDF, JPEG, PNG, TIFF, Word (.docx) or e-mail (.eml) file."),
        (("signed.pdf", b""), "scan", "file", "This file is empty. Choose another."),
        (("signed.pdf", PDF), "", "capture", "Choose how the document was captured."),
    ],
)
def test_an_upload_that_is_refused_leaves_everything_as_it_was(client, upload, capture, field, sentence):
    before = everything()
    answer = post(client, "paper", file=scan(*upload), capture=capture)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    assert changed(before, everything()).keys() <= {type(youth_planner())}
    assert states.request_for(states.newest(tyrell())).withdrawn_at is None


@pytest.mark.parametrize("made", [angela, lucia], ids=["active", "draft"])
def test_where_no_version_waits_a_sentence_says_so(client, made):
    customer = made()
    before = everything()
    answer = post(client, "paper", by=customer.planner, customer=customer, name=str(customer))
    assert answer.status_code == 404
    assert "No version of this plan waits for the customer now. Open the plan again." in Page(answer).words
    assert changed(before, everything()).keys() <= {type(customer.planner)}


def test_a_paper_of_a_version_that_was_sent_anew_meanwhile_is_refused(client):
    client.force_login(youth_planner())
    form = Page(client.get(address("paper"))).form(address("paper"))
    states.recalled(states.newest(tyrell()))
    states.sent(states.newest(tyrell()))
    answer = client.post(address("paper"), form | {"agreed_on": today().isoformat()})
    assert answer.status_code == 422
    assert "This version was recalled and sent again meanwhile. Open the page again." in Page(answer).words
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


@pytest.mark.parametrize(
    ("somebody", "status"),
    [(north_planner, 404), (administrator, 403), (lambda: tyrell().user, 404), (statewide, 200)],
    ids=["another region's planner", "administrator", "the customer", "statewide"],
)
def test_only_those_who_edit_the_record_file_its_document(client, somebody, status):
    found = recorded()
    client.force_login(somebody())
    path = reverse("plan:evidence-add", args=[tyrell().pk, found.version_id])
    answer = client.post(path, {"file": scan(), "capture": "scan"}, follow=True)
    assert answer.status_code == status
    assert found.documents.exists() == (status == 200)
    if status == 403:
        with pytest.raises(NotAllowed):
            file(found, by=somebody())


# --- the document -----------------------------------------------------------------------------


@pytest.mark.policy("WIS-081")
@pytest.mark.parametrize(
    ("taken", "offered"),
    [
        ([], ["scan", "photo", "fax", "other"]),
        (["scan", "fax"], ["scan", "fax"]),
        (["photo", "email"], ["photo"]),
    ],
)
def test_the_local_board_decides_how_paper_is_captured(client, settings, taken, offered):
    settings.PAPER_CAPTURES = taken
    client.force_login(youth_planner())
    form = client.get(address("paper")).context["form"]
    assert [value for value, _label in form.fields["capture"].choices] == offered
    found = recorded()
    for capture in ("scan", "photo", "fax", "other"):
        if capture in offered:
            assert file(found, capture=capture).capture == capture
        else:
            with pytest.raises(Refusal) as refused:
                file(found, capture=capture)
            assert refused.value.code == "capture-not-taken"


@pytest.mark.policy("WIS-084")
def test_the_document_of_an_email_is_the_chain(client):
    found = recorded("email")
    with pytest.raises(Refusal):
        file(found, capture="scan")
    assert file(found, capture="email", name="chain.eml", content=CHAIN).upload.name == (
        "E-mail chain with the plan, Version 1"
    )


@pytest.mark.policy("WIS-084", "WIS-086", "ILL-032")
def test_the_document_is_uploaded_later_on_its_own_page(client):
    post(client, "paper")
    path = shown(client).links()["Upload the document"]
    page = Page(client.get(path))
    assert "It is filed in Uploads: category Title I, purpose Employment Plan." in page.words
    answer = Page(client.post(path, {"file": scan(), "capture": "fax"}, follow=True))
    assert "The document is on file." in answer.words
    assert "Signed on paper - on file" in answer.words
    assert not marked_late(answer)


@pytest.mark.policy("WIS-086")
@pytest.mark.parametrize(("days", "is_late"), [(29, False), (30, False), (31, True), (400, True)])
def test_a_late_upload_is_marked_and_taken(client, days, is_late):
    found = recorded()
    assert standing(days).status == AgreementStatus.PAPER_DUE
    assert standing(days).is_late == is_late
    file(found, days=days)
    assert standing(days + 1).status == AgreementStatus.PAPER
    assert standing(days + 1).is_late == is_late
    assert marked_late(shown(client)) == is_late


@pytest.mark.policy("WIS-085", "WIS-087", "AMB-W20")
@pytest.mark.parametrize(("exit_days", "due_days"), [(5, 5), (29, 29), (30, 30), (31, 30), (-1, -1)])
def test_the_document_is_due_by_the_earlier_of_exit_and_thirty_days(exit_days, due_days):
    found = recorded()
    assert evidence_due_on(found) == today() + timedelta(days=30)
    write(Enrollment.objects.get(customer=tyrell()), status="exited", exited_on=today() + timedelta(days=exit_days))
    assert evidence_due_on(found) == today() + timedelta(days=due_days)
    assert not standing(due_days).is_late
    assert standing(due_days + 1).is_late


@pytest.mark.policy("WIS-085", "WIS-087")
def test_a_customer_who_has_left_may_have_the_document_filed_all_the_same(client):
    found = recorded()
    write(Enrollment.objects.get(customer=tyrell()), status="exited", exited_on=today())
    file(found, days=3)
    assert (standing(4).status, standing(4).is_late) == (AgreementStatus.PAPER, True)
    assert marked_late(shown(client))


def test_while_one_program_goes_on_the_customer_has_not_left():
    found = recorded()
    enrollment = Enrollment.objects.get(customer=tyrell())
    write(enrollment, status="exited", exited_on=today())
    Enrollment(customer=tyrell(), program=enrollment.program, begun_on=today()).save()
    assert evidence_due_on(found) == today() + timedelta(days=30)


@pytest.mark.policy("ILL-036")
def test_an_electronic_agreement_is_on_file_and_has_no_document(client):
    states.acknowledged(states.request_for(states.newest(tyrell())))
    assert standing().status == AgreementStatus.ELECTRONIC
    with pytest.raises(Refusal) as refused:
        file(agreement())
    assert refused.value.code == "no-document"
    client.force_login(youth_planner())
    path = reverse("plan:evidence-add", args=[tyrell().pk, states.newest(tyrell()).pk])
    assert client.get(path).status_code == 404


# --- what is kept -----------------------------------------------------------------------------


def noted():
    reason = {"reason": "moved", "note": "He moved."} | states.contact()
    return note_unable(states.newest(tyrell()), **reason, by=youth_planner(), at=timezone.now())


@pytest.mark.parametrize(
    ("made", "values"),
    [
        (lambda: file(recorded()), {"capture": "fax"}),
        (lambda: file(recorded()), {"filed_on": timezone.localdate() - timedelta(days=3)}),
        (noted, {"reason": "other"}),
        (recorded, {"agreed_on": timezone.localdate() - timedelta(days=3)}),
    ],
)
def test_the_database_keeps_evidence_as_it_is(made, values):
    row = made()
    assert type(row) in {EvidenceDocument, UncollectedAgreement, Acknowledgment}
    refuses("are kept as they are", lambda: write(row, **values))
    refuses("are kept as they are", lambda: type(row).objects.filter(pk=row.pk)._raw_delete("default"))


@pytest.mark.parametrize("method", METHODS)
def test_the_filed_form_says_how_the_customer_agreed_and_who_recorded_it(method):
    found = recorded(method, agreed_days_ago=1)
    print_forms(found.seal, timezone.now())
    upload = states.form_of(tyrell()).upload
    pages = pypdf.PdfReader(io.BytesIO(upload.content())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert {"paper": "Signed on paper", "email": "Agreed by e-mail"}[method] in text
    evidence = text[text.index("Evidence of the acknowledgment") :]
    assert "As recorded by the career planner: the customer agreed on a document" in evidence
    for words in ("Name as signed Tyrell Brooks", "Recorded by Priya Raman", "Account that recorded it planner.youth"):
        assert words in evidence
    assert f"{found.seal.digest}" in evidence.replace(" ", "")
    for words in ("IP address", "Browser", "Request ID", "Name typed", "Signer's account", "Local time"):
        assert words not in evidence
    assert ("The customer wrote:" in text and WORDS in text) == (method == "email")
    assert ("tyrell@careerplan.test" in evidence) == (method == "email")


def test_the_log_names_each_step_once(client):
    post(client, "paper", file=scan(), capture="scan")
    version = states.newest(tyrell())
    events = version.events.order_by("id").values_list("name", "source", "target")
    assert list(events)[-1] == ("record_agreement", "awaiting", "active")
    assert [name for name, *_states in events] == ["open", "send", "record_agreement"]
    assert Upload.objects.filter(evidence__acknowledgment__version=version).count() == 1
    assert not CaseNote.objects.filter(customer=tyrell()).exists()
    assert Method(agreement().method).label == "Signed on paper"


def test_an_auditor_reads_the_day_and_the_document_outside_the_web():
    found = recorded("paper")
    document = file(found)
    out = io.StringIO()
    call_command("explain_version", found.version_id, stdout=out)
    told = json.loads(out.getvalue())["acknowledgment"]
    assert (told["method"], told["agreed_on"], told["sender"]) == ("paper", found.agreed_on.isoformat(), "")
    assert told["documents"] == [
        {
            "filed_on": document.filed_on.isoformat(),
            "filed_by": document.filed_by.username,
            "capture": "scan",
            "sha256": document.upload.sha256,
        }
    ]

"""The document of an agreement on paper or by e-mail: in Uploads, by when it is due, and what is kept (12.7.6)."""

import io
import json
from datetime import timedelta

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.declining import note_unable
from acknowledgments.enums import AgreementStatus, Method
from acknowledgments.models import Acknowledgment, EvidenceDocument, UncollectedAgreement
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.demo.pen import print_papers
from customers.models import CaseNote, Enrollment, Upload
from customers.stored import content_of
from tests import states
from tests.acknowledgments.recorded_agreements import (
    CHAIN,
    METHODS,
    WORDS,
    address,
    agreement,
    file,
    marked_late,
    post,
    recorded,
    scan,
    shown,
    standing,
    today,
)
from tests.markup import Page
from tests.people import administrator, north_planner, statewide, tyrell, youth_planner
from tests.rows import refuses, write

pytestmark = pytest.mark.django_db


def due_on(agreement):
    return Acknowledgment.objects.with_due_on().get(pk=agreement.pk).due_on


# --- who --------------------------------------------------------------------------------------


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
    assert due_on(found) == today() + timedelta(days=30)
    write(Enrollment.objects.get(customer=tyrell()), status="exited", exited_on=today() + timedelta(days=exit_days))
    assert due_on(found) == today() + timedelta(days=due_days)
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
    assert due_on(found) == today() + timedelta(days=30)


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
    return note_unable(states.newest(tyrell()), **reason, by=youth_planner(), at=clock.now())


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
    print_papers(found.seal, clock.now())
    upload = states.paper_of(tyrell()).upload
    pages = pypdf.PdfReader(io.BytesIO(content_of(upload))).pages
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

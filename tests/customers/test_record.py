"""The tabs of a customer's record: notes, assessments, uploads, messages, the password's e-mail."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from careerplan.messaging.models import Message
from customers.models import Assessment, AssessmentSummary, CaseNote, Upload
from tests import people as cast
from tests.mail import letters_about_signing_in
from tests.markup import Page, words_of
from tests.real_files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def david(people):
    return cast.david()


@pytest.fixture
def planner(client, david):
    client.force_login(cast.planner())
    return client


@pytest.mark.parametrize(
    "name",
    ["overview", "intake", "case-notes", "assessments", "assessment-add", "resume", "uploads", "messages"],
)
def test_every_tab_opens_and_marks_itself(planner, david, name):
    page = planner.get(reverse(f"customers:{name}", args=[david.pk]))
    assert page.status_code == 200
    assert page.content.decode().count('aria-current="page"') == 2  # the menu's Customers, and the tab


@pytest.mark.policy("ILL-016")
def test_a_case_note_is_kept_with_its_contact(planner, david):
    entry = {"subject": "Call", "text": "Spoke of GED", "contact_on": "2026-11-20", "contact_method": "phone"}
    assert planner.post(reverse("customers:case-notes", args=[david.pk]), entry).status_code == 302
    assert "Case Notes (6)" in Page(planner.get(reverse("plan:overview", args=[david.pk]))).links()
    shown = Page(planner.get(reverse("customers:case-notes", args=[david.pk]))).words
    assert "Call" in shown
    assert "Spoke of GED" in shown
    note = CaseNote.objects.get(subject="Call")
    assert (note.customer, note.written_by, note.contact_on) == (david, cast.planner(), date(2026, 11, 20))
    assert note.history.count() == 1


def test_an_empty_note_says_what_to_enter(planner, david):
    page = planner.post(reverse("customers:case-notes", args=[david.pk]), {"contact_method": "phone"})
    assert page.status_code == 422
    words = page.content.decode()
    for sentence in ("Enter the subject.", "Enter the note.", "Enter the date of contact."):
        assert sentence in words
    assert "This field is required" not in words


@pytest.mark.policy("ILL-069", "ILL-070")
def test_outside_assessments_stand_newest_first_with_who_updated_them(planner, david):
    for name in ("customers:assessments", "plan:assessment"):
        rows = Page(planner.get(reverse(name, args=[david.pk]))).table("Outside assessments")
        same = {"Assessment name/description": "TABE 11-12", "Type": "Basic Skills"}
        same |= {"Category": "Adult Basic Education-ABE"}
        assert rows == [
            {
                **same,
                "Edit/view results": result,
                "Assessment date": f"{day} Older than six months",
                "Updated": f"info@train10_sluccwd.com {day}",
            }
            for result, day in (("750", "06/15/2020"), ("628", "06/11/2020"))
        ]


def test_an_assessment_edited_by_two_shows_both_texts(planner, david):
    row = Assessment.objects.filter(customer=david).first()
    address = reverse("customers:assessment-edit", args=[david.pk, row.pk])
    entry = {"name": row.name, "result": "760", "assessed_on": "2020-06-15", "kind": row.kind, "category": row.category}
    assert planner.post(address, entry | {"row_version": row.row_version}).status_code == 302
    late = planner.post(address, entry | {"result": "770", "row_version": row.row_version})
    assert late.status_code == 422
    row.refresh_from_db()
    assert row.result == "760"
    words = late.content.decode()
    assert "Someone else changed this in the meantime" in words
    assert "770" in words
    assert "760" in words


@pytest.mark.policy("ILL-052")
def test_every_summary_stays_with_its_author(planner, david):
    address = reverse("plan:assessment", args=[david.pk])
    for text in ("Reads well.", "Reads very well."):
        planner.post(address, {"text": text})
    texts = AssessmentSummary.objects.filter(customer=david).order_by("id").values_list("text", flat=True)
    assert list(texts) == ["Reads well.", "Reads very well."]
    [newest] = Page(planner.get(address)).root.xpath("//article")
    assert "Reads very well." in words_of(newest)
    tab = Page(planner.get(address)).links()["Assessment Summary"]
    assert tab == reverse("plan:summaries", args=[david.pk])
    shown = [words_of(card) for card in Page(planner.get(tab)).root.xpath("//article")]
    assert [text in card for text, card in zip(("Reads very well.", "Reads well."), shown, strict=True)] == [True, True]
    for card in shown:
        assert f"{date_format(timezone.localdate())}," in card
        assert "· Devon Okafor" in card


def upload(client, david, file_name="plan.pdf", content=PDF, **values):
    entry = {"name": "A file", "category": "title_1", "document_type": "other", "purpose": "other"} | values
    file = SimpleUploadedFile(file_name, content)
    return client.post(reverse("customers:uploads", args=[david.pk]), entry | {"file": file})


def test_a_file_is_kept_and_given_back_as_a_download(planner, david):
    assert upload(planner, david).status_code == 302
    kept = Upload.objects.get(name="A file")
    answer = planner.get(reverse("customers:upload-file", args=[david.pk, kept.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert kept.sha256


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.pdf", b"<html>", "This file is not what its name says."),
        ("plan.exe", b"MZ", "Choose a PDF, JPEG"),
        ("plan", PDF, "Choose a PDF, JPEG"),
        ("plan.png", PDF, "This file is not what its name says."),
        ("plan.pdf", b"", "This file is empty."),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(planner, david, name, content, sentence):
    page = upload(planner, david, name, content)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Upload.objects.filter(name="A file").exists()


def test_a_file_that_is_too_large_is_refused(planner, david, settings):
    settings.UPLOAD_LIMIT_BYTES = 10
    assert upload(planner, david).status_code == 422


def test_a_customer_sees_only_what_is_shown_to_customers(planner, david, client):
    upload(planner, david, name="For staff")
    upload(planner, david, name="For David", shown_to_customer="on")
    assert set(Upload.objects.visible_to(david.user).values_list("name", flat=True)) == {"For David"}
    assert not Upload.objects.visible_to(cast.angela().user).filter(name="For David").exists()
    client.force_login(david.user)
    hidden = Upload.objects.get(name="For staff")
    assert client.get(reverse("customers:upload-file", args=[david.pk, hidden.pk])).status_code == 404


def test_case_notes_are_not_for_customers(client, david):
    client.force_login(david.user)
    assert client.get(reverse("customers:case-notes", args=[david.pk])).status_code == 404


@pytest.mark.policy("ILL-018")
def test_a_message_waits_on_the_customers_dashboard(planner, david, client):
    address = reverse("customers:messages", args=[david.pk])
    assert planner.post(address, {"subject": "Hello", "body": "See you on Monday"}).status_code == 302
    message = Message.objects.get(written_subject="Hello")
    assert (message.recipient, message.sender) == (david.user, cast.planner())
    client.force_login(david.user)
    assert "See you on Monday" in client.get(reverse("my:messages")).content.decode()
    client.post(reverse("my:message-read", args=[message.pk]))
    message.refresh_from_db()
    assert message.read_at is not None


@pytest.mark.policy("ILL-019")
def test_reset_password_sends_the_customer_a_link_and_shows_staff_none(planner, david):
    answer = planner.post(reverse("customers:reset-password", args=[david.pk]), follow=True)
    letter = letters_about_signing_in()[-1]
    assert letter.to == [david.user.email]
    assert "/accounts/password/reset/key/" in letter.body
    assert "/accounts/password/reset/key/" not in answer.content.decode()


def test_what_is_typed_is_kept_and_offered_again(planner, david):
    address = reverse("customers:case-notes", args=[david.pk])
    kept = planner.post(reverse("draft_keep") + f"?form={address}", {"subject": "Call", "text": "Half a sent"})
    assert kept.content.decode().startswith("Draft saved at")
    assert "Show what I typed" in planner.get(address).content.decode()
    assert "Half a sent" in planner.get(address, {"draft": "show"}).content.decode()
    entry = {"subject": "Call", "text": "A whole one", "contact_on": "2026-11-20", "contact_method": "phone"}
    planner.post(address, entry)
    assert "Show what I typed" not in planner.get(address).content.decode()


def test_a_draft_is_ones_own(planner, david, client):
    address = reverse("customers:case-notes", args=[david.pk])
    planner.post(reverse("draft_keep") + f"?form={address}", {"subject": "Call"})
    client.force_login(cast.statewide())
    assert "Show what I typed" not in client.get(address).content.decode()

"""The paper is made and filed, and only then is the customer told; a failure reaches the planner and nobody else."""

from datetime import timedelta

import pypdf
import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse

from acknowledgments.enums import PrintKind
from acknowledgments.filing.making import make_paper, try_again
from acknowledgments.models import AcknowledgmentRequest, Paper
from acknowledgments.paper.pdf import MAX_ROWS
from acknowledgments.tasks import render_paper, sweep
from careerplan.base.history import record_all
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.messaging.tasks import deliver
from careerplan.plans.enums import VersionState
from customers.models import Upload
from goals.models import ActionStep
from tests import states
from tests.markup import Page
from tests.people import lucia, north_planner, planner

pytestmark = pytest.mark.django_db


def too_long():
    """Lucía's version with more rows than a worker can print in its time: sealed, and its paper not to be made."""
    version = states.newest(lucia())
    goal = version.plan.goals.in_order()[0]
    steps = [ActionStep(plan=version.plan, goal=goal, text=f"Step {number}") for number in range(MAX_ROWS)]
    record_all(steps, by=north_planner(), at=states.now())
    seal = states.sent(version)
    return Paper.objects.get(seal=seal), steps


def messages_to(person):
    return list(Message.objects.filter(recipient=person).values_list("kind", flat=True))


@pytest.mark.policy("ILL-034")
def test_when_the_form_is_filed_the_customer_is_told():
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    assert make_paper(paper.pk, at=states.now())
    paper.refresh_from_db()
    upload = paper.upload
    assert paper.rendered_at
    assert (upload.customer, upload.category, upload.document_type, upload.purpose) == (
        lucia(),
        "title_1",
        "employment_plan",
        "employment_plan",
    )
    assert (upload.filed_by_system, upload.shown_to_customer, upload.uploaded_by) == (True, True, None)
    assert upload.file.name.endswith(f"IEP-1000006-v1-{paper.seal.short_code}.pdf")
    with default_storage.open(upload.file.name) as file:
        assert pypdf.PdfReader(file).pages
    request = AcknowledgmentRequest.objects.get(seal=paper.seal)
    assert request.notified_at
    message = Message.objects.get(recipient=lucia().user)
    assert (message.kind, message.path) == (
        Notice.ACKNOWLEDGMENT_REQUESTED,
        reverse("my:acknowledge", args=[request.key]),
    )
    letter = Notification.objects.get(message=message, recipient=lucia().user)
    assert letter.sent_at is None
    deliver()
    [sent] = [one for one in mail.outbox if one.to == [lucia().user.email]]
    assert "/my/" in sent.body  # the letter leads to the dashboard, and says nothing of the plan


def test_making_a_form_twice_files_and_tells_once():
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    assert make_paper(paper.pk, at=states.now())
    assert not make_paper(paper.pk, at=states.now())
    assert Upload.objects.filter(customer=lucia()).count() == 1
    assert messages_to(lucia().user) == [Notice.ACKNOWLEDGMENT_REQUESTED]


def test_the_agreement_page_says_when_the_customer_was_told(client):
    states.told(states.sent(states.newest(lucia())))
    client.force_login(north_planner())
    assert "The customer was told" in Page(client.get(reverse("plan:agreement", args=[lucia().pk]))).words


def test_a_recalled_versions_form_is_never_made():
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    states.recalled(states.newest(lucia()))
    assert not make_paper(paper.pk, at=states.now())
    assert sweep() == 0
    assert messages_to(lucia().user) == []


def test_a_version_that_was_marked_as_not_completed_is_not_announced():
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    states.not_completed(states.newest(lucia()))
    make_paper(paper.pk, at=states.now())
    assert messages_to(lucia().user) == []


def test_the_sweep_makes_what_the_queue_lost():
    states.sent(states.newest(lucia()))
    assert sweep() == 1
    assert messages_to(lucia().user) == [Notice.ACKNOWLEDGMENT_REQUESTED]


def test_the_tasks_make_the_form_and_send_the_letter():
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    assert render_paper(paper.pk)
    assert deliver()
    assert Notification.objects.get(recipient=lucia().user).sent_at


# --- a renderer that fails --------------------------------------------------------------------


def test_a_failure_is_told_to_the_planner_and_to_nobody_else():
    paper, _steps = too_long()
    assert not make_paper(paper.pk, at=states.now())
    paper.refresh_from_db()
    assert (paper.rendered_at, paper.attempts, paper.upload) == (None, 1, None)
    assert paper.error.startswith("TooLong: ")
    assert messages_to(north_planner()) == [Notice.PAPER_NOT_MADE]
    assert messages_to(lucia().user) == []
    assert Message.objects.get(recipient=north_planner()).path == reverse("plan:agreement", args=[lucia().pk])
    assert not Upload.objects.filter(customer=lucia()).exists()


def test_the_planner_is_told_once_however_often_it_fails():
    paper, _steps = too_long()
    for number in range(Paper.ATTEMPTS + 2):
        make_paper(paper.pk, at=states.now() + timedelta(hours=number))
    paper.refresh_from_db()
    assert paper.attempts == Paper.ATTEMPTS
    assert messages_to(north_planner()) == [Notice.PAPER_NOT_MADE]


def test_the_planner_tries_again(client):
    paper, _steps = too_long()
    make_paper(paper.pk, at=states.now())
    client.force_login(north_planner())
    page = Page(client.get(reverse("plan:agreement", args=[lucia().pk])))
    assert "We could not make the form, so we sent nothing to the customer." in page.words
    path = reverse("plan:paper-again", args=[lucia().pk])
    page = Page(client.post(path, page.form(path, "Try again"), follow=True))
    assert "We are making the form again." in page.words
    paper.refresh_from_db()
    assert paper.attempts == 0


def test_a_version_whose_form_failed_is_recalled_and_mended():
    paper, steps = too_long()
    make_paper(paper.pk, at=states.now())
    version = states.recalled(states.newest(lucia()))
    assert version.state == VersionState.DRAFT
    assert messages_to(lucia().user) == []  # who was never told is not told of the recall
    removal = {"removed_at": states.now(), "removed_by": north_planner(), "removed_reason": "Too many"}
    models.QuerySet(ActionStep).filter(pk__in=[step.pk for step in steps]).update(**removal)
    request = states.told(states.sent(version))
    assert request.notified_at
    assert Message.objects.get(kind=Notice.PAPER_NOT_MADE).read_at  # what it told of has passed


def test_that_it_failed_is_no_news_once_it_is_made(settings, tmp_path):
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    settings.FORM_SEAL_KEY_FILE = str(tmp_path / "missing.p12")
    assert not make_paper(paper.pk, at=states.now())
    failed = Message.objects.get(kind=Notice.PAPER_NOT_MADE)
    assert failed.read_at is None
    settings.FORM_SEAL_KEY_FILE = ""
    assert make_paper(paper.pk, at=states.now() + timedelta(hours=1))
    failed.refresh_from_db()
    assert failed.read_at


def test_only_the_customers_planners_try_again():
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    with pytest.raises(NotAllowed):
        try_again(paper, by=planner(), at=states.now())
    make_paper(paper.pk, at=states.now())
    with pytest.raises(Refusal) as refused:
        try_again(paper, by=north_planner(), at=states.now())
    assert refused.value.code == "paper-is-made"


@pytest.mark.parametrize("key", ["", "x", "²", "9" * 30])
def test_a_form_that_is_none_is_not_found(client, key):
    client.force_login(north_planner())
    assert client.post(reverse("plan:paper-again", args=[lucia().pk]), {"paper": key}).status_code == 404


def test_the_agreed_form_is_filed_beside_the_one_to_sign():
    states.acknowledged(states.told(states.sent(states.newest(lucia()))))
    paper = states.paper_of(lucia())
    assert paper.kind == PrintKind.AGREED
    assert make_paper(paper.pk, at=states.now())
    names = Upload.objects.filter(customer=lucia()).order_by("id").values_list("name", flat=True)
    assert list(names) == [
        "Individual Employment Plan (IEP), Version 1",
        "Individual Employment Plan (IEP), Version 1, acknowledged",
    ]

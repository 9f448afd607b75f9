"""What is due of agreements: the document of one on paper or by e-mail, the customer's answer, colleagues' approvals
(12.7.6, 12.7.9)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from acknowledgments.agreement.talking import SAID
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, EvidenceDocument, StaffAnswer, StaffRequest
from careerplan.plans.deadlines import agreement_page
from careerplan.plans.models import VersionEvent
from customers.deadlines import Deadline, Topic, WaitsFor


def without_document(_on: date) -> Any:
    """Agreements on paper or by e-mail of which no document is on file yet. They stay due after an exit (AMB-W20)."""
    filed = EvidenceDocument.objects.filter(acknowledgment=OuterRef("pk"))
    return Acknowledgment.objects.filter(~Exists(filed), agreed_on__isnull=False).with_due_on()


def waiting(*, disagreed: bool) -> Any:
    """Requests that the customer has not answered; `disagreed`: those to which the customer said no, or the others."""
    events = VersionEvent.objects.filter(version=OuterRef("seal__version"), name__in=SAID).order_by("-id")
    rows = AcknowledgmentRequest.objects.waiting().annotate(said_last=Subquery(events.values("name")[:1]))
    return rows.filter(said_last="disagree") if disagreed else rows.exclude(said_last="disagree")


def waiting_requests(_on: date) -> Any:
    return waiting(disagreed=False)


def request_pages(keys: Iterable[int]) -> dict[int, str]:
    return {request.pk: request.path for request in AcknowledgmentRequest.objects.filter(pk__in=keys)}


def disagreed(_on: date) -> Any:
    return waiting(disagreed=True)


def waiting_answers(_on: date) -> Any:
    """Questions that were put to a person; those for all statewide staff are nobody's alone."""
    return StaffAnswer.objects.waiting().filter(Q(passed_to__isnull=False) | Q(approver__isnull=False))


def waiting_approvals(_on: date) -> Any:
    return StaffRequest.objects.waiting()


EVIDENCE = Deadline(
    code="evidence",
    topic=Topic.SIGNATURES,
    citation="DWD 12.7.6",
    what=_("Upload the signed plan or the e-mail"),
    act=_("Upload"),
    open_rows=without_document,
    customer="version__plan__customer",
    key=F("version"),
    due=F("due_on"),
    since=F("agreed_on"),
    page=lambda customer, key: reverse("plan:evidence-add", args=[customer, key]),
)
REQUEST = Deadline(
    code="request",
    topic=Topic.SIGNATURES,
    citation="DWD 12.7.6",
    what=_("The customer reads the plan and signs it"),
    act=_("See the agreement"),
    open_rows=waiting_requests,
    customer="seal__version__plan__customer",
    since=TruncDate("notified_at"),
    waits_for=WaitsFor.CUSTOMER,
    reminds=(-3, -10),
    page=agreement_page,
    own_pages=request_pages,
)
DISAGREED = Deadline(
    code="disagreed",
    topic=Topic.SIGNATURES,
    citation="DWD 12.7.7",
    what=_("Talk with the customer, who does not agree"),
    act=_("See the agreement"),
    open_rows=disagreed,
    customer="seal__version__plan__customer",
    since=TruncDate("notified_at"),
    reminds=(-3, -10),
    page=agreement_page,
)
APPROVAL = Deadline(
    code="approval",
    topic=Topic.SIGNATURES,
    citation="DWD 12.7.9",
    what=_("Other staff answer a request"),
    act=_("See the request"),
    open_rows=waiting_approvals,
    customer="customer",
    since=TruncDate("asked_at"),
    waits_for=WaitsFor.COLLEAGUE,
    reminds=(),
    page=lambda _customer, key: reverse("requests:request", args=[key]),
)

# The colleague who is asked is reminded; who asked sees on Today that it waits.
ASKED = Deadline(
    code="approval-asked",
    topic=Topic.SIGNATURES,
    citation="DWD 12.7.9",
    what=_("Answer the request of a colleague"),
    act=_("See the request"),
    open_rows=waiting_answers,
    customer="request__customer",
    key=F("request"),
    since=TruncDate("request__asked_at"),
    person=Coalesce("passed_to", "approver"),
    reminds=(-3, -10),
    page=lambda _customer, key: reverse("requests:request", args=[key]),
)

DEADLINES = (EVIDENCE, REQUEST, DISAGREED, APPROVAL)

"""How the agreement to a plan stands: Latest Customer Goal/Plan Agreement (Illinois workNet; AMB-I10)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from acknowledgments.agreement.talking import disagreement
from acknowledgments.enums import AgreementStatus, Method
from acknowledgments.models import (
    Acknowledgment,
    AcknowledgmentRequest,
    EvidenceDocument,
    ItemQuestion,
    UncollectedAgreement,
)
from careerplan.base.prepared import PreparedRows
from careerplan.plans.enums import VersionState
from careerplan.plans.models import PlanVersion, VersionEvent

ON_FILE = {
    Method.ELECTRONIC: AgreementStatus.ELECTRONIC,
    Method.NOT_REQUIRED: AgreementStatus.NOT_REQUIRED,
    Method.PAPER: AgreementStatus.PAPER,
    Method.EMAIL: AgreementStatus.EMAIL,
}
DUE = {Method.PAPER: AgreementStatus.PAPER_DUE, Method.EMAIL: AgreementStatus.EMAIL_DUE}
PILLS = {
    AgreementStatus.NONE: "not-started",
    AgreementStatus.REQUESTED: "started",
    AgreementStatus.TO_SIGN: "started",
    AgreementStatus.PAPER_DUE: "on-hold",
    AgreementStatus.EMAIL_DUE: "on-hold",
    AgreementStatus.UNABLE: "off-track",
    AgreementStatus.DISAGREED: "off-track",
    AgreementStatus.DECLINED: "off-track",
    AgreementStatus.UPDATING: "started",
    AgreementStatus.NEEDS_UPDATE: "on-hold",
}


@dataclass(frozen=True)
class Standing:
    """The status of one version's agreement; for a document also by when it is due and whether it is late."""

    status: AgreementStatus
    version: PlanVersion | None = None
    agreement: Acknowledgment | None = None
    document: EvidenceDocument | None = None
    request: AcknowledgmentRequest | None = None
    unable: UncollectedAgreement | None = None
    # That the customer does not agree, and how many items wait for an answer to what the customer asked.
    disagreement: VersionEvent | None = None
    asks_about: int = 0
    due_on: date | None = None
    is_late: bool = False

    @property
    def pill(self) -> str:
        return PILLS.get(self.status, "done")


def agreements_to(version: int) -> QuerySet[Acknowledgment]:
    rows: QuerySet[Acknowledgment] = Acknowledgment.objects.with_due_on()
    return rows.filter(version=version).select_related("signer")


def first_document(agreement: int) -> QuerySet[EvidenceDocument]:
    rows = EvidenceDocument.objects.filter(acknowledgment=agreement).select_related("upload")
    return rows.order_by("id")[:1]


AGREEMENTS, DOCUMENTS = PreparedRows(agreements_to), PreparedRows(first_document)


def latest_standing(active: PlanVersion | None, *, on: date) -> Standing:
    """How the agreement to the version in force stands. Two queries at most."""
    found: Any = next(iter(AGREEMENTS.read(active.pk)), None) if active is not None else None
    if found is None:
        return Standing(AgreementStatus.NONE)
    method = Method(found.method)
    if method not in DUE:
        return Standing(ON_FILE[method], active, found)
    document, due_on = next(iter(DOCUMENTS.read(found.pk)), None), found.due_on
    is_late = due_on is not None and (document.filed_on if document else on) > due_on
    status = ON_FILE[method] if document else DUE[method]
    return Standing(status, active, found, document, due_on=due_on, is_late=is_late)


def pending_standing(current: PlanVersion | None, active: PlanVersion | None, *, asks: bool = False) -> Standing | None:
    """How the version in the making stands, where there is one; or that the last one was declined. `asks`: the rules
    were asked about the draft, and say that its changes need the customer's agreement."""
    if current is None:
        return None
    if current.state == VersionState.NOT_COMPLETED:
        return Standing(AgreementStatus.DECLINED, current)
    if current.is_draft:
        status = AgreementStatus.NEEDS_UPDATE if asks else AgreementStatus.UPDATING
        return Standing(status, current) if active else None
    unable = UncollectedAgreement.objects.filter(seal__version=current, seal__voided_at=None)
    request = AcknowledgmentRequest.objects.filter(seal__version=current, seal__voided_at=None).first()
    noted = unable.select_related("recorded_by", "case_note").first()
    no = disagreement(current)
    status = AgreementStatus.REQUESTED if request else AgreementStatus.TO_SIGN
    if noted is not None:
        status = AgreementStatus.UNABLE
    if no is not None:
        status = AgreementStatus.DISAGREED
    asks_about = ItemQuestion.objects.filter(seal__version=current).unanswered().count_items()
    return Standing(status, current, request=request, unable=noted, disagreement=no, asks_about=asks_about)

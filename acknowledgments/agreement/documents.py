"""Agreement on a document: paper or e-mail, and its evidence in Uploads (12.7.6 (2), (3) and its notes)."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from acknowledgments.agreement.activation import activate
from acknowledgments.agreement.sealing import order_paper
from acknowledgments.agreement.sending import path_of, withdraw_request
from acknowledgments.agreement.signing import is_own_name, own_names
from acknowledgments.enums import DOCUMENTED, Capture, Method, PrintKind
from acknowledgments.models import Acknowledgment, EvidenceDocument, Seal
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.plans.models import PlanVersion
from careerplan.plans.transitions import check
from customers import filed_as
from customers.actions import require_editor, upload_file

STATEMENT_VERSIONS = {Method.PAPER: "paper-2026-1", Method.EMAIL: "email-2026-1"}


@transaction.atomic
def record_agreement(
    version: PlanVersion,
    *,
    method: str,
    agreed_on: date,
    name: str,
    sender: str = "",
    statement: str = "",
    holds_plan: bool = False,
    file: UploadedFile | None = None,
    capture: str = "",
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Acknowledgment:
    """Record that the customer signed the paper, or agreed by e-mail; the version is in force from that day.

    The document may follow within 30 days. `name`: as signed. E-mail: `sender`, the quoted `statement`, and whether the
    chain `holds_plan`. `seen`: the key of the seal whose paper the planner had in hand.

    Raises:
        Refusal: the version does not wait or was sealed anew, the day is outside, the name is another's, or the
            e-mail lacks something.
    """
    version = check(version, "record_agreement", by)
    seal = Seal.objects.valid().get(version=version)
    seal.version = version
    if seen is not None and seen != seal.pk:
        raise Refusal(
            "sealed-anew", _("Someone recalled this version and sent it again in the meantime. Open the page again.")
        )
    if method not in DOCUMENTED:
        raise Refusal("not-a-choice", _("Choose whether the customer signed on paper or agreed by e-mail."))
    refuse_unfit_day(seal, agreed_on, day_of(at))
    refuse_other_names(seal, name)
    if method == Method.EMAIL:
        sender, statement = email_words(sender, statement, holds_plan)
    else:
        sender, statement = "", paper_statement(seal.contents.about.language)
    request = withdraw_request(seal, at=at)
    language = seal.contents.about.language
    agreement = Acknowledgment.objects.create(
        version=version,
        seal=seal,
        method=method,
        signer=by,
        signer_name=str(version.plan.customer),
        sealed_name=seal.contents.about.customer_name,
        typed_name=name,
        acknowledged_at=at,
        local_time=timezone.localtime(at).isoformat(timespec="seconds"),
        time_zone=timezone.get_current_timezone_name(),
        digest=seal.digest,
        statement=statement,
        statement_version=STATEMENT_VERSIONS[Method(method)],
        language=language,
        agreed_on=agreed_on,
        sender=sender,
    )
    way: dict[str, Any] = {"name": "record_agreement", "approved_on": agreed_on, "ended": path_of(request)}
    activate(version, seal, **way, by=by, at=at)
    order_paper(seal, PrintKind.AGREED, at=at)
    if file is not None:
        file_evidence(agreement, file, capture=capture, by=by, at=at)
    tell_customer_of_record(agreement, by=by, at=at)
    return agreement


def paper_statement(language: str) -> str:
    """What stands above the lines of the paper, in the paper's language."""
    with translation.override(language):
        return _(
            "I helped make this plan. I have read it, or someone read it to me, and I agree with it. I was given a "
            "copy. I understand that new services begin only after my planner and I have both agreed to them."
        )


def refuse_other_names(seal: Seal, name: str) -> None:
    if not is_own_name(seal, name):
        raise Refusal(
            "name-differs",
            _("Enter the customer's full name as it is written on the plan (%(name)s).") % {"name": own_names(seal)},
            field="name",
        )


def refuse_unfit_day(seal: Seal, agreed_on: date, today: date) -> None:
    """Nobody signs a paper before it was made, or tomorrow."""
    if not day_of(seal.sealed_at) <= agreed_on <= today:
        raise Refusal(
            "agreed-outside",
            _("Enter a day between the day this version was sent and today."),
            field="agreed_on",
        )


def email_words(sender: str, statement: str, holds_plan: bool) -> tuple[str, str]:
    """From which address the customer wrote, and the words; Refusal where something is missing."""
    sender = said(sender, _("Enter the address the customer wrote from."), field="sender")
    statement = said(statement, _("Copy the words the customer used to agree to the plan."), field="statement")
    if not holds_plan:
        raise Refusal(
            "plan-not-in-chain",
            _(
                "The e-mail chain must contain the plan (12.7.6). Send the plan again, and ask the "
                "customer to reply to that e-mail."
            ),
            field="holds_plan",
        )
    return sender, statement


@transaction.atomic
def file_evidence(
    agreement: Acknowledgment, file: UploadedFile, *, capture: str, by: User, at: datetime
) -> EvidenceDocument:
    """File the signed copy or the e-mail chain: Category Title I, Purpose Employment Plan. Late is better than never.

    Raises:
        Refusal: the agreement has no document, the way of capture is not taken here, or the file is not what it says.
    """
    agreement = (
        Acknowledgment.objects.select_for_update(of=("self",))
        .select_related("version__plan__customer")
        .get(pk=agreement.pk)
    )
    customer = agreement.version.plan.customer
    require_editor(customer, by)
    if agreement.method not in DOCUMENTED:
        raise Refusal("no-document", _("This agreement is already on file. It has no document to upload."))
    if capture not in captures(agreement.method):
        raise Refusal("capture-not-taken", _("Choose how the document was captured."), field="capture")
    words = _("Signed plan") if agreement.method == Method.PAPER else _("E-mail chain with the plan")
    upload = upload_file(
        customer,
        file,
        filed_as.EMPLOYMENT_PLAN | {"name": f"{words}, {agreement.version}", "shown_to_customer": True},
        by=by,
        at=at,
    )
    return EvidenceDocument.objects.create(
        acknowledgment=agreement,
        upload=upload,
        capture=capture,
        filed_on=day_of(at),
        filed_at=at,
        filed_by=by,
    )


def captures(method: str) -> list[str]:
    """The ways in which a document may become a file: of paper, those that the local board takes (12.7.6)."""
    if method == Method.EMAIL:
        return [Capture.EMAIL]
    ways = [way for way in Capture.values if way != Capture.EMAIL]
    return [way for way in ways if way in settings.PAPER_CAPTURES] if settings.PAPER_CAPTURES else ways


def tell_customer_of_record(agreement: Acknowledgment, *, by: User, at: datetime) -> None:
    """So that a customer who never agreed can say so."""
    customer, version = agreement.version.plan.customer, agreement.version
    if customer.user is not None:
        notify(
            customer.user,
            Notice.AGREEMENT_RECORDED,
            key=f"agreement-recorded:{agreement.pk}",
            names={"planner": str(by), "version": str(version.number)},
            path=reverse("my:dashboard"),
            by=by,
            at=at,
        )

"""Changes of earned credentials."""

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.history import changed_values, ensure_current, record
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from customers.actions import require_editor, upload_file
from customers.enums import DocumentType, Purpose, UploadCategory
from customers.models import Customer
from services.enums import CredentialType, ServiceStatus
from services.models import EarnedCredential, PlannedService
from services.providers.models import ApprovedCredential

# What a proof is in the customer's record, until staff file it otherwise; both sides see it.
FILED_AS = {
    "category": UploadCategory.OTHER,
    "document_type": DocumentType.CREDENTIAL,
    "purpose": Purpose.OTHER,
    "shown_to_customer": True,
}


@transaction.atomic
def add_credential(
    customer: Customer,
    *,
    earned_on: date,
    name: str = "",
    credential_type: str = "",
    service: PlannedService | None = None,
    approved: ApprovedCredential | None = None,
    proof: File | None = None,
    by: User,
    at: datetime,
) -> EarnedCredential:
    """Record an earned credential, and file what proves it. `approved` says its name and its type by itself.

    Raises Refusal: the service is not a complete one of this customer (ILL-005), the approved credential is none of its
    training program (ILL-121), the name or the type is missing, it was earned before the service began, or the file
    can't be taken.
    """
    require_editor(customer, by)
    credential = EarnedCredential(customer=customer)
    say(credential, earned_on, name, credential_type, service, approved)
    keep_proof(credential, proof, by=by, at=at)
    record(credential, by=by, at=at)
    return credential


@transaction.atomic
def correct_credential(
    credential: EarnedCredential,
    *,
    earned_on: date,
    name: str = "",
    credential_type: str = "",
    service: PlannedService | None = None,
    approved: ApprovedCredential | None = None,
    proof: File | None = None,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> EarnedCredential:
    """Correct what was recorded; without a file the proof stays. Raises as `add_credential`, and StaleRow."""
    rows = EarnedCredential.objects.select_for_update(of=("self",)).select_related("customer")
    credential = rows.get(pk=credential.pk)
    require_editor(credential.customer, by)
    ensure_current(credential, seen)
    say(credential, earned_on, name, credential_type, service, approved)
    keep_proof(credential, proof, by=by, at=at)
    record(credential, by=by, at=at)
    return credential


def say(
    credential: EarnedCredential,
    earned_on: date,
    name: str,
    credential_type: str,
    service: PlannedService | None,
    approved: ApprovedCredential | None,
) -> None:
    if approved is not None:
        name, credential_type = approved.name, approved.credential_type
    credential.name = said(name, _("Enter the name of the credential."), field="name")
    credential.credential_type = chosen(
        credential_type, CredentialType, _("Choose the type of the credential."), field="credential_type"
    )
    credential.earned_on, credential.service, credential.approved = earned_on, service, approved
    refuse_unearned(credential)
    refuse_not_approved(credential)


def refuse_unearned(credential: EarnedCredential) -> None:
    """Only a complete service of the customer has credentials; it is locked, so that it stays complete."""
    if credential.service_id is None:
        return
    rows = PlannedService.objects.select_for_update(of=("self",)).select_related("plan", "service")
    service = rows.get(pk=credential.service_id)
    if service.plan.customer_id != credential.customer_id:
        raise Refusal("service-of-another-customer", _("Choose a service of this customer."), field="service")
    if service.status != ServiceStatus.COMPLETE:
        raise Refusal("service-not-complete", _("Only a complete service can have a credential."), field="service")
    if service.actual_start_on is not None and credential.earned_on < service.actual_start_on:
        raise Refusal(
            "earned-before-the-service",
            _("The credential can't be earned before the service began. Correct the day, or choose no service."),
            field="earned_on",
        )


def refuse_not_approved(credential: EarnedCredential) -> None:
    """A credential that is corrected keeps the one that it is, though it is no longer listed."""
    approved = credential.approved
    if approved is None:
        return
    service = credential.service_id
    if service is None or not ApprovedCredential.objects.of_service(service).filter(pk=approved.pk).exists():
        raise Refusal(
            "credential-of-another-program",
            _("Choose a credential that is approved for the training program of this service."),
            field="approved",
        )
    if "approved_id" in changed_values(credential) and not approved.is_offered:
        raise Refusal(
            "credential-ended", _("This credential is no longer approved. Choose another one."), field="approved"
        )


def keep_proof(credential: EarnedCredential, file: File | None, *, by: User, at: datetime) -> None:
    """In the customer's uploads, under the name of the credential."""
    if file is not None:
        values = {**FILED_AS, "name": credential.name}
        credential.proof = upload_file(credential.customer, file, values, by=by, at=at)

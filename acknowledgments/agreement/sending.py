"""Sending a version to the customer, and taking it back (12.7.6; Illinois workNet, Plan Agreement)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from acknowledgments.agreement.in_force import decision_against, sealed_before
from acknowledgments.agreement.permissions import take_permission_back
from acknowledgments.agreement.sealing import order_paper, seal_contents
from acknowledgments.agreement.working_copy import WorkingCopy, enrollments_of, read_working_copy
from acknowledgments.contents.items import PlanContents
from acknowledgments.enums import PrintKind
from acknowledgments.models import AcknowledgmentRequest, Seal
from acknowledgments.rules.completeness import Missing, missing_from, warnings_about
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.plans.actions import follow_enrollments
from careerplan.plans.models import PlanVersion
from careerplan.plans.transitions import check, move
from customers.actions import require_contact, write_case_note
from customers.enums import NoteCategory, NoteMatter
from customers.models import CaseNote
from customers.notes.matters import Matter
from customers.reach import unreachable


class Incomplete(Refusal):
    """The version lacks what policy requires; `missing` says what, and where each is mended."""

    def __init__(self, missing: list[Missing]):
        super().__init__("incomplete", _("The plan is not complete yet. Fix what is listed, then send it."))
        self.missing = missing


class ReasonNeeded(Refusal):
    """Look at this before you send: policy asks for it. It may be sent all the same, with a reason."""

    def __init__(self) -> None:
        super().__init__(
            "reason-missing", _("Say why you are sending the plan anyway. We keep your reason."), field="reason"
        )


@contextmanager
def telling(contents: PlanContents) -> Iterator[None]:
    """What is refused in the block carries the contents that were read (`contents_read`): the page shows what they
    lack and does not read them again."""
    try:
        yield
    except Refusal as refusal:
        refusal.facts["contents"] = contents
        raise


def contents_read(refusal: Refusal) -> PlanContents | None:
    found: PlanContents | None = refusal.facts.get("contents")
    return found


@dataclass(frozen=True)
class Contact:
    """The talk with the customer in which a version was reviewed (12.7.8): it becomes a case note."""

    on: date
    method: str
    note: str


@transaction.atomic
def send(
    version: PlanVersion,
    *,
    electronic: bool = True,
    reason: str = "",
    contact: Contact | None = None,
    by: User,
    at: datetime,
) -> Seal:
    """Seal the draft and ask the customer to acknowledge it; on paper or by e-mail where not `electronic`.

    The customer is told once the paper is filed. `reason`: why it is sent in spite of warnings. `contact`: the review
    that led to it, required once a version is in force.

    Raises:
        Incomplete: something that must be in the plan is missing.
        ReasonNeeded: there are warnings and no reason.
        Refusal: the version is no draft any more, the contact is missing, or the customer can't be reached.
    """
    version, today = check(version, "send", by), day_of(at)
    contents = copy_to_seal(version, by=by, at=at).contents
    before = sealed_before(version)
    with telling(contents):
        require_complete(contents)
        if warnings_about(contents, blocking=local_conditions()) and is_blank(reason):
            raise ReasonNeeded
        if electronic and (barred := unreachable(version.plan.customer)):
            raise Refusal(barred.code, barred.to_sign)
        if before.in_force is not None:
            keep_review(version, contact, today=today, by=by, at=at)
    decision = decision_against(before.in_force, contents, on=today)
    seal = seal_contents(version, contents, decision, after=before.link, by=by, at=at)
    move(version, "send", note=reason, by=by, at=at, sent_at=at, sent_by=by)
    if electronic:
        AcknowledgmentRequest.objects.create(seal=seal, created_at=at)
    order_paper(seal, PrintKind.TO_SIGN, at=at)
    return seal


def copy_to_seal(version: PlanVersion, *, by: User, at: datetime) -> WorkingCopy:
    """The working copy of a locked draft, once the plan is of the kind that the programs of today make."""
    enrollments = enrollments_of(version.plan.customer_id)
    version.plan.follow_programs(enrollments)
    follow_enrollments(version, by=by, at=at)
    return read_working_copy(version.plan, version, enrollments)


def local_conditions() -> frozenset[str]:
    """Warnings of the completeness check that local policy makes a condition."""
    return frozenset({"COMPREHENSIVE-ASSESSMENT"}) if settings.REQUIRE_COMPREHENSIVE_ASSESSMENT else frozenset()


def require_complete(contents: PlanContents) -> None:
    """Raises Incomplete."""
    if missing := missing_from(contents, blocking=local_conditions()):
        raise Incomplete(missing)


def keep_review(version: PlanVersion, contact: Contact | None, *, today: date, by: User, at: datetime) -> CaseNote:
    """The case note of a review: with the customer, at a day of this version (12.7.8)."""
    if contact is None:
        raise Refusal(
            "contact-missing",
            _("Enter the contact you had with the customer to review the plan (12.7.8)."),
            field="contact_on",
        )
    require_contact(contact.method)
    refuse_other_days(version, contact.on, today)
    return write_case_note(
        version.plan.customer,
        subject=_("Review, version %(number)d") % {"number": version.number},
        text=contact.note,
        contact_on=contact.on,
        contact_method=contact.method,
        category=NoteCategory.REVIEW,
        about=about_version(version),
        by=by,
        at=at,
    )


def about_version(version: PlanVersion) -> Matter:
    """What asked for the case note: the version's page lists it."""
    return Matter(NoteMatter.VERSION.value, version.pk)


def refuse_other_days(version: PlanVersion, contact_on: date, today: date) -> None:
    """The review service opens with the version and closes with its approval: the contact lies between (12.7.8)."""
    if not version.created_on <= contact_on <= today:
        raise Refusal(
            "contact-outside-review",
            _(
                "Enter a day between the version's created date and today. The review service runs "
                "from one to the other."
            ),
            field="contact_on",
        )


@transaction.atomic
def recall(version: PlanVersion, *, by: User, at: datetime) -> PlanVersion:
    """Take a sent version back into draft: the seal is void, the request withdrawn, the customer told."""
    version = check(version, "recall", by)
    seal = Seal.objects.valid().get(version=version)
    seal.voided_at = at
    seal.save(update_fields=["voided_at"])
    request = withdraw_request(seal, at=at)
    take_permission_back(version, by=by, at=at)
    version = move(version, "recall", ended=path_of(request), by=by, at=at, sent_at=None, sent_by=None)
    customer = version.plan.customer
    if request and request.notified_at and customer.user:
        notify(
            customer.user,
            Notice.REQUEST_WITHDRAWN,
            key=f"withdrawn:{request.pk}",
            names={"planner": str(by), "version": str(version.number)},
            path=reverse("my:dashboard"),
            by=by,
            at=at,
        )
    return version


def withdraw_request(seal: Seal, *, at: datetime) -> AcknowledgmentRequest | None:
    """End the open electronic request of a seal, if there is one. The move of its version settles its message."""
    request: AcknowledgmentRequest | None = (
        AcknowledgmentRequest.objects.select_for_update(of=("self",)).filter(seal=seal, withdrawn_at=None).first()
    )
    if request is not None:
        request.withdrawn_at = at
        request.save(update_fields=["withdrawn_at"])
    return request


def path_of(request: AcknowledgmentRequest | None) -> str:
    return request.path if request else ""

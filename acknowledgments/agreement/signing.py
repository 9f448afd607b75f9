"""The customer's electronic acknowledgment and its evidence (12.7.6; Illinois workNet, Electronic Signature)."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from acknowledgments.agreement.activation import activate
from acknowledgments.agreement.sealing import order_paper
from acknowledgments.agreement.statement import STATEMENT_VERSION, statement
from acknowledgments.desk.actions import note_signed, require_live
from acknowledgments.enums import Method, PrintKind
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, DeskSigning, Seal
from careerplan.accounts.models import User
from careerplan.base.names import fold, full_name, says_name
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notice, put_up_all
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import moment
from careerplan.messaging.models import Message
from careerplan.plans.models import PlanVersion
from careerplan.plans.transitions import check
from customers.in_charge import in_charge, staff_beside, whom_to_call

CHANGE_IS_MARKED = timedelta(days=7)

# The middle name as the head of a plan shortens it.
MIDDLE_LETTER = re.compile(r"(?<=\S) \S\.$")


@transaction.atomic
def note_opened(request: AcknowledgmentRequest, *, at: datetime) -> None:
    """The customer has seen the plan that waits: kept with the request."""
    AcknowledgmentRequest.objects.filter(pk=request.pk, opened_at__isnull=True).update(opened_at=at)


@transaction.atomic
def acknowledge(
    request: AcknowledgmentRequest,
    *,
    typed_name: str,
    ip_address: str | None,
    user_agent: str,
    desk: DeskSigning | None = None,
    by: User,
    at: datetime,
) -> Acknowledgment:
    """The customer's electronic acknowledgment: evidence, activation and the next review date in one transaction.

    `desk`: how it came to it, where the customer signs at the desk.

    Raises:
        NotAllowed: somebody else than the plan's customer.
        Refusal: the version was recalled, or acknowledged already, or the typed name is not the customer's; or nothing
            more may come of the signing at the desk.
    """
    version = check(request.seal.version, "acknowledge", by)
    requests = AcknowledgmentRequest.objects.select_for_update(of=("self",))
    beside = ("seal__sealed_by", "seal__version__plan__customer__user")
    request = requests.select_related(*beside).get(pk=request.pk)
    signer: Any = request.seal.version.plan.customer.user  # as the sign-in stands now; `by` was read with the page
    if request.withdrawn_at is not None:
        raise Refusal(
            "request-withdrawn",
            _("This request was taken back, and a newer one was sent. Open your dashboard to find it."),
        )
    if request.notified_at is None:
        raise Refusal("not-ready", _("We are still making the form for this plan. Try again in a minute."))
    request.seal.version = version  # read and locked above
    require_own_name(request.seal, typed_name)
    live = require_live(desk, request, at=at) if desk is not None else None
    evidence = keep_evidence(version, request, typed_name, ip_address, user_agent, by=signer, at=at)
    request.answered_at = at
    request.save(update_fields=["answered_at"])
    if live is not None:
        note_signed(live, evidence, at=at)
    activate(version, request.seal, ended=request.path, by=by, at=at)
    order_paper(request.seal, PrintKind.AGREED, at=at)
    planner = in_charge(version.plan.customer, request.seal.sealed_by)
    put_up_all(told_to_staff(version, planner, by=by, at=at) | confirmed_to_customer(evidence, planner, at=at))
    return evidence


def is_own_name(seal: Seal, name: str) -> bool:
    """It holds the customer's whole first and last name: as sealed in this version, or as they are today."""
    customer = seal.version.plan.customer
    return says_name(name, customer.first_name, customer.last_name) or says_name(name, *sealed_name(seal))


def sealed_name(seal: Seal) -> tuple[str, str]:
    """First and last name at the head of the sealed plan ("Last, First M."), where the middle name is one letter."""
    last, _comma, given = seal.contents.about.customer_name.rpartition(", ")
    return MIDDLE_LETTER.sub("", given), last


def own_names(seal: Seal) -> str:
    """The names that the customer may sign with, in words: the sealed one, and today's where it is another."""
    customer = seal.version.plan.customer
    first, last = sealed_name(seal)
    if fold(full_name(first, last)) in {"", fold(str(customer))}:
        return str(customer)
    return _("%(sealed)s, or as it is today: %(today)s") % {"sealed": full_name(first, last), "today": customer}


def require_own_name(seal: Seal, typed_name: str) -> None:
    if not is_own_name(seal, typed_name):
        raise Refusal(
            "name-differs",
            _("Type your full name as it is written on the plan (%(name)s).") % {"name": own_names(seal)},
            field="typed_name",
        )


def keep_evidence(
    version: PlanVersion,
    request: AcknowledgmentRequest,
    typed_name: str,
    ip_address: str | None,
    user_agent: str,
    *,
    by: User,
    at: datetime,
) -> Acknowledgment:
    local = timezone.localtime(at)
    return Acknowledgment.objects.create(
        version=version,
        seal=request.seal,
        request=request,
        method=Method.ELECTRONIC,
        signer=by,
        signer_name=str(version.plan.customer),
        sealed_name=request.seal.contents.about.customer_name,
        typed_name=typed_name,
        acknowledged_at=at,
        local_time=local.isoformat(timespec="seconds"),
        time_zone=timezone.get_current_timezone_name(),
        digest=request.seal.digest,
        statement=statement(),
        statement_version=STATEMENT_VERSION,
        language=translation.get_language() or "en",
        ip_address=ip_address,
        user_agent=user_agent[:400],
        **sign_in_marks(by, at),
    )


def sign_in_marks(signer: User, at: datetime) -> dict[str, datetime | None]:
    """When an administrator set up or changed the sign-in, within a week: another person might be the one who signs."""
    marks = {"sign_in_set_up_at": signer.sign_in_set_up_at, "sign_in_changed_at": signer.sign_in_changed_at}
    return {name: day if day is not None and at - day <= CHANGE_IS_MARKED else None for name, day in marks.items()}


def told_to_staff(version: PlanVersion, planner: User | None, *, by: User, at: datetime) -> dict[str, Message]:
    """By its key, what the planner in charge hears, or where nobody is (None) those who work in the office."""
    customer = version.plan.customer
    names = {"customer": str(customer), "version": str(version.number)}
    way: dict[str, Any] = {"names": names, "path": reverse("plan:overview", args=[customer.pk]), "by": by, "at": at}
    return {
        f"acknowledged:{version.pk}:{person.pk}": notice(person, Notice.PLAN_ACKNOWLEDGED, **way)
        for person in staff_beside(customer, planner)
    }


def confirmed_to_customer(evidence: Acknowledgment, planner: User | None, *, at: datetime) -> dict[str, Message]:
    """What was signed, when, and where to find it; so that somebody in whose name another signed can say so."""
    names = {
        "version": str(evidence.version.number),
        "at": moment(evidence.acknowledged_at),
        "planner": whom_to_call(evidence.version.plan.customer, planner),
    }
    told = notice(evidence.signer, Notice.PLAN_SIGNED, names=names, path=reverse("my:dashboard"), by=None, at=at)
    return {f"signed:{evidence.pk}": told}

"""The customer's electronic acknowledgment and its evidence (12.7.6; Illinois workNet, Electronic Signature)."""

import unicodedata
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from acknowledgments.agreement.activation import activate
from acknowledgments.agreement.sealing import order_paper
from acknowledgments.agreement.statement import STATEMENT_VERSION, statement
from acknowledgments.enums import Method, PrintKind
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify, settle
from careerplan.messaging.enums import Notice
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.transitions import check
from customers.in_charge import in_charge

CHANGE_IS_MARKED = timedelta(days=7)


@transaction.atomic
def note_opened(request: AcknowledgmentRequest, *, at: datetime) -> None:
    """The customer has seen the plan that waits: kept with the request."""
    AcknowledgmentRequest.objects.filter(pk=request.pk, opened_at__isnull=True).update(opened_at=at)


@transaction.atomic
def acknowledge(
    request: AcknowledgmentRequest, *, typed_name: str, ip_address: str | None, user_agent: str, by: User, at: datetime
) -> Acknowledgment:
    """The customer's electronic acknowledgment: evidence, activation and the next review date in one transaction.

    Raises:
        NotAllowed: somebody else than the plan's customer.
        Refusal: the version was recalled, or acknowledged already, or the typed name is not the customer's.
    """
    version = check(request.seal.version, "acknowledge", by)
    request = AcknowledgmentRequest.objects.select_for_update(of=("self",)).select_related("seal").get(pk=request.pk)
    if request.withdrawn_at is not None:
        raise Refusal(
            "request-withdrawn",
            _("This request was taken back, and a newer one was sent. Open your dashboard to find it."),
        )
    if request.notified_at is None:
        raise Refusal("not-ready", _("The form of this plan is still being made. Try again in a minute."))
    require_own_name(version.plan, typed_name)
    evidence = keep_evidence(version, request, typed_name, ip_address, user_agent, by=by, at=at)
    request.answered_at = at
    request.save(update_fields=["answered_at"])
    settle(request.path, at=at)
    activate(version, request.seal, by=by, at=at)
    order_paper(request.seal, PrintKind.AGREED, at=at)
    tell_planner(version, request.seal, by=by, at=at)
    return evidence


def is_own_name(plan: EmploymentPlan, name: str) -> bool:
    """It holds the first and last name of the customer; case, accents, apostrophes and order are free."""
    wanted = plain_words(f"{plan.customer.first_name} {plan.customer.last_name}")
    return wanted <= plain_words(name)


def require_own_name(plan: EmploymentPlan, typed_name: str) -> None:
    if not is_own_name(plan, typed_name):
        raise Refusal(
            "name-differs",
            _("Type your full name as it stands on the plan: %(name)s.") % {"name": plan.customer},
            field="typed_name",
        )


# Phones type a curly apostrophe where the record has a straight one.
SIGNS_IN_NAMES = str.maketrans({"-": " ", "\u2010": " ", ",": " ", "'": "", "\u2018": "", "\u2019": "", "\u02bc": ""})


def plain_words(name: str) -> set[str]:
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return set(bare.translate(SIGNS_IN_NAMES).split())


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
        sign_in_changed_at=changed_lately(by, at),
    )


def changed_lately(signer: User, at: datetime) -> datetime | None:
    """When an administrator changed the sign-in, within a week: another person might be the one who signs."""
    changed_at = User.objects.values_list("sign_in_changed_at", flat=True).get(pk=signer.pk)
    return changed_at if changed_at is not None and at - changed_at <= CHANGE_IS_MARKED else None


def tell_planner(version: PlanVersion, seal: Seal, *, by: User, at: datetime) -> None:
    notify(
        in_charge(version.plan.customer, seal.sealed_by),
        Notice.PLAN_ACKNOWLEDGED,
        key=f"acknowledged:{version.pk}",
        names={"customer": str(version.plan.customer), "version": str(version.number)},
        path=reverse("plan:overview", args=[version.plan.customer_id]),
        by=by,
        at=at,
    )

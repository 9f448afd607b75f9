"""Sending a version, recalling it, and the customer's acknowledgment (12.7.6; Illinois workNet, Plan Agreement)."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from acknowledgments.completeness import Missing, missing_from, warnings_about
from acknowledgments.contents import SCHEMA, PlanContents, canonical_json, digest_of
from acknowledgments.decisions import Decision
from acknowledgments.enums import Method, PrintKind
from acknowledgments.in_force import decision_for
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, PrintedForm, Seal
from acknowledgments.permissions import authorise, take_permission_back
from acknowledgments.statement import STATEMENT_VERSION, statement
from acknowledgments.working_copy import contents_of
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from careerplan.messaging.actions import notify
from careerplan.messaging.background import nudge
from careerplan.messaging.enums import Kind
from careerplan.plans.actions import follow_enrollments
from careerplan.plans.coenrollment import open_enrollments
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.transitions import check, move
from customers.actions import add_case_note, require_contact
from customers.models import CaseNote, Enrollment
from customers.policy import DEFAULT_REVIEW_DAYS

# Without the letters and digits that people confuse: 0 O, 1 I L, 5 S, 8 B.
SHORT_CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXYZ234679"


class Incomplete(Refusal):
    """The version lacks what policy requires; `missing` says what, and where each is mended."""

    def __init__(self, missing: list[Missing]):
        super().__init__("incomplete", _("The plan is not complete yet. Mend what is listed, then send it."))
        self.missing = missing


class ReasonNeeded(Refusal):
    """Policy advises against sending it so; `warnings` says why. It may be sent all the same, with a reason."""

    def __init__(self, warnings: list[Missing]):
        super().__init__(
            "reason-missing", _("Say why you send the plan all the same: the reason is kept."), field="reason"
        )
        self.warnings = warnings


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

    The customer is told once the form is filed. `reason`: why it is sent in spite of warnings. `contact`: the review
    that led to it, required once a version is in force.

    Raises:
        Incomplete: something that must be in the plan is missing.
        ReasonNeeded: there are warnings and no reason.
        Refusal: the version is no draft any more, the contact is missing, or the customer can't sign in.
    """
    version = check(version, "send", by)
    follow_enrollments(version, by=by, at=at)
    contents = contents_of(version.plan, version)
    require_complete(contents)
    if (warnings := warnings_about(contents, blocking=local_conditions())) and is_blank(reason):
        raise ReasonNeeded(warnings)
    if electronic and version.plan.customer.user is None:
        raise Refusal(
            "customer-cannot-sign-in",
            _("This customer has no sign-in yet. Print the plan to be signed, or ask an administrator to add one."),
        )
    today = day_of(at)
    if version.plan.versions.active().exists():
        keep_review(version, contact, today=today, by=by, at=at)
    decision = decision_for(version, contents, on=today)
    seal = seal_contents(version, contents, decision, by=by, at=at)
    move(version, "send", note=reason, by=by, at=at, sent_at=at, sent_by=by)
    if electronic:
        AcknowledgmentRequest.objects.create(seal=seal, created_at=at)
    order_form(seal, PrintKind.TO_SIGN, at=at)
    return seal


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
            "contact-missing", _("Enter the contact in which you reviewed the plan (12.7.8)."), field="contact_on"
        )
    require_contact(contact.method)
    refuse_other_days(version, contact.on, today)
    return add_case_note(
        version.plan.customer,
        subject=_("Review, version %(number)d") % {"number": version.number},
        text=contact.note,
        contact_on=contact.on,
        contact_method=contact.method,
        by=by,
        at=at,
    )


def refuse_other_days(version: PlanVersion, contact_on: date, today: date) -> None:
    """The review service opens with the version and closes with its approval: the contact lies between (12.7.8)."""
    if not version.created_on <= contact_on <= today:
        raise Refusal(
            "contact-outside-review",
            _("Enter a day from the version's created date to today: the review service has these dates."),
            field="contact_on",
        )


def seal_contents(
    version: PlanVersion, contents: PlanContents, decision: Decision | None = None, *, by: User, at: datetime
) -> Seal:
    canonical = canonical_json(contents)
    return Seal.objects.create(
        version=version,
        canonical=canonical,
        digest=digest_of(canonical),
        schema=SCHEMA,
        short_code=new_short_code(),
        sealed_at=at,
        sealed_by=by,
        planner_name=str(by),
        decision=decision.as_data() if decision else {},
    )


def new_short_code() -> str:
    """Twelve letters that people can read out; a page says whether they name the version on file."""
    return "".join(secrets.choice(SHORT_CODE_LETTERS) for _letter in range(12))


def order_form(seal: Seal, kind: PrintKind, *, at: datetime) -> PrintedForm:
    """Ask a worker for the PDF, after commit; the sweep makes what the queue lost."""
    form = PrintedForm.objects.create(seal=seal, kind=kind, created_at=at)
    transaction.on_commit(lambda: nudge("acknowledgments.tasks.render_form", form.pk))
    return form


@transaction.atomic
def recall(version: PlanVersion, *, by: User, at: datetime) -> PlanVersion:
    """Take a sent version back into draft: the seal is void, the request withdrawn, the customer told."""
    version = check(version, "recall", by)
    seal = Seal.objects.valid().get(version=version)
    seal.voided_at = at
    seal.save(update_fields=["voided_at"])
    request = withdraw_request(seal, at=at)
    take_permission_back(version, by=by, at=at)
    version = move(version, "recall", by=by, at=at, sent_at=None, sent_by=None)
    customer = version.plan.customer
    if request and request.notified_at and customer.user:
        notify(
            customer.user,
            Kind.REQUEST_WITHDRAWN,
            key=f"withdrawn:{request.pk}",
            names={"planner": str(by), "version": str(version.number)},
            path=reverse("my:dashboard"),
            by=by,
            at=at,
        )
    return version


def withdraw_request(seal: Seal, *, at: datetime) -> AcknowledgmentRequest | None:
    """End the open electronic request of a seal, if there is one."""
    request: AcknowledgmentRequest | None = (
        AcknowledgmentRequest.objects.select_for_update(of=("self",)).filter(seal=seal, withdrawn_at=None).first()
    )
    if request is not None:
        request.withdrawn_at = at
        request.save(update_fields=["withdrawn_at"])
    return request


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
    activate(version, request.seal, by=by, at=at)
    order_form(request.seal, PrintKind.AGREED, at=at)
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
    )


def activate(
    version: PlanVersion,
    seal: Seal,
    *,
    name: str = "acknowledge",
    approved_on: date | None = None,
    note: str = "",
    by: User,
    at: datetime,
) -> PlanVersion:
    """The version is in force: the one before is superseded, its services may start, the next review has its day."""
    for former in PlanVersion.objects.active().select_for_update(of=("self",)).filter(plan=version.plan_id):
        former.plan = version.plan
        move(former, "supersede", by=by, at=at, superseded_at=at)
    approved_on = approved_on or day_of(at)
    version = move(
        version,
        name,
        note=note,
        by=by,
        at=at,
        approved_on=approved_on,
        approved_at=at,
        next_review_on=approved_on + timedelta(days=review_interval_days(open_enrollments(version.plan.customer))),
    )
    authorise(version, seal, on=approved_on, by=by, at=at)
    return version


def review_interval_days(enrollments: list[Enrollment]) -> int:
    """The shortest interval of the customer's open programs (AMB-W11)."""
    return min((row.program.review_interval_days for row in enrollments), default=DEFAULT_REVIEW_DAYS)


def tell_planner(version: PlanVersion, seal: Seal, *, by: User, at: datetime) -> None:
    notify(
        seal.sealed_by,
        Kind.PLAN_ACKNOWLEDGED,
        key=f"acknowledged:{version.pk}",
        names={"customer": str(version.plan.customer), "version": str(version.number)},
        path=reverse("plan:overview", args=[version.plan.customer_id]),
        by=by,
        at=at,
    )

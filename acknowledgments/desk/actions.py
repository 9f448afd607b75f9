"""What is done at the desk: a code is shown, a screen is handed over, the version is opened, the customer is confirmed.

Signing itself is `agreement/signing.py`, which keeps with the evidence how it came to it (`note_signed`).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from acknowledgments.desk.codes import as_typed, can_be_one, code_of, digest_of, new_seed
from acknowledgments.desk.standing import is_over, waits
from acknowledgments.enums import DeskDevice, DeskEnd, Identity
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, DeskSigning
from acknowledgments.models.desk import WORKS_FOR
from careerplan.accounts.models import User
from careerplan.accounts.names import canonical
from careerplan.accounts.tries import Budget, counted, take_back
from careerplan.base.refusals import Refusal
from careerplan.plans.policy import CUSTOMER, PLANNER
from careerplan.plans.transitions import lock_plan, require_actor

# Two codes alike, among the few that work at a time, are made anew.
MOST_MADE = 10
# Wrong birth dates and e-mails: of one customer, and of one code.
IDENTITY = (Budget(5, timedelta(minutes=15)), Budget(20, timedelta(days=1)))
OF_ONE_CODE = Budget(3, timedelta(days=1))
# Rows whose time was over long ago are ended with each new one, so that they keep no key of a session.
LONG_OVER, ENDED_AT_ONCE = timedelta(hours=12), 20


def not_opened() -> Refusal:
    """The same words for a wrong code, a used one, one that is over, and a person whom it is not for."""
    return Refusal(
        "desk-code",
        _("This code does not work. Look at the letters again, or ask your career planner for a new code."),
        field="code",
    )


def not_confirmed() -> Refusal:
    return Refusal(
        "desk-identity",
        _("This is not what we have on file. Check the birth date and the e-mail address, or ask your career planner."),
    )


def not_at_the_desk() -> Refusal:
    return Refusal("desk-over", _("This page is closed. Ask your career planner for a new code."))


@transaction.atomic
def show_code(request: AcknowledgmentRequest, *, session_key: str, by: User, at: datetime) -> DeskSigning:
    """A code for this version, beside the session of the planner who shows it; a former one ends with it.

    Raises:
        NotAllowed: somebody else than a planner of the customer.
        Refusal: the version does not wait for the customer's own acknowledgment.
    """
    request = locked_request(request, by=by)
    end_former(request, at=at)
    seed = next(seed for seed in seeds(session_key))
    return DeskSigning.objects.create(
        request=request,
        device=DeskDevice.PHONE,
        planner=by,
        seed=seed,
        code_digest=digest_of(code_of(seed, session_key)),
        session_key=session_key,
        made_at=at,
        expires_at=at + WORKS_FOR,
    )


def seeds(session_key: str) -> Iterable[str]:
    """Such as make a code that no other row has which has not ended."""
    for _time in range(MOST_MADE):
        seed = new_seed()
        if not DeskSigning.objects.open().filter(code_digest=digest_of(code_of(seed, session_key))).exists():
            yield seed


@transaction.atomic
def hand_over(request: AcknowledgmentRequest, *, by: User, at: datetime) -> DeskSigning:
    """The planner's own screen shows this one plan from now on. As `show_code`."""
    request = locked_request(request, by=by)
    end_former(request, at=at)
    return DeskSigning.objects.create(
        request=request, device=DeskDevice.TABLET, planner=by, made_at=at, expires_at=at + WORKS_FOR, opened_at=at
    )


def locked_request(request: AcknowledgmentRequest, *, by: User) -> AcknowledgmentRequest:
    require_actor(lock_plan(request.seal.version.plan_id), PLANNER, by)
    rows = AcknowledgmentRequest.objects.select_for_update(of=("self",)).select_related("seal__version")
    found: AcknowledgmentRequest = rows.get(pk=request.pk)
    if not waits(found):
        raise Refusal("not-waiting", _("This version does not wait for the customer any more. Open the plan again."))
    return found


def end_former(request: AcknowledgmentRequest, *, at: datetime) -> None:
    DeskSigning.objects.open().filter(request=request).update(ended_at=at, end=DeskEnd.REPLACED, session_key="")
    old = DeskSigning.objects.open().filter(expires_at__lt=at - LONG_OVER).order_by("expires_at")
    keys = list(old.values_list("pk", flat=True)[:ENDED_AT_ONCE])
    DeskSigning.objects.open().filter(pk__in=keys).update(ended_at=at, end=DeskEnd.OVER, session_key="")


@transaction.atomic
def open_with_code(typed: str, *, by: User | None, at: datetime) -> DeskSigning:
    """The code is used: from now on it opens nothing more. `by`: who is signed in on the phone, if anybody is.

    Raises Refusal, in the same words, where it is no code that works, or is for somebody else than `by`.
    """
    code = as_typed(typed)
    if not can_be_one(code):
        raise not_opened()
    found = DeskSigning.objects.open().with_all().filter(code_digest=digest_of(code)).first()
    if found is None or (desk := locked(found)).opened_at is not None or is_over(desk, at=at):
        raise not_opened()
    if by is not None and not is_for(desk, by):
        raise not_opened()
    if at < desk.made_at:  # the clock was set back
        raise not_opened()
    desk.opened_at = at
    desk.save(update_fields=["opened_at"])
    return desk


def locked(desk: DeskSigning) -> DeskSigning:
    """As it stands, until the transaction ends."""
    lock_plan(desk.request.seal.version.plan_id)
    found: DeskSigning = DeskSigning.objects.with_all().select_for_update(of=("self",)).get(pk=desk.pk)
    return found


def is_for(desk: DeskSigning, person: User) -> bool:
    return bool(desk.request.seal.version.plan.customer.user_id == person.pk)


@transaction.atomic
def confirm_sign_in(desk: DeskSigning, *, by: User, at: datetime) -> DeskSigning:
    """The customer signed in with the own sign-in. Raises NotAllowed for anybody else, Refusal where it is over."""
    desk = locked(desk)
    require_actor(desk.request.seal.version.plan, CUSTOMER, by)
    return confirmed(desk, Identity.SIGN_IN, at=at)


def by_birth_date(desk: DeskSigning) -> bool:
    """Whether the agency takes birth date and e-mail instead of a sign-in, and both are on file."""
    customer = desk.request.seal.version.plan.customer
    return (
        settings.DESK_SIGNING == Identity.BIRTH_DATE_AND_EMAIL
        and customer.birth_date is not None
        and bool(customer.user and customer.user.is_active and customer.user.email)
    )


def confirm_birth_date(desk: DeskSigning, *, born: date, email: str, by: None, at: datetime) -> DeskSigning:
    """Who holds the phone knows both; nobody is signed in. Wrong ones are counted: after three the code ends, unseen.

    Raises Refusal: they don't match, there were too many tries, or it is over.
    """
    if not by_birth_date(desk):
        raise not_at_the_desk()
    customer = desk.request.seal.version.plan.customer
    person: Any = customer.user  # `by_birth_date` says that there is one
    subjects = {("desk-identity", "code", f"{desk.pk}"): (OF_ONE_CODE,)}
    tried = counted(subjects | {("desk-identity", "account", f"customer {customer.pk}"): IDENTITY}, at=at)
    if tried.is_over:
        end(desk, DeskEnd.WRONG_PERSON, by=by, at=at)
        raise not_at_the_desk()
    if customer.birth_date != born or canonical(person.email) != canonical(email):
        raise not_confirmed()
    with transaction.atomic():
        found = confirmed(locked(desk), Identity.BIRTH_DATE_AND_EMAIL, at=at)
    take_back(tried, at=at)
    return found


def confirmed(desk: DeskSigning, identity: Identity, *, at: datetime) -> DeskSigning:
    """Of a locked row; once it is so, it stays so."""
    if is_over(desk, at=at) or desk.opened_at is None or at < desk.opened_at:  # the clock was set back
        raise not_at_the_desk()
    if desk.confirmed_at is None:
        desk.confirmed_at, desk.identity = at, identity
        desk.save(update_fields=["confirmed_at", "identity"])
    return desk


@transaction.atomic
def end(desk: DeskSigning, why: DeskEnd, *, by: User | None, at: datetime) -> None:
    """`by`: who is signed in; None where nobody is. What ended already stays as it is."""
    DeskSigning.objects.open().filter(pk=desk.pk).update(ended_at=at, end=why, session_key="")


def require_live(desk: DeskSigning, request: AcknowledgmentRequest, *, at: datetime) -> DeskSigning:
    """Of the request that is being answered, its customer confirmed; locked. Raises Refusal."""
    found: DeskSigning = DeskSigning.objects.with_all().select_for_update(of=("self",)).get(pk=desk.pk)
    if found.request_id != request.pk or found.confirmed_at is None or is_over(found, at=at):
        raise not_at_the_desk()
    if at < found.confirmed_at:  # the clock was set back
        raise not_at_the_desk()
    return found


def note_signed(desk: DeskSigning, evidence: Acknowledgment, *, at: datetime) -> None:
    """Within the transaction of the agreement, which `require_live` let through."""
    desk.acknowledgment, desk.signed_at, desk.ended_at = evidence, at, at
    desk.end, desk.session_key = DeskEnd.SIGNED, ""
    desk.save(update_fields=["acknowledgment", "signed_at", "ended_at", "end", "session_key"])

"""People who work here: invited, given what they may see, and let in again.

Nobody sets a password for anybody else: each gets a link. `accounts/permissions.py` says who may do it to whom; a
change by which somebody sees less hands over what goes out of sight (`sight.py`), and `handing_over.py` switches off.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from careerplan.accounts.actions import save_person, send_link_to_password
from careerplan.accounts.duties import hanging_on
from careerplan.accounts.enums import EDITING_ROLES, Role
from careerplan.accounts.models import LocalAdministration, StaffScope, User
from careerplan.accounts.permissions import (
    Access,
    may_change_email,
    require_may_give,
    require_may_manage,
)
from careerplan.accounts.telling import send_invitation
from careerplan.base.history import changed_values, ensure_current, record, signed
from careerplan.base.refusals import NotAllowed, Refusal
from customers.sight import settle_sight, unseen_by

REASON = "staff"
LONGEST_USERNAME = 100


@transaction.atomic
def invite(values: dict[str, Any], access: Access, *, by: User, at: datetime) -> User:
    """A new person, who gets a link to choose a password. `values`: first_name, last_name, email and phone.

    Raises:
        NotAllowed: `by` may not give this access.
        Refusal: a value that can't be, or an address with which somebody signs in.
    """
    require_may_give(by, access)
    person = add_person(values, access, by=by, at=at)
    send_invitation(person, by=by, at=at)
    return person


def add_person(values: dict[str, Any], access: Access, *, by: User | None, at: datetime) -> User:
    """Whoever may ask for it is asked by the caller. The person has no password yet. Raises Refusal."""
    person = User(role=access.role, date_joined=at, **values)
    person.username = free_username(person.email)
    person.set_unusable_password()
    refuse_wrong(person)
    save_unless_taken(person, by=by, at=at)
    give(person, access, by=by, at=at)
    return person


@transaction.atomic
def change(
    person: User,
    values: dict[str, Any],
    access: Access,
    *,
    successor: User | None = None,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> User:
    """Name, address, role, and what the person sees. What goes out of sight goes to the successor.

    Raises:
        NotAllowed: `by` manages this person not, or may not give this access.
        StaleRow: somebody else changed the person since `seen`.
        Refusal: a value that can't be, or something hangs on the person who would no longer see it.
    """
    person = locked(person, access, by=by)
    require_may_manage(by, person)
    ensure_current(person, seen)
    require_may_give(by, access, person=person)
    if values["email"].lower() != person.email and not may_change_email(by, person):
        raise NotAllowed("email-of-another", _("Only an administrator changes the e-mail of who signs in already."))
    if person.edits_plans and access.role not in EDITING_ROLES and hanging_on(person):
        raise hands_over_first(person)
    before = unseen_by([person.pk])
    person.role = access.role
    for name, value in values.items():
        setattr(person, name, value)
    refuse_wrong(person)
    save_unless_taken(person, by=by, at=at)
    give(person, access, by=by, at=at)
    settle_sight(before, successor=successor, by=by, at=at)
    return person


def locked(person: User, access: Access, *, by: User) -> User:
    """Who ceases to be an administrator is looked at with all others, so that one is left: who does it is still one."""
    people = User.objects.select_for_update(of=("self",)).order_by("pk")
    if person.role == Role.ADMINISTRATOR and access.role != Role.ADMINISTRATOR:
        left = {row.pk: row for row in people.filter(role=Role.ADMINISTRATOR)}
        if by.pk not in left or not left[by.pk].is_active:
            raise NotAllowed("not-an-administrator", _("Only an administrator can do this."))
    found: User = people.get(pk=person.pk)
    return found


def hands_over_first(person: User) -> Refusal:
    sentence = _("This person is still responsible for customers, programs, approvals or messages.")
    refusal = Refusal("hands-over-first", sentence, field="role")
    refusal.leads_to = reverse("person-switch-off", args=[person.pk])
    refusal.leads_as = _("Hand them over, and switch the sign-in off")
    return refusal


def refuse_wrong(person: User) -> None:
    """Raises Refusal for the first value that can't be."""
    kept = [] if "email" in changed_values(person) else ["email"]  # from before, however it is written
    try:
        person.full_clean(exclude=["password", *kept], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refusal("value-wrong", sentences[0], field=field) from None
    others = User.objects.exclude(pk=person.pk)
    if others.filter(email__iexact=person.email).exists():
        raise taken()


def taken() -> Refusal:
    return Refusal("email-taken", _("Someone else already signs in with this e-mail address."), field="email")


def save_unless_taken(person: User, *, by: User | None, at: datetime) -> None:
    """Another request may have taken the address since it was looked for. Raises Refusal."""
    try:
        with transaction.atomic():
            save_person(person, by=by, at=at)
    except IntegrityError as error:
        if "email" in str(error) or "username" in str(error):
            raise taken() from error
        raise


def free_username(email: str) -> str:
    """Of the address, what stands before the @, with a number behind it where it is somebody's. People sign in with
    their address; this is for who has forgotten which."""
    plain = unicodedata.normalize("NFKD", email.partition("@")[0]).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[^a-z0-9._-]+", "", plain)[:LONGEST_USERNAME] or "staff"
    alike = User.objects.filter(username__istartswith=wanted).values_list("username", flat=True)
    known = {name.lower() for name in alike}
    numbered = (f"{wanted}{number}" for number in range(2, len(known) + 3))
    return next(name for name in (wanted, *numbered) if name not in known)


def give(person: User, access: Access, *, by: User | None, at: datetime) -> None:
    """The rows of what the person sees and manages become these. Other roles than a planner's see without scopes."""
    sees = access.role == Role.PLANNER
    scopes = [("region_id", access.regions if sees else ()), ("office_id", access.offices if sees else ())]
    for column, keys in scopes:
        stored = StaffScope.objects.filter(user=person, **{f"{column}__isnull": False})
        settle_rows(StaffScope, stored, column, keys, person=person, by=by, at=at)
    administers = () if access.role == Role.ADMINISTRATOR else access.administers
    rows = LocalAdministration.objects.filter(user=person)
    settle_rows(LocalAdministration, rows, "region_id", administers, person=person, by=by, at=at)
    person.is_local_administrator = bool(administers)
    record(person, by=by, at=at, reason=REASON)


def settle_rows(
    model: Any, rows: Any, column: str, keys: Iterable[int], *, person: User, by: User | None, at: datetime
) -> None:
    wanted, stored = set(keys), {getattr(row, column): row for row in rows}
    for key in sorted(stored.keys() - wanted):
        signed(stored[key], by=by, at=at).delete()
    for key in sorted(wanted - stored.keys()):
        record(model(user=person, **{column: key}), by=by, at=at, reason=REASON)
    model.keep_derived([])


@transaction.atomic
def send_link(person: User, *, by: User, at: datetime) -> None:
    """Once more: the invitation, or a link to another password for who has one."""
    require_may_manage(by, person)
    if not person.is_active:
        raise Refusal("is-off", _("This sign-in is switched off. Switch it on first."))
    send_link_to_password(person, by=by, at=at)


@transaction.atomic
def switch_on(person: User, *, by: User, at: datetime) -> User:
    """The person may sign in again, with the password of before."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    require_may_manage(by, person)
    if person.is_active:
        raise Refusal("on-already", _("This sign-in is on."))
    person.is_active = True
    save_person(person, by=by, at=at)
    return person

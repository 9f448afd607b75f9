"""Changes of a person by an administrator, and what the mail server says of a person's address."""

from collections.abc import Mapping
from datetime import datetime
from itertools import dropwhile, takewhile
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from careerplan.accounts.language import follow_language
from careerplan.accounts.models import User
from careerplan.accounts.telling import send_invitation, send_reset_link, tell_of_new_address
from careerplan.base.history import changed_values, record
from careerplan.base.refusals import Refusal

CAME_BACK = "e-mail came back"


@transaction.atomic
def save_person(person: User, *, by: User | None, at: datetime) -> None:
    """Save what an administrator typed. The customer's record follows the sign-in; a new address is told to both.

    Raises Refusal where the sign-in is that of a record which was merged into another one.
    """
    is_new, changed = person._state.adding, changed_values(person)
    switched_on = changed.get("is_active") == (False, True)
    refuse_former_record(person, changed, switched_on=switched_on)
    told_at = address_told(person, changed, switched_on=switched_on)
    if is_new:
        person.sign_in_set_up_at = at
    elif {"email", "username"} & changed.keys() or switched_on:
        person.sign_in_changed_at = at
    record(person, by=by, at=at, reason="administration")
    # A person has one address: allauth would go on to take the former one for signing in and new passwords.
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    follow_sign_in(person, by=by, at=at)
    if "language" in changed:
        follow_language(person, by=by, at=at)
    if not is_new and told_at not in {"", person.email}:
        tell_of_new_address(person, former=told_at, by=by, at=at)
    if not is_new and (switched_on or "email" in changed):
        send_again(person, former=changed["email"][0] if "email" in changed else "", at=at)


def refuse_former_record(person: User, changed: Mapping[str, Any], *, switched_on: bool) -> None:
    """Raises Refusal: the person would see the former record alone, which changes no more."""
    customer: Any = getattr(person, "customer", None)
    kept = customer.merged_into if customer is not None else None
    if kept is not None and (switched_on or {"email", "username"} & changed.keys()):
        sentence = _(
            "This sign-in is that of a record that was merged into %(record)s: it stays switched off and as it is. If "
            "these are two people, statewide staff separate the records first."
        )
        raise Refusal("sign-in-of-a-former-record", sentence % {"record": kept.state_id})


def address_told(person: User, changed: Mapping[str, Any], *, switched_on: bool) -> str:
    """The address that the person last knew as the sign-in's: of before this change or, where the sign-in was off, of
    before it was switched off. Empty where it was never on."""
    if not switched_on:
        return str(changed["email"][0]) if "email" in changed else person.email
    on = User.history.filter(id=person.pk, is_active=True).order_by("-history_id")
    return str(on.values_list("email", flat=True).first() or "")


def follow_sign_in(person: User, *, by: User | None, at: datetime) -> None:
    """The customer's record has the e-mail of the sign-in, and its search keys hold the username."""
    customer: Any = getattr(person, "customer", None)
    if customer is not None and customer.merged_into_id is None:
        customer.email = person.email
        customer.set_keys(person.username)
        record(customer, by=by, at=at, reason="administration")


def send_again(person: User, *, former: str, at: datetime) -> None:
    """What did not arrive, and was not read meanwhile, goes to the new address, or the sign-in that is on again.

    `former`: the address that is another one now, or "". What was sent there did not arrive if e-mail came back.
    """
    lost = Q(given_up_at__isnull=False)
    if former and former == person.bounced_email:
        lost |= Q(sent_at__gte=in_use_since(person, former))
    rows = person.notifications.filter(lost, message__read_at=None)
    anew = {"sent_at": None, "given_up_at": None, "attempts": 0, "unconfirmed_at": None}
    rows.update(**anew, created_at=at, available_at=at)


def in_use_since(person: User, address: str) -> datetime:
    """When the address became the person's, the last time that it did."""
    entries = User.history.filter(id=person.pk).order_by("-history_id").values_list("email", "history_date")
    since_then = dropwhile(lambda entry: entry[0] != address, entries)
    days: list[datetime] = [day for _email, day in takewhile(lambda entry: entry[0] == address, since_then)]
    return days[-1] if days else person.date_joined


@transaction.atomic
def send_link_to_password(person: User, *, by: User, at: datetime) -> None:
    """An administrator sends the person a link to set a password; the first one changes nobody's sign-in."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.has_usable_password():
        person.sign_in_changed_at = at
    else:
        person.sign_in_set_up_at = at
    record(person, by=by, at=at, reason="link to a new password")
    send = send_reset_link if person.has_usable_password() or person.is_customer else send_invitation
    send(person, by=by, at=at)


def note_bounce(person: User, *, by: User | None = None, at: datetime) -> None:
    """E-mail does not arrive at the person's address, as the mail server says, or an administrator."""
    person.bounced_email = person.email
    record(person, by=by, at=at, reason=CAME_BACK)


def was_marked_by_a_person(person: User) -> bool:
    marks = User.history.filter(id=person.pk, history_change_reason=CAME_BACK).order_by("-history_id")
    return marks.values_list("history_user", flat=True).first() is not None


def note_arrival(person: User, *, by: User | None = None, at: datetime) -> None:
    """The mail server took an e-mail for the person, or an administrator says that the address works.

    Many servers take everything and send it back later: what a person has marked, a person unmarks.
    """
    if person.bounced_email and not (by is None and was_marked_by_a_person(person)):
        person.bounced_email = ""
        record(person, by=by, at=at, reason="e-mail arrives again")

"""A customer is invited to sign in: the sign-in stands for the record that is there, and is no second one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.actions import save_person
from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.accounts.names import person_with_email
from careerplan.accounts.telling import send_customer_invitation
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from customers.enrolling import locked_record
from customers.models import Customer
from customers.reach import unreachable


@transaction.atomic
def invite(customer: Customer, *, email: str = "", by: User, at: datetime) -> User:
    """Make the sign-in, with the names, the e-mail and the language of the record, and send a link to set a password.
    Who was invited and has set none gets another link.

    `email`: the address where the record has none, or another one.
    Raises Refusal: there is no address, somebody else has it, or the customer signs in already.
    """
    customer = locked_record(customer, by)
    if customer.user_id is not None:
        user = User.objects.select_for_update(of=("self",)).get(pk=customer.user_id)
        return invite_again(customer, user, by=by, at=at)
    address = " ".join((email or customer.email).split()).lower()
    if not address:
        raise Refusal("email-missing", _("Enter the customer's e-mail address."), field="email")
    refuse_taken(address)
    user = User(
        username=username_of(customer),
        email=address,
        first_name=customer.first_name,
        last_name=customer.last_name,
        phone=customer.phone,
        language=customer.language,
        role=Role.CUSTOMER,
    )
    user.set_unusable_password()
    save_person(user, by=by, at=at)
    customer.user, customer.email = user, address
    customer.set_keys(user.username)
    record(customer, by=by, at=at, reason="invited to sign in")
    send_customer_invitation(user, by=by, at=at)
    return user


def invite_again(customer: Customer, user: User, *, by: User, at: datetime) -> User:
    """The former link may have passed, or been lost."""
    if user.has_usable_password():
        raise Refusal("signs-in-already", _("The customer has a sign-in and a password. Send a reset link instead."))
    customer.user = user
    if barred := unreachable(customer):
        raise Refusal(barred.code, barred.sentence)
    send_customer_invitation(user, by=by, at=at)
    return user


def refuse_taken(address: str, *, but: int | None = None) -> None:
    """Raises Refusal where somebody else signs in with the address. `but`: the key of the person."""
    other = person_with_email(address)
    if other is not None and other.pk != but:
        raise Refusal("email-taken", _("Someone else already signs in with this e-mail address."), field="email")


def username_of(customer: Customer) -> str:
    """The participant ID, which no other customer has; the key behind it where somebody has it as a username."""
    name = customer.state_id.lower()
    return f"{name}-{customer.pk}" if User.objects.filter(username__iexact=name).exists() else name

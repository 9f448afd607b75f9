"""Corrections of a customer's record; with a sign-in both stay one: names, e-mail and language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.actions import save_person
from careerplan.accounts.models import User
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import Refusal
from customers.adding import PERSONAL, settle_person
from customers.enrolling import locked_record
from customers.inviting import refuse_taken
from customers.models import Customer

OF_THE_SIGN_IN = ("first_name", "last_name", "language")


@transaction.atomic
def correct_record(
    customer: Customer, values: Mapping[str, Any], *, seen: int | None = None, by: User, at: datetime
) -> Customer:
    """Change what is known of the person (`PERSONAL`). A new e-mail is that of the sign-in, too, and is told at both
    addresses.

    Raises Refusal: a value can't be, another customer has the participant ID, or somebody else the e-mail.
    """
    customer = locked_record(customer, by)
    ensure_current(customer, seen)
    user = User.objects.select_for_update(of=("self",)).get(pk=customer.user_id) if customer.user_id else None
    customer.user = user
    for name in PERSONAL:
        if name in values:
            setattr(customer, name, values[name])
    settle_person(customer, at=at)
    refuse_taken_id(customer)
    if user is not None:
        follow_record(user, customer)
        refuse_taken(user.email, but=user.pk)
        save_person(user, by=by, at=at)  # and the record after it: the database holds both to one address
    else:
        record(customer, by=by, at=at)
    return customer


def refuse_taken_id(customer: Customer) -> None:
    if not customer.state_id:
        raise Refusal("participant-id-missing", _("Enter the participant ID."), field="state_id")
    if Customer.objects.filter(state_id=customer.state_id).exclude(pk=customer.pk).exists():
        sentence = _("Somebody has this participant ID already. Correct it, or open that record.")
        raise Refusal("participant-id-taken", sentence, field="state_id")


def follow_record(user: User, customer: Customer) -> None:
    """The sign-in as the record is now; `save_person` writes it."""
    if not customer.email:
        raise Refusal("email-missing", _("Who signs in has an e-mail address. Enter one."), field="email")
    customer.email = customer.email.lower()
    user.email = customer.email
    for name in OF_THE_SIGN_IN:
        setattr(user, name, getattr(customer, name))
    customer.set_keys(user.username)
    user.customer = customer  # the very row, which `save_person` writes as well

"""A dollar value that changes while a version is in force: what that means for what was signed.

It is recorded at any time, and stands in the plan at its next review (12.7.8 asks no acknowledgment of it). A local
area may set a limit (`DOLLAR_CHANGE_LIMIT`): the customer is asked about what differs by more from what was signed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.every_language import in_every_language
from careerplan.base.readable import dollars
from careerplan.messaging.actions import notify, settle_rows
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import in_each
from careerplan.messaging.models import Message, Notification
from careerplan.plans.agreed import agreed_text
from services.models import PlannedService

KEY = "amount"


@dataclass(frozen=True)
class AmountChange:
    """`signed`: the amount in the version in force; `asks`: whether it differs from it by more than the local limit."""

    planned: PlannedService
    signed: Decimal

    @property
    def now(self) -> Decimal:
        return self.planned.dollar_value or Decimal(0)

    @property
    def asks(self) -> bool:
        limit = settings.DOLLAR_CHANGE_LIMIT
        return bool(limit) and abs(self.now - self.signed) > limit


def amount_change(planned: PlannedService) -> AmountChange | None:
    """Of a service as it is saved; None where no version in force lists it. One query."""
    text = agreed_text(planned, "dollar_value")
    return None if text is None else AmountChange(planned, Decimal(text or 0))


def tell_of_amount(planned: PlannedService, *, by: User, at: datetime) -> None:
    """Ask the customer about an amount that was just saved, where the limit wants it. What was asked before of the same
    service, and not read yet, is no news any more."""
    asked = Notification.objects.filter(key__startswith=f"{KEY}:{planned.pk}:", message__read_at=None)
    settle_rows(Message.objects.filter(pk__in=[row.message_id for row in asked]), at=at)
    change, person = amount_change(planned), planned.plan.customer.user
    if change is None or not change.asks or person is None:
        return
    names = {
        "service": in_each(in_every_language(lambda: planned.service.plain_name)),
        "former": in_each(in_every_language(lambda: dollars(str(change.signed)))),
        "amount": in_each(in_every_language(lambda: dollars(str(change.now)))),
        "planner": str(by),
    }
    key = f"{KEY}:{planned.pk}:{planned.row_version}"
    notify(person, Notice.AMOUNT_ASKED, key=key, names=names, path=reverse("my:dashboard"), by=by, at=at)


def what_it_means(change: AmountChange, *, next_review_on: date | None) -> str:
    """For the planner who changed it, at once."""
    amounts = {"former": dollars(str(change.signed)), "amount": dollars(str(change.now))}
    if change.now == change.signed:
        return _("The amount is %(amount)s again, as it was signed.") % amounts
    if not change.asks:
        review = in_text(next_review_on) if next_review_on else ""
        words = _(
            "The amount was signed as %(former)s. %(amount)s is recorded, and shown at the next review (%(day)s)."
        )
        return words % {**amounts, "day": review}
    customer = change.planned.plan.customer
    more = {**amounts, "limit": dollars(str(settings.DOLLAR_CHANGE_LIMIT)), "customer": str(customer)}
    if customer.user is None:
        words = _(
            "The amount was signed as %(former)s. %(amount)s is recorded. It differs by more than %(limit)s: ask "
            "%(customer)s, who has no sign-in, and write a case note."
        )
    else:
        words = _(
            "The amount was signed as %(former)s. %(amount)s is recorded. It differs by more than %(limit)s, so "
            "%(customer)s was asked in a message."
        )
    return words % more

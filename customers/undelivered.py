"""E-mails that don't arrive, told to staff: to call is better than to wait for an answer."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from careerplan.accounts.enums import Role
from careerplan.accounts.models import SignInLetter
from careerplan.base.dates import day_of
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from customers.in_charge import staff_to_tell
from customers.models import Customer

BATCH = 200

Reporter = Callable[[datetime], bool]

# Of outboxes of who stands above: each tells of its oldest, and says whether there was one.
_reporters: list[Reporter] = []


def register(reporter: Reporter) -> None:
    _reporters.append(reporter)


def report_undelivered(at: datetime) -> int:
    """Tell of each e-mail that was given up, or waits for longer than a day; returns of how many."""
    count = 0
    while count < BATCH and any(report(at) for report in (report_next, report_next_letter, *_reporters)):
        count += 1
    return count


@transaction.atomic
def report_next(at: datetime) -> bool:
    """Tell of the oldest; False when there is none. Two workers never tell of the same one."""
    rows = Notification.objects.unreported(at).filter(recipient__role=Role.CUSTOMER, recipient__customer__isnull=False)
    rows = rows.select_for_update(skip_locked=True, of=("self",)).order_by("id")
    row = rows.select_related("recipient__customer__planner", "message__sender").first()
    if row is None:
        return False
    row.reported_at = at
    row.save(update_fields=["reported_at"])
    report(row, at=at)
    return True


@transaction.atomic
def report_next_letter(at: datetime) -> bool:
    """As `report_next`, of an e-mail about signing in: to who is in charge of the customer, or asked for it."""
    rows = SignInLetter.objects.unreported(at).filter(recipient__isnull=False)
    rows = rows.select_for_update(skip_locked=True, of=("self",)).order_by("id")
    row = rows.select_related("recipient", "asked_by").first()
    if row is None:
        return False
    row.reported_at = at
    row.save(update_fields=["reported_at"])
    customer = Customer.objects.filter(user=row.recipient).first()
    asked_by = row.asked_by if row.asked_by is not None and row.asked_by.is_active else None
    if customer is not None:
        people, path = staff_to_tell(customer, asked_by), reverse("customers:overview", args=[customer.pk])
    else:
        page = "admin:accounts_user_change" if row.recipient.is_customer else "person-edit"
        people, path = [asked_by] if asked_by else [], reverse(page, args=[row.recipient_id])
    for person in people:
        notify(
            person,
            Notice.SIGN_IN_EMAIL_LOST,
            key=f"{Notice.SIGN_IN_EMAIL_LOST}:{row.pk}:{person.pk}:{day_of(at).isoformat()}",
            names={"person": str(row.recipient), "email": row.address},
            path=path,
            by=None,
            at=at,
        )
    return True


def report(row: Notification, *, at: datetime) -> None:
    """One message a day, customer and page on which to go on, however many e-mails to the customer did not arrive."""
    customer = row.recipient.customer
    kind = kind_of(row)
    waits_to_be_signed = row.message.kind == Notice.ACKNOWLEDGMENT_REQUESTED
    page = "plan:agreement" if waits_to_be_signed else "customers:messages"
    for person in staff_to_tell(customer, row.message.sender):
        notify(
            person,
            kind,
            key=f"{kind}:{page}:{customer.pk}:{person.pk}:{day_of(at).isoformat()}",
            names={"customer": str(customer), "email": row.recipient.email},
            path=reverse(page, args=[customer.pk]),
            by=None,
            at=at,
        )


def kind_of(row: Notification) -> Notice:
    """What is told of an e-mail that did not arrive; each has another way on."""
    if row.was_switched_off:
        return Notice.EMAIL_TO_SWITCHED_OFF
    return Notice.EMAIL_GIVEN_UP if row.given_up_at else Notice.EMAIL_WAITS


def undelivered_emails(customer: Customer, messages: list[Message], *, at: datetime) -> dict[int, Notification]:
    """Message key -> its e-mail to the customer that was given up, or waits for longer than a day."""
    rows = Notification.objects.undelivered(at).filter(message__in=messages, recipient=customer.user_id)
    return {row.message_id: row for row in rows}

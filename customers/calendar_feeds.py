"""Making the secret address of a calendar, renewing it, and switching it off. Who has the address reads what is due."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import NotAllowed
from customers.models import CalendarFeed

# Bytes of the secret: nobody finds one by trying, so that a plain digest of it is enough.
SECRET_BYTES = 32
LONGEST_SECRET = 100


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by: User, at: datetime) -> str:
    """The secret of a new address, which is told once; a former one ends. Raises NotAllowed for customers."""
    if by.is_customer:
        raise NotAllowed("not-staff", _("Only people who work here have a calendar of what is due."))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    values = {"digest": digest_of(secret), "made_at": at, "ended_at": None}
    CalendarFeed.objects.update_or_create(user=by, defaults=values)
    return secret


def end_of_who_leaves(person: User, *, at: datetime) -> None:
    """Who is switched off, or becomes a customer, has no address any more: it does not open again with the sign-in."""
    if person.is_customer or not person.is_active:
        end_feed(by=person, at=at)


def end_feed(*, by: User, at: datetime) -> bool:
    """Whether there was one. The address opens nothing from now on."""
    return bool(CalendarFeed.objects.filter(user=by, ended_at=None).update(digest="", ended_at=at))


def reader_of(secret: str) -> User | None:
    """Whose calendar it is; None where the address is nobody's, or its person does not work here any more."""
    feeds = CalendarFeed.objects.filter(digest=digest_of(secret), ended_at=None, user__is_active=True)
    feed = feeds.select_related("user").first() if len(secret) <= LONGEST_SECRET else None
    return None if feed is None or feed.user.is_customer else feed.user

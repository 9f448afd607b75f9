"""E-mails about signing in, put into the outbox: no page waits for a mail server, and an outage loses none.

Nobody sets a password for another person, an administrator included: the person gets a link. Nothing is sent to a
sign-in that is switched off; of another address `save_person` tells once it is on again.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from careerplan.accounts.enums import LINKS_TO_PASSWORD, LetterKind
from careerplan.accounts.models import SignInLetter, User
from careerplan.base.background import nudge
from careerplan.base.outbox import SETTLED


def send_reset_link(person: User, *, by: User | None, at: datetime) -> None:
    """The link with which the person sets a password. `by`: staff who asked for it; None where the person did."""
    put_into_outbox(LetterKind.RESET_LINK, person, person.email, by=by, at=at)


def send_customer_invitation(person: User, *, by: User, at: datetime) -> None:
    """The link with which a customer chooses the first password, with words of what it is."""
    put_into_outbox(LetterKind.CUSTOMER_INVITATION, person, person.email, by=by, at=at)


def send_invitation(person: User, *, by: User | None, at: datetime) -> None:
    """The link with which the person chooses the first password. `by`: who invites; None where nobody is here yet."""
    put_into_outbox(LetterKind.INVITATION, person, person.email, by=by, at=at)


def tell_nobody_signs_in(address: str, *, at: datetime) -> None:
    """To who asked for a new password with an address that is nobody's; in the language of the page."""
    put_into_outbox(LetterKind.UNKNOWN_ADDRESS, None, address, by=None, at=at)


def tell_of_new_password(person: User, *, at: datetime) -> None:
    """Who has the sign-in by now could read what stands behind it: the person is told, whoever changed it. Links that
    have not left yet never do."""
    waiting = person.sign_in_letters.filter(kind__in=LINKS_TO_PASSWORD, sent_at=None, given_up_at=None)
    waiting.update(given_up_at=at, last_error=SETTLED)
    put_into_outbox(LetterKind.PASSWORD_CHANGED, person, person.email, by=None, at=at)


def tell_of_new_address(person: User, *, former: str, by: User | None, at: datetime) -> None:
    """At both addresses."""
    for address in (former, person.email):
        facts = {"former": former, "new": person.email}
        put_into_outbox(LetterKind.EMAIL_CHANGED, person, address, by=by, at=at, **facts)


def tell_of_one_sign_in(person: User, *, former: User, by: User, at: datetime) -> None:
    """The person had two sign-ins, of which this one stays: at both addresses."""
    for address in (person.email, former.email):
        facts = {"email": person.email, "former": former.email}
        put_into_outbox(LetterKind.ONE_SIGN_IN, person, address, by=by, at=at, **facts)


@transaction.atomic
def put_into_outbox(
    kind: LetterKind, person: User | None, address: str, *, by: User | None, at: datetime, **facts: Any
) -> None:
    if person is not None and not person.is_active:
        return
    SignInLetter.objects.create(
        kind=kind,
        recipient=person,
        address=address,
        language=person.language if person else translation.get_language(),
        facts=facts,
        asked_by=by,
        created_at=at,
        available_at=at,
    )
    transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))

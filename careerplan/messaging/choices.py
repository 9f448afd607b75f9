"""How a person wants to be told: e-mails at once or once a day, and text messages where the person agreed to them."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.messaging.models import Notification

# North America, as E.164: +1, an area code and an exchange that begin with 2 to 9 (NANP), and four digits.
NUMBER = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")


class NoTelephoneNumber(Refusal):
    """It is none that takes text messages."""


def as_number(typed: str) -> str:
    """+12175550110, however it was typed. Raises NoTelephoneNumber."""
    digits = re.sub(r"\D", "", typed)
    number = f"+{digits}" if digits.startswith("1") else f"+1{digits}"
    if not NUMBER.fullmatch(number):
        raise NoTelephoneNumber(
            "no-telephone-number",
            _("Enter the number of your mobile phone, with its area code, such as 217-555-0110."),
            field="number",
        )
    return number


@transaction.atomic
def choose(person: User, *, emails_daily: bool, text_messages_to: str = "", by: User, at: datetime) -> User:
    """`text_messages_to`: the number that the person agrees to, as typed; "": no text messages.

    A customer alone agrees to them; what waits for the day's e-mail leaves now where e-mails come at once again.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    number = as_number(text_messages_to) if text_messages_to and person.is_customer else ""
    if number != person.text_messages_to:
        person.text_messages_to, person.text_messages_agreed_at = number, at if number else None
    person.emails_daily = emails_daily
    record(person, by=by, at=at, reason="how to be told")
    if not emails_daily:
        waiting = Notification.objects.filter(recipient=person, daily=True, sent_at=None, given_up_at=None, attempts=0)
        if waiting.update(daily=False, created_at=at, available_at=at):
            transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
    return person

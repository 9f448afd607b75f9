"""Tells a person by e-mail that the sign-in changed: who has it by now could read what stands behind it."""

import logging
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from careerplan.accounts.models import User

logger = logging.getLogger(__name__)

PASSWORD_CHANGED = "account/email/password_changed"
EMAIL_CHANGED = "account/email/email_changed"


def tell_by_email(template: str, person: User, *, to: str, **context: Any) -> None:
    """Once the change is committed. What the mail server says fails no page: the change was made.

    Nothing is sent to a sign-in that is switched off; of another address `save_person` tells once it is on again.
    """
    if not person.is_active:
        return
    with translation.override(person.language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        letter = EmailMessage(subject, render_to_string(f"{template}_message.txt", context).strip(), to=[to])
    transaction.on_commit(lambda: send(letter))


def send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except (OSError, SMTPException) as error:
        logger.warning("A person could not be told of a changed sign-in: %s.", type(error).__name__)

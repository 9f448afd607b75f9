"""The e-mail that tells of a message: who writes and what kind of thing waits, and no personal detail."""

from enum import Enum, auto

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from careerplan.accounts.contact import office_of, phone_of, planner_of
from careerplan.accounts.models import User
from careerplan.base.spoken import isolated
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Notification


class Waits(Enum):
    """What kind of thing waits behind the link."""

    TO_SIGN = auto()
    SIGNED = auto()
    APPOINTMENT = auto()
    APPROVAL = auto()
    MESSAGE = auto()


# Every other kind is a message.
KINDS = {
    Notice.ACKNOWLEDGMENT_REQUESTED: Waits.TO_SIGN,
    Notice.PLAN_SIGNED: Waits.SIGNED,
    Notice.GOAL_OFF_TRACK: Waits.APPOINTMENT,
    Notice.STAFF_REQUEST_ASKED: Waits.APPROVAL,
}


def words(waits: Waits) -> tuple[str, str]:
    """Subject, and the sentence that says what waits."""
    return {
        Waits.TO_SIGN: (
            _("Something is waiting for you to read and sign in CareerPlan"),
            _("Something is waiting for you to read and sign on your CareerPlan dashboard."),
        ),
        Waits.SIGNED: (
            _("Your signature was received in CareerPlan"),
            _("This confirms that your signature was received. You can read and download what you signed."),
        ),
        Waits.APPOINTMENT: (
            _("Your career planner would like to talk with you"),
            _("Your career planner would like to make an appointment with you. Please call or send a message."),
        ),
        Waits.APPROVAL: (
            _("Something is waiting for your approval in CareerPlan"),
            _("Another career planner asks for your approval."),
        ),
        Waits.MESSAGE: (
            _("You have a message in CareerPlan"),
            _("You have a message on your CareerPlan dashboard."),
        ),
    }[waits]


def email_for(row: Notification) -> EmailMessage:
    """In the language that the person who gets it speaks today."""
    domain = settings.SITE_ADDRESS.split("//")[-1].split(":")[0]
    headers = {"Message-ID": f"<notification-{row.pk}@{domain}>"}
    link = f"{settings.SITE_ADDRESS}{row.message.path or '/'}"
    with translation.override(row.recipient.language):
        subject, sentence = words(KINDS.get(Notice(row.message.kind), Waits.MESSAGE))
        parts = [
            _("Hello,"),
            sentence,
            "\n".join(writers(row)),
            _("Sign in to read it:") + f"\n{link}",
            _(
                "For your privacy, this e-mail does not say more. Please do not answer this e-mail: send a message "
                "or call."
            ),
            _(
                "Equal opportunity employer/program. Auxiliary aids and services are available upon request to "
                "individuals with disabilities. Relay: 711."
            ),
        ]
    return EmailMessage(subject, "\n\n".join(parts) + "\n", to=[row.recipient.email], headers=headers)


def writers(row: Notification) -> list[str]:
    """Who writes, each with a telephone where there is one: the planner, the office, the agency."""
    office = office_of(row.recipient)
    planner = planner_who_writes(row.message.sender, row.recipient)
    lines = [line(_("Career planner: %(name)s"), str(planner), planner.phone)] if planner else []
    lines += [line(_("Office: %(name)s"), str(office), phone_of(office))] if office else []
    return [*lines, settings.AGENCY_NAME]


def planner_who_writes(sender: User | None, recipient: User) -> User | None:
    """Staff who wrote; for what comes of itself, or from who has left, the customer's planner. A customer's name never
    stands in an e-mail."""
    if sender is not None and not sender.is_customer and sender.is_active:
        return sender
    return planner_of(recipient)


def line(words: str, name: str, phone: str) -> str:
    return ", ".join(part for part in (words % {"name": isolated(name)}, phone) if part)

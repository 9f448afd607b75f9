"""The e-mail that tells of a message: who writes and what kind of thing waits, and no personal detail.

As text and as HTML, which says the same. The daily one tells of all that came, each kind with its number.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.accounts.contact import office_of, phone_of, planner_of
from careerplan.accounts.models import User
from careerplan.base.spoken import isolated
from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds import kind_of
from careerplan.messaging.models import Notification


@dataclass(frozen=True)
class Parts:
    """What both forms of an e-mail are made of. `what`: a line for each kind of thing, where there are several."""

    subject: str
    sentence: str
    what: Sequence[str]
    writers: Sequence[str]
    link: str


def email_for(row: Notification) -> EmailMultiAlternatives:
    """In the language that the person who gets it speaks today."""
    domain = settings.SITE_ADDRESS.split("//")[-1].split(":")[0]
    headers = {"Message-ID": f"<notification-{row.pk}@{domain}>"}
    with translation.override(row.recipient.language):
        parts = parts_of_the_day(row) if row.together else parts_of_one(row)
        letter = EmailMultiAlternatives(parts.subject, as_text(parts), to=[row.recipient.email], headers=headers)
        context = {"parts": parts, "language": row.recipient.language}
        letter.attach_alternative(render_to_string("messaging/email.html", context), "text/html")
    return letter


def parts_of_one(row: Notification) -> Parts:
    kind = kind_of(row.message.kind)
    link = f"{settings.SITE_ADDRESS}{row.message.path or '/'}"
    return Parts(str(kind.email_subject), str(kind.email_sentence), (), writers(row, row.message.sender), link)


def parts_of_the_day(row: Notification) -> Parts:
    """Of all that stands in one e-mail; nobody of those who wrote is named."""
    kinds = Counter(Notice(each.message.kind) for each in (row, *row.together))
    number = kinds.total()
    subject = ngettext("%(number)d message in CareerPlan", "%(number)d messages in CareerPlan", number)
    return Parts(
        subject % {"number": number},
        _("This is on your CareerPlan dashboard since your last e-mail:"),
        [f"{kind_of(notice).in_daily_email or notice.label}: {kinds[notice]}" for notice in Notice if kinds[notice]],
        writers(row, None),
        f"{settings.SITE_ADDRESS}/",
    )


def as_text(parts: Parts) -> str:
    paragraphs = [
        _("Hello,"),
        parts.sentence,
        "\n".join(f"- {line}" for line in parts.what),
        "\n".join(parts.writers),
        _("Sign in to read it:") + f"\n{parts.link}",
        _("For your privacy, this e-mail does not say more. Please do not answer this e-mail: send a message or call."),
        _(
            "Equal opportunity employer/program. Auxiliary aids and services are available upon request to "
            "individuals with disabilities. Relay: 711."
        ),
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def writers(row: Notification, sender: User | None) -> list[str]:
    """Who writes, each with a telephone where there is one: the planner, the office, the agency."""
    office = office_of(row.recipient)
    planner = planner_who_writes(sender, row.recipient)
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

"""E-mails that wait too long or were given up, for the administration: how many, since when, and another try."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.base.health import Check, Finding
from careerplan.base.health.heartbeat import moment
from careerplan.base.health.limits import EMAILS_GIVEN_UP_A_DAY, OLDEST_EMAIL
from careerplan.messaging.background import nudge
from careerplan.messaging.models import SETTLED, SWITCHED_OFF, Notification


def given_up(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Without those of which nobody has to be told any more."""
    return rows.filter(given_up_at__isnull=False).exclude(last_error=SETTLED)


def failed_emails() -> QuerySet[Notification]:
    """Given up by us or by a mail server, the newest first; those of a sign-in that is off wait for its owner."""
    rows = given_up(Notification.objects.filter(sent_at=None)).exclude(last_error=SWITCHED_OFF)
    return rows.select_related("recipient", "message").order_by("-given_up_at", "-id")


def send_again(rows: QuerySet[Any], *, at: datetime) -> int:
    """What was given up is tried as if it were new; returns how many."""
    count: int = rows.filter(given_up_at__isnull=False, sent_at=None).update(
        given_up_at=None, attempts=0, last_error="", available_at=at
    )
    transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
    return count


def look_at_emails(at: datetime) -> Finding:
    """Of those that are neither sent nor given up, also while they wait for their next try."""
    waiting = Notification.objects.filter(sent_at=None, given_up_at=None)
    found = waiting.aggregate(number=Count("pk"), oldest=Min("created_at"))
    if not found["number"]:
        return Finding(False, _("None waits."))
    said = ngettext(
        "%(number)d waits; the oldest since %(moment)s.",
        "%(number)d wait; the oldest since %(moment)s.",
        found["number"],
    )
    said = said % {"number": found["number"], "moment": moment(found["oldest"])}
    return Finding(at - found["oldest"] > OLDEST_EMAIL, said)


def look_at_given_up(at: datetime) -> Finding:
    number = failed_emails().filter(given_up_at__gt=at - timedelta(days=1)).count()
    said = ngettext("%(number)d was given up within a day.", "%(number)d were given up within a day.", number)
    return Finding(number > EMAILS_GIVEN_UP_A_DAY, said % {"number": number})


CHECKS = (
    Check("emails", gettext_lazy("E-mails that wait"), look_at_emails),
    Check("emails-given-up", gettext_lazy("E-mails given up"), look_at_given_up),
)

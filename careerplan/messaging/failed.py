"""E-mails that wait too long or were given up, for the administration: how many, since when, and another try."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.accounts.models import SignInLetter
from careerplan.base.background import nudge
from careerplan.base.health import Check, Finding
from careerplan.base.health.heartbeat import moment
from careerplan.base.health.limits import EMAILS_GIVEN_UP_A_DAY, EMAILS_THAT_FAIL, OLDEST_EMAIL, TRIES_OF_EACH
from careerplan.base.outbox import SETTLED, SWITCHED_OFF
from careerplan.messaging.delivery import OUTBOXES
from careerplan.messaging.models import Notification, TextMessage


def given_up(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Without those of which nobody has to be told any more."""
    return rows.filter(given_up_at__isnull=False).exclude(last_error=SETTLED)


def failed_emails() -> QuerySet[Notification]:
    """Given up by us or by a mail server, the newest first; those of a sign-in that is off wait for its owner."""
    rows = given_up(Notification.objects.filter(sent_at=None)).exclude(last_error=SWITCHED_OFF)
    return rows.select_related("recipient", "message").order_by("-given_up_at", "-id")


def failed_letters() -> QuerySet[SignInLetter]:
    """Those about signing in, to people; what strangers asked for with addresses of nobody's is no fault of ours."""
    rows = SignInLetter.objects.filter(given_up_at__isnull=False, sent_at=None, recipient__isnull=False)
    return rows.exclude(last_error__in=[SETTLED, SWITCHED_OFF])


def failed_texts() -> QuerySet[TextMessage]:
    """Text messages that the gateway refused or never took, the newest first."""
    rows = TextMessage.objects.filter(given_up_at__isnull=False, sent_at=None)
    rows = rows.exclude(last_error__in=[SETTLED, SWITCHED_OFF])
    return rows.select_related("recipient", "message").order_by("-given_up_at", "-id")


def waiting_emails(at: datetime) -> QuerySet[Notification]:
    """Those that could have left by now, the oldest first."""
    rows = Notification.objects.filter(sent_at=None, given_up_at=None, created_at__lte=at)
    return rows.select_related("recipient", "message").order_by("created_at", "id")


def send_all_again(*, at: datetime) -> int:
    """All e-mails and text messages that were given up; how many."""
    return send_again(failed_emails().order_by(), at=at) + send_again(failed_texts().order_by(), at=at)


def send_again(rows: Any, *, at: datetime) -> int:
    """What was given up is tried as if it were new; returns how many."""
    count: int = rows.filter(sent_at=None).try_again(at)
    transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
    return count


def look_at_emails(at: datetime) -> Finding:
    """Of those that are neither sent nor given up, also while they wait for their next try."""
    failed = Q(attempts__gte=TRIES_OF_EACH)
    counts = {"number": Count("pk"), "oldest": Min("created_at"), "failing": Count("pk", filter=failed)}
    of_each = [
        model.objects.filter(sent_at=None, given_up_at=None, created_at__lte=at).aggregate(
            **counts, error=Max("last_error", filter=failed)
        )
        for model, _write in OUTBOXES
    ]
    number, failing = (sum(found[name] for found in of_each) for name in ("number", "failing"))
    if not number:
        return Finding(False, _("None waits."))
    if failing >= EMAILS_THAT_FAIL and failing * 2 >= number:
        said = _(
            "%(failing)d of %(number)d that wait failed at each try: "
            "look at the mail server and its settings (%(error)s)."
        )
        errors = [found["error"].split(":")[0] for found in of_each if found["error"]]
        return Finding(True, said % {"failing": failing, "number": number, "error": ", ".join(sorted({*errors}))})
    oldest = min(found["oldest"] for found in of_each if found["number"])
    said = ngettext(
        "%(number)d waits; the oldest since %(moment)s.", "%(number)d wait; the oldest since %(moment)s.", number
    )
    return Finding(at - oldest > OLDEST_EMAIL, said % {"number": number, "moment": moment(oldest)})


def look_at_given_up(at: datetime) -> Finding:
    day = {"given_up_at__gt": at - timedelta(days=1)}
    number = failed_emails().filter(**day).count() + failed_letters().filter(**day).count()
    number += failed_texts().filter(**day).count()
    said = ngettext("%(number)d was given up within a day.", "%(number)d were given up within a day.", number)
    return Finding(number > EMAILS_GIVEN_UP_A_DAY, said % {"number": number})


CHECKS = (
    Check("emails", gettext_lazy("E-mails that wait"), look_at_emails),
    Check("emails-given-up", gettext_lazy("E-mails given up"), look_at_given_up),
)

"""For how long a message about a version is news: while the version is in one of these states.

`transitions.move` settles the rest, so that nobody has to open what has passed. What has happened once and for all
(signed, agreed, answered) stays news until it is read.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from careerplan.messaging.actions import settle_rows
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from careerplan.plans.models import PlanVersion

NEWS_IN = {
    Notice.SHARED_PLAN_OPENED: {VersionState.DRAFT},
    # Until the customer is told that it is ready again (acknowledgments/filing).
    Notice.REQUEST_WITHDRAWN: {VersionState.DRAFT, VersionState.AWAITING},
    Notice.PAPER_NOT_MADE: {VersionState.AWAITING},
    Notice.PLAN_NOT_AGREED: {VersionState.AWAITING},
    # An answer is of use while the version is made, waits, or is in force.
    Notice.ITEM_ASKED: {VersionState.DRAFT, VersionState.AWAITING, VersionState.ACTIVE},
}


# What leads to the page where the customer signs.
ASK_TO_SIGN = (Notice.ACKNOWLEDGMENT_REQUESTED, Notice.STILL_WAITS)


def settle_passed(versions: Sequence[PlanVersion], *, ended: str = "", at: datetime) -> None:
    """The messages about these versions of one plan that their states have overtaken, and those that asked the
    customer to sign at the address `ended`. One query where there are none."""
    customer = versions[0].plan.customer
    about = Q(path__startswith=reverse("plan:overview", args=[customer.pk]))
    if customer.user_id is not None:
        about |= Q(recipient=customer.user_id)
    passed = about & Q(*(is_past(version) for version in versions), _connector=Q.OR)
    for version in versions:
        if version.state == VersionState.ACTIVE and version.sent_at is not None and customer.user_id is not None:
            # The customer signed the amounts that were asked about before it was sent.
            passed |= Q(recipient=customer.user_id, kind=Notice.AMOUNT_ASKED, sent_at__lte=version.sent_at)
    if ended:
        passed |= Q(path=ended, kind__in=ASK_TO_SIGN)
    settle_rows(Message.objects.filter(passed), at=at)


def is_past(version: PlanVersion) -> Q:
    kinds = [kind for kind, states in NEWS_IN.items() if version.state not in states]
    return Q(kind__in=kinds, facts__version=str(version.number))

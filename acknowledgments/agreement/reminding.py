"""The planner reminds the customer of a plan that waits to be signed (12.7.6; ILL-034)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from acknowledgments.models import AcknowledgmentRequest
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Notification
from customers.actions import require_editor
from customers.reach import unreachable


@transaction.atomic
def remind(request: AcknowledgmentRequest, *, by: User, at: datetime) -> None:
    """Tell the customer once more, by a message and an e-mail; once a day at most.

    Raises:
        NotAllowed: somebody who does not write the customer's record.
        Refusal: the plan waits no more, the customer can't be reached, or was reminded today.
    """
    rows = AcknowledgmentRequest.objects.select_related("seal__version__plan__customer__user")
    request = rows.select_for_update(of=("self",)).get(pk=request.pk)
    customer = request.seal.version.plan.customer
    require_editor(customer, by)
    if request.withdrawn_at or request.answered_at or not request.notified_at:
        raise Refusal("waits-no-more", _("This plan no longer waits for the customer. Open the page again."))
    if (barred := unreachable(customer)) is not None or customer.user is None:
        raise Refusal("unreachable", barred.sentence if barred else "")
    told = notify(
        customer.user,
        Notice.ACKNOWLEDGMENT_REQUESTED,
        key=key_of(request.pk, day_of(at)),
        names={"planner": request.seal.planner_name, "version": str(request.seal.version.number)},
        path=request.path,
        by=by,
        at=at,
    )
    if told is None or day_of(request.notified_at) == day_of(at):
        raise Refusal("reminded-today", _("The customer was told of it today. You can send a reminder tomorrow."))


def key_of(request: int, on: date) -> str:
    """Of the one reminder of a day."""
    return f"reminded:{request}:{on.isoformat()}"


def told_on(on: date, requests: Collection[int]) -> set[int]:
    """Those whose customer was reminded on this day, or told of the plan for the first time. At most two queries."""
    if not requests:
        return set()
    by_key = {key_of(request, on): request for request in requests}
    reminded = Notification.objects.filter(key__in=by_key).values_list("key", flat=True)
    first = AcknowledgmentRequest.objects.filter(pk__in=requests, notified_at__date=on).values_list("pk", flat=True)
    return {by_key[key] for key in reminded} | set(first)

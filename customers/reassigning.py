"""Many customers go from one planner to another in one step: all of them, or none."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.duties import hand_over_duties
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import word
from customers.duties import REASON, refuse_out_of_sight
from customers.enrolling import locked_record
from customers.handing_over import refuse_unfit, tell_of_move
from customers.models import Customer

MOST_AT_ONCE = 200


def customers_with(planner: User | None, by: User) -> QuerySet[Customer]:
    """Whose own planner this is, or who have none (None), as far as the person keeps their records."""
    rows = Customer.objects.visible_to(by) if by.sees_every_region else Customer.objects.editable_by(by)
    found: QuerySet[Customer] = rows.not_merged().filter(planner=planner).order_by("name_key", "pk")
    return found


@transaction.atomic
def reassign(customers: Collection[Customer], *, former: User | None, successor: User, by: User, at: datetime) -> int:
    """What `former` does for each of them goes to the successor, who hears of it once; returns how many they are.

    Raises:
        NotAllowed: somebody who does not keep one of the records.
        Refusal: nobody is chosen, the successor does not see one of them, or one went to somebody else meanwhile.
    """
    if not customers:
        raise Refusal("nobody-chosen", _("Choose at least one customer."), field="customers")
    refuse_unfit(former, successor)
    keys = set()
    for chosen in sorted(customers, key=lambda row: row.pk):
        customer = locked_record(chosen, by)
        if customer.planner_id != (former.pk if former else None):
            named = {"customer": customer}
            raise Refusal(
                "went-elsewhere",
                _("%(customer)s has another planner by now. Open the list again.") % named,
                field="customers",
            )
        if former is not None:
            hand_over_duties(former, successor, customer_id=customer.pk, by=by, at=at)
        else:
            customer.planner = successor
            record(customer, by=by, at=at, reason=REASON)
        keys.add(customer.pk)
    refuse_out_of_sight(keys, successor)
    if successor.pk != by.pk:
        tell_successor(successor, former, customers, by=by, at=at)
    return len(keys)


def tell_successor(
    successor: User, former: User | None, customers: Collection[Customer], *, by: User, at: datetime
) -> None:
    """Once for all whom a colleague had; of those who had no planner, each by name."""
    if former is None:
        for customer in Customer.objects.filter(pk__in=[row.pk for row in customers]).select_related("office"):
            tell_of_move(customer, None, successor, moved=False, by=by, at=at)
        return
    notify(
        successor,
        Notice.PART_HANDED_OVER,
        key=f"reassigned:{former.pk}:{successor.pk}:{at.isoformat()}",
        names={"former": str(former), "what": [word(gettext_lazy("Customers"), len(customers))]},
        path=reverse("customers:list"),
        by=by,
        at=at,
    )

"""Who sees less than before hands over what goes out of sight: one rule for scopes, roles, and regions of offices."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.accounts.duties import customers_of, hand_over_duties
from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import word
from customers.duties import left_behind, out_of_sight, refuse_out_of_sight
from customers.handing_over import refuse_unfit
from customers.models import Customer

# By the key of a person: customers of whom something hangs on the person, who does not see them.
Unseen = dict[int, list[Customer]]


def unseen_by(people: Iterable[int]) -> Unseen:
    """Of the people with these keys, as they stand in their table. Locks them: nobody hands work to them meanwhile."""
    rows = User.objects.filter(pk__in=people).select_for_update(of=("self",)).order_by("pk")
    return {person.pk: list(out_of_sight(customers_of(person), person)) for person in rows}


def settle_sight(before: Unseen, *, successor: User | None = None, asks: bool = True, by: User, at: datetime) -> None:
    """After a change, in its transaction: what the people of `before` do not see any more goes to the successor.

    Raises Refusal where there is none, or who does not see the customers either; `facts["customers"]` are they.
    `asks`: the form has a field for the successor.
    """
    for key, unseen in unseen_by(before).items():
        known = {customer.pk for customer in before[key]}
        lost = [customer for customer in unseen if customer.pk not in known]
        if lost:
            person = User.objects.get(pk=key)
            if successor is None:
                raise refused(person, lost, asks=asks)
            hand_over_lost(person, lost, successor=successor, by=by, at=at)


def refuse_chosen_unseeing(before: Unseen, customer: Customer) -> None:
    """Raises Refusal where somebody who was not responsible for the customer before is so now, and does not see one."""
    for person in left_behind(customer):
        if person.pk not in before:
            refuse_out_of_sight({customer.pk}, person)


def hand_over_lost(person: User, lost: list[Customer], *, successor: User, by: User, at: datetime) -> None:
    refuse_unfit(person, successor)
    for customer in lost:
        hand_over_duties(person, successor, customer_id=customer.pk, by=by, at=at)
    notify(
        successor,
        Notice.PART_HANDED_OVER,
        key=f"part:{person.pk}:{successor.pk}:{at.isoformat()}",
        names={"former": str(person), "what": [word(gettext_lazy("Customers"), len(lost))]},
        path=reverse("customers:list"),
        by=by,
        at=at,
    )


def refused(person: User, lost: list[Customer], *, asks: bool) -> Refusal:
    sentence = ngettext(
        "%(person)s would no longer see %(number)d customer, and is still responsible for work with this customer.",
        "%(person)s would no longer see %(number)d customers, and is still responsible for work with them.",
        len(lost),
    )
    way = _("Choose who takes it over, or hand it over first:") if asks else _("Hand it over first:")
    named = {"person": person, "number": len(lost)}
    refusal = Refusal("out-of-sight", f"{sentence % named} {way}", field="successor" if asks else None)
    refusal.facts["customers"] = lost
    return refusal

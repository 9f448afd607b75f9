"""What placements have to do with two records of one person (customers/merging.py): they stay in the record they are
in, which nobody writes any more, so that what still goes on is settled before."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.holding import Held, Hindrance
from customers.models import Customer
from worksites.models import FollowUp, Placement

OF_CUSTOMER = "planned__plan__customer"


def tab_of(customer: Customer) -> str:
    return reverse("customer-worksites", args=[customer.pk])


def placements_held(customer: Customer) -> list[Held]:
    number = Placement.objects.standing().filter(**{OF_CUSTOMER: customer}).count()
    return [Held(gettext_lazy("Placements"), number, tab_of(customer))]


def placements_that_go_on(_kept: Customer, other: Customer) -> list[Hindrance]:
    found = []
    named = {"record": other.state_id}
    if Placement.objects.holding().filter(**{OF_CUSTOMER: other}).exists():
        sentence = _(
            "%(record)s has a placement that is planned or under way. Terminate it or take it back first, or keep this "
            "record and merge the other one into it."
        )
        found.append(Hindrance("placement-goes-on", sentence % named, tab_of(other)))
    if FollowUp.objects.waiting().filter(**{f"placement__{OF_CUSTOMER}": other}).exists():
        sentence = _(
            "%(record)s has follow-ups of a placement that still wait. Record them first, or keep this record and "
            "merge the other one into it."
        )
        found.append(Hindrance("follow-ups-wait", sentence % named, tab_of(other)))
    return found

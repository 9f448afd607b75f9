"""What costs have to do with two records of one person (customers/merging.py): what is promised is paid before."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.holding import Held, Hindrance
from customers.models import Customer
from services.costs.enums import CostStage
from services.costs.models import CostLine


def costs_held(customer: Customer) -> list[Held]:
    lines = CostLine.objects.filter(service__plan__customer=customer)
    return [Held(gettext_lazy("Costs"), lines.count(), reverse("customer-costs", args=[customer.pk]))]


def unpaid_costs(_kept: Customer, other: Customer) -> list[Hindrance]:
    """Nothing is recorded any more in a record that was merged."""
    lines = CostLine.objects.filter(service__plan__customer=other, stage=CostStage.OBLIGATED, voided_at=None)
    if not lines.exists():
        return []
    sentence = _("%(record)s has costs that are promised and not paid. Record the payments first, or void them.")
    path = reverse("customer-costs", args=[other.pk])
    return [Hindrance("unpaid-costs", sentence % {"record": other.state_id}, path)]

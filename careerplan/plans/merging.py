"""What plans have to do with two records of one person (customers/merging.py): a plan stays where it was made and
sealed, so that the record that goes has none that is open."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.plans.enums import PlanState
from careerplan.plans.models import EmploymentPlan, LegacyPlan, PlanVersion
from customers.holding import Held, Hindrance
from customers.models import Customer


def plans_held(customer: Customer) -> list[Held]:
    plans, versions = (
        EmploymentPlan.objects.filter(customer=customer),
        PlanVersion.objects.filter(plan__customer=customer),
    )
    return [
        Held(gettext_lazy("Plans"), plans.count(), reverse("plan:overview", args=[customer.pk])),
        Held(gettext_lazy("Versions"), versions.count(), reverse("plan:log", args=[customer.pk])),
    ]


def open_plans(kept: Customer, other: Customer) -> list[Hindrance]:
    plans = EmploymentPlan.objects.filter(customer__in=[kept, other], state=PlanState.OPEN)
    having = set(plans.values_list("customer", flat=True))
    if other.pk not in having:
        return []
    if kept.pk in having:
        sentence = _("Both records have an open plan. Close the plan of %(record)s first, then merge.")
    else:
        sentence = _("%(record)s has an open plan. Choose it as the one that goes on, or close its plan first.")
    path = reverse("plan:overview", args=[other.pk])
    return [Hindrance("open-plan", sentence % {"record": other.state_id}, path)]


def older_plans(_kept: Customer, other: Customer) -> list[Hindrance]:
    """Its open program goes along, so that it is due there no more; and nobody can move it out of a merged record."""
    if not LegacyPlan.objects.unmoved().filter(customer=other).exists():
        return []
    sentence = _(
        "%(record)s has a plan in an older system that has not moved here. Choose it as the one that goes on, or move "
        "that plan first, and close it."
    )
    path = reverse("plan:legacy-plan", args=[other.pk])
    return [Hindrance("older-plan", sentence % {"record": other.state_id}, path)]

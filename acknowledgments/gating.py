"""What the gate asks of the table of rules: would adding this item ask the customer? (12.7.8; AMB-W30)

One question with one answer: what could not come into the plan in force without an acknowledgment waits for it.
"""

from datetime import date

from django.conf import settings

from acknowledgments.changes import ACTION_STEP, ADDED, SERVICE, Change
from acknowledgments.in_force import local_options
from acknowledgments.policy import acknowledgment_needed, requirements
from acknowledgments.working_copy import service_item, step_item
from careerplan.plans.models import GatedModel
from customers.models import Enrollment
from goals.models import ActionStep
from services.models import PlannedService


def adding_asks(item: GatedModel, on: date) -> bool:
    """Whether the rules of the day ask the customer when this service or action step is added to its plan."""
    found = requirements(
        [as_added(item)], item.plan.plan_type, settings.ACKNOWLEDGMENT_RULES, on=on, options=local_options()
    )
    return acknowledgment_needed(found)


def as_added(item: GatedModel) -> Change:
    """The change by which the item would come into the plan."""
    if isinstance(item, ActionStep):
        return Change(ADDED, ACTION_STEP, item.pk, item.text, after=step_item(item))
    assert isinstance(item, PlannedService)
    enrollments = Enrollment.objects.filter(customer=item.plan.customer_id).select_related("program")
    return Change(ADDED, SERVICE, item.pk, str(item), after=service_item(item, list(enrollments)))

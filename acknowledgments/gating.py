"""What the floors below ask of sealed contents and of the table of rules (`careerplan.plans.agreed`).

The gate asks whether adding an item would ask the customer (12.7.8; AMB-W30): one question with one answer, so that
what could not come into the plan in force without an acknowledgment waits for it.
"""

from datetime import date
from typing import Any

from django.conf import settings

from acknowledgments.changes import ACTION_STEP, ADDED, SERVICE, Change
from acknowledgments.in_force import contents_of_active, local_options
from acknowledgments.permissions import permission_of
from acknowledgments.policy import acknowledgment_needed, requirements
from acknowledgments.working_copy import service_item, step_item
from careerplan.plans.agreed import Answers
from careerplan.plans.models import Barrier, EmploymentPlan, GatedModel, plan_type_now
from customers.models import Enrollment
from goals.models import ActionStep
from services.models import PlannedService


def adding_asks(item: GatedModel, on: date) -> bool:
    """Whether the rules of the day ask the customer when this service or action step is added to its plan."""
    found = requirements(
        [as_added(item)], plan_type_now(item.plan), settings.ACKNOWLEDGMENT_RULES, on=on, options=local_options()
    )
    return acknowledgment_needed(found)


def as_added(item: GatedModel) -> Change:
    """The change by which the item would come into the plan."""
    if isinstance(item, ActionStep):
        return Change(ADDED, ACTION_STEP, item.pk, item.text, after=step_item(item))
    assert isinstance(item, PlannedService)
    enrollments = Enrollment.objects.filter(customer=item.plan.customer_id).select_related("program")
    return Change(ADDED, SERVICE, item.pk, str(item), after=service_item(item, list(enrollments)))


def agreed_text(row: Any, column: str) -> str | None:
    """What the column of a barrier, a step or the plan itself says in the version in force; None where nothing does."""
    if isinstance(row, EmploymentPlan):
        contents = contents_of_active(row.pk)
        return getattr(contents, column) if contents else None
    contents = contents_of_active(row.plan_id)
    listed: Any = () if contents is None else contents.barriers if isinstance(row, Barrier) else contents.action_steps
    return next((getattr(item, column) for item in listed if item.id == row.pk), None)


ANSWERS = Answers(adding_asks, agreed_text, permission_of)

"""Would adding this service or step to its plan ask the customer? As the rules of the day answer (12.7.8; AMB-W30)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from acknowledgments.agreement.in_force import local_options
from acknowledgments.agreement.working_copy import service_item, step_item
from acknowledgments.contents.changes import ACTION_STEP, ADDED, SERVICE, Change
from acknowledgments.contents.items import ServiceItem
from acknowledgments.rules.policy import acknowledgment_needed, requirements
from careerplan.plans.models import GatedModel, plan_type_now
from customers.models import Enrollment
from goals.models import ActionStep
from services.participation import may_cause_participation


def adding_asks(item: GatedModel, on: date) -> bool:
    """Of the item as it stands, in the kind of plan that it is today."""
    return asks(as_added(item), plan_type_now(item.plan), on)


def as_added(item: GatedModel) -> Change:
    if isinstance(item, ActionStep):
        return Change(ADDED, ACTION_STEP, item.pk, item.text, after=step_item(item))
    return service_added(service_item(item, enrollments_of(item)))


def adding_may_ask(planned: Any, on: date) -> bool:
    """The same of a service, whichever day of a start was typed and whatever version permits it."""
    enrollments = enrollments_of(planned)
    item = service_item(planned, enrollments)
    item = replace(item, causes_participation=may_cause_participation(planned, enrollments))
    return asks(service_added(item), plan_type_now(planned.plan), on)


def adding_asked(item: ServiceItem, plan_type: str, on: date) -> bool:
    """Of a service as a version lists it, in the kind of plan that the version was."""
    return asks(service_added(item), plan_type, on)


def asks(change: Change, plan_type: str, on: date) -> bool:
    found = requirements([change], plan_type, settings.ACKNOWLEDGMENT_RULES, on=on, options=local_options())
    return acknowledgment_needed(found)


def service_added(item: ServiceItem) -> Change:
    return Change(ADDED, SERVICE, item.id, item.name, after=item)


def enrollments_of(item: Any) -> list[Enrollment]:
    return list(Enrollment.objects.filter(customer=item.plan.customer_id).select_related("program"))

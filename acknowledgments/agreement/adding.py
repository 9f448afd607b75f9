"""Would adding this service or step to its plan ask the customer? As the rules of the day answer (12.7.8; AMB-W30)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from acknowledgments.agreement.in_force import local_options
from acknowledgments.contents.changes import ADDED, Change
from acknowledgments.contents.kinds import kind_of
from acknowledgments.rules.policy import acknowledgment_needed, requirements
from careerplan.plans.kinds import Kind, Reading
from careerplan.plans.models import plan_type_among
from customers.models import Enrollment
from services.items import SERVICE, ServiceItem
from services.participation import may_cause_participation


def adding_asks(item: Any, on: date) -> bool:
    """Of the item as it stands, in the kind of plan that it is today."""
    reading = reading_of(item)
    return asks(as_added(item, reading), plan_type_among(item.plan, reading.enrollments), on)


def as_added(item: Any, reading: Reading) -> Change:
    return added(kind_of(item), kind_of(item).read(item, reading))


def adding_may_ask(planned: Any, on: date) -> bool:
    """The same of a service, whichever day of a start was typed and whatever version permits it."""
    reading = reading_of(planned)
    item = SERVICE.read(planned, reading)
    item = replace(item, causes_participation=may_cause_participation(planned, reading.enrollments))
    return asks(added(SERVICE, item), plan_type_among(planned.plan, reading.enrollments), on)


def adding_asked(item: ServiceItem, plan_type: str, on: date) -> bool:
    """Of a service as a version lists it, in the kind of plan that the version was."""
    return asks(added(SERVICE, item), plan_type, on)


def asks(change: Change, plan_type: str, on: date) -> bool:
    found = requirements([change], plan_type, settings.ACKNOWLEDGMENT_RULES, on=on, options=local_options())
    return acknowledgment_needed(found)


def added(kind: Kind, item: Any) -> Change:
    return Change(ADDED, kind, item.id, kind.title(item), after=item)


def reading_of(item: Any) -> Reading:
    return Reading(tuple(Enrollment.objects.filter(customer=item.plan.customer_id).select_related("program")))

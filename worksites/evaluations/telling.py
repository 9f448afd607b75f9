"""Who asked hears of the answer, and the customer's planner of today."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import choice
from customers.in_charge import staff_to_tell
from worksites.evaluations.enums import Asked
from worksites.evaluations.models import SupervisorLink


def path_of(link: SupervisorLink) -> str:
    """Where the planner reads it."""
    place = reverse("placement", args=[link.customer.pk, link.placement_id])
    return f"{place}#supervisor"


def tell_planner(link: SupervisorLink, *, at: datetime) -> None:
    customer = link.customer
    asked_by: Any = link.made_by
    for person in dict.fromkeys([*staff_to_tell(customer, asked_by), *staff_to_tell(customer, None)]):
        notify(
            person,
            Notice.SUPERVISOR_ANSWERED,
            key=f"supervisor-answered:{link.pk}:{person.pk}",
            names={
                "customer": str(customer),
                "person": link.answered_as,
                "worksite": str(link.placement.job.worksite),
                "what": choice(Asked(link.kind)),
            },
            path=path_of(link),
            by=None,
            at=at,
        )

"""Who asked hears of the answer, or that none can come any more; and the customer's planner of today."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, choice
from customers.in_charge import staff_to_tell
from worksites.evaluations.enums import Asked
from worksites.evaluations.models import SupervisorLink


def path_of(link: SupervisorLink) -> str:
    """Where the planner reads it."""
    place = reverse("placement", args=[link.customer.pk, link.placement_id])
    return f"{place}#supervisor"


def tell_planner(link: SupervisorLink, *, at: datetime) -> None:
    said = {"person": link.answered_as, "what": choice(Asked(link.kind))}
    tell(link, Notice.SUPERVISOR_ANSWERED, said, at=at)


def tell_of_lock(link: SupervisorLink, *, at: datetime) -> None:
    """Nobody answers by it any more, and the supervisor may not call."""
    tell(link, Notice.SUPERVISOR_LINK_LOCKED, {"person": link.sent_to}, at=at)


def tell(link: SupervisorLink, notice: Notice, said: dict[str, Fact], *, at: datetime) -> None:
    customer = link.customer
    asked_by: Any = link.made_by
    for person in dict.fromkeys([*staff_to_tell(customer, asked_by), *staff_to_tell(customer, None)]):
        notify(
            person,
            notice,
            key=f"{notice}:{link.pk}:{person.pk}",
            names={"customer": str(customer), "worksite": str(link.placement.job.worksite), **said},
            path=path_of(link),
            by=None,
            at=at,
        )

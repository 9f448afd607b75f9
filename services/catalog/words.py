"""Why a service can't be added, as people read it: on the page of the catalog and where it is refused."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careerplan.base.dates import in_text
from customers.enums import TITLE_ONE
from services.catalog.rules import Standing

if TYPE_CHECKING:
    from services.models import Service


def why_not(service: "Service", standing: Standing) -> str:
    """The sentence for each standing but OFFERED."""
    return SENTENCES[standing](service)


def not_yet(service: "Service") -> str:
    assert service.offered_from is not None
    return _("This service is offered from %(day)s on. Choose another.") % {"day": in_text(service.offered_from)}


def ended(service: "Service") -> str:
    assert service.offered_until is not None
    return _("This service was offered until %(day)s. Choose another.") % {"day": in_text(service.offered_until)}


def elsewhere(service: "Service") -> str:
    offering = ", ".join(str(kind.label) for kind in TITLE_ONE if service.is_offered_to(kind))
    if not offering:
        return _("None of the customer's programs offers this service.")
    return _("None of the customer's programs offers this service. It is offered in: %(programs)s.") % {
        "programs": offering
    }


def exploration(service: "Service") -> str:
    return _("%(service)s may not be in a plan whose goal is career exploration.") % {"service": service.told}


SENTENCES: dict[Standing, Callable[["Service"], str]] = {
    Standing.SWITCHED_OFF: lambda service: _("This service is no longer offered. Choose another."),
    Standing.NOT_YET: not_yet,
    Standing.ENDED: ended,
    Standing.NO_PROGRAM: lambda service: _("The customer is in no open program. Enroll the customer first."),
    Standing.ELSEWHERE: elsewhere,
    Standing.BY_SYSTEM: lambda service: _("The plan opens this service itself, with each draft. Nobody adds it."),
    Standing.EXPLORATION: exploration,
}

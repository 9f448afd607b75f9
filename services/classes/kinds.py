"""Which detail row a planned service has, by the form kind of its catalog entry: the one list of these models."""

from collections.abc import Mapping
from typing import Any

from services.classes.apprenticeship.models import Apprenticeship
from services.classes.details import ServiceDetail
from services.classes.support.models import Support
from services.classes.training.models import Training
from services.enums import FormKind

DETAILS: Mapping[str, type[ServiceDetail]] = {
    FormKind.APPRENTICESHIP: Apprenticeship,
    FormKind.SUPPORT: Support,
    FormKind.CAREER_TRAINING: Training,
}


def called_from_service(model: type[ServiceDetail]) -> str:
    """What the detail row is called on a planned service."""
    return str(model._meta.model_name)


# With what planned services are fetched, so that the detail of each is at hand.
RELATED = tuple(called_from_service(model) for model in DETAILS.values())


def detail_model(planned: Any) -> type[ServiceDetail] | None:
    """None for a class that has nothing beside the line of the plan."""
    return DETAILS.get(planned.service.form_kind)


def detail_of(planned: Any) -> ServiceDetail | None:
    """The detail row of a planned service; None where nothing of it was said, or its class has none."""
    model = detail_model(planned)
    return None if model is None else getattr(planned, called_from_service(model), None)

"""The form of a planned service, with the fields of its class and only those."""

from collections.abc import Mapping

from services.classes.apprenticeship.form import ApprenticeshipPart
from services.classes.support.form import SupportPart
from services.classes.training.form import TrainingPart
from services.enums import FormKind
from services.forms import ServiceForm
from services.models import Service


class ApprenticeshipForm(ApprenticeshipPart, ServiceForm):
    pass


class SupportForm(SupportPart, ServiceForm):
    pass


class TrainingForm(TrainingPart, ServiceForm):
    pass


FORMS: Mapping[str, type[ServiceForm]] = {
    FormKind.APPRENTICESHIP: ApprenticeshipForm,
    FormKind.SUPPORT: SupportForm,
    FormKind.CAREER_TRAINING: TrainingForm,
}


def form_of(service: Service) -> type[ServiceForm]:
    return FORMS.get(service.form_kind, ServiceForm)

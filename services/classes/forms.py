"""The form of a planned service, with the fields of its class and only those."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

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


class WorksiteForm(ServiceForm):
    """What a placement pays is no dollar value of the service (ILL-143)."""

    amount_words = _("In dollars. Not payroll: wages come in through the payroll upload.")


FORMS: Mapping[str, type[ServiceForm]] = {
    FormKind.APPRENTICESHIP: ApprenticeshipForm,
    FormKind.SUPPORT: SupportForm,
    FormKind.CAREER_TRAINING: TrainingForm,
    FormKind.WORKSITE: WorksiteForm,
}


def form_of(service: Service) -> type[ServiceForm]:
    return FORMS.get(service.form_kind, ServiceForm)

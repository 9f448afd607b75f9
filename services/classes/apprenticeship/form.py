"""The apprenticeship's part of the form of a planned service."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import NumberField, TextField
from goals.occupation_field import OccupationField
from services.classes.apprenticeship.models import HOURS_LIMIT, RAPIDS_ID, RAPIDS_WORDS, Apprenticeship
from services.classes.form_part import FormPart


class ApprenticeshipPart(FormPart):
    class_rows = (("occupation", "rapids_id"), ("sponsor",), ("instruction_hours", "job_hours"))

    occupation = OccupationField(
        label=_("Occupation (SOC)"), required=False, help_text=_("Its title, its SOC code, or what people call it.")
    )
    rapids_id = TextField(
        label=_("RAPIDS ID"), max_length=40, required=False, help_text=_("Of the registered apprenticeship program.")
    )
    sponsor = TextField(label=_("Sponsor"), max_length=150, required=False)
    instruction_hours = NumberField(label=_("Hours of related instruction"), most=HOURS_LIMIT, required=False)
    job_hours = NumberField(label=_("Hours on the job"), most=HOURS_LIMIT, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in Apprenticeship.unsaid(None, options["row"].service):
            required = _("Required before the plan is sent, and before the service starts.")
            self.fields[name].help_text = f"{self.fields[name].help_text} {required}"

    def clean_rapids_id(self) -> str:
        typed = "".join(self.cleaned_data["rapids_id"].upper().split())
        if typed and not RAPIDS_ID.fullmatch(typed):
            self.add_error("rapids_id", RAPIDS_WORDS)
        return typed

"""A field in which an occupation is typed: by its SOC code, its title, or what people call it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import TextField
from goals.models import Occupation
from goals.searching import is_called, search


class OccupationField(TextField):
    """Cleans to an `Occupation`, or None. Where several or none are called so, the error names the closest."""

    default_error_messages = {
        "several": _("Type one of these, or a SOC code: %(names)s."),
        "unknown": _("Choose an occupation from the list, or type its SOC code."),
    }

    def __init__(self, **options: Any):
        options.setdefault("max_length", 250)
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Occupation) else value

    def clean(self, value: Any) -> Occupation | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        code = typed.rsplit("(", 1)[-1].rstrip(")")
        found = Occupation.objects.filter(code=code).first() or Occupation.objects.filter(title__iexact=typed).first()
        return found or self.called(typed)

    def called(self, typed: str) -> Occupation:
        close = search(typed, limit=3)
        if len([one for one in close if is_called(typed, one)]) == 1:
            return Occupation.objects.get(code=close[0].code)
        if close:
            names = "; ".join(f"{one.title} ({one.code})" for one in close)
            raise forms.ValidationError(self.error_messages["several"], code="several", params={"names": names})
        raise forms.ValidationError(self.error_messages["unknown"], code="unknown")

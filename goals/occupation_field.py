"""Fields in which an occupation is typed: by its SOC code, its title, or what people call it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import TextField
from goals.models import Occupation
from goals.searching import is_called, search

# What O*NET adds to a SOC code.
OF_ONET = re.compile(r"\.\d\d$")


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


class OccupationCell(forms.Field):
    """In a file: a SOC code, with or without what O*NET adds to it; any level of it."""

    def __init__(self) -> None:
        super().__init__(required=False)
        self.found: dict[str, Occupation | None] = {}

    def clean(self, value: Any) -> Any:
        code = OF_ONET.sub("", value)
        if code not in self.found:
            self.found[code] = Occupation.objects.filter(code=code).first()
        if self.found[code] is None:
            raise forms.ValidationError(_("This is no SOC code. Write it as 31-1131."), code="no-occupation")
        return self.found[code]

"""Fields as every form of the product has them: what is typed is read in one way, and stays as typed where it can't be.

No field is `type=number` or `type=date`: the browser sends such a field empty where it can't read it, and what was
there before would be erased. `static/js/careerplan.js` adds the calendar to a field of a day.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base import clock
from careerplan.base.dates import as_typed, day_of
from careerplan.base.typed import TwoReadings, Unreadable, read_day, read_number
from careerplan.base.words import is_blank


class DayInput(forms.DateInput):
    """A text field that says its form; the calendar comes with the script."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"data-day": "", "placeholder": _("mm/dd/yyyy"), "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str:
        return as_typed(value) if isinstance(value, date) else value or ""


class DateField(forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": _("Enter a real day, month first, for example 03/31/2027.")}

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value is None or is_blank(str(value)):
            return value if isinstance(value, date) else None
        try:
            return read_day(str(value))
        except Unreadable as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class PastDateField(DateField):
    """A day that is past, such as a birth date: 61 is 1961."""

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value is None or is_blank(str(value)):
            return super().to_python(value)
        try:
            return read_day(str(value), past=day_of(clock.now()))
        except Unreadable as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class NumberField(forms.DecimalField):
    """A number of at most `places` decimals, from 0 to `most`."""

    places = 2
    default_error_messages = {
        "invalid": _("Enter one number, for example 12.5, with a period before the decimals."),
        "below": _("Enter 0 or more."),
        "above": _("Enter %(most)s or less."),
        "places": _("Write at most two digits after the period, for example 15.25."),
    }

    def __init__(self, *, most: Decimal | int, **options: Any):
        self.most = Decimal(most)
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Decimal) or value is None or is_blank(str(value)):
            return value if isinstance(value, Decimal) else None
        try:
            return read_number(str(value))
        except TwoReadings as error:  # in either it has more digits than fit
            raise forms.ValidationError(self.error_messages["places"], code="places") from error
        except Unreadable as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        decimals = -int(value.as_tuple().exponent)
        for code, wrong in (("below", value < 0), ("above", value > self.most), ("places", decimals > self.places)):
            if wrong:
                raise forms.ValidationError(self.error_messages[code], code=code, params={"most": f"{self.most:,}"})

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value


class WholeNumberField(NumberField):
    places = 0
    default_error_messages = {
        "invalid": _("Write a whole number, for example 3."),
        "places": _("Write a whole number, for example 3."),
    }

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else int(number)


class MoneyField(NumberField):
    """Dollars and cents; `digits`: as many as the column holds, cents included."""

    default_error_messages = {"invalid": _("Enter one amount in dollars, for example 1,250.00.")}

    def __init__(self, *, digits: int, **options: Any):
        super().__init__(most=Decimal(10**digits - 1) / 100, **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}" if isinstance(value, Decimal) else value


def written(number: Decimal) -> str:
    """Without zeros that say nothing: 20, 12.5."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class TextField(forms.CharField):
    """What a person writes: a text with nothing to see in it is empty, as it is to the actions."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.empty_value if isinstance(text, str) and is_blank(text) else text


class StateField(TextField):
    """The two letters of a state of an address, in capitals."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).upper()
        if text and not (len(text) == 2 and text.isalpha() and text.isascii()):
            raise forms.ValidationError(_("Write the two letters of the state, for example IL."), code="state")
        return text


class CountedTextarea(forms.Textarea):
    """Counts characters as one types; going over the limit is shown, never cut."""

    def __init__(self, limit: int, attrs: dict[str, Any] | None = None):
        super().__init__({"rows": 3, "data-counter": str(limit), **(attrs or {})})

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


class CountedTextField(TextField):
    """Text of at most `limit` characters, line breaks counted as one each."""

    def __init__(self, *, limit: int, **options: Any):
        self.limit = limit
        options.setdefault("widget", CountedTextarea(limit))
        super().__init__(max_length=limit, **options)
        self.error_messages["max_length"] = _(
            "Shorten this to %(limit_value)d characters or fewer. It has %(show_value)d now."
        )

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class NamedChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return named_choice(obj)


def named_choice(entry: Any) -> str:
    """An entry of reference data in a list: its plain name, and the official one for whoever looks for that."""
    return str(entry.told)

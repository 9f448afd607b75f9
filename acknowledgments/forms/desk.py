"""Forms of signing at the desk: the six letters, and birth date with e-mail where the agency takes them."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from acknowledgments.desk.codes import LENGTH
from careerplan.base.fields import TextField
from careerplan.base.forms import PageForm

LONGEST_TYPED = 20
# Nobody who signs was born before: "90" is no year, and costs no try.
FIRST_YEAR = 1900


def part(label, name, letters):
    attrs = {"inputmode": "numeric", "autocomplete": f"bday-{name}", "aria-describedby": "born-help"}
    widget = forms.TextInput(attrs=attrs | {"class": "form-control"})
    return TextField(label=label, max_length=letters, required=False, widget=widget)


class CodeForm(PageForm):
    code = TextField(
        label=_("The six letters"),
        max_length=LONGEST_TYPED,
        help_text=_("They stand beside the square code on your career planner's screen. Small letters will do."),
        error_messages={"required": _("Enter the six letters."), "max_length": _("Enter the six letters.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": LENGTH + 2}
        ),
    )


class IdentityForm(PageForm):
    """A day in three parts, as people say it; the e-mail address that is on file."""

    born_month = part(_("Month"), "month", 2)
    born_day = part(_("Day"), "day", 2)
    born_year = part(_("Year"), "year", 4)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one that you gave to your career planner."),
        error_messages={"invalid": _("Enter an e-mail address, for example name@example.com.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "form-control"}),
    )

    @property
    def parts(self):
        return [self["born_month"], self["born_day"], self["born_year"]]

    def clean(self):
        found = super().clean()
        try:
            year, month, day = (int(found.get(f"born_{name}") or "") for name in ("year", "month", "day"))
            found["born"] = date(year, month, day)
            if year < FIRST_YEAR:
                raise ValueError
        except ValueError:
            for each in self.parts:  # one sentence for all three
                self.errors.pop(each.name, None)
                each.field.widget.attrs["aria-describedby"] = "born-help id_born_month_error"
            said = _("Enter your birth date as numbers: month, day, and the year with four digits.")
            self.add_error("born_month", said)
        return found

"""What is asked of a paper in the hand: its short code, or the paper itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from acknowledgments.filing.checking import SHORT_CODE, plain_code
from careerplan.base.fields import TextField
from careerplan.base.forms import PageForm


class CheckForm(PageForm):
    mark_optional = False  # one of the two is asked for

    code = TextField(
        label=_("Short code"),
        required=False,
        max_length=40,
        help_text=_(
            "Twelve letters and digits at the end of the form. It never has 0 O 1 I L 5 S 8 B. "
            "Spaces, dashes and small letters are fine."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or the form as a PDF"),
        required=False,
        help_text=_("We compare it, but we don't keep it."),
        error_messages={"empty": _("This file is empty. Choose another.")},
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_code(self):
        code = plain_code(self.cleaned_data["code"])
        if code and not SHORT_CODE.fullmatch(code):
            raise forms.ValidationError(
                _("A short code has twelve letters and digits, and never 0 O 1 I L 5 S 8 B. Compare it with the form.")
            )
        return code

    def clean(self):
        values = super().clean()
        given = [name for name in ("code", "file") if values.get(name)]
        if not given and not self.errors:
            self.add_error("code", _("Enter the short code, or choose the form as a PDF."))
        if len(given) == 2:
            self.add_error("file", _("Enter only one of the two: the short code or the PDF."))
        return values

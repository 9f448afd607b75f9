"""The customer's form of acknowledgment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.forms import PageForm


class AcknowledgeForm(PageForm):
    agrees = forms.BooleanField(
        label=_("I agree with this plan and with signing electronically."),
        error_messages={"required": _("Tick this box if you agree. If you don't, tell your planner what to change.")},
    )
    typed_name = forms.CharField(
        label=_("Type your full name"),
        max_length=200,
        help_text=_("This counts as your signature."),
        error_messages={"required": _("Type your full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

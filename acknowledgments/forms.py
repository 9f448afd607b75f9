"""The customer's form of acknowledgment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.forms import CountedTextField, PageForm
from customers.forms import ContactForm


class ReviewForm(ContactForm):
    """Plan does not require participant acknowledgment: one entry serves the text, the service and the case note."""

    not_required = forms.BooleanField(
        label=_("Plan does not require participant acknowledgment"),
        error_messages={"required": _("Tick this box to say that no acknowledgment is required.")},
    )
    text = CountedTextField(
        label=_("Why no acknowledgment was needed"),
        limit=4000,
        help_text=_("What was reviewed with the customer, and the next step. It is kept as the case note too."),
    )

    field_order = ["not_required", "text", "contact_on", "contact_method"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["contact_on"].label = _("Date of contact, and actual date of the review service")

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "not_required"}


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

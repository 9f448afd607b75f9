"""Forms of agreement: sending, recording, the customer's own; requests among staff; the changed employment goal."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from acknowledgments.agreement.documents import captures
from acknowledgments.agreement.goal_change import CHOICES
from acknowledgments.agreement.sending import Contact
from acknowledgments.enums import Capture, UnableReason
from careerplan.base.fields import CountedTextField, DateField, TextField
from careerplan.base.forms import PageForm
from careerplan.base.words import is_blank
from customers.forms import ContactForm, ReachedForm, RecordFileField

SEEN_AT_ONCE = _("The customer sees this file on the dashboard as soon as it is on file.")


class ReviewForm(ReachedForm):
    """Plan does not require participant acknowledgment: one entry serves the text, the service and the case note."""

    not_required = forms.BooleanField(
        label=_("Plan does not require participant acknowledgment"),
        error_messages={"required": _("Check this box to say that no acknowledgment is required.")},
    )
    text = CountedTextField(
        label=_("Why no acknowledgment was needed"),
        limit=4000,
        help_text=_("What you reviewed with the customer, and the next step. This is also kept as the case note."),
        error_messages={"required": _("Say why no acknowledgment was needed.")},
    )
    unchanged = forms.BooleanField(error_messages={"required": _("Check this box, or send the plan instead.")})

    field_order = ["not_required", "unchanged", "text", "contact_on", "contact_method"]

    def __init__(self, *args, unchanged="", **options):
        """`unchanged`: the statement about a plan that moves here from an older system; "" for any other."""
        super().__init__(*args, **options)
        self.fields["unchanged"].label = unchanged
        if not unchanged:
            self.leave_out("unchanged")
        self.fields["contact_on"].label = _("Date of contact, and actual date of the review service")

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "not_required"}


class SendForm(ReachedForm):
    """Sending a version: the review that led to it, and why in spite of warnings; only the fields that it needs."""

    adds_a_row = False

    note = CountedTextField(
        label=_("Case note of the review"),
        limit=4000,
        help_text=_("Dates and details of what changed, and the next review date (12.7.8). Add what you talked about."),
    )
    reason = TextField(
        label=_("Why you are sending it anyway"),
        max_length=300,
        help_text=_(
            "Policy asks for what is listed above. Your reason for sending the plan without it is "
            "kept with the version."
        ),
        error_messages={"required": _("Say why you are sending the plan anyway. We keep your reason.")},
    )

    field_order = ["reason", "contact_on", "contact_method", "note"]

    def __init__(self, *args, is_review, warns=None, **options):
        """`warns`: whether there are warnings; None where that is known only once the contents were read (`settle`)."""
        super().__init__(*args, **options)
        if not is_review:
            self.leave_out("contact_on", "contact_method", "note")
        if warns is None:
            self.fields["reason"].required = False
        else:
            self.settle(warns)

    def settle(self, warns):
        """The reason is asked for where there are warnings, and nowhere else."""
        if not warns:
            self.leave_out("reason")
            return
        self.fields["reason"].required = True
        if self.is_bound and is_blank(self.data.get("reason", "")) and "reason" not in self.errors:
            self.add_error("reason", self.fields["reason"].error_messages["required"])

    def values(self):
        """The keyword arguments of `sending.send`."""
        values = {"reason": self.cleaned_data.get("reason", "")}
        if "note" in self.fields:
            found = self.cleaned_data
            values["contact"] = Contact(found["contact_on"], found["contact_method"], found["note"])
        return values


class DocumentForm(PageForm):
    """The signed paper or the e-mail chain as a file."""

    file = RecordFileField()
    capture = forms.ChoiceField(
        label=_("How it was captured"),
        choices=Capture,
        error_messages={"required": _("Choose how the document was captured.")},
    )

    def __init__(self, *args, method, **options):
        super().__init__(*args, **options)
        file = self.fields["file"]
        file.help_text = format_lazy("{} {}", file.help_text, SEEN_AT_ONCE)
        ways = captures(method)
        self.fields["capture"].choices = [(value, label) for value, label in Capture.choices if value in ways]


class PaperForm(DocumentForm):
    """A paper that the customer signed; the copy may follow within 30 days."""

    adds_a_row = False
    mark_optional = False

    agreed_on = DateField(label=_("Date of the signature"), help_text=_("The date written on the paper."))
    name = TextField(label=_("Name as signed"), max_length=200)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ["agreed_on", "name", "file", "capture"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["file"].required = False
        self.fields["file"].label = _("Signed copy (optional now)")
        self.fields["capture"].required = False

    def clean(self):
        values = super().clean()
        if values.get("file") and not values.get("capture"):
            self.add_error("capture", _("Choose how the document was captured."))
        return values


class EmailForm(PaperForm):
    """An e-mail in which the customer agreed to the plan that it contains."""

    sender = forms.EmailField(
        max_length=254,
        label=_("The customer's e-mail address"),
        help_text=_("The address the customer wrote from."),
        error_messages={"required": _("Enter the address the customer wrote from.")},
    )
    statement = CountedTextField(
        label=_("The customer's words"),
        limit=2000,
        help_text=_(
            "Copy the sentence that says that the customer reviewed, acknowledged or accepted the plan (12.7.6)."
        ),
        error_messages={"required": _("Copy the words the customer used to agree to the plan.")},
    )
    holds_plan = forms.BooleanField(
        label=_("The e-mail chain contains the plan"),
        error_messages={"required": _("The e-mail chain must contain the plan (12.7.6).")},
    )

    field_order = ["agreed_on", "name", "sender", "statement", "holds_plan", "file", "capture"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["agreed_on"].label = _("Date of the e-mail")
        self.fields["agreed_on"].help_text = ""
        self.fields["name"].label = _("Name under the e-mail")
        self.fields["file"].label = _("E-mail chain (optional now)")


class UnableForm(ContactForm):
    reason = forms.ChoiceField(
        label=_("Why the agreement could not be obtained"),
        choices=UnableReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the agreement could not be obtained.")},
    )
    note = CountedTextField(
        label=_("Case note"), limit=4000, help_text=_("What you tried, and what the customer said.")
    )

    field_order = ["reason", "note", "contact_on", "contact_method"]


class AskForm(PageForm):
    reason = CountedTextField(
        label=_("Why"),
        limit=500,
        help_text=_("The people who approve your request will read this."),
        error_messages={"required": _("Say why you are asking for this.")},
    )


class AnswerForm(PageForm):
    adds_a_row = False
    mark_optional = False

    approves = forms.TypedChoiceField(
        label=_("Do you approve?"),
        choices=[("yes", _("Approve")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you approve or refuse.")},
    )
    note = TextField(label=_("Reason"), max_length=500, required=False, help_text=_("Required when you refuse."))


class GoalChangeForm(PageForm):
    """What goes along to the new plan."""

    adds_a_row = False

    understood = forms.BooleanField(
        label=_("I understand that the closed plan can't be reopened."),
        error_messages={"required": _("Check this box: a closed plan can't be reopened.")},
    )

    mark_optional = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, words in CHOICES.items():
            self.fields[name] = forms.BooleanField(label=_(words), required=False)
        self.helper.layout = Layout(Fieldset(_("Carry over to the new plan"), *CHOICES), "understood")

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "understood"}


class AcknowledgeForm(PageForm):
    agrees = forms.BooleanField(
        label=_("I agree with this plan and with signing electronically."),
        error_messages={"required": _("Check this box if you agree. If you don't, tell your planner what to change.")},
    )
    typed_name = TextField(
        label=_("Type your full name"),
        max_length=200,
        help_text=_("This counts as your signature."),
        error_messages={"required": _("Type your full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

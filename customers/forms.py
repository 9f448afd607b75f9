"""Forms of the customer's record."""

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import EDITING_ROLES, Role
from careerplan.accounts.models import Office, StaffScope, User
from careerplan.accounts.permissions import staff_visible_to
from careerplan.base.fields import CountedTextField, DateField, TextField
from careerplan.base.forms import PageForm, RowForm, WritingForm
from careerplan.base.refusals import Refusal
from customers.absences import StandingIn
from customers.actions import NO_CONTACT
from customers.duties import Caseload, who_see
from customers.enums import (
    REACHED,
    ContactMethod,
    DocumentType,
    Purpose,
    UploadCategory,
)
from customers.files import LARGEST, checked
from customers.models import UPLOAD_NAME_LIMIT


class ContactForm(PageForm):
    """A contact with the customer, of which a case note tells."""

    contact_on = DateField(label=_("Date of contact"))
    contact_method = forms.ChoiceField(label=_("Kind of contact"), choices=ContactMethod)


class ReachedForm(ContactForm):
    """A contact that policy asks for: a page does not offer what the action refuses (12.7.7, 12.7.8)."""

    contact_method = forms.ChoiceField(
        label=_("Kind of contact"),
        choices=[(method.value, method.label) for method in REACHED],
        error_messages={"invalid_choice": NO_CONTACT},
    )


class RecordFileField(forms.FileField):
    """A file for the customer's record: what can't be taken is said beside the other errors of its form."""

    default_error_messages = {"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")}

    def __init__(self, **options):
        options.setdefault("label", _("File"))
        kinds = _("PDF, JPEG, PNG, TIFF, HEIC, Word (.docx) or e-mail (.eml), {limit} or less.")
        options.setdefault("help_text", format_lazy(kinds, limit=LARGEST))
        super().__init__(**options)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file is None:
            return None
        try:
            return checked(file)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal


class NeedsForm(RowForm):
    needs = TextField(
        label=_("What helps (accommodation)"),
        help_text=_("No medical detail."),
        max_length=200,
        required=False,
    )
    large_print = forms.BooleanField(
        label=_("Large print"),
        help_text=_("Forms are printed, and the customer's pages are shown, in large letters."),
        required=False,
    )


class SummaryForm(PageForm):
    text = CountedTextField(
        label=_("Assessment summary"),
        limit=4000,
        help_text=_("What the results show together: strengths, needs, and what they mean for the goals."),
    )


class UploadForm(PageForm):
    file = RecordFileField()
    name = TextField(label=_("Name"), max_length=UPLOAD_NAME_LIMIT)
    category = forms.ChoiceField(label=_("Category"), choices=UploadCategory)
    document_type = forms.ChoiceField(label=_("Document type"), choices=DocumentType)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose)
    shown_to_customer = forms.BooleanField(label=_("The customer may see it"), required=False)

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class NewMessageForm(WritingForm):
    subject = TextField(label=_("Subject"), max_length=200)
    body = CountedTextField(label=_("Message"), limit=4000)


class ToManyForm(NewMessageForm):
    """One message to several customers, each of whom gets one's own. `customers`: their keys, with commas."""

    field_order = ["subject", "body", "written_in"]

    customers = TextField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, keys, **options):
        super().__init__(*args, **options)
        self.initial["customers"] = ",".join(map(str, keys))


class MessageForm(NewMessageForm):
    field_order = ["subject", "body", "file", "written_in"]

    file = RecordFileField(label=_("Attach a file"), required=False)


class AnswerForm(WritingForm):
    """In a thread, whose subject stays."""

    field_order = ["body", "file", "written_in"]

    body = CountedTextField(label=_("Your answer"), limit=4000)
    file = RecordFileField(label=_("Attach a file"), required=False)


class PlannerField(forms.ModelChoiceField):
    """A planner who can sign in, named with the offices or regions that the planner works for."""

    def __init__(self, **options):
        planners = User.objects.filter(role=Role.PLANNER, is_active=True).order_by("last_name", "first_name", "pk")
        super().__init__(queryset=planners.prefetch_related("scopes__office", "scopes__region"), **options)

    def label_from_instance(self, obj):
        places = ", ".join(str(scope.office or scope.region) for scope in obj.scopes.all())
        return f"{obj} ({places})" if places else str(obj)


class AbsenceForm(PageForm):
    begins_on = DateField(label=_("First day away"))
    ends_on = DateField(label=_("Last day away"))
    stand_in = PlannerField(
        label=_("Stand-in"), error_messages={"required": _("Choose who reads and answers the messages.")}
    )

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        others = who_see(colleagues_of(person), Caseload().customers(person))
        others = others.prefetch_related("scopes__office", "scopes__region")
        self.fields["stand_in"].queryset = others.order_by("last_name", "first_name", "pk")


def colleagues_of(person):
    """Who edits plans in the regions where the person works, and statewide staff; of a whole state no list is made for
    who works in a part of it."""
    others = User.objects.filter(role__in=EDITING_ROLES, is_active=True).exclude(pk=person.pk)
    regions = {scope.region_id or scope.office.region_id for scope in person.scopes.select_related("office")}
    if not regions:
        return others
    there = StaffScope.objects.filter(Q(region__in=regions) | Q(office__region__in=regions), user=OuterRef("pk"))
    return others.filter(Exists(there) | Q(role=Role.STATEWIDE))


class HandOverForm(PageForm):
    adds_a_row = False

    former = forms.ModelChoiceField(
        label=_("Whose work goes to another planner"),
        error_messages={"required": _("Choose whose work goes to another planner.")},
        queryset=User.objects.none(),
        help_text=_(
            "A program's planner hands over only that program. The customer's planner hands over "
            "everything they do for the customer."
        ),
    )
    successor = PlannerField(label=_("New planner"))
    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Office.objects.select_related("region").order_by("region__name", "name"),
        help_text=_("Choose another office if the customer moves."),
    )

    def __init__(self, *args, customer, enrollments, **options):
        super().__init__(*args, initial={"office": customer.office_id, "former": customer.planner_id}, **options)
        keys = {customer.planner_id, *(row.planner_id for row in enrollments)} - {None}
        people = User.objects.filter(pk__in=keys).order_by("last_name", "first_name", "pk")
        if customer.planner_id is None:
            self.fields["former"].required = self.fields["successor"].required = False
            self.fields["former"].empty_label = _("The customer has no planner yet")
            self.fields["successor"].empty_label = _("Nobody yet")
            self.fields["successor"].mark_optional = False
            self.fields["successor"].help_text = _(
                "Leave it empty if the customer only moves to another office. We will tell the planners there."
            )
        self.fields["former"].queryset = people
        self.fields["office"].label_from_instance = lambda office: f"{office}, {office.region}"

    def values(self):
        return {"former": None, **self.cleaned_data}


class SwitchOffForm(PageForm):
    adds_a_row = False

    successor = PlannerField(
        label=_("Who takes it over"), error_messages={"required": _("Choose who takes over this person's work.")}
    )

    def __init__(self, *args, person, hangs, by, **options):
        """A local administrator names people of the own regions only."""
        super().__init__(*args, **options)
        if hangs:
            roles = {Role.PLANNER} if person.role == Role.PLANNER else EDITING_ROLES
            others = staff_visible_to(by).filter(role__in=roles, is_active=True).exclude(pk=person.pk)
            away = User.objects.filter(pk__in=StandingIn().absences(person).values("person"))
            concerned = set().union(*(Caseload().customers(row) for row in (person, *away)))
            others = who_see(others.exclude(pk__in=away.values("pk")), concerned)
            others = others.prefetch_related("scopes__office", "scopes__region")
            self.fields["successor"].queryset = others.order_by("last_name", "first_name", "pk")
        else:
            self.leave_out("successor")

"""Forms of who a customer is, of programs, and of whom customers go to."""

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import EDITING_ROLES
from careerplan.accounts.models import Office, User
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import CountedTextField, DateField, NamedChoiceField, PastDateField, StateField, TextField
from careerplan.base.forms import PageForm, RowForm
from customers.adding import LONGEST_WORD_ON_DOUBLES
from customers.doubles import COMPARED
from customers.duties import who_see
from customers.enums import CustomerType, EnrollmentStatus
from customers.forms import PlannerField
from customers.models import Customer, Enrollment, Program
from customers.models.people import read_scope

OPEN_STATUSES = [(status.value, status.label) for status in EnrollmentStatus if status != EnrollmentStatus.EXITED]
# What says who it is, and the rest.
WHO = (("first_name", "last_name"), ("middle_name", "preferred_name"), ("birth_date", "state_id"), ("email", "phone"))
REST = (("language", "customer_type"), ("street", "city"), ("state", "zip_code"))
# Who may be the same person stands below what says so, within the form: the word of why is a field of it.
DOUBLES = "customers/_doubles_live.html"


class PersonFields(forms.Form):
    """What is known of a person, as it is typed."""

    first_name = TextField(label=_("First name"), max_length=100, required=False)
    middle_name = TextField(label=_("Middle name"), max_length=100, required=False)
    last_name = TextField(label=_("Last name"), max_length=100, required=False)
    preferred_name = TextField(
        label=_("Preferred name"),
        max_length=100,
        required=False,
        help_text=_("What the customer likes to be called. Forms show the legal name."),
    )
    birth_date = PastDateField(label=_("Birth date"), required=False)
    state_id = TextField(label=_("Participant ID"), max_length=20, required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    phone = TextField(label=_("Phone"), max_length=30, required=False, widget=forms.TextInput({"type": "tel"}))
    language = forms.ChoiceField(label=_("Preferred language"), choices=settings.LANGUAGES)
    street = TextField(label=_("Street"), max_length=120, required=False)
    city = TextField(label=_("City"), max_length=60, required=False)
    state = StateField(label=_("State"), max_length=2, required=False, help_text=_("Two letters, for example WI."))
    zip_code = TextField(label=_("ZIP code"), max_length=10, required=False)
    customer_type = forms.ChoiceField(
        label=_("Customer Type"), choices=[("", _("Not set")), *CustomerType.choices], required=False
    )

    # One of the two is enough: neither is required, nor said to be optional.
    first_name.mark_optional = last_name.mark_optional = False


class AddCustomerForm(PersonFields, PageForm):
    needs = TextField(
        label=_("What helps (accommodation)"), help_text=_("No medical detail."), max_length=200, required=False
    )
    large_print = forms.BooleanField(
        label=_("Large print"),
        help_text=_("Forms are printed, and the customer's pages are shown, in large letters."),
        required=False,
    )
    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.none(), empty_label=_("Choose an office")
    )
    planner = PlannerField(label=_("Career planner"), required=False, empty_label=_("Nobody yet"))
    program = NamedChoiceField(
        label=_("Program"), queryset=Program.objects.order_by("name"), required=False, empty_label=_("None yet")
    )
    status = forms.ChoiceField(label=_("Status"), choices=OPEN_STATUSES, required=False)
    begun_on = DateField(label=_("Begun"), required=False)
    invite = forms.BooleanField(
        label=_("Invite to sign in"),
        required=False,
        help_text=_("The customer gets an e-mail with a link to choose a password."),
    )
    word_on_doubles = CountedTextField(
        label=_("Why this is another person"), limit=LONGEST_WORD_ON_DOUBLES, required=False
    )
    word_on_doubles.mark_optional = False  # asked for where there is a double alone

    def __init__(self, *args: Any, by: User, **options: Any):
        offices, planners = offices_of(by), planners_beside(by)
        first = list(offices[:2])
        initial = {
            "office": first[0] if len(first) == 1 else None,
            "planner": by if by in planners else None,
            "status": EnrollmentStatus.APPLICANT,
            "begun_on": day_of(clock.now()),
            "language": "en",
        }
        super().__init__(*args, initial=initial | options.pop("initial", {}), **options)
        self.fields["office"].queryset = offices
        self.fields["office"].label_from_instance = lambda office: f"{office}, {office.region}"
        self.fields["planner"].queryset = planners
        self.fields["state_id"].help_text = _("Leave empty if there is none yet. The product makes a number.")
        self.fields["status"].mark_optional = False
        self.helper.layout = Layout(
            Fieldset(_("Person"), *rows_of(WHO), HTML(f'{{% include "{DOUBLES}" %}}'), *rows_of(REST)),
            Fieldset(_("What helps"), "needs", "large_print"),
            Fieldset(_("Office and program"), "office", "planner", "program", *rows_of((("status", "begun_on"),))),
            Fieldset(_("Sign-in"), "invite"),
        )

    def clean(self) -> Any:
        values = super().clean()
        if values.get("invite") and not values.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the e-mail address to which the invitation goes."))
        if not values.get("program"):
            values |= {"program": None, "status": "", "begun_on": None}
        return values

    def values(self) -> dict[str, Any]:
        """Of the customer, without what is done beside."""
        beside = {"invite", "word_on_doubles"}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}

    def said_of_the_person(self) -> dict[str, Any]:
        """What is typed so far, for the look for doubles: what can't be read says nothing."""
        return {name: self.read(name) for name in COMPARED}

    def read(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self[name].value())
        except forms.ValidationError:
            return None


def rows_of(rows: Any) -> list[Div]:
    return [Div(*row, css_class="fields-row") for row in rows]


def offices_of(user: User) -> Any:
    """Where the person may add customers."""
    rows = Office.objects.select_related("region").order_by("region__name", "name")
    return rows if user.sees_every_region else rows.filter(pk__in=read_scope(user).offices)


def planners_beside(user: User) -> Any:
    """Planners who can sign in and work for one of the person's offices."""
    rows = User.objects.filter(role__in=EDITING_ROLES, is_active=True).order_by("last_name", "first_name", "pk")
    if not user.sees_every_region:
        offices = read_scope(user).offices
        here = Q(scopes__office__in=offices) | Q(scopes__region__offices__in=offices)
        rows = rows.filter(pk__in=User.objects.filter(here).values("pk"))
    return rows.prefetch_related("scopes__office", "scopes__region")


class CorrectForm(PersonFields, RowForm):
    """The record's own data. With a sign-in, the e-mail is the one to sign in with."""

    def __init__(self, *args: Any, row: Customer, **options: Any):
        super().__init__(*args, row=row, **options)
        self.fields["state_id"].mark_optional = False
        if row.user_id is not None:
            self.fields["email"].mark_optional = False
            self.fields["email"].help_text = _(
                "The customer signs in with it. If you change it, we tell the customer at both addresses."
            )
        self.helper.layout = Layout(*rows_of(WHO + REST), "row_version")


class InviteForm(PageForm):
    adds_a_row = False

    email = forms.EmailField(label=_("Email"))


class EnrollForm(PageForm):
    program = NamedChoiceField(label=_("Program"), queryset=Program.objects.none(), empty_label=_("Choose a program"))
    planner = PlannerField(label=_("Career planner of the program"))
    status = forms.ChoiceField(label=_("Status"), choices=OPEN_STATUSES)
    begun_on = DateField(label=_("Begun"))

    def __init__(self, *args: Any, customer: Customer, by: User, **options: Any):
        super().__init__(*args, **options)
        taken = customer.enrollments.filter(exited_on=None).values("program")
        self.fields["program"].queryset = Program.objects.exclude(pk__in=taken).order_by("name")
        own = User.objects.filter(pk=customer.planner_id, is_active=True)
        people = User.objects.filter(pk__in=planners_beside(by).order_by().values("pk").union(own.values("pk")))
        self.fields["planner"].queryset = people.order_by("last_name", "first_name", "pk").prefetch_related(
            "scopes__office", "scopes__region"
        )


class StatusForm(RowForm):
    status = forms.ChoiceField(label=_("Status"), choices=OPEN_STATUSES)
    begun_on = DateField(label=_("Begun"))


class EndForm(RowForm):
    exited_on = DateField(label=_("Exit date"))
    successor = PlannerField(
        label=_("Who takes over what is still open"),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Only needed if a planner would no longer see the customer."),
    )

    def __init__(self, *args: Any, row: Enrollment, **options: Any):
        super().__init__(*args, row=row, **options)
        field: Any = self.fields["successor"]
        field.queryset = who_see(field.queryset, {row.customer_id})


class ReassignForm(PageForm):
    adds_a_row = False

    planner = TextField(widget=forms.HiddenInput)  # whose they are: a form's own address says nothing of it
    customers = forms.ModelMultipleChoiceField(
        label=_("Customers"),
        queryset=Customer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    everybody = forms.BooleanField(label=_("All customers of this list"), required=False)
    successor = PlannerField(label=_("New planner"), empty_label=_("Choose a planner"))

    customers.mark_optional = everybody.mark_optional = False
    field_order = ["planner", "everybody", "customers", "successor"]

    def __init__(self, *args: Any, customers: Any, planners: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["customers"].queryset = customers
        self.fields["customers"].label_from_instance = lambda row: format_html(
            "<bdi>{}</bdi> ({})", row.listed_name, row.state_id
        )
        self.fields["successor"].queryset = planners

    def chosen(self) -> list[Customer]:
        return list(
            self.fields["customers"].queryset if self.cleaned_data["everybody"] else self.cleaned_data["customers"]
        )

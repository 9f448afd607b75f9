"""Forms of planned services, and the catalog's filter."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.accounts.models import User
from careerplan.base.fields import (
    CountedTextField,
    DateField,
    MoneyField,
    NamedChoiceField,
    NumberField,
    TextField,
)
from careerplan.base.forms import PageForm, RowForm
from careerplan.base.words import lower_first
from careerplan.plans.coenrollment import open_enrollments
from careerplan.plans.forms import BarriersField, barriers_to_choose
from careerplan.plans.models import Barrier
from customers.models import Assessment, Program
from goals.models import CareerGoal, Goal
from services.enums import NeverProvided, ServiceRemoval, ServiceStatus
from services.models import HOURS_A_WEEK, PlannedService, ServiceCategory
from services.policy import needs_approval_in_exploration, needs_reason_in_exploration
from services.programs import likely_program, offered_programs


class CatalogFilterForm(forms.Form):
    """The dialog's category filter: a GET form, which holds the search too."""

    category = NamedChoiceField(
        label=_("Category"),
        queryset=ServiceCategory.objects.order_by("position"),
        required=False,
        empty_label=pgettext_lazy("categories", "All"),
        to_field_name="code",
    )


class ChosenServicesForm(PageForm):
    """What the services that are chosen in the catalog have in common; which they are the catalog's rows send."""

    mark_optional = False

    goal = forms.ModelChoiceField(
        label=_("Related goal"), queryset=Goal.objects.none(), required=False, empty_label=_("Not assigned yet")
    )
    planned_start_on = DateField(label=_("Planned start"), required=False)
    planned_end_on = DateField(label=_("Planned end"), required=False)

    def __init__(self, *args, goals, **options):
        super().__init__(*args, **options)
        self.fields["goal"].queryset = goals
        self.helper.layout = Layout(Div("goal", "planned_start_on", "planned_end_on", css_class="fields-row"))


class ServiceForm(RowForm):
    """One planned service, with the fields of every class of service (Illinois workNet, Service/Step Level)."""

    mark_optional = False  # nearly every field is
    rows = (
        ("row_version",),
        ("goal", "status"),
        ("planned_start_on", "planned_end_on"),
        ("actual_start_on", "ended_on"),
        ("weekly_hours", "program"),
        ("barriers",),
        ("assessment", "contract"),
        ("exploration_reason", "exploration_supervisor"),
        ("provider", "provider_contact"),
        ("dollar_value", "never_provided_reason"),
        ("early_supervisor",),
        ("notes",),
    )

    goal = forms.ModelChoiceField(
        label=_("Related goal"), queryset=Goal.objects.none(), required=False, empty_label=_("Not assigned yet")
    )
    status = forms.ChoiceField(label=_("Status"), choices=ServiceStatus)
    planned_start_on = DateField(label=_("Planned start"), required=False)
    planned_end_on = DateField(label=_("Planned end"), required=False)
    actual_start_on = DateField(
        label=_("Start date"), required=False, help_text=_("The day the service actually started.")
    )
    ended_on = DateField(
        label=_("Completion date"), required=False, help_text=_("Required when the status is Complete or Terminated.")
    )
    weekly_hours = NumberField(label=_("Weekly hours"), most=HOURS_A_WEEK, required=False)
    barriers = BarriersField(
        label=_("Related barriers"),
        queryset=Barrier.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    program = NamedChoiceField(
        label=_("Program"), queryset=Program.objects.none(), required=False, empty_label=_("Not set")
    )
    assessment = forms.ModelChoiceField(
        label=_("Assessment that shows the need"),
        queryset=Assessment.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Every planned service meets a need that an assessment or a barrier shows (12.7.3)."),
    )
    contract = TextField(label=_("Funding source or contract"), max_length=100, required=False)
    exploration_reason = TextField(
        label=_("Why it is needed during career exploration"), max_length=300, required=False
    )
    exploration_supervisor = TextField(
        label=_("Supervisor who approves it during career exploration"), max_length=150, required=False
    )
    early_supervisor = TextField(
        label=_("Supervisor who allows an early start"),
        max_length=150,
        required=False,
        help_text=_("Only for a service that an assessment calls for. Say why in the notes."),
    )
    provider = TextField(label=_("Other provider"), max_length=150, required=False)
    provider_contact = TextField(label=_("Provider's address and phone"), max_length=200, required=False)
    dollar_value = MoneyField(
        label=_("Dollar value"),
        digits=10,
        required=False,
        help_text=_("The amount related to the service, for example a bus pass. Not payroll."),
    )
    never_provided_reason = forms.ChoiceField(
        label=_("Why it was never provided"),
        choices=[("", _("Choose a reason")), *NeverProvided.choices],
        required=False,
    )
    notes = CountedTextField(
        label=_("Notes"), limit=2000, required=False, help_text=_("The customer reads these notes in the plan.")
    )

    def __init__(self, *args, row: PlannedService, grantee: str, by: User, **options):
        super().__init__(*args, row=row, **options)
        plan = row.plan
        self.fields["goal"].queryset = Goal.objects.in_plan().filter(plan=plan).in_order()
        self.fields["barriers"].queryset = barriers_to_choose(plan)
        if not self.fields["barriers"].queryset:
            del self.fields["barriers"]
        offer_programs(self.fields["program"], row)
        if row.program_id is None and not row.has_begun:
            self.initial["program"] = likely_program(row, by)
        self.fields["assessment"].queryset = Assessment.objects.filter(customer=plan.customer_id).order_by(
            "-assessed_on", "-id"
        )
        if not needs_approval_in_exploration(row.service.in_exploration):
            del self.fields["exploration_supervisor"]
        if not (needs_reason_in_exploration(row.service.in_exploration) or supports_exploration(row)):
            del self.fields["exploration_reason"]
        if not settings.EARLY_DELIVERY_BY_ASSESSMENT:
            del self.fields["early_supervisor"]
        self.fields["provider"].help_text = _("Leave empty when %(grantee)s provides the service.") % {
            "grantee": grantee
        }
        if row.service.needs_dollar_value:
            self.fields["dollar_value"].help_text = _("Required for a supportive service before the plan is sent.")
        rows = ([name for name in row if name in self.fields] for row in self.rows)
        self.helper.layout = Layout(*(Div(*row, css_class="fields-row") for row in rows))

    def values_of(self, row):
        return super().values_of(row) | {"barriers": list(row.barriers.select_related("category"))}

    def clean(self):
        values = super().clean()
        if values.get("provider_contact") and not values.get("provider"):
            self.add_error("provider", _("Enter the provider's name."))
        if values.get("provider") and not values.get("provider_contact"):
            label = lower_first(str(self.fields["provider_contact"].label))
            self.add_error("provider_contact", _("Enter the %(label)s.") % {"label": label})
        return values


def offer_programs(field: forms.ModelChoiceField, planned: PlannedService) -> None:
    """The programs that may give the service, and the one that it names already."""
    offered = {found.pk for found in offered_programs(planned.service, open_enrollments(planned.plan.customer))}
    field.queryset = Program.objects.filter(pk__in=offered | {planned.program_id} - {None})
    if not offered:
        field.help_text = _("None of the customer's programs offers this service.")


def supports_exploration(row: PlannedService) -> bool:
    """Support is given in career exploration where it is needed to take part (12.7.5)."""
    explored = CareerGoal.objects.in_plan().filter(plan=row.plan_id, explores=True)
    return row.service.is_supportive and explored.exists()


class AssessmentStepForm(PageForm):
    """Date, by whom, result; the program only where it does not follow from the catalog."""

    assessed_on = DateField(label=_("Date of the assessment"))
    assessed_by = TextField(
        label=_("Assessed by"), max_length=150, error_messages={"required": _("Enter who did the assessment.")}
    )
    result = TextField(
        label=_("Result"), max_length=200, help_text=_("In short: interests, skill level and the support needed.")
    )
    program = NamedChoiceField(label=_("Program"), queryset=Program.objects.none(), empty_label=_("Choose a program"))

    def __init__(self, *args, planned: PlannedService, by: User, **options):
        """`planned`: the service as it would be entered."""
        super().__init__(*args, **options)
        offer_programs(self.fields["program"], planned)
        mine = [row.program_id for row in open_enrollments(planned.plan.customer) if row.planner_id == by.pk]
        if own := self.fields["program"].queryset.filter(pk__in=mine):  # another planner's program asks that planner
            self.fields["program"].queryset = own
        if planned.program_id is not None or likely_program(planned, by) or not self.fields["program"].queryset:
            self.leave_out("program")


class FundingForm(PageForm):
    """The new funding of a service that is under way."""

    program = NamedChoiceField(
        label=_("Program"), queryset=Program.objects.none(), required=False, empty_label=_("Not set")
    )
    contract = TextField(label=_("Funding source or contract"), max_length=100)
    changes_on = DateField(label=_("First day of the new funding"))

    def __init__(self, *args, planned, **options):
        super().__init__(*args, **options)
        offer_programs(self.fields["program"], planned)
        self.fields["program"].initial = planned.program


class ServiceRemovalForm(PageForm):
    adds_a_row = False

    removal = forms.ChoiceField(
        label=_("Why it is being removed from the plan"),
        choices=ServiceRemoval,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you are removing the service from the plan.")},
    )
    note = TextField(label=_("More about the reason"), max_length=200, required=False)


class CredentialForm(PageForm):
    name = TextField(label=_("Credential"), max_length=150)
    earned_on = DateField(label=_("Earned on"), error_messages={"required": _("Enter the day it was earned.")})
    service = forms.ModelChoiceField(
        label=_("Completed service"),
        queryset=PlannedService.objects.none(),
        required=False,
        empty_label=_("Not earned through a service of the plan"),
        help_text=_("Only complete services are listed."),
    )

    def __init__(self, *args, customer, **options):
        super().__init__(*args, **options)
        self.fields["service"].queryset = PlannedService.objects.filter(
            plan__customer=customer, status=ServiceStatus.COMPLETE
        ).select_related("service")

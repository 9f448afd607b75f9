"""Forms of planned services, and the catalog's filter."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

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
from careerplan.base.readable import dollars
from careerplan.base.words import lower_first
from careerplan.plans.coenrollment import open_enrollments
from careerplan.plans.forms import BarriersField, barriers_to_choose
from careerplan.plans.kinds import keys_linked, linked_in
from careerplan.plans.models import Barrier
from customers.models import Assessment, Enrollment, Program
from goals.models import Goal
from services.choices import Choices, choices_for
from services.classes.form_part import FormPart
from services.enums import ServiceRemoval
from services.models import HOURS_A_WEEK, PlannedService
from services.policy import needs_approval_in_exploration, needs_reason_in_exploration
from services.programs import likely_among, likely_program, offered_programs

BEFORE_SENDING = _("Required before the plan is sent.")
NO_GOAL_YET = _("This plan has no goal yet. Write one under Set Goals first.")


class ServiceForm(FormPart, RowForm):
    """One planned service, with the fields of every class of service (Illinois workNet, Service/Step Level);
    `services.classes.forms.form_of` gives the one with those of its own class. It has no status: a move asks for what
    it demands (services/moves), and its days are corrected here once they are said."""

    mark_optional, mark_required = False, True  # nearly every field is optional
    rows = (
        ("row_version",),
        ("goal", "program"),
        ("planned_start_on", "planned_end_on"),
        ("actual_start_on", "ended_on"),
        ("weekly_hours",),
        ("barriers",),
        ("assessment", "contract"),
        ("exploration_reason", "exploration_supervisor"),
        ("provider", "provider_contact"),
        ("dollar_value",),
        ("early_supervisor",),
        ("notes",),
    )

    goal = forms.ModelChoiceField(
        label=_("Related goal"), queryset=Goal.objects.none(), required=False, empty_label=_("Not assigned yet")
    )
    planned_start_on = DateField(label=_("Planned start"), required=False)
    planned_end_on = DateField(label=_("Planned end"), required=False)
    actual_start_on = DateField(label=_("Start date"), help_text=_("The day the service actually started."))
    ended_on = DateField(label=_("Completion date"), help_text=_("The last day of the service."))
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
    notes = CountedTextField(
        label=_("Notes"), limit=2000, required=False, help_text=_("The customer reads these notes in the plan.")
    )

    def __init__(
        self,
        *args,
        row: PlannedService,
        grantee: str,
        by: User,
        assigns: bool = False,
        choices: Choices | None = None,
        **options,
    ):
        """`assigns`: what stands under no goal may come under one now; the only one is offered. `choices`: as they were
        read for the page."""
        super().__init__(*args, row=row, **options)
        found = choices or choices_for(row)
        self.offer_choices(found)
        if assigns and row.goal_id is None and row.needs_goal and len(found.goals) == 1:
            self.initial["goal"] = found.goals[0]
        if row.needs_goal:
            self.fields["goal"].help_text = BEFORE_SENDING if found.goals else NO_GOAL_YET
        self.fields["planned_start_on"].help_text = BEFORE_SENDING
        if row.program_id is None and not row.has_begun:
            self.initial["program"] = likely_among(row, found.enrollments, by)
        if not needs_approval_in_exploration(row.service.in_exploration):
            del self.fields["exploration_supervisor"]
        if not (needs_reason_in_exploration(row.service.in_exploration) or supports_exploration(row, found)):
            del self.fields["exploration_reason"]
        if not settings.EARLY_DELIVERY_BY_ASSESSMENT:
            del self.fields["early_supervisor"]
        self.fields["provider"].help_text = _("Leave empty when %(grantee)s provides the service.") % {
            "grantee": grantee
        }
        if row.service.needs_dollar_value:
            self.fields["dollar_value"].help_text = _("Required for a supportive service before the plan is sent.")
        unsaid = [name for name in ("actual_start_on", "ended_on") if getattr(row, name) is None]
        amount = self.fields["dollar_value"]
        amount.help_text = amount_help(row, self.amount_words or amount.help_text)
        for name in (*self.without, *unsaid):
            del self.fields[name]
        placed = {name for row in (*self.first_rows, *self.class_rows) for name in row}
        rest = [[name for name in row if name not in placed] for row in self.rows]
        rows = (*self.first_rows, *rest[:-1], *self.class_rows, *rest[-1:])
        rows = [[name for name in row if name in self.fields] for row in rows]
        self.helper.layout = Layout(*(Div(*row, css_class="fields-row") for row in rows if row))

    def offer_choices(self, found: Choices) -> None:
        """What is sent is looked up, what is shown is at hand."""
        plan, fields = self.row.plan, self.fields
        fields["goal"].queryset = Goal.objects.in_plan().filter(plan=plan)
        fields["barriers"].queryset = barriers_to_choose(plan)
        fields["assessment"].queryset = Assessment.objects.filter(customer=plan.customer_id)
        for name, rows in (("goal", found.goals), ("assessment", found.assessments)):
            labels = [(each.pk, fields[name].label_from_instance(each)) for each in rows]
            fields[name].choices = [("", fields[name].empty_label), *labels]
        fields["barriers"].choices = [(each.pk, fields["barriers"].on_page(each)) for each in found.barriers]
        if not found.barriers:
            del fields["barriers"]
        offer_programs(fields["program"], self.row, found.enrollments)

    def values_of(self, row):
        detail = row.detail
        own = {} if detail is None else {field.name: getattr(detail, field.name) for field in detail.own_fields()}
        is_read = hasattr(row, linked_in("barriers"))
        barriers = keys_linked(row, "barriers") if is_read else row.barriers.select_related("category")
        return super().values_of(row) | own | {"barriers": list(barriers)}

    def clean(self):
        values = super().clean()
        if values.get("provider_contact") and not values.get("provider"):
            self.add_error("provider", _("Enter the provider's name."))
        if values.get("provider") and not values.get("provider_contact"):
            label = lower_first(str(self.fields["provider_contact"].label))
            self.add_error("provider_contact", _("Enter the %(label)s.") % {"label": label})
        return values


def amount_help(planned: PlannedService, former: Any) -> Any:
    """And of a service that was agreed to, what a change of the amount means."""
    if planned.authorised_in_id is None:
        return former
    if settings.DOLLAR_CHANGE_LIMIT:
        said = _("What differs by more than %(limit)s from the signed amount asks the customer.")
        return f"{former} {said % {'limit': dollars(str(settings.DOLLAR_CHANGE_LIMIT))}}"
    recorded = _("A change is recorded, and shown at the next review.")
    return f"{former} {recorded}"


def offer_programs(
    field: forms.ModelChoiceField, planned: PlannedService, enrollments: list[Enrollment] | None = None
) -> None:
    """The programs that may give the service, and the one that it names already. `enrollments`: the open ones, where
    they are at hand."""
    known = open_enrollments(planned.plan.customer) if enrollments is None else enrollments
    offered = {found.pk: found for found in offered_programs(planned.service, known)}
    programs = offered | ({planned.program.pk: planned.program} if planned.program else {})
    field.queryset = Program.objects.filter(pk__in=programs)
    if enrollments is not None:
        labels = [(key, field.label_from_instance(program)) for key, program in programs.items()]
        field.choices = [("", field.empty_label), *labels]
    if not offered:
        field.help_text = _("None of the customer's programs offers this service.")


def supports_exploration(row: PlannedService, choices: Choices) -> bool:
    """Support is given in career exploration where it is needed to take part (12.7.5)."""
    return row.service.is_supportive and choices.explores


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

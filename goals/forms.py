"""Forms of goal statements, career goals, action steps and the desired career path."""

from typing import ClassVar

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from careerplan.base.dates import in_row
from careerplan.base.fields import CountedTextField, DateField, MoneyField, NamedChoiceField, TextField
from careerplan.base.forms import PageForm, RowForm
from careerplan.base.templatetags.direction import bdi
from careerplan.base.words import is_blank
from careerplan.plans.forms import BarriersField, RewordingForm, barriers_to_choose, rewording_field
from careerplan.plans.kinds import keys_linked
from careerplan.plans.models import Barrier, EmploymentPlan
from customers.models import Assessment
from goals.answering import LINKS
from goals.enums import GoalStatus, Smart, StepWho, Term
from goals.models import (
    CREDENTIAL_LIMIT,
    SAID_LIMIT,
    STATEMENT_LIMIT,
    STEP_LIMIT,
    CareerCluster,
    Goal,
    GoalCategory,
)
from goals.occupation_field import OccupationField
from goals.progress.saying import MISSING, SAID, last_setback


class AssessmentsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name}: {obj.result} ({in_row(obj.assessed_on)})"

    def on_page(self, obj):
        """With what was typed in elements of its own direction."""
        return format_html("{}: {} ({})", bdi(obj.name), bdi(obj.result), in_row(obj.assessed_on))


class GoalForm(RowForm):
    statement = CountedTextField(
        label=_("Goal statement"),
        limit=STATEMENT_LIMIT,
        help_text=format_lazy(
            _("In the customer's own words: realistic, measurable and attainable. {limit} characters or fewer."),
            limit=STATEMENT_LIMIT,
        ),
    )
    category = NamedChoiceField(
        label=_("Category"),
        queryset=GoalCategory.objects.filter(is_active=True).order_by("position"),
        empty_label=_("Choose a category"),
    )
    term = forms.ChoiceField(
        label=_("Short term or long term"),
        choices=Term,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose short term or long term.")},
    )
    status = forms.ChoiceField(label=_("Status"), choices=GoalStatus)
    setback_reason = CountedTextField(
        label=_("Why it is off track"),
        limit=SAID_LIMIT,
        required=False,
        help_text=_("Required for Off Track. The customer is told, in your words."),
    )
    setback_remedy = CountedTextField(
        label=_("What will be done"),
        limit=SAID_LIMIT,
        required=False,
        help_text=_("Required for Off Track: what you and the customer will do to get back on track."),
    )
    verified_how = CountedTextField(
        label=_("How you verified it"),
        limit=SAID_LIMIT,
        required=False,
        help_text=_("Required for Complete: for example a diploma that you saw, or whom you called."),
    )

    smart = forms.MultipleChoiceField(
        label=_("What you have looked at"),
        choices=Smart,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you went through with the customer. You can save the goal with or without it."),
    )
    barriers = BarriersField(
        label=_("Related barriers"),
        queryset=Barrier.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The barriers that this goal helps with."),
    )
    assessments = AssessmentsField(
        label=_("Related assessments"),
        queryset=Assessment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The assessments that this goal comes from."),
    )
    credential = TextField(
        label=_("Credential that it leads to"),
        max_length=CREDENTIAL_LIMIT,
        required=False,
        help_text=_("A diploma, certificate or license along the career pathway, for example a CNA certificate."),
    )

    def __init__(self, *args, plan: EmploymentPlan | None = None, choices=(), row: Goal | None = None, **options):
        """`choices`: the barriers and the assessments that it may answer, by field, as they were read for the page."""
        super().__init__(*args, row=row, **options)
        if plan is not None:
            self.fields["barriers"].queryset = barriers_to_choose(plan)
            self.fields["assessments"].queryset = Assessment.objects.filter(customer=plan.customer_id)
        for name, rows in dict(choices).items():
            self.fields[name].choices = [(row.pk, self.fields[name].on_page(row)) for row in rows]
            if not rows:
                del self.fields[name]
        self.helper.layout = Layout(
            *("row_version", "statement", "category", "term", "smart", "status"),
            HTML('{% include "goals/_statuses.html" %}'),
            Div("setback_reason", "setback_remedy", css_class="only-off-track"),
            Div("verified_how", css_class="only-complete"),
            *(name for name in ("barriers", "assessments", "credential") if name in self.fields),
        )
        for name in (*SAID, "smart"):
            self.fields[name].mark_optional = False  # the help says when it is required
        self.offer_present("category")
        if row is None:
            self.fields["status"].initial = GoalStatus.NOT_STARTED
        if row is None or row.status != GoalStatus.STARTED:
            self.fields["status"].choices = [choice for choice in GoalStatus.choices if choice[0] != GoalStatus.STARTED]

    def clean(self):
        """All that a goal which goes off track has to say is asked for at once; the action asks for one after the
        other."""
        values = super().clean() or {}
        was_off_track = self.row is not None and self.row.status == GoalStatus.OFF_TRACK
        if values.get("status") == GoalStatus.OFF_TRACK and not was_off_track:
            for name, sentence in MISSING.items():
                if not self.errors.get(name) and is_blank(values.get(name, "")):
                    self.add_error(name, sentence)
        return values

    def values_of(self, row):
        """What was said of the status stands in the form as long as it is the status."""
        setback = last_setback(row) if row.status == GoalStatus.OFF_TRACK else None
        said = {
            "setback_reason": setback.reason if setback else "",
            "setback_remedy": setback.remedy if setback else "",
        }
        verified = (row.verified_how or "") if row.status == GoalStatus.COMPLETE else ""
        links = {name: list(keys_linked(row, name)) for name in LINKS}
        return super().values_of(row) | links | {"verified_how": verified} | said


class CareerGoalWordsForm(PageForm):
    words = TextField(label=_("Goal in words"), max_length=200)


class StepForm(RewordingForm):
    words: ClassVar = {"rewording": "text"}

    text = CountedTextField(
        label=_("Action step"), limit=STEP_LIMIT, help_text=_("What will be done, by whom, by when.")
    )
    rewording = rewording_field(
        label=_("What changed in the words"),
        clearer=_("The same step, in clearer words"),
        another=_("Another step: the customer is asked"),
    )
    goal = forms.ModelChoiceField(label=_("Related goal"), queryset=Goal.objects.none(), empty_label=_("Choose a goal"))
    who = forms.ChoiceField(
        label=_("Who does it"), choices=StepWho, error_messages={"required": _("Choose who does it.")}
    )
    due_on = DateField(label=_("Due"), required=False)
    done_on = DateField(label=_("Done"), required=False)

    def __init__(self, *args, plan, under: Goal | None = None, **options):
        """`under`: the goal that is offered first."""
        super().__init__(*args, **options)
        self.fields["goal"].queryset = Goal.objects.in_plan().filter(plan=plan).in_order()
        if under is not None:
            self.initial["goal"] = under


class PathwaySelect(forms.Select):
    """A pathway whose name is in another language than the page says in which."""

    def create_option(self, name, value, *args, **options):
        option = super().create_option(name, value, *args, **options)
        if value and value.instance.plain_name.is_foreign:
            option["attrs"]["lang"] = value.instance.plain_name.language
        return option


class PathwayField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.plain_name


class WishesForm(RowForm):
    """Of the desired career path, what is typed and not searched for: the pathway and the pay."""

    pathway = PathwayField(
        label=_("Career pathway choice"),
        queryset=CareerCluster.objects.filter(is_active=True).order_by("position"),
        required=False,
        empty_label=_("None"),
        widget=PathwaySelect,
    )
    wage_goal = MoneyField(label=_("Wage goal (dollars per hour)"), digits=6, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.offer_present("pathway")


class CareerPathForm(WishesForm):
    field_order = ("pathway", "occupation_1_code", "occupation_2_code", "wage_goal")

    occupation_1_code = OccupationField(label=_("Occupation 1"), required=False)
    occupation_2_code = OccupationField(label=_("Occupation 2"), required=False)

    def values_of(self, row):
        names = {"occupation_1_code": row.occupation_1, "occupation_2_code": row.occupation_2}
        shown = {name: str(occupation) if occupation else "" for name, occupation in names.items()}
        return {**shown, "pathway": row.pathway, "wage_goal": row.wage_goal}

    def values(self):
        values = super().values()
        for number in (1, 2):
            values[f"occupation_{number}"] = values.pop(f"occupation_{number}_code")
        return values

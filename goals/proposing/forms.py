"""Forms of proposed steps: the customer's, and the planner's decision."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import CountedTextField, DateField
from careerplan.base.forms import WritingForm
from careerplan.base.templatetags.wording import language_name
from careerplan.base.words import is_blank
from careerplan.plans.models import EmploymentPlan
from goals.enums import StepWho
from goals.models import Goal
from goals.proposing.actions import WORD_MISSING
from goals.proposing.models import TEXT_LIMIT, WORD_LIMIT, StepProposal


class SpokenSelect(forms.Select):
    """A list whose options are in one language, which may be another than the page's; the first one is the page's."""

    language = ""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **options)
        if option["value"] and self.language:
            option["attrs"] |= {"lang": self.language, "dir": "auto"}
        return option


class AgreedGoalField(forms.ModelChoiceField):
    """The goals to which the customer agreed, in the words of that version."""

    widget = SpokenSelect

    statements: Mapping[int, str] = {}

    def label_from_instance(self, obj: Goal) -> str:
        return self.statements[obj.pk]


class ProposeForm(WritingForm):
    field_order = ["text", "goal", "wished_on", "written_in"]

    text = CountedTextField(
        label=_("What you want to do"),
        limit=TEXT_LIMIT,
        help_text=_("One step, in your own words. For example: Ask the college when the course begins."),
        error_messages={"required": _("Write what you want to do.")},
    )
    goal = AgreedGoalField(
        label=_("For which goal"), queryset=Goal.objects.none(), required=False, empty_label=_("I am not sure")
    )
    wished_on = DateField(label=_("By when"), required=False)

    def __init__(self, *args: Any, statements: Mapping[int, str], goals_in: str = "", **options: Any):
        """`statements`: the agreed goals, by their keys; `goals_in`: the language in which they are written."""
        super().__init__(*args, **options)
        self.fields["goal"].widget.language = goals_in
        self.fields["goal"].statements = statements
        self.fields["goal"].queryset = Goal.objects.filter(pk__in=statements).in_order()
        if not statements:
            self.leave_out("goal")


class WordForm(WritingForm):
    """The planner's word about a proposed step."""

    word = CountedTextField(label=_("Your word to the customer"), limit=WORD_LIMIT)


class DeclineForm(WordForm):
    adds_a_row = False
    field_order = ["word", "written_in"]

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["word"].help_text = _("Why the step does not go into the plan, and what could help instead.")
        self.fields["word"].error_messages["required"] = _("Say why. The customer reads it.")


class AcceptForm(WordForm):
    field_order = ["text", "goal", "who", "due_on", "word", "written_in"]

    text = CountedTextField(label=_("Action step"), limit=TEXT_LIMIT)
    goal = forms.ModelChoiceField(label=_("Related goal"), queryset=Goal.objects.none(), empty_label=_("Choose a goal"))
    who = forms.ChoiceField(
        label=_("Who does it"), choices=StepWho, error_messages={"required": _("Choose who does it.")}
    )
    due_on = DateField(label=_("Due"), required=False)

    def __init__(self, *args: Any, proposal: StepProposal, plan: EmploymentPlan, **options: Any):
        super().__init__(*args, language=plan.written_in, **options)
        self.proposal = proposal
        goals = Goal.objects.in_plan().filter(plan=plan).in_order()
        self.fields["goal"].queryset = goals
        self.fields["text"].help_text = format_lazy(
            _("The customer's words, or clearer ones. The plan is written in {language}."),
            language=language_name(plan.written_in),
        )
        self.fields["word"].required = False
        self.fields["word"].help_text = _("Needed where you change the words of the step.")
        self.initial |= {
            "text": proposal.text,
            "goal": proposal.goal_id,
            "who": StepWho.CUSTOMER,
            "due_on": proposal.wished_on,
        }

    def clean(self) -> dict[str, Any]:
        """The word that other words need is asked for with all else that is missing."""
        values: dict[str, Any] = super().clean() or {}
        text = values.get("text", "").strip()
        if text not in {"", self.proposal.text} and is_blank(values.get("word", "")) and not self.errors.get("word"):
            self.add_error("word", WORD_MISSING)
        return values

    def values(self) -> dict[str, Any]:
        """Of the action step."""
        return {name: self.cleaned_data[name] for name in ("text", "goal", "who", "due_on")}

    def said(self) -> dict[str, Any]:
        """The word, and its language."""
        return {name: self.cleaned_data[name] for name in ("word", "written_in")}

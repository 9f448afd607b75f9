"""Forms of what a customer says to a version that waits, and of the planner's answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from acknowledgments.enums import Stance
from acknowledgments.models import ItemQuestion
from careerplan.base.fields import CountedTextField, TextField
from careerplan.base.forms import PageForm, WritingForm


class AskForm(PageForm):
    """One line about one item; the button that is pressed says how it is meant."""

    text = TextField(
        label=_("Your question, or what you do not want"),
        max_length=ItemQuestion.TEXT_LIMIT,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"required": _("Write what you want to ask or say.")},
    )
    stance = forms.ChoiceField(
        choices=Stance,
        error_messages={
            "required": _("Choose whether you are asking or saying no."),
            "invalid_choice": _("Choose whether you are asking or saying no."),
        },
    )


class AnswerQuestionForm(WritingForm):
    field_order = ["answer", "written_in"]

    answer = TextField(
        label=_("Your answer"),
        max_length=ItemQuestion.ANSWER_LIMIT,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"required": _("Write the answer.")},
    )


class DisagreeForm(PageForm):
    adds_a_row = False

    reason = CountedTextField(
        label=_("Why you do not agree"),
        limit=1000,
        help_text=_("A few words are enough. Your planner reads them."),
        error_messages={"required": _("Say in a few words why you do not agree.")},
    )

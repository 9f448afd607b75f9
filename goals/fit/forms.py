"""Forms of the job fit review: a screen of items to rate, and the review from outside."""

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.fields import CountedTextField, DateField, TextField
from careerplan.base.forms import PageForm
from careerplan.base.spoken import Words, isolated
from customers.forms import RecordFileField
from goals.fit.actions import GivenComfort
from goals.fit.enums import Comfort, FitProgram
from goals.fit.models import JobFitAnswer

LONGEST_WORDS_OF_NOTE = 2000
SHOWED = re.compile(r"(\d{1,9})-([0-5])")


class RateForm(PageForm):
    """One screen: an item each, with five radio buttons, and hidden what the screen showed of it before."""

    # A screen may be saved over and over: what others said meanwhile is noticed by each row's version.
    form_key = None
    mark_optional = False

    def __init__(self, *args, answers, **options):
        self.answers = {answer.pk: answer for answer in answers}
        self.base_fields = {name: field for answer in answers for name, field in fields_of(answer)}
        super().__init__(*args, **options)

    @property
    def said(self) -> dict[int, GivenComfort]:
        """By the key of the answer; an item of which the post does not say what the screen showed is left out."""
        found = {}
        for key in self.answers:
            if shown := SHOWED.fullmatch(self.cleaned_data[f"showed_{key}"]):
                found[key] = GivenComfort(self.cleaned_data[f"item_{key}"], int(shown[2]) or None, int(shown[1]))
        return found

    def tell_differing(self, differing: list[JobFitAnswer]) -> None:
        """At each item that somebody else answered meanwhile: what was said, and what to do. Saving once more holds."""
        self.data = self.data.copy()
        for answer in differing:
            sentence = _("%(person)s chose “%(comfort)s” meanwhile. Keep yours or take theirs, and save again.")
            words = {"person": isolated(str(answer.said_by)), "comfort": answer.get_comfort_display()}
            self.add_error(f"item_{answer.pk}", forms.ValidationError(sentence % words, code="said-meanwhile"))
            self.data[f"showed_{answer.pk}"] = showed(answer)


def fields_of(answer: JobFitAnswer) -> list[tuple[str, forms.Field]]:
    comfort = forms.TypedChoiceField(
        label=asked(answer.in_words),
        choices=Comfort.choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial=answer.comfort,
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput, initial=showed(answer))
    return [(f"item_{answer.pk}", comfort), (f"showed_{answer.pk}", before)]


def showed(answer: JobFitAnswer) -> str:
    """What a screen shows of an answer: the row's version, and the comfort (0: none)."""
    return f"{answer.row_version}-{answer.comfort or 0}"


def asked(words: Words) -> str:
    """The item in its language; that it is in another one than the page is said once a screen."""
    return format_html('<bdi lang="{}">{}</bdi>', words.language, words)


class OutsideForm(PageForm):
    """The three steps in one: the box, the upload with its four fields filled in, and the case note."""

    is_done_outside = forms.BooleanField(
        label=gettext_lazy("Job Fit Review was completed outside"),
        error_messages={"required": gettext_lazy("Tick that the Job Fit Review was completed outside.")},
    )
    name = TextField(label=gettext_lazy("Name of the assessment"), max_length=120)
    assessed_on = DateField(
        label=gettext_lazy("Date of the assessment"),
        error_messages={"required": gettext_lazy("Enter the date of the assessment.")},
    )
    result = TextField(label=gettext_lazy("Result"), max_length=200)
    assessed_by = TextField(label=gettext_lazy("Assessed by"), max_length=150, required=False)
    file = RecordFileField()
    program = forms.ChoiceField(label=gettext_lazy("Program"), choices=FitProgram, widget=forms.RadioSelect)
    note = CountedTextField(
        label=gettext_lazy("Case note"),
        limit=LONGEST_WORDS_OF_NOTE,
        help_text=gettext_lazy("The name, the result and the date of the assessment are added to it."),
    )

    def __init__(self, *args, programs, **options):
        super().__init__(*args, **options)
        self.programs = programs
        self.fields["program"].choices = [(program.value, program.label) for program in programs]
        if len(programs) == 1:
            self.leave_out("program")

    def values(self) -> dict[str, Any]:
        """What the action takes: the only program is filled in."""
        return {"program": self.programs[0].value, **self.cleaned_data}

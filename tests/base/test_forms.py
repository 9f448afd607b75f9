"""Forms in words: what an empty field says, dates, long texts, and a colleague's change beside one's own."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from careerplan.base.forms import CountedTextField, DateField, PageForm
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.demo.cast import ANGELA
from careerplan.plans.forms import BarrierForm, BarrierRemovalForm, ClosePlanForm
from customers.forms import AssessmentForm, CaseNoteForm, MessageForm, SummaryForm
from customers.models import Assessment
from goals.forms import GoalForm
from tests.page_forms import page_forms


class Sample(PageForm):
    day = DateField(label="Completion date")
    text = CountedTextField(label="Goal statement", limit=10)
    program = forms.ChoiceField(label="WIOA program", choices=[("a", "A")])
    name = forms.CharField(label="Name", error_messages={"required": "Say who."})
    unnamed = forms.CharField()


GIVEN = {"day": "2026-03-31", "text": "Earn GED", "program": "a", "name": "Mei", "unnamed": "x"}


def errors_of(**values):
    return Sample(GIVEN | values).errors


# --- empty fields -----------------------------------------------------------------------------


def test_an_empty_field_says_what_to_enter():
    assert Sample({}).errors == {
        "day": ["Enter the completion date."],
        "text": ["Enter the goal statement."],
        "program": ["Choose the WIOA program."],
        "name": ["Say who."],
        "unnamed": ["Enter the value."],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "form",
    [AssessmentForm, BarrierForm, BarrierRemovalForm, CaseNoteForm, ClosePlanForm, GoalForm, MessageForm, SummaryForm],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_form_of_ours_says_only_that_a_field_is_required(form, language):
    with translation.override(language):
        said = [sentence for sentences in form({}).errors.values() for sentence in sentences]
        assert said
        assert forms.Field.default_error_messages["required"] not in said
        assert "%(" not in "".join(said)


HALF_SENTENCES = {"Why", "How", "Who", "What", "When", "Where", "Earned", "Done", "Due"}


def test_a_label_that_is_half_a_sentence_has_words_of_its_own_for_the_empty_field():
    """ "Enter the why." is no sentence; "Enter the date of contact." is one."""
    by_itself = forms.Field.default_error_messages["required"]
    fields = [field for form in page_forms() for field in form.base_fields.values() if field.required]
    labels = {str(field.label) for field in fields if field.error_messages["required"] == by_itself}
    assert labels
    assert not [label for label in labels if label.split()[0] in HALF_SENTENCES]


# --- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_date_is_written_for_the_browsers_date_picker_in_every_language(language):
    with translation.override(language):
        html = str(Sample(initial={"day": date(2027, 3, 31)})["day"])
    assert 'type="date"' in html
    assert 'value="2027-03-31"' in html


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("typed", ["2027-03-31", "03/31/2027", "3/31/2027", "03/31/27"])
def test_a_date_is_read_as_it_is_written_here_in_every_language(language, typed):
    with translation.override(language):
        form = Sample(GIVEN | {"day": typed})
        assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2027, 3, 31)


@pytest.mark.parametrize("typed", ["31.03.2027", "2027-02-30", "31/03/2027", "tomorrow"])
def test_what_is_no_date_is_told_with_an_example(typed):
    assert errors_of(day=typed) == {"day": ["Enter a real date, for example 03/31/2027."]}


# --- long texts -------------------------------------------------------------------------------


def test_a_line_break_counts_as_one_character():
    form = Sample(GIVEN | {"text": "1234\r\n\r\n789"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "1234\n\n789"
    assert Sample(GIVEN | {"text": "1234\r\n\r\n789X"}).is_valid()


def test_a_long_text_is_refused_with_its_length_and_never_cut():
    form = Sample(GIVEN | {"text": "12345\r\n7890X"})
    assert form.errors == {"text": ["Shorten this to 10 characters or fewer. It has 11 now."]}
    assert "12345" in str(form["text"])
    assert "7890X" in str(form["text"])


def test_the_counter_of_a_text_does_not_keep_one_from_typing_on():
    html = str(Sample()["text"])
    assert 'data-counter="10"' in html
    assert "maxlength" not in html


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "place"), [("text", "text"), (None, "__all__"), ("elsewhere", "__all__")])
def test_a_refusal_stands_at_its_field_or_above_the_form(field, place):
    form = Sample(GIVEN)
    assert form.is_valid()
    form.refuse(Refusal("too-vague", "Say it plainly.", field=field))
    assert form.errors == {place: ["Say it plainly."]}
    assert form.has_error(place, code="too-vague")


# --- a colleague's change ---------------------------------------------------------------------

TYPED = {"name": "TABE 11-12", "result": "Reading 640", "assessed_on": "2026-03-02", "kind": "basic_skills"}
TYPED |= {"category": "abe"}


@pytest.fixture
def assessment(people):
    return Assessment.objects.get(customer__user__username=ANGELA)


@pytest.mark.django_db
def test_a_form_carries_the_number_of_the_row_that_it_shows(assessment):
    form = AssessmentForm(row=assessment)
    assert form.initial["row_version"] == assessment.row_version
    assert f'value="{assessment.row_version}"' in str(form["row_version"])
    bound = AssessmentForm(TYPED | {"row_version": "3"}, row=assessment)
    assert bound.is_valid()
    assert bound.seen == 3
    assert "row_version" not in bound.values()


@pytest.mark.django_db
def test_a_stale_form_shows_both_texts_and_can_be_sent_again(assessment):
    form = AssessmentForm(TYPED | {"row_version": "1"}, row=assessment)
    assert form.is_valid()
    assessment.result, assessment.assessed_on, assessment.category = "Reading 699", date(2026, 3, 2), "esl"
    assessment.row_version = 5
    form.refuse(StaleRow(assessment, "Someone else changed this."))
    assert form.errors == {"__all__": ["Someone else changed this."]}
    assert [tuple(map(str, row.values())) for row in form.stale] == [
        ("Result", "Reading 640", "Reading 699"),
        ("Category", "Adult Basic Education-ABE", "English as a Second Language-ESL"),
    ]
    assert form["row_version"].value() == 5
    assert form["result"].value() == "Reading 640"

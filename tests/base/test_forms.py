"""Forms in words: what an empty field says, dates, long texts, and a colleague's change beside one's own."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.contrib import admin
from django.utils import translation

from careerplan.base.fields import CountedTextField, DateField, MoneyField, NumberField, PastDateField, WholeNumberField
from careerplan.base.forms import PageForm
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.demo.cast import ANGELA
from careerplan.plans.forms import BarrierForm, BarrierRemovalForm, ClosePlanForm
from customers.forms import MessageForm, SummaryForm
from customers.models import Assessment
from customers.notes.forms import CaseNoteForm
from customers.outside.forms import AssessmentForm, ScoreField
from goals.forms import GoalForm
from tests.page_forms import page_forms
from tests.people import administrator


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


def test_a_choice_that_its_list_lacks_is_said_in_words_of_the_product():
    class Choices(PageForm):
        one = forms.ChoiceField(choices=[("a", "A")])
        some = forms.MultipleChoiceField(choices=[("a", "A")])
        row = forms.ModelChoiceField(queryset=Assessment.objects.none())
        rows = forms.ModelMultipleChoiceField(queryset=Assessment.objects.none())
        own = forms.ChoiceField(choices=[("a", "A")], error_messages={"invalid_choice": "Choose A."})

    gone = ["Choose again. What you chose is no longer in this list."]
    said = Choices({name: ["7"] if name in {"some", "rows"} else "7" for name in Choices.base_fields}).errors
    assert said == {"one": gone, "some": gone, "row": gone, "rows": gone, "own": ["Choose A."]}
    neither_keys_nor_a_list = {"one": "a", "some": "a", "row": "b", "rows": ["b"], "own": "a"}
    assert Choices(neither_keys_nor_a_list).errors == {"some": gone, "row": gone, "rows": gone}


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
def test_a_day_is_written_month_first_in_every_language(language):
    """As text: a date field of the browser is sent empty where the browser can't read what is in it."""
    with translation.override(language):
        html = str(Sample(initial={"day": date(2027, 3, 31)})["day"])
    assert 'type="text"' in html
    assert 'value="03/31/2027"' in html


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("typed", ["2027-03-31", "03/31/2027", "3/31/2027", "03/31/27", "3-31-2027", "03312027"])
def test_a_day_is_read_as_it_is_written_here_in_every_language(language, typed):
    with translation.override(language):
        form = Sample(GIVEN | {"day": typed})
        assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2027, 3, 31)


@pytest.mark.parametrize("typed", ["31.03.2027", "2027-02-30", "02/31/2027", "31/03/2027", "tomorrow", "3/31"])
def test_what_is_no_day_is_told_with_an_example_and_stays_in_the_field(typed):
    form = Sample(GIVEN | {"day": typed})
    assert form.errors == {"day": ["Enter a real day, month first, for example 03/31/2027."]}
    assert f'value="{typed}"' in str(form["day"])


# --- numbers ----------------------------------------------------------------------------------


class Amounts(PageForm):
    hours = NumberField(label="Weekly hours", most=168, required=False)
    dollars = MoneyField(label="Dollar value", digits=10, required=False)
    people = WholeNumberField(label="People", most=99, required=False)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "number"), [("20", "20"), ("12.5", "12.5"), (" 7 ", "7"), ("", None), (" ", None), ("168", "168")]
)
def test_a_number_is_read_alike_in_every_language(language, typed, number):
    with translation.override(language):
        form = Amounts({"hours": typed})
        assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == (None if number is None else Decimal(number))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("typed", ["$1,250.00", "1250", "1 250", "1,250", "$ 1250.00"])
def test_an_amount_is_read_alike_in_every_language(language, typed):
    with translation.override(language):
        form = Amounts({"dollars": typed})
        assert form.is_valid(), form.errors
    assert form.cleaned_data["dollars"] == Decimal("1250")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("hours", "10-12", "Enter one number, for example 12.5, with a period before the decimals."),
        ("hours", "12,50", "Enter one number, for example 12.5, with a period before the decimals."),
        ("hours", "-1", "Enter 0 or more."),
        ("hours", "168.5", "Enter 168 or less."),
        ("hours", "12.1255", "Write at most two digits after the period, for example 15.25."),
        ("hours", "25.125", "Write at most two digits after the period, for example 15.25."),
        ("dollars", "15.005", "Write at most two digits after the period, for example 15.25."),
        ("dollars", "1.250", "Write at most two digits after the period, for example 15.25."),
        ("dollars", "0.125", "Write at most two digits after the period, for example 15.25."),
        ("people", "2.5", "Write a whole number, for example 3."),
        ("people", "2.125", "Write a whole number, for example 3."),
        ("people", "two", "Write a whole number, for example 3."),
        ("people", "100", "Enter 99 or less."),
        ("dollars", "12,50", "Enter one amount in dollars, for example 1,250.00."),
        ("dollars", "100,000,000", "Enter 99,999,999.99 or less."),
    ],
)
def test_what_is_not_one_number_is_told_in_words_and_stays_in_the_field(field, typed, sentence):
    form = Amounts({field: typed})
    assert form.errors == {field: [sentence]}
    assert f'value="{typed}"' in str(form[field])


def test_numbers_are_shown_as_people_write_them():
    form = Amounts(initial={"hours": Decimal("20.00"), "dollars": Decimal("1250.00")})
    assert 'value="20"' in str(form["hours"])
    assert 'value="1,250.00"' in str(form["dollars"])
    assert 'inputmode="decimal"' in str(form["hours"])


def test_no_page_has_a_field_that_a_browser_sends_empty():
    """Days and numbers have one field each; the browser drops what it can't read of `type=number` and `type=date`."""
    fields = [(form, name, field) for form in page_forms() for name, field in form.base_fields.items()]
    dropped = {"number", "date", "datetime-local", "time", "month", "week"}
    assert not [(form, name) for form, name, field in fields if getattr(field.widget, "input_type", "") in dropped]
    own = (DateField, NumberField)
    read = (forms.DateField, forms.DecimalField, forms.FloatField, forms.TimeField, forms.DateTimeField)
    assert {type(field) for _form, _name, field in fields if isinstance(field, own)} == {
        DateField,
        PastDateField,
        NumberField,
        ScoreField,
        WholeNumberField,
        MoneyField,
    }
    assert not [(form, name) for form, name, field in fields if isinstance(field, read) and not isinstance(field, own)]
    hidden = [(form, name) for form, name, field in fields if type(field) is forms.IntegerField]
    assert not [found for found in hidden if not found[0].base_fields[found[1]].widget.is_hidden]


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_no_form_of_the_administration_has_one_either(rf):
    """Theirs are made of the columns."""
    request = rf.get("/admin/")
    request.user = administrator()
    made = [(model, page.get_form(request)) for model, page in admin.site._registry.items()]
    made += [
        (inline.model, inline(model, admin.site).get_formset(request).form)
        for model, page in admin.site._registry.items()
        for inline in page.inlines
    ]
    fields = [(model, name, field) for model, form in made for name, field in form.base_fields.items()]
    dropped = {"number", "date", "datetime-local", "time", "month", "week"}
    assert not [(model, name) for model, name, field in fields if getattr(field.widget, "input_type", "") in dropped]
    read = (forms.DateField, forms.DecimalField, forms.FloatField, forms.TimeField, forms.IntegerField)
    others = [(model, name) for model, name, field in fields if isinstance(field, read)]
    own = [(model, name) for model, name, field in fields if isinstance(field, (DateField, NumberField))]
    assert others == own
    assert {name for _model, name in own} >= {"birth_date", "begun_on", "rate", "review_interval_days", "position"}


def test_a_birth_date_of_two_digits_is_past():
    assert PastDateField().clean("4/2/61") == date(1961, 4, 2)
    assert DateField().clean("4/2/61") == date(2061, 4, 2)


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

"""The form of an assessment: what was taken and when, its score, the test before it, and the result as it came."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.dates import in_row
from careerplan.base.fields import DateField, NamedChoiceField, NumberField, TextField, written
from careerplan.base.forms import RowForm
from customers.enums import AssessmentCategory, AssessmentKind
from customers.forms import RecordFileField
from customers.models import Assessment, AssessmentArea, AssessmentType

# More than any scale has; which scores an area has is its own.
MOST = 9999


class ScoreField(NumberField):
    """Any number: which scores there are its scale says, in words (`refuse_off_scale`)."""

    def validate(self, value):
        forms.DecimalField.validate(self, value)


class AreaField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.assessment_type}: {obj.name} ({obj.scale})"


class PreTestField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name}: {obj.area}, {written(obj.score)}, {in_row(obj.assessed_on)}"


class AssessmentForm(RowForm):
    assessment_type = NamedChoiceField(
        label=_("Listed assessment"),
        queryset=AssessmentType.objects.order_by("position", "name"),
        required=False,
        empty_label=_("Not in the list"),
        help_text=_("Choose one, or name another assessment below."),
    )
    name = TextField(label=_("Assessment name or description"), max_length=120, required=False)
    area = AreaField(
        label=_("Area and scale"),
        queryset=AssessmentArea.objects.select_related("assessment_type").order_by(
            "assessment_type__position", "assessment_type__name", "position", "name"
        ),
        required=False,
        empty_label=_("No scale"),
        help_text=_("Enter each area of a test as an assessment of its own."),
    )
    score = ScoreField(label=_("Score"), most=MOST, required=False, help_text=_("A number on the scale of the area."))
    result = TextField(
        label=_("Result"), max_length=200, required=False, help_text=_("In words. Empty: the score stands here.")
    )
    assessed_on = DateField(label=_("Assessment date"))
    assessed_by = TextField(label=_("Assessed by"), max_length=150, required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=AssessmentKind)
    category = forms.ChoiceField(label=_("Category"), choices=AssessmentCategory)
    pre_test = PreTestField(
        label=_("Pre-test"),
        queryset=Assessment.objects.none(),
        required=False,
        empty_label=_("This is not a post-test"),
        help_text=_("For a post-test: the earlier test in the same area. The gain is counted from it."),
    )
    file = RecordFileField(label=_("File of the result"), required=False)

    def __init__(self, *args, customer=None, **options):
        super().__init__(*args, **options)
        earlier = Assessment.objects.filter(customer=customer, score__isnull=False, area__isnull=False)
        if self.row is not None:
            earlier = earlier.exclude(pk=self.row.pk)
        self.fields["pre_test"].queryset = earlier.select_related("area").order_by("-assessed_on", "-id")

    def clean(self):
        values = super().clean()
        area = values.get("area")
        if area is not None and values.get("assessment_type") is None:
            values["assessment_type"] = area.assessment_type
        if values.get("assessment_type") and not values.get("name"):
            values["name"] = values["assessment_type"].name
        if not values.get("name"):
            self.add_error("name", _("Enter the assessment name, or choose a listed assessment."))
        if not values.get("result") and values.get("score") is None and "score" not in self.errors:
            self.add_error("result", _("Enter the result, or a score."))
        return values

    def values(self):
        return {name: value for name, value in super().values().items() if name != "file"}

    @property
    def result_file(self):
        return self.cleaned_data["file"]

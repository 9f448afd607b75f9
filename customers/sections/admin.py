"""The administration of the sections: what they ask, in numbered words, and who looked at confidential answers."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Max
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from careerplan.base import clock
from careerplan.base.admin import NAMES, ListAdmin, TrackedAdmin
from careerplan.base.dates import moment_in_row
from careerplan.base.refusals import Refusal
from customers.enums import FieldKind
from customers.models import AssessmentSection, ConfidentialLook, FieldDefinition, SectionField
from customers.sections.defining import Wording, add_question, reword, settled_wording
from customers.sections.written import Unwritten, choices_as_text, choices_in, columns_as_text, columns_in

FIXED = ("kind", "is_confidential")
WORDS = (
    "kind", "label_english", "label_spanish", "help_english", "help_spanish", "choices", "columns", "is_required",
    "is_confidential", "pirl_elements", "notes",
)  # fmt: skip


@admin.register(AssessmentSection)
class AssessmentSectionAdmin(TrackedAdmin):
    list_display = ["position", *NAMES, "code"]
    list_display_links = ["name"]
    search_fields = [*NAMES, "code"]
    ordering = ["position"]


class QuestionForm(forms.ModelForm):
    """A question with its words of today; other words begin a wording of their own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FieldKind)
    label_english = forms.CharField(label=_("Question"), max_length=200, widget=AdminTextInputWidget)
    label_spanish = forms.CharField(label=_("Question in Spanish"), max_length=200, widget=AdminTextInputWidget)
    help_english = forms.CharField(label=_("Help"), max_length=300, required=False, widget=AdminTextInputWidget)
    help_spanish = forms.CharField(
        label=_("Help in Spanish"), max_length=300, required=False, widget=AdminTextInputWidget
    )
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("One a line: code = English | Spanish. A rating has the usual words where this is empty."),
    )
    columns = forms.CharField(
        label=_("Columns"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Of rows. One a line: code: kind = English | Spanish. Write code: kind: required for what no row is "
            "without. Kinds: short, yes_no, number, money, day, rating, phone."
        ),
    )
    is_required = forms.BooleanField(label=_("Needed to complete the section"), required=False)
    is_confidential = forms.BooleanField(
        label=_("Confidential"), required=False, help_text=_("It can't be changed once the question is saved.")
    )
    pirl_elements = forms.CharField(label=_("PIRL elements"), max_length=30, required=False)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea({"rows": 3}))

    class Meta:
        model = SectionField
        fields = ["section", "code", "position", "is_active"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        newest = FieldDefinition.objects.newest().filter(field=self.instance.pk).first() if self.instance.pk else None
        self.newest = newest
        if newest is not None:
            self.initial |= {name: getattr(newest, name) for name in WORDS}
            self.initial["choices"] = choices_as_text(newest.choices)
            self.initial["columns"] = columns_as_text(newest.columns)
            for name in FIXED:
                self.fields[name].disabled = True

    def clean_choices(self):
        return self.entries(choices_in, "choices")

    def clean_columns(self):
        return self.entries(columns_in, "columns")

    def entries(self, read, name):
        try:
            return read(self.cleaned_data[name])
        except Unwritten as wrong:
            sentence = _("This line can't be read: %(line)s")
            raise forms.ValidationError(sentence, params={"line": wrong.line}) from wrong

    def clean(self):
        values = super().clean()
        if not self.errors:
            try:
                settled_wording(self.wording())
            except Refusal as refusal:
                self.add_error(refusal.field, refusal.sentence)
        return values

    def wording(self):
        """Whoever writes the words anew has verified them."""
        said = {name: self.cleaned_data[name] for name in WORDS}
        verified = self.newest.is_verified if self.newest is not None else True
        return Wording(**said, is_verified=verified)


@admin.register(SectionField)
class SectionFieldAdmin(TrackedAdmin):
    """`former`: every wording, with when it began and by whom; none is ever changed."""

    form = QuestionForm
    list_display = ["code", "section", "question", "position", "is_active"]
    list_filter = ["section", "is_active"]
    list_select_related = ["section"]
    search_fields = ["code", "definitions__label_english", "definitions__label_spanish"]
    ordering = ["section__position", "position", "id"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("definitions")

    def get_changeform_initial_data(self, request):
        """A new question follows the others, unless it is given another place."""
        last = SectionField.objects.aggregate(last=Max("position"))["last"] or 0
        return {"position": last + 10, **super().get_changeform_initial_data(request)}

    def get_fieldsets(self, request, obj=None):
        place = ["section", "code", "position", *(["is_active"] if obj else [])]
        shown = [(None, {"fields": place}), (_("What it asks"), {"fields": list(WORDS)})]
        return [*shown, (_("Wordings"), {"fields": ["former"]})] if obj else shown

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(["section", "former"] if obj else []))

    @admin.display(description=_("question"))
    def question(self, row):
        wordings = sorted(row.definitions.all(), key=lambda one: one.number)
        return wordings[-1].label if wordings else "-"

    @admin.display(description=_("so far"))
    def former(self, row):
        wordings = row.definitions.select_related("begun_by").order_by("-number")
        lines = [(one.number, one.label_english, moment_in_row(one.begun_at), one.begun_by or "-") for one in wordings]
        return format_html("<ol>{}</ol>", format_html_join("", '<li value="{}">{} ({}, {})</li>', lines))

    def save_model(self, request, obj, form, change):
        by, at = request.user, clock.now()
        if change:
            super().save_model(request, obj, form, change)
            reword(obj, form.wording(), by=by, at=at)
            return
        added = add_question(obj.section, code=obj.code, position=obj.position, wording=form.wording(), by=by, at=at)
        obj.pk, obj._state.adding = added.field_id, False


@admin.register(ConfidentialLook)
class ConfidentialLookAdmin(ListAdmin):
    """Who looked at whose confidential answers, and when. Read only, and without what was seen."""

    list_display = ["looked_at", "looked_by", "customer", "section"]
    list_filter = ["section"]
    list_select_related = ["looked_by", "customer", "section"]
    search_fields = ["looked_by__search_key", "customer__name_key"]
    ordering = ["-looked_at", "-id"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

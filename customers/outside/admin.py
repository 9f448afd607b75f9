"""Types of assessments with the scales of their areas, and the levels on a scale, kept by an administrator."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from careerplan.base.admin import NAMES, TrackedAdmin, TrackedInline
from careerplan.base.fields import NumberField, written
from customers.models import Assessment, AssessmentArea, AssessmentLevel, AssessmentType
from customers.outside.forms import MOST


class Scores:
    """Numbers with decimals are scores here, and no money."""

    def formfield_for_dbfield(self, db_field, request, **options):
        if not isinstance(db_field, models.DecimalField):
            return super().formfield_for_dbfield(db_field, request, **options)
        initial = {"initial": db_field.get_default()} if db_field.has_default() else {}
        return NumberField(
            most=MOST, label=capfirst(db_field.verbose_name), help_text=db_field.help_text, required=True, **initial
        )


class AreaForm(forms.ModelForm):
    def clean(self):
        """As the database refuses it: the scores that were entered stay on their scale."""
        values = super().clean()
        lowest, highest = values.get("lowest"), values.get("highest")
        if self.instance.pk and lowest is not None and highest is not None:
            taken = Assessment.objects.filter(area=self.instance.pk)
            outside = taken.filter(Q(score__lt=lowest) | Q(score__gt=highest)).order_by("score").first()
            if outside is not None:
                sentence = _("A score of %(score)s was entered already. Leave it on the scale, or add another area.")
                self.add_error("lowest", sentence % {"score": written(outside.score)})
        return values


class AreaInline(Scores, TrackedInline):
    model = AssessmentArea
    form = AreaForm
    can_delete = False
    show_change_link = True
    ordering = ["position", "name"]


@admin.register(AssessmentType)
class AssessmentTypeAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "section", "is_listed", "days_valid", "position"]
    list_filter = ["is_listed"]
    search_fields = [*NAMES, "code"]
    ordering = ["position", "name"]
    inlines = [AreaInline]


class LevelInline(Scores, TrackedInline):
    model = AssessmentLevel
    ordering = ["from_score"]


@admin.register(AssessmentArea)
class AssessmentAreaAdmin(Scores, TrackedAdmin):
    form = AreaForm
    list_display = ["name", "assessment_type", "lowest", "highest", "step", "notes"]
    list_filter = ["assessment_type"]
    list_select_related = ["assessment_type"]
    search_fields = ["name", "assessment_type__name"]
    ordering = ["assessment_type__position", "position", "name"]
    inlines = [LevelInline]

    def get_readonly_fields(self, request, obj=None):
        """An area stays in its type, whose assessments it measures."""
        return (*super().get_readonly_fields(request, obj), *(["assessment_type"] if obj else []))

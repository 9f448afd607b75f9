"""The forms behind a record of the inbox."""

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from careerplan.base.dates import in_row
from careerplan.base.fields import TextField
from careerplan.base.forms import PageForm
from careerplan.base.templatetags.direction import bdi
from goals.models import Goal
from services.feed.models import LONGEST_REASON, FeedRecord
from services.models import PlannedService


class AddRecordForm(PageForm):
    """Under which goal; the only one there is, is offered."""

    goal = forms.ModelChoiceField(
        label=_("Related goal"), queryset=Goal.objects.none(), required=False, empty_label=_("Not assigned yet")
    )

    def __init__(self, *args, goals, **options):
        super().__init__(*args, **options)
        self.fields["goal"].queryset = goals
        if len(found := list(goals[:2])) == 1:
            self.fields["goal"].initial = found[0]


class PlannedField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        days = [in_row(day) for day in (obj.actual_start_on or obj.planned_start_on,) if day]
        goal = [obj.goal.statement] if obj.goal else []
        words = [obj.service.told, obj.get_status_display(), *days, *goal]
        return format_html_join(" · ", "{}", ((bdi(word),) for word in words))


class LinkRecordForm(PageForm):
    """The plan's services of the same catalog entry."""

    planned = PlannedField(
        label=_("Service of the plan"),
        queryset=PlannedService.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the service that this record is about.")},
    )

    def __init__(self, *args, row: FeedRecord, plan, **options):
        super().__init__(*args, **options)
        rows = PlannedService.objects.in_plan().filter(plan=plan, service=row.service_id)
        self.fields["planned"].queryset = rows.select_related("service", "goal").in_order()


class IgnoreRecordForm(PageForm):
    adds_a_row = False

    reason = TextField(
        label=_("Why it is ignored"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why this record is ignored.")},
    )

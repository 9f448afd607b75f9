"""What a planner says to find services, and what the ones that are ticked have in common."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import DateField, NamedChoiceField
from careerplan.base.forms import PageForm
from goals.models import Goal
from services.models import ServiceCategory


class CatalogFilterForm(forms.Form):
    """The filters beside the search: a GET form, which holds the search, too."""

    category = NamedChoiceField(
        label=_("Category"),
        queryset=ServiceCategory.objects.order_by("position"),
        required=False,
        empty_label=pgettext_lazy("categories", "All"),
        to_field_name="code",
    )
    everything = forms.BooleanField(label=_("Show all, and why not"), required=False)


class ChosenServicesForm(PageForm):
    """What the services that are chosen in the catalog have in common; which they are the catalog's rows send."""

    mark_optional = False

    goal = forms.ModelChoiceField(
        label=_("Related goal"), queryset=Goal.objects.none(), required=False, empty_label=_("Not assigned yet")
    )
    planned_start_on = DateField(label=_("Planned start"), required=False)
    planned_end_on = DateField(label=_("Planned end"), required=False)

    def __init__(self, *args, goals, **options):
        super().__init__(*args, **options)
        self.fields["goal"].queryset = goals
        self.helper.layout = Layout(Div("goal", "planned_start_on", "planned_end_on", css_class="fields-row"))

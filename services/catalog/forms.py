"""What a planner says to find services, and what the ones that are ticked have in common."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import DateField
from careerplan.base.forms import PageForm
from goals.models import Goal


class CatalogFilterForm(forms.Form):
    """The filters beside the search: a GET form, which holds the search, too."""

    category = forms.CharField(label=_("Category"), required=False, max_length=20)
    everything = forms.BooleanField(label=_("Show all, and why not"), required=False)


class PlannedDaysForm(PageForm):
    """For when a service of the catalog is planned as it is added."""

    mark_optional = False

    planned_start_on = DateField(label=_("Planned start"), required=False)
    planned_end_on = DateField(label=_("Planned end"), required=False)


class ChosenServicesForm(PlannedDaysForm):
    """What the services that are chosen in the catalog have in common; which they are the catalog's rows send."""

    goal = forms.ModelChoiceField(
        label=_("Related goal"), queryset=Goal.objects.none(), required=False, empty_label=_("Not assigned yet")
    )

    def __init__(self, *args, goals, **options):
        """`goals`: a queryset; where it was read already, its rows are the choices."""
        super().__init__(*args, **options)
        field = self.fields["goal"]
        field.queryset = goals
        if goals._result_cache is not None:
            field.choices = [("", field.empty_label), *((goal.pk, field.label_from_instance(goal)) for goal in goals)]
        self.helper.layout = Layout(Div("goal", "planned_start_on", "planned_end_on", css_class="fields-row"))

"""Forms of the caseload."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import TextField
from careerplan.base.forms import PageForm
from careerplan.pages.caseload.choosing import read_chosen


class SaveViewForm(PageForm):
    """`query`: the filters, as the address of the list says them."""

    name = TextField(label=_("Name of the view"), max_length=40)
    query = TextField(widget=forms.HiddenInput, max_length=500)

    def clean_query(self):
        """What no list understands is left out."""
        chosen = read_chosen(QueryDict(self.cleaned_data["query"]), has_caseload=False).query()
        if not chosen:
            raise forms.ValidationError(_("Choose something in the list first."))
        return chosen

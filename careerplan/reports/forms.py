"""Which days a file is about."""

from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import DateField
from careerplan.base.forms import PageForm
from careerplan.reports.reviews import LONGEST


class DaysForm(PageForm):
    first = DateField(label=_("From"))
    last = DateField(label=_("To"))

    def clean(self):
        values = super().clean()
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day can't be before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("last", _("Choose a year or less."))
        return values

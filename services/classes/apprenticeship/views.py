"""What the page of an apprenticeship says of its wage steps."""

from django.contrib import messages
from django.utils.translation import gettext as _

from careerplan.base import clock
from careerplan.base.dates import day_of
from services.classes.apprenticeship.floor import low_wages
from services.enums import FormKind


def low_wages_of(planned):
    """In words; "" where it is no apprenticeship, or pays enough."""
    if planned.service.form_kind != FormKind.APPRENTICESHIP:
        return ""
    return low_wages(planned, on=day_of(clock.now()))


def warn_of_low_wages(request, planned):
    """Once the service is saved: which wage steps are below the minimum wage."""
    if words := low_wages_of(planned):
        saved = _("It was saved all the same.")
        messages.warning(request, f"{words} {saved}")

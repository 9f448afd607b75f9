"""What is due of placements: a wage that the law overtook."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.deadlines import Deadline, Topic
from worksites.models import Placement


def paid_too_low(_on: Any) -> Any:
    """Marked by `wages.rises`, up to 60 days before."""
    return Placement.objects.holding().filter(low_since__isnull=False)


LOW_WAGE = Deadline(
    code="low-wage",
    topic=Topic.SERVICES,
    citation="WIOA 181(a)(1)",
    what=_("Raise the hourly wage"),
    act=_("See the placement"),
    open_rows=paid_too_low,
    customer="planned__plan__customer",
    due=F("low_since"),
    since=F("low_since"),
    about=lambda: F("job__title"),
    page=lambda customer, key: reverse("placement", args=[customer, key]),
)

DEADLINES = (LOW_WAGE,)

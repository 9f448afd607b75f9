"""What is due of placements: follow-ups (ILL-156 to ILL-160), and a wage that a minimum wage overtook."""

from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from customers.deadlines import Deadline, Topic
from worksites.follow_ups.models import FollowUp
from worksites.placements.models import Placement

# So many days before its day a follow-up is anybody's work: the last one is due nine months after the start, and would
# stand in every caseload until then. It is as far ahead as a planner makes appointments.
DAYS_AHEAD = 14


def waiting_soon(on: date) -> Any:
    return FollowUp.objects.waiting().filter(due_on__lte=on + timedelta(days=DAYS_AHEAD))


def days_and_job() -> Any:
    """Such as "30 days · Cashiers"."""
    between = gettext("days")
    return Concat(Cast("days", CharField()), Value(f" {between} · "), "placement__job__title")


def follow_up_page(customer: int, key: int) -> str:
    return reverse("follow-up", args=[customer, key])


FOLLOW_UP = Deadline(
    code="follow-up",
    topic=Topic.PLACEMENTS,
    citation="workNet, Worksite Placement",
    what=_("Follow up on the placement"),
    act=_("Record it"),
    open_rows=waiting_soon,
    customer="placement__planned__plan__customer",
    due=F("due_on"),
    since=F("placement__starts_on"),
    about=days_and_job,
    page=follow_up_page,
)


def paid_too_low(_on: Any) -> Any:
    """Marked by `wages.rises`, up to 60 days before."""
    return Placement.objects.holding().filter(low_since__isnull=False)


LOW_WAGE = Deadline(
    code="low-wage",
    topic=Topic.PLACEMENTS,
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

DEADLINES = (FOLLOW_UP, LOW_WAGE)

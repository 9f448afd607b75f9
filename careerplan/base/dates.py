"""The calendar day of a moment.

The days of plans (created, approved, started, due) are those of the installation, whoever acts and wherever: a customer
two time zones to the west must not agree to a version on the day before it was created. What people see as a time, and
the local time of the evidence, stay in the zone of the person.
"""

from datetime import date, datetime

from django.utils import timezone


def day_of(at: datetime) -> date:
    """The installation's calendar day (settings.TIME_ZONE) of an aware moment."""
    return timezone.localdate(at, timezone.get_default_timezone())

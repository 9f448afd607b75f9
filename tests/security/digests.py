"""What the tests of the digests of days share: the days that are kept, and what is found to be wrong with them."""

import io
from datetime import timedelta

from django.core.management import call_command

from acknowledgments.models import Acknowledgment, DayDigest
from acknowledgments.proof.daily import keep_days, wrong_days
from tests import people, states

DAY = timedelta(days=1)
CHANGED = "something sealed, agreed to or filed that day was changed, added or taken away since."


def agreement():
    return Acknowledgment.objects.get(version=states.newest(people.angela()))


def kept():
    """The days until today are over; the first of them has all that came to be before it."""
    keep_days(at=states.now() + 2 * DAY)
    return list(DayDigest.objects.order_by("day"))


def wrong():
    return [one.sentence for one in wrong_days()]


def day_with(moment):
    return next(row.day for row in DayDigest.objects.order_by("day") if row.begins_at <= moment < row.ends_at)


def found(moment):
    """That the day of this moment, and no other, was changed."""
    assert wrong() == [f"Day {day_with(moment).isoformat()}: {CHANGED}"]


def printed(name, **options):
    out = io.StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()

"""When what is told leaves: an e-mail at once or with the day's others, a text message when nobody sleeps."""

import zoneinfo
from datetime import datetime, time, timedelta

from django.utils import timezone

from careerplan.accounts.models import User
from careerplan.messaging.kinds import kind_of

# By the clock of who gets it. What reminds of deadlines comes earlier, and leaves with it.
DAILY_EMAIL_AT = time(6, 30)
# The hours in which telephone calls and text messages may be made (47 CFR 64.1200(c)(1)).
FIRST_TEXT_MESSAGE_AT, LAST_TEXT_MESSAGE_AT = time(8), time(21)


def leaves_daily(person: User, notice: str) -> bool:
    return person.emails_daily and not kind_of(notice).always_at_once


def next_at(person: User, hour: time, at: datetime) -> datetime:
    """The next moment at which the person's clock shows the hour."""
    zone = zoneinfo.ZoneInfo(person.time_zone) if person.time_zone else timezone.get_default_timezone()
    day = timezone.localtime(at, zone).date()
    today = timezone.make_aware(datetime.combine(day, hour), zone)
    if today > at:
        return today
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), hour), zone)


def text_message_leaves_at(person: User, at: datetime) -> datetime:
    last, first = next_at(person, LAST_TEXT_MESSAGE_AT, at), next_at(person, FIRST_TEXT_MESSAGE_AT, at)
    # By day the evening comes next, by night the morning.
    return at if last < first else first

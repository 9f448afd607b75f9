"""What is due as a calendar (iCalendar, RFC 5545), under a secret address, without a name of anybody."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe
from icalendar import Calendar, Event, vUri

from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.events import note_event
from careerplan.pages.today.views import customers_of
from customers.calendar_feeds import end_feed, make_feed, reader_of
from customers.deadlines import Due, read_due
from customers.models import CalendarFeed
from customers.pages import require_staff

# So far ahead days are told: the longest interval between two reviews, and no more.
DAYS_AHEAD = 366
# How often a calendar program asks again.
EVERY = timedelta(hours=4)
UID_LETTERS = 32


@require_GET
def calendar(request):
    """Whether there is an address, and the buttons that make, renew and end one."""
    require_staff(request)
    return calendar_page(request)


@require_POST
def calendar_make(request):
    """The address is shown once, on the very page that answers: it is kept nowhere, a session included."""
    require_staff(request)
    secret = make_feed(by=request.user, at=clock.now())
    note_event("calendar-address-made", request)
    return calendar_page(request, address=settings.SITE_ADDRESS + reverse("calendar-feed", args=[secret]))


@require_POST
def calendar_end(request):
    require_staff(request)
    if end_feed(by=request.user, at=clock.now()):
        note_event("calendar-address-ended", request)
    messages.success(request, _("The address is switched off. Calendars that use it get nothing more."))
    return redirect("calendar")


def calendar_page(request, *, address: str = "") -> HttpResponse:
    feed = CalendarFeed.objects.filter(user=request.user, ended_at=None).first()
    context = {"feed": feed, "address": address, "hours": EVERY.seconds // 3600, "nav_section": "today"}
    return render(request, "careerplan/today/calendar.html", context)


@login_not_required
@require_safe
def calendar_feed(request, secret):
    """For calendar programs, which have no session: whoever has the address reads it."""
    reader = reader_of(secret)
    if reader is None:
        raise Http404
    with translation.override(reader.language):
        content = calendar_of(reader, at=clock.now())
    headers = {
        "ETag": f'"{salted_hmac("careerplan.calendar", content, algorithm="sha256").hexdigest()}"',
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Content-Disposition": 'inline; filename="careerplan.ics"',
    }
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response)


def calendar_of(reader: User, *, at: datetime) -> bytes:
    """All days on which something of the person's own customers is due. At most six queries."""
    on = day_of(at)
    keys = customers_of(reader, {})
    found = Calendar()
    found.add("prodid", "-//CareerPlan//Today//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "CareerPlan")
    found.add("x-wr-timezone", settings.TIME_ZONE)
    found.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", EVERY)
    if keys is None:
        said = _("You have more customers than this calendar shows. Open Today.")
        found.add_component(event(reader, "too-many", on, said, on=on))
    else:
        for entry in events(reader, read_due(on, keys), on=on):
            found.add_component(entry)
    content: bytes = found.to_ical()
    return content


def events(reader: User, rows: Iterable[Due], *, on: date) -> Iterable[Event]:
    """What is late is told on today; all else on its day, by kind, with how many it is of."""
    waiting = [row for row in rows if row.waits_for_staff and row.due_on]
    late = sum(row.days_late(on) > 0 for row in waiting)  # as many as Today says
    if late:
        said = ngettext("%(number)d thing is overdue", "%(number)d things are overdue", late) % {"number": late}
        yield event(reader, "overdue", on, said, on=on)
    last = on + timedelta(days=DAYS_AHEAD)
    days = [row for row in waiting if not row.deadline.late_only]
    coming = [row for row in days if row.due_on is not None and on <= row.due_on <= last]
    words = {row.code: str(row.deadline.what) for row in coming}
    for (day, code), number in sorted(Counter((row.due_on, row.code) for row in coming).items()):
        yield event(reader, f"{code} {day}", day, f"{words[code]} ({number})" if number > 1 else words[code], on=on)


def event(reader: User, key: str, day: date, said: str, *, on: date) -> Event:
    """A whole day, which blocks no time. `key`: the same thing keeps its UID, so that it moves and is not doubled."""
    found = Event()
    name = salted_hmac("careerplan.calendar.uid", f"{reader.pk} {key}", algorithm="sha256").hexdigest()[:UID_LETTERS]
    found.add("uid", f"{name}@{settings.SITE_ADDRESS.split('//')[-1].split(':')[0]}")
    found.add("dtstamp", timezone.make_aware(datetime.combine(on, datetime.min.time())).astimezone(UTC))
    found.add("dtstart", day)
    found.add("dtend", day + timedelta(days=1))
    found.add("summary", said)
    found.add("description", _("Sign in to see whom it is about."))
    found.add("url", vUri(settings.SITE_ADDRESS + reverse("today")))
    found.add("transp", "TRANSPARENT")
    found.add("class", "PRIVATE")
    return found

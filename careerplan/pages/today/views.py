"""Today: the home of staff. What is late, due this week and waiting, of one's own customers or of others'."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from acknowledgments.agreement.reminding import remind
from acknowledgments.models import AcknowledgmentRequest, StaffAnswer
from careerplan.accounts.enums import EDITING_ROLES
from careerplan.accounts.models import Office, Region, User
from careerplan.base import clock
from careerplan.base.addresses import key_asked
from careerplan.base.dates import day_of
from careerplan.messaging.inbox import unread_count
from careerplan.pages.caseload.choosing import MOST_CHOICES, caseload_of, offices_offered
from careerplan.pages.caseload.lists import AT_HAND
from careerplan.pages.today.work import topics, work_of
from customers.deadlines import Topic, end_of_week
from customers.models import Customer
from customers.pages import require_staff
from customers.sections.confidential import waiting_for_other_readers

NOON, EVENING = 12, 18


@require_GET
def today(request):
    require_staff(request)
    now = clock.now()
    on = day_of(now)
    whose = whose_day(request)
    keys = customers_of(request.user, whose)
    everything = work_of(keys, on=on) if keys is not None else work_of([], on=on)
    topic, by_customer = topic_asked(request), is_by_customer(request)
    work = everything.of_topic(topic)
    context = {
        "nav_section": "today",
        "part_of_day": part_of_day(localtime(now).hour),
        "on": on,
        "until": end_of_week(on),
        "work": work,
        "groups": work.groups(),
        "topic": topic,
        "topics": topics(everything),
        "number": len(everything.items),
        "by_customer": by_customer,
        "too_many": keys is None,
        "whose": whose,
        "here": query_of(whose, topic=topic, by_customer=by_customer),
        "answers_waiting": StaffAnswer.objects.waiting_for(request.user).count(),
        "unread": unread_count(request.user),
        "closed": closed_of_others(request.user),
        "filters": request.user.sees_every_region,
        "oversees": request.user.sees_every_region or request.user.is_local_administrator,
    }
    if context["oversees"]:
        context["shown"] = name_of(whose)
    if request.user.sees_every_region:
        region, office = key_asked(request.GET, "region"), whose.get("office")
        context |= {
            "offered": offices_offered(request.user, region=region, office=office),
            "planners": planners_offered(whose),
        }
    return render(request, "careerplan/today/today.html", context)


# So many sections with confidential answers are listed.
MOST_CLOSED = 10


def closed_of_others(user: User) -> dict[str, Any]:
    """Confidential answers that only others than the customer's planner may review. One query, of who may."""
    if not user.reads_confidential:
        return {}
    rows = list(waiting_for_other_readers(user)[: MOST_CLOSED + 1])
    return {"rows": rows[:MOST_CLOSED], "are_more": len(rows) > MOST_CLOSED} if rows else {}


def whose_day(request) -> dict[str, int]:
    """The planner, the office or the region that the address names; {} for one's own."""
    asked = {name: key_asked(request.GET, name) for name in ("planner", "office", "region")}
    return {name: key for name, key in asked.items() if key}


def topic_asked(request) -> str:
    topic = request.GET.get("topic", "")
    return topic if topic in Topic.values else ""


def is_by_customer(request) -> bool:
    return bool(request.GET.get("by") == "customer")


def query_of(whose: dict[str, int], *, topic: str, by_customer: bool) -> str:
    """What the address says of a day: whose it is, of which kind, in which order."""
    said: dict[str, int | str] = {**whose}
    if topic:
        said["topic"] = topic
    if by_customer:
        said["by"] = "customer"
    return urlencode(said)


def name_of(whose: dict[str, int]) -> str:
    """Of the planner, the office or the region that was chosen; "" for one's own day, and of a customer's key: who
    manages the staff of a region does not see every customer."""
    places = {"planner": User.objects.at_work(), "office": Office.objects, "region": Region.objects}
    for name, rows in places.items():
        if name in whose:
            return str(rows.filter(pk=whose[name]).first() or "")
    return ""


def customers_of(user: User, whose: dict[str, int]) -> list[int] | None:
    """Keys of the customers whose day it is, among those the person sees; None where they are too many to look at."""
    rows = Customer.objects.visible_to(user).daily_list()
    if "planner" in whose:
        rows = rows.filter(pk__in=caseload_of(whose["planner"]))
    elif "office" in whose:
        rows = rows.filter(office=whose["office"])
    elif "region" in whose:
        rows = rows.filter(office__in=Office.objects.filter(region=whose["region"]).values("pk"))
    else:
        rows = rows.filter(pk__in=caseload_of(user.pk))
    keys = list(rows.order_by().values_list("pk", flat=True)[: AT_HAND + 1])
    return keys if len(keys) <= AT_HAND else None


def planners_offered(whose: dict[str, int]) -> list[User]:
    """All who keep plans; where they are too many for one list those of the chosen office, or the chosen one."""
    rows = User.objects.at_work().filter(is_active=True, role__in=EDITING_ROLES).order_by("last_name", "pk")
    few = list(rows[: MOST_CHOICES + 1])
    if len(few) <= MOST_CHOICES:
        return few
    if "office" in whose:
        return list(rows.filter(scopes__office=whose["office"])[:MOST_CHOICES])
    return list(rows.filter(pk=whose.get("planner", 0)))


def part_of_day(hour: int) -> str:
    if hour < NOON:
        return "morning"
    return "afternoon" if hour < EVENING else "evening"


# So long (seconds) a header shows the numbers of a moment ago: every page asks for them.
NUMBERS_LAST = 60


@require_GET
def numbers(request):
    """What the header says beside Today, Requests and Messages; asked for by each page once it is shown."""
    require_staff(request)
    key = f"numbers-of-{request.user.pk}"
    found = cache.get(key)
    if found is None:
        found = count_numbers(request.user)
        cache.set(key, found, NUMBERS_LAST)
    return render(request, "careerplan/today/_numbers.html", {"found": found})


def count_numbers(user: User) -> dict[str, int]:
    on = day_of(clock.now())
    today = {"today": overdue_of(user, on=on)} if user.edits_plans else {}  # the others' header does not lead there
    return {
        **today,
        "requests": StaffAnswer.objects.waiting_for(user).count(),
        "messages": unread_count(user),
    }


def overdue_of(user: User, *, on: date) -> int:
    keys = customers_of(user, {})
    return len(work_of(keys, on=on).overdue) if keys else 0


@require_POST
def remind_customer(request, asked_pk):
    """The customer is told once more of the plan that waits."""
    require_staff(request)
    rows = AcknowledgmentRequest.objects.visible_to(request.user)
    found = get_object_or_404(rows, pk=asked_pk)
    remind(found, by=request.user, at=clock.now())
    messages.success(request, _("The customer gets a message and an e-mail."))
    here = query_of(whose_day(request), topic=topic_asked(request), by_customer=is_by_customer(request))
    return redirect(reverse("today") + (f"?{here}" if here else "") + "#others")

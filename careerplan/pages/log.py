"""The Update Log: who changed what in a plan, newest first, by kind and by person."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from careerplan.base.addresses import key_asked
from careerplan.base.keyset import address, cursor, read_cursor
from careerplan.plans.log import Place, entries_of, kinds, people_of
from careerplan.plans.pages import plan_context, plan_page

LOG_ROWS = 25
LOG_KEYS = ("history_date", "model", "history_id")


@require_GET
def update_log(request, pk):
    page = plan_page(request, pk)
    context = plan_context(request, page, "log")
    if page.plan is not None:
        context |= log_context(request, page.plan)
    return render(request, "careerplan/update_log.html", context)


def log_context(request, plan):
    kind, person = request.GET.get("kind", ""), key_asked(request.GET, "by")
    place = Place.read(read_cursor(request.GET.get("after", ""), LOG_KEYS))
    people = people_of(plan.pk)
    entries = entries_of(plan.pk, rows=LOG_ROWS + 1, people=people, after=place, kind=kind, user_id=person)
    more = len(entries) > LOG_ROWS
    entries = entries[:LOG_ROWS]
    last = cursor(entries[-1], LOG_KEYS) if more else ""
    return {
        "entries": entries,
        "kinds": kinds(),
        "people": people.values(),
        "kind": kind,
        "person": person,
        "next_url": address(request, after=last) if more else None,
        "first_url": address(request) if place else None,
    }

"""How much is due by region, office and planner, for statewide staff and for who manages the staff of a region."""

from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from careerplan.accounts.models import Office, Region, User
from careerplan.accounts.permissions import regions_managed
from careerplan.base import clock
from careerplan.base.addresses import key_asked
from careerplan.base.dates import as_of
from careerplan.base.names import full_name
from careerplan.base.refusals import NotAllowed
from careerplan.pages.caseload.choosing import offices_of
from careerplan.reports.models import WorkCount
from careerplan.reports.work import counted_work, is_old, summed
from customers.pages import require_staff


def may_oversee(person: User) -> bool:
    return person.sees_every_region or person.is_local_administrator


def offices_overseen(person: User) -> Any:
    """Of which the person sees the numbers: the whole state, or one's own offices in regions that one manages."""
    offices = Office.objects.filter(pk__in=offices_of(person).order_by().values("pk"))
    return offices if person.sees_every_region else offices.filter(region__in=regions_managed(person))


@require_GET
def everybody(request):
    """By region; of one region by office; of one office by planner. As it was counted, with the moment."""
    require_staff(request)
    if not may_oversee(request.user):
        raise NotAllowed("may-not-oversee", _("Only statewide staff and administrators of a region see this page."))
    region, office = key_asked(request.GET, "region"), key_asked(request.GET, "office")
    offices = offices_overseen(request.user)
    chosen = offices.select_related("region").filter(pk=office).first() if office else None
    place = (
        chosen.region if chosen else Region.objects.filter(pk=region, offices__in=offices).first() if region else None
    )
    if (office and chosen is None) or (region and place is None):
        raise Http404
    rows = lines(WorkCount.objects.filter(office__in=offices.values("pk")), region=place, office=chosen)
    at = clock.now()
    state = counted_work(at=at)
    context = {
        "nav_section": "today" if request.user.edits_plans else "statewide",
        "rows": rows,
        "totals": {name: sum(row[name] for row in rows) for name in WorkCount.NUMBERS},
        "region": place,
        "office": chosen,
        "state": state,
        "as_of": as_of(state.work_counted_at, now=at) if state else "",
        "old": state is not None and is_old(state, at=at),
    }
    return render(request, "careerplan/today/everybody.html", context)


def lines(counts: Any, *, region: Region | None, office: Office | None) -> list[dict[str, Any]]:
    """The numbers with what they are of, where it is taken apart, and its Today. One query."""
    today, here = reverse("today"), reverse("today-everybody")
    if office is not None:
        names = ("planner", "planner__first_name", "planner__last_name")
        found = summed(counts.filter(office=office), *names)
        return [
            row
            | {
                "label": full_name(row["planner__first_name"] or "", row["planner__last_name"] or "") or _("Nobody"),
                "today": f"{today}?planner={row['planner']}" if row["planner"] else f"{today}?office={office.pk}",
            }
            for row in found
        ]
    if region is not None:
        found = summed(counts.filter(office__region=region), "office", "office__name")
        return [
            row
            | {
                "label": row["office__name"],
                "more": f"{here}?office={row['office']}",
                "today": f"{today}?office={row['office']}",
            }
            for row in found
        ]
    found = summed(counts, "office__region", "office__region__name")
    return [
        row
        | {
            "label": row["office__region__name"],
            "more": f"{here}?region={row['office__region']}",
            "today": f"{today}?region={row['office__region']}",
        }
        for row in found
    ]

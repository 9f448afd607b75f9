"""The people who work here: their list, who is invited, and what each may see.

`accounts/permissions.py` says who may do it to whom.
"""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.accounts.models import User
from careerplan.accounts.permissions import (
    may_manage,
    regions_managed,
    require_manager,
    require_may_manage,
    staff_visible_to,
    was_here,
)
from careerplan.base import clock
from careerplan.base.addresses import key_in, search_asked
from careerplan.base.events import note_event
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from customers import staffing
from customers.finding import people_matching
from customers.pages import require_staff
from customers.staff_forms import STAFF_ROLES, StaffForm

KEYS = ["search_key", "id"]
ON, OFF, INVITED = "on", "off", "invited"


def manager_of(request):
    """Who asks. Raises Http404 for customers, NotAllowed for who manages nobody."""
    require_staff(request)
    require_manager(request.user)
    return request.user


@require_GET
def people_list(request):
    by = manager_of(request)
    regions = list(regions_managed(by).order_by("name", "pk"))
    chosen = {
        "words": search_asked(request.GET),
        "role": request.GET.get("role", ""),
        "state": request.GET.get("state", ""),
        "region": key_in(request.GET.get("region", "")),
    }
    people = filtered(staff_visible_to(by), **chosen)
    page = page_of(people.prefetch_related(*PREFETCHED), request, keys=KEYS)
    keys = {region.pk for region in regions}
    for person in page.rows:
        person.is_managed = may_manage(by, person, regions=keys)
    context = {"page": page, "regions": regions, "roles": STAFF_ROLES, "nav_section": "people", **chosen}
    return render(request, "careerplan/people.html", context)


PREFETCHED = ("scopes__region", "scopes__office__region", "administrations__region")


def filtered(people, *, words: str, role: str, state: str, region: int | None):
    """What the address asks for; what it says wrongly, or not at all, leaves nobody out."""
    if words:
        people = people_matching(people, words)
    if role in dict(STAFF_ROLES):
        people = people.filter(role=role)
    if state in {ON, INVITED}:
        people = people.filter(is_active=True, last_login__isnull=state == INVITED)
    elif state == OFF:
        people = people.filter(is_active=False)
    return people.working_in(region) if region else people


def staff_person(request, person_pk):
    by = manager_of(request)
    person = get_object_or_404(staff_visible_to(by).prefetch_related(*PREFETCHED), pk=person_pk)
    require_may_manage(by, person)
    return person


@require_http_methods(["GET", "POST"])
def person_invite(request):
    by = manager_of(request)
    form = StaffForm(request.POST or None, by=by)

    def act():
        person = staffing.invite(form.personal(), form.access, by=by, at=clock.now())
        note_staff(request, "invited", person, role_is=person.role)

    said = _("The invitation is on its way. You will get a message if it does not arrive.")
    if answered(request, form, act, said):
        return redirect("people")
    return form_page(request, "careerplan/person_invite.html", form, {"nav_section": "people"})


@require_http_methods(["GET", "POST"])
def person_edit(request, person_pk):
    person = staff_person(request, person_pk)
    form = StaffForm(request.POST or None, row=person, by=request.user)

    def act():
        successor = form.cleaned_data.get("successor")
        was, rows = person.role, (form.personal(), form.access)
        staffing.change(person, *rows, successor=successor, seen=form.seen, by=request.user, at=clock.now())
        roles = {"role_was": was, "role_is": rows[1].role} if was != rows[1].role else {}
        note_staff(request, "changed", person, fields=form.changed_data, **roles)

    if answered(request, form, act, _("The changes were saved.")):
        return redirect("people")
    context = {"person": person, "is_invited": not was_here(person), "nav_section": "people"}
    return form_page(request, "careerplan/person_edit.html", form, context)


@require_POST
def person_link(request, person_pk):
    person = staff_person(request, person_pk)
    try:
        staffing.send_link(person, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        note_staff(request, "link-sent", person)
        words = _("A link to set a password is on its way to %(person)s. You will get a message if it does not arrive.")
        messages.success(request, words % {"person": person})
    return redirect("person-edit", person_pk)


@require_POST
def person_switch_on(request, person_pk):
    person = staff_person(request, person_pk)
    try:
        staffing.switch_on(person, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        note_staff(request, "switched-on", person)
        messages.success(request, _("%(person)s can sign in again.") % {"person": person})
    return redirect("person-edit", person_pk)


def note_staff(request, act: str, person: User, **facts: Any) -> None:
    note_event("administration", request, act=act, thing=person._meta.label, keys=[str(person.pk)], **facts)

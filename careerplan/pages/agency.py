"""Regions, grantees, offices and programs, kept by administrators; and where a state begins (docs/beginning.md)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Grantee, Office, Region, User
from careerplan.accounts.permissions import require_administrator
from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.events import note_event
from careerplan.base.pages import answered, form_page
from careerplan.beginning.actions import Faulty, begin, has_begun
from careerplan.beginning.sheets import Fault, files_in_archive, read
from customers.agency import save_entry
from customers.agency_forms import FolderForm, GranteeForm, OfficeForm, ProgramForm, RegionForm
from customers.models import Program
from customers.pages import require_staff


@dataclass(frozen=True)
class Kind:
    """What is kept here: its table, its form, and what its pages say."""

    model: Any
    form: Any
    add: Any
    saved: Any


KINDS = {
    "region": Kind(Region, RegionForm, gettext_lazy("Add a region"), gettext_lazy("The region was saved.")),
    "grantee": Kind(Grantee, GranteeForm, gettext_lazy("Add a grantee"), gettext_lazy("The grantee was saved.")),
    "office": Kind(Office, OfficeForm, gettext_lazy("Add an office"), gettext_lazy("The office was saved.")),
    "program": Kind(Program, ProgramForm, gettext_lazy("Add a program"), gettext_lazy("The program was saved.")),
}


def administrator_of(request):
    """Who asks. Raises Http404 for customers, NotAllowed for other staff."""
    require_staff(request)
    require_administrator(request.user)
    return request.user


@require_GET
def agency(request):
    """All of it: a state has some dozens of offices."""
    administrator_of(request)
    at_work = Count("pk", filter=~Q(role=Role.CUSTOMER) & ~Q(pk=request.user.pk) & Q(is_active=True))
    context = {
        "regions": Region.objects.order_by("name", "pk"),
        "grantees": Grantee.objects.order_by("name", "pk"),
        "offices": Office.objects.select_related("region", "grantee").order_by("region__name", "name"),
        "programs": Program.objects.order_by("name", "pk"),
        "staff": User.objects.at_work().aggregate(number=at_work)["number"],
        "may_begin": not has_begun(),
        "time_zone": settings.TIME_ZONE,
        "rules": RULES[settings.ACKNOWLEDGMENT_RULES],
        "nav_section": "agency",
    }
    return render(request, "careerplan/agency.html", context)


RULES = {
    "wisconsin": gettext_lazy("Wisconsin's rules"),
    "illinois": gettext_lazy("Illinois' rules"),
    "both": gettext_lazy("Wisconsin's and Illinois' rules"),
}


@require_http_methods(["GET", "POST"])
def agency_edit(request, entry, entry_pk=None):
    by = administrator_of(request)
    kind = KINDS.get(entry)
    if kind is None:
        raise Http404
    row = get_object_or_404(kind.model, pk=entry_pk) if entry_pk is not None else None
    form = kind.form(request.POST or None, row=row)

    def act():
        saved = save_entry(row or kind.model(), form.values(), seen=form.seen, by=by, at=clock.now())
        act = "changed" if row else "added"
        facts = {"thing": saved._meta.label, "keys": [str(saved.pk)], "fields": form.changed_data}
        note_event("administration", request, act=act, **facts)

    if answered(request, form, act, kind.saved):
        return redirect("agency")
    context = {"row": row, "title": row or kind.add, "nav_section": "agency"}
    return form_page(request, "careerplan/agency_edit.html", form, context)


@require_http_methods(["GET", "POST"])
@takes_files
def agency_begin(request):
    """The folder of a beginning, as a ZIP file; only while nothing has begun."""
    by = administrator_of(request)
    if has_begun():
        messages.info(request, _("This installation has begun."))
        return redirect("agency")
    form = FolderForm(request.POST or None, request.FILES or None)
    faults: list[Fault] = []

    def act():
        tables, wrong = read(files_in_archive(form.cleaned_data["folder"]))
        if wrong:
            raise Faulty(wrong)
        people = begin(tables, by=by, at=clock.now())
        keys = [str(person.pk) for person in people]
        note_event("administration", request, act="begun", thing="installation", keys=keys)

    try:
        if answered(request, form, act, _("Your state has begun. The people are invited.")):
            return redirect("agency")
    except Faulty as faulty:
        faults = faulty.faults
        form.add_error("folder", _("Nothing was written. Mend what is listed below, and choose the file again."))
    context = {"faults": faults, "nav_section": "agency"}
    return form_page(request, "careerplan/agency_begin.html", form, context)

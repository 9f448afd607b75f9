"""When a person at work is away, and who reads and answers the person's messages meanwhile."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.messaging.models import Absence
from careerplan.pages.staff import staff_person
from customers.absences import come_back, go_away
from customers.actions import not_an_editor
from customers.forms import AbsenceForm
from customers.pages import require_staff


@require_http_methods(["GET", "POST"])
def absence(request):
    """One's own absences that are not over, those of colleagues for whom one stands in, and a new one."""
    require_staff(request)
    if not request.user.edits_plans:
        raise not_an_editor()
    said = _("Your absence was saved. Your stand-in will find your messages.")
    return absences_of(request, request.user, redirect("absence"), said=said, nav_section="messages")


@require_http_methods(["GET", "POST"])
def person_absence(request, person_pk):
    """The same of somebody whom one manages: who is suddenly ill does not sign in to say so."""
    person = staff_person(request, person_pk)
    if not person.edits_plans:
        raise Http404
    said = _("The absence was saved. The stand-in will find the messages.")
    return absences_of(request, person, redirect("person-absence", person_pk), said=said, nav_section="people")


def absences_of(request, person, there, *, said, nav_section):
    at = clock.now()
    form = AbsenceForm(request.POST or None, person=person)

    def leave():
        go_away(person, **form.cleaned_data, by=request.user, at=at)

    if answered(request, form, leave, said):
        return there
    ahead = Absence.objects.not_over(day_of(at)).order_by("begins_on", "pk")
    context = {
        "person": person,
        "own": ahead.filter(person=person).select_related("stand_in", "said_by"),
        "others": ahead.filter(stand_in=person).select_related("person"),
        "today": day_of(at),
        "nav_section": nav_section,
    }
    return form_page(request, "careerplan/absence.html", form, context)


@require_POST
def absence_end(request, absence_pk):
    require_staff(request)
    row = get_object_or_404(Absence.objects.filter(person=request.user), pk=absence_pk)
    come_back(row, by=request.user, at=clock.now())
    messages.success(request, _("The absence was ended. Your messages are yours alone again."))
    return redirect("absence")


@require_POST
def person_absence_end(request, person_pk, absence_pk):
    person = staff_person(request, person_pk)
    row = get_object_or_404(Absence.objects.filter(person=person), pk=absence_pk)
    come_back(row, by=request.user, at=clock.now())
    messages.success(request, _("The absence was ended. The messages wait for the person alone again."))
    return redirect("person-absence", person_pk)

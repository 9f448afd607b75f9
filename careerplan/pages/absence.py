"""When a person at work is away, and who reads and answers the person's messages meanwhile."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.messaging.models import Absence
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
    at = clock.now()
    form = AbsenceForm(request.POST or None, person=request.user)

    def leave():
        go_away(request.user, **form.cleaned_data, by=request.user, at=at)

    if answered(request, form, leave, _("Your absence was saved. Your stand-in will find your messages.")):
        return redirect("absence")
    ahead = Absence.objects.not_over(day_of(at)).order_by("begins_on", "pk")
    context = {
        "own": ahead.filter(person=request.user).select_related("stand_in"),
        "others": ahead.filter(stand_in=request.user).select_related("person"),
        "today": day_of(at),
        "nav_section": "messages",
    }
    return form_page(request, "careerplan/absence.html", form, context)


@require_POST
def absence_end(request, absence_pk):
    require_staff(request)
    row = get_object_or_404(Absence.objects.filter(person=request.user), pk=absence_pk)
    come_back(row, by=request.user, at=clock.now())
    messages.success(request, _("The absence was ended. Your messages are yours alone again."))
    return redirect("absence")

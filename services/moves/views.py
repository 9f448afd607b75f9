"""The page of a move, which is the content of the dialog, too."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from careerplan.plans.pages import plan_context, started_page
from services.actions import save_service
from services.lines.listing import list_address
from services.moves.forms import LONGEST_BACK, MoveForm
from services.moves.kinds import BY_CODE, START
from services.moves.ready import start_checks
from services.selected import planned_of


@require_http_methods(["GET", "POST"])
def service_move(request, pk, service_pk, move):
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    if move not in BY_CODE:
        raise Http404
    how = BY_CODE[move]
    back = (request.POST.get("back", "") or request.GET.get("back", ""))[:LONGEST_BACK]
    form = MoveForm(request.POST or None, row=planned, move=how, back=back)
    came_from = list_address(pk, back) if back else reverse("plan:service-edit", args=[pk, service_pk])

    def act():
        if planned.status not in how.of:
            raise Refusal(
                "moved-meanwhile",
                _("The service is %(status)s now. Open it again, and choose what is to become of it.")
                % {"status": planned.get_status_display()},
            )
        return save_service(planned, how.values_of(form.values()), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, act, how.said):
        return redirect(came_from)
    context = plan_context(request, page, "services") | {"planned": planned, "move": how, "came_from": came_from}
    context["checks"] = start_checks(planned, on=day_of(clock.now())) if how is START else None
    return form_page(request, "services/service_move.html", form, context)

"""The pages that change several planned services at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.addresses import key_in
from careerplan.base.pages import answered, form_page
from careerplan.plans.pages import PlanPage, plan_context, started_page
from customers.pages import person_of
from services.lines.forms import DatesTogetherForm, GoalTogetherForm, MoveTogetherForm, TogetherForm
from services.lines.listing import list_address
from services.lines.together import Ticked, assign_together, move_together, plan_together
from services.models import PlannedService
from services.moves.forms import LONGEST_BACK
from services.moves.kinds import FINISH, NEVER_PROVIDED, TERMINATE, Move


@dataclass(frozen=True)
class Way:
    """What can be done with several: its words, its form (`options`: what that takes), and what it does with what the
    form says."""

    label: Any
    form: type[TogetherForm]
    act: Callable[..., list[PlannedService]]
    options: dict[str, Any]
    ends: bool = False


def assign(ticked: list[Ticked], values: dict[str, Any], *, by: User, at: datetime) -> list[PlannedService]:
    return assign_together(ticked, values["goal"], by=by, at=at)


def plan(ticked: list[Ticked], values: dict[str, Any], *, by: User, at: datetime) -> list[PlannedService]:
    return plan_together(ticked, **values, by=by, at=at)


def closing(move: Move) -> Way:
    def act(ticked: list[Ticked], values: dict[str, Any], *, by: User, at: datetime) -> list[PlannedService]:
        return move_together(ticked, move, values, by=by, at=at)

    return Way(move.label, MoveTogetherForm, act, {"move": move}, ends=True)


WAYS = {
    "goal": Way(_("Assign to a goal"), GoalTogetherForm, assign, {}),
    "dates": Way(_("Set planned dates"), DatesTogetherForm, plan, {}),
    **{move.code: closing(move) for move in (FINISH, NEVER_PROVIDED, TERMINATE)},
}


@require_http_methods(["GET", "POST"])
def services_together(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    page = started_page(request, pk)
    if how not in WAYS:
        raise Http404
    way, person = WAYS[how], person_of(request)
    sent = request.POST if request.method == "POST" else request.GET
    ticked, back = ticked_in(sent, page, person), sent.get("back", "")[:LONGEST_BACK]
    came_from = list_address(pk, back)
    context = plan_context(request, page, "services") | {"way": way, "ticked": ticked, "cancel_url": came_from}
    if not ticked:
        return render(request, "services/services_together.html", context, status=422 if request.POST else 200)
    form = way.form(request.POST or None, ticked=ticked, back=back, **way.options)

    def act() -> list[PlannedService]:
        return way.act(ticked, form.values(), by=person, at=clock.now())

    said = ngettext("%(number)s service was changed.", "%(number)s services were changed.", len(ticked))
    if answered(request, form, act, said % {"number": len(ticked)}):
        return redirect(came_from)
    return form_page(request, "services/services_together.html", form, context)


def ticked_in(sent: QueryDict, page: PlanPage, person: User) -> list[Ticked]:
    """The services that an address, or a post, names, each with the version of its row that the list showed.

    Raises:
        Http404: one is no service of this plan (any more).
    """
    seen = {
        key_in(key): key_in(version) for key, _dot, version in (text.partition(".") for text in sent.getlist("line"))
    }
    rows = PlannedService.objects.visible_to(person).in_plan().filter(plan=page.plan, pk__in=seen)
    found = list(rows.select_related("service__category", "goal", "program").in_order())
    if len(found) != len(seen):
        raise Http404
    for row in found:
        if page.plan is not None:
            row.plan = page.plan
    return [Ticked(row, seen[row.pk]) for row in found]

"""The planner's pages: the supervisor is asked, and a link is taken back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.addresses import key_in
from careerplan.base.events import note_event
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from customers.pages import context_for, staff_customer
from worksites.evaluations import asking
from worksites.evaluations.codes import in_two
from worksites.evaluations.enums import Asked
from worksites.evaluations.forms import AskForm, AskHoursForm
from worksites.evaluations.letters import address_of_link
from worksites.evaluations.models import SupervisorLink
from worksites.evaluations.telling import path_of
from worksites.placements.models import Placement

FORMS = {Asked.EVALUATION: AskForm, Asked.HOURS: AskHoursForm}


def placement_of(request, customer, placement_pk):
    rows = Placement.objects.visible_to(request.user).with_job().with_customer()
    return get_object_or_404(rows.standing(), pk=placement_pk, planned__plan__customer=customer)


def asked_before(request, placement):
    """The period of a link that nobody can answer any more, which is asked for anew (`?link=`)."""
    rows = placement.supervisor_links.filter(pk=key_in(request.GET.get("link", "")))
    return rows.values("begins_on", "ends_on", "hours_asked").first() or {}


@require_http_methods(["GET", "POST"])
def supervisor_ask(request, pk, placement_pk, kind):
    """The answer to the post shows the link and its code: the code is kept nowhere, a session included."""
    customer = staff_customer(request, pk)
    placement = placement_of(request, customer, placement_pk)
    if kind not in Asked.values:
        raise Http404
    form = FORMS[Asked(kind)](request.POST or None, initial={"language": "en", **asked_before(request, placement)})
    made = []

    def ask():
        language = form.cleaned_data["language"]
        made.append(asking.ask(placement, Asked(kind), form.period, language=language, by=request.user, at=clock.now()))

    context = context_for(request, customer, "worksites") | {"placement": placement, "kind": Asked(kind)}
    if answered(request, form, ask, ""):
        if not made:
            return redirect("placement", pk, placement_pk)
        question = made[0]
        note_event("supervisor-asked", request, key=question.link.pk)
        context |= {"link": question.link, "code": in_two(question.code), "address": address_of_link(question.secret)}
        return render(request, "worksites/evaluations/asked.html", context)
    return form_page(request, "worksites/evaluations/ask.html", form, context)


@require_POST
def supervisor_take_back(request, pk, placement_pk, link_pk):
    customer = staff_customer(request, pk)
    placement = placement_of(request, customer, placement_pk)
    rows = SupervisorLink.objects.visible_to(request.user).with_all()
    link = get_object_or_404(rows, pk=link_pk, placement=placement)
    try:
        asking.take_back(link, by=request.user, at=clock.now())
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The link was taken back. It opens nothing any more."))
    return redirect(path_of(link))

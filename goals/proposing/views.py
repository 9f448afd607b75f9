"""The planner decides on each step that the customer proposed."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.pages import answered, form_page
from careerplan.plans.pages import plan_context, started_page
from goals.proposing import actions
from goals.proposing.forms import AcceptForm, DeclineForm
from goals.proposing.models import SHOWN_DECIDED, StepProposal


def proposals_of(plan):
    """Those that wait for a decision, and below them the last decided ones. One query."""
    return list(newest_proposals(plan.pk))


def newest_proposals(plan: int):
    rows = StepProposal.objects.filter(plan=plan).select_related("plan", "goal", "decided_by", "step").waiting_first()
    return rows[: actions.MOST_WAITING + SHOWN_DECIDED]


def proposal_asked_for(request, page, proposal_pk):
    rows = StepProposal.objects.visible_to(request.user).select_related("goal", "decided_by", "step")
    return get_object_or_404(rows, pk=proposal_pk, plan=page.plan)


def back_to(pk):
    return redirect(reverse("plan:goals", args=[pk]) + "#proposals")


@require_http_methods(["GET", "POST"])
def proposal_accept(request, pk, proposal_pk):
    """As it stands, or in other words."""
    page = started_page(request, pk)
    proposal = proposal_asked_for(request, page, proposal_pk)
    form = AcceptForm(request.POST or None, proposal=proposal, plan=page.plan)

    def accept():
        return actions.accept_proposal(proposal, form.values(), **form.said(), by=request.user, at=clock.now())

    if answered(request, form, accept, _("The step is in the plan now. The customer is told.")):
        return back_to(pk)
    context = plan_context(request, page, "goals") | {"proposal": proposal}
    return form_page(request, "goals/proposal_accept.html", form, context)


@require_http_methods(["GET", "POST"])
def proposal_decline(request, pk, proposal_pk):
    page = started_page(request, pk)
    proposal = proposal_asked_for(request, page, proposal_pk)
    form = DeclineForm(request.POST or None, language=page.plan.written_in)

    def decline():
        return actions.decline_proposal(proposal, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, decline, _("The step was declined. The customer is told.")):
        return back_to(pk)
    context = plan_context(request, page, "goals") | {"proposal": proposal}
    return form_page(request, "goals/proposal_decline.html", form, context)

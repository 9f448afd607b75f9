"""The planner notes that a step is done, and files what shows it."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.plans.pages import plan_context, started_page
from goals.models import ActionStep
from goals.proving import actions
from goals.proving.forms import DoneWithProofForm


@takes_files
@require_http_methods(["GET", "POST"])
def step_proof(request, pk, step_pk):
    page = started_page(request, pk)
    step = get_object_or_404(ActionStep.objects.visible_to(request.user).in_plan(), pk=step_pk, plan=page.plan)
    step.plan = page.plan
    initial = {"done_on": step.done_on or day_of(clock.now())}
    form = DoneWithProofForm(request.POST or None, request.FILES or None, initial=initial)

    def file():
        done_on = form.cleaned_data["done_on"]
        return actions.finish_step_with_proof(step, form.brought, done_on=done_on, by=request.user, at=clock.now())

    if answered(request, form, file, _("The step is done, and the file is in the uploads.")):
        return redirect(reverse("plan:goals", args=[pk]) + "#steps")
    return form_page(request, "goals/step_proof.html", form, plan_context(request, page, "goals") | {"step": step})

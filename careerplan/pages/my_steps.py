"""The customer's own steps: what is to do and what is late, done with a photo, and what the customer proposes."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.agreement.today import steps_of_today
from acknowledgments.paper.next_steps import by_words, is_late
from acknowledgments.paper.rows import who_to_customer
from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.pages.my import IN_FORCE, own_customer, own_step
from careerplan.plans.pages import newest_plan
from customers.writing import language_of_writing
from goals.items import ActionStepItem
from goals.proposing import actions as proposing
from goals.proposing.forms import ProposeForm
from goals.proposing.models import StepProposal
from goals.proposing.views import proposals_of
from goals.proving.actions import finish_own_step_with_proof
from goals.proving.forms import ProofForm
from goals.proving.showing import proofs_of
from goals.steps import OWN


@dataclass(frozen=True)
class Line:
    """An action step of the plan in force, as its customer reads it."""

    item: ActionStepItem
    who: str
    by: str
    goal: str
    is_late: bool
    may_be_done: bool
    files: list


def in_force(customer):
    """The seal of the version in force, of a plan that is open; None where there is none. One query."""
    active = next(iter(IN_FORCE.read(customer.pk)), None)
    return active if active is not None and active.version.plan.is_open else None


def lines_of(active, *, on, reader):
    """Those to do by their days, then those that are done. Two queries."""
    found = steps_of_today(active.version.plan, active.contents)
    files = proofs_of(active.version.plan_id, reader=reader)
    goals = {goal.id: goal.statement for goal in active.contents.goals}
    lines = [
        Line(
            item=item,
            who=who_to_customer(item.who),
            by=by_words(item.due_on),
            goal=goals.get(item.goal_id, ""),
            is_late=not item.done_on and is_late(item.due_on, on),
            may_be_done=item.who in OWN and not changing,
            files=files[item.id],
        )
        for item, changing in found
    ]
    return sorted(lines, key=lambda line: (bool(line.item.done_on), line.item.due_on == "", line.item.due_on))


@require_GET
def my_steps(request):
    customer = own_customer(request)
    active, plan = in_force(customer), newest_plan(customer)
    proposals = proposals_of(plan) if plan is not None else []
    waiting = [proposal for proposal in proposals if proposal.is_waiting]
    context = {
        "customer": customer,
        "plan": plan if plan is not None and plan.is_open else None,
        "active": active,
        "written_in": active.contents.about.written_in if active else "",
        "lines": lines_of(active, on=day_of(clock.now()), reader=request.user) if active else [],
        "proposals": proposals,
        "most": proposing.MOST_WAITING if len(waiting) >= proposing.MOST_WAITING else 0,
        "nav_section": "my",
    }
    return render(request, "careerplan/my_steps.html", context)


@require_http_methods(["GET", "POST"])
def my_step_propose(request):
    customer = own_customer(request)
    plan, active = newest_plan(customer), in_force(customer)
    if plan is None or not plan.is_open:
        raise Http404
    statements = {goal.id: goal.statement for goal in active.contents.goals} if active else {}
    language = language_of_writing(request.user, customer)
    goals_in = active.contents.about.written_in if active else ""
    form = ProposeForm(request.POST or None, statements=statements, goals_in=goals_in, language=language)

    def propose():
        return proposing.propose_step(plan, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, propose, _("Your planner gets your step and decides about it.")):
        return redirect(reverse("my:steps") + "#proposals")
    context = {"customer": customer, "nav_section": "my"}
    return form_page(request, "careerplan/my_step_propose.html", form, context)


@require_POST
def my_proposal_take_back(request, proposal_pk):
    rows = StepProposal.objects.visible_to(request.user).filter(plan__customer__user=request.user)
    proposing.take_back_proposal(get_object_or_404(rows, pk=proposal_pk), by=request.user, at=clock.now())
    messages.success(request, _("You took the step back."))
    return redirect(reverse("my:steps") + "#proposals")


@takes_files
@require_http_methods(["GET", "POST"])
def my_step_proof(request, step_pk):
    """Done, with a photo or a file; of a step that is done, one more."""
    customer, step = own_customer(request), own_step(request, step_pk)
    active = in_force(customer)
    lines = lines_of(active, on=day_of(clock.now()), reader=request.user) if active else []
    line = next((line for line in lines if line.item.id == step.pk and line.may_be_done), None)
    if line is None:
        raise Http404
    form = ProofForm(request.POST or None, request.FILES or None)

    def send():
        return finish_own_step_with_proof(step, form.brought, by=request.user, at=clock.now())

    if answered(request, form, send, _("The step is done now. Your planner can see it, and what you sent.")):
        return redirect("my:steps")
    written_in = active.contents.about.written_in
    context = {"customer": customer, "line": line, "written_in": written_in, "nav_section": "my"}
    return form_page(request, "careerplan/my_step_proof.html", form, context)

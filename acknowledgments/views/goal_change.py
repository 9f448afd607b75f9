"""Change employment goal: choose the new goal, then close the plan and begin the next one (12.7.8)."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from acknowledgments.agreement.goal_change import CHOICES, change_employment_goal
from acknowledgments.forms.agreement import GoalChangeForm
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.plans.coenrollment import others
from careerplan.plans.pages import plan_context, started_page
from goals.careers.showing import limits_of
from goals.careers.wages import wage_floor
from goals.models import Occupation
from goals.views import occupation_lists

EVERYTHING = dict.fromkeys(CHOICES, True)


@require_http_methods(["GET", "POST"])
def goal_change(request, pk):
    page = started_page(request, pk)
    if not page.plan.is_iep:
        raise Http404
    explores = request.GET.get("explores") == "yes"
    occupation = Occupation.objects.filter(code=request.GET.get("occupation", ""), is_active=True).first()
    context = plan_context(request, page, "goals")
    if not explores and occupation is None:
        context |= occupation_lists(request) | {"by_link": True, "limits": limits_of(page)}
        context["floor"] = wage_floor(page.customer, on=day_of(clock.now()))
        template = "goals/_occupations.html" if request.htmx else "acknowledgments/goal_change_choose.html"
        return render(request, template, context)
    form = GoalChangeForm(request.POST or None, initial=EVERYTHING)

    def change():
        goal = {"occupation": None if explores else occupation, "explores": explores}
        return change_employment_goal(page.plan, **goal, **form.values(), by=request.user, at=clock.now())

    if answered(request, form, change, _("The plan was closed, and the next one was started with the new goal.")):
        return redirect("plan:goals", pk)
    partners = others(page.customer, request.user)
    context |= {"occupation": occupation, "explores": explores, "partners": partners}
    return form_page(request, "acknowledgments/goal_change.html", form, context)

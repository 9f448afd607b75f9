"""The same occupation in another role by one click; the desired career path, and the search for its occupations."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.base.readable import dollars
from careerplan.base.refusals import Refusal
from careerplan.plans.pages import started_page
from customers.pages import context_for, staff_customer
from goals import actions
from goals.careers.paths import OCCUPATIONS, occupations_of, path_and_change, path_of
from goals.careers.same import may_be_the_same, set_the_same_goal
from goals.careers.showing import beside_of, path_shown
from goals.careers.wages import wage_floor
from goals.forms import CareerPathForm
from goals.models import Occupation
from goals.views import occupation_lists


@require_POST
def career_goal_same(request, pk, role):
    page = started_page(request, pk)
    if not may_be_the_same(page.plan, role):
        raise Http404
    goal = set_the_same_goal(page.plan, role, by=request.user, at=clock.now())
    said = _("{role}: same as the employment goal, {goal}.")
    messages.success(request, format_html(said, role=goal.get_role_display(), goal=goal))
    return redirect("plan:goals", pk)


@require_http_methods(["GET", "POST"])
def career_path(request, pk):
    customer = staff_customer(request, pk)
    path, changed = path_and_change(customer)
    form = CareerPathForm(request.POST or None, row=path)
    if path_saved(request, customer, form):
        return redirect("plan:overview", pk)
    context = context_for(request, customer, "assessments") | path_context(customer, path, changed)
    return form_page(request, "goals/career_path.html", form, context)


@require_http_methods(["GET", "POST"])
def career_path_occupation(request, pk, which):
    """Choose an occupation of the desired career path by the search that career goals have."""
    customer = staff_customer(request, pk)
    if occupation_chosen(request, customer, which):
        return redirect("plan:career-path", pk)
    context = context_for(request, customer, "assessments") | occupation_context(request, customer, which)
    context["choose_url"] = reverse("plan:career-path-occupation", args=[pk, which])
    template = "goals/_occupations.html" if request.htmx else "goals/career_path_occupation.html"
    return form_page(request, template, CareerPathForm(), context)


def path_saved(request, customer, form):
    """Save a posted form of the desired career path; a wage goal below the law is told, and kept."""

    def save():
        return actions.save_career_path(customer, form.values(), seen=form.seen, by=request.user, at=clock.now())

    saved = answered(request, form, save, _("The desired career path was saved."))
    if saved:
        say_when_below_the_floor(request, customer, form.cleaned_data["wage_goal"])
    return saved


def say_when_below_the_floor(request, customer, wage):
    floor = wage_floor(customer, on=day_of(clock.now())) if wage is not None else None
    if floor is not None and floor.is_above(wage):
        told = _("This wage goal is below the minimum wage of %(rate)s an hour. It was saved as you entered it.")
        messages.warning(request, told % {"rate": dollars(str(floor.rate))})


def occupation_chosen(request, customer, which):
    """Set the posted occupation of the path; without one, the place is emptied. False where nothing was posted."""
    if which not in OCCUPATIONS:
        raise Http404
    if request.method != "POST":
        return False
    code = request.POST.get("occupation", "")
    occupation = Occupation.objects.filter(code=code).first() if code else None
    if code and occupation is None:
        raise Refusal("no-occupation", _("Choose an occupation from the list."))
    values = {OCCUPATIONS[which]: occupation}
    actions.save_career_path(customer, values, by=request.user, at=clock.now())
    messages.success(request, _("The desired career path was saved."))
    return True


def path_context(customer, path, changed):
    """The path, as `path_and_change`, with what stands beside its occupations: at most three queries."""
    beside = beside_of(customer, occupations_of(path), on=day_of(clock.now()))
    zones = beside.pop("zones")
    return beside | path_shown(path, changed, zones)


def occupation_context(request, customer, which):
    """The search for one occupation of the path."""
    path, place = path_of(customer), OCCUPATIONS[which]
    found = occupation_lists(request)
    return found | {
        "which": which,
        "chosen": getattr(path, place) if path is not None else None,
        "floor": wage_floor(customer, on=day_of(clock.now())),
    }

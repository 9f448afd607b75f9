"""The first two tabs of a plan: its overview (ILL-014 to ILL-049), and the assessments under review."""

from django.db.models import Count, Value
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from acknowledgments.agreement.in_force import draft_asks
from acknowledgments.agreement.status import latest_standing, pending_standing
from acknowledgments.paper.plain import written
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.base.prepared import Prepared
from careerplan.plans.pages import plan_context, plan_page
from customers.actions import write_summary
from customers.forms import SummaryForm
from customers.models import AssessmentSummary, CaseNote
from customers.outside.reading import assessment_overview
from customers.sections.reading import list_of_sections
from goals.careers.paths import path_of
from goals.enums import GoalStatus
from goals.items import GOAL
from goals.models import Goal
from services.assessment_steps import recorded
from services.items import SERVICE
from services.models import EarnedCredential, PlannedService
from worksites.models import Placement


@require_GET
def plan_overview(request, pk):
    """Profile, latest agreement, assessments, desired career path, accomplishments, goals (ILL-014 to ILL-049)."""
    page = plan_page(request, pk)
    customer = page.customer
    today = day_of(clock.now())
    context = plan_context(request, page, "overview") | {
        "overview": assessment_overview(customer, on=today),
        "path": path_of(customer),
        "counts": dict(COUNTS.ask(customer.pk, page.plan.pk if page.plan else 0)),
    }
    if page.plan is not None:
        asks = page.active is not None and draft_asks(page.current, on=today)
        context |= {
            "goals": goals_with_services(page.plan),
            "endings": [] if page.plan.is_open else endings_of(page.plan),
            "latest": latest_standing(page.active, on=today),
            "pending": pending_standing(page.current or page.declined, page.active, asks=asks),
        }
    return render(request, "careerplan/plan_overview.html", context)


def endings_of(plan):
    """What was said of the items that were open as the plan closed, each by its name in the reader's words. Two
    queries."""
    endings = list(plan.endings.order_by("id"))
    keys = [row.item for row in endings if row.kind == SERVICE.name]
    services = PlannedService.objects.filter(plan=plan, pk__in=keys).select_related("service")
    names = {row.pk: row.service.plain_name for row in services}
    for row in endings:
        row.told = names[row.item] if row.kind == SERVICE.name else written(row.label, plan.written_in)
        row.told_note = written(row.note, plan.written_in)
    return endings


def goals_with_services(plan):
    """The goals with their dates and the services that stand under them, in plan order. Two queries."""
    in_plan = PlannedService.objects.in_plan()
    goals = list(Goal.objects.in_plan().filter(plan=plan).select_related("category").with_dates(in_plan).in_order())
    rows = in_plan.filter(plan=plan, goal__isnull=False).select_related("service").in_order()
    by_goal = {goal.pk: [] for goal in goals}
    for row in rows:
        by_goal.get(row.goal_id, []).append(row)
    for goal in goals:
        goal.planned = by_goal[goal.pk]
    return goals


def counted(customer: int, plan: int):
    """How many case notes, earned credentials and placements a customer has, and completed goals and services a plan
    (ILL-031)."""
    rows = {
        "notes": CaseNote.objects.filter(customer=customer),
        "credentials": EarnedCredential.objects.filter(customer=customer),
        "placements": Placement.objects.standing().filter(planned__plan__customer=customer),
        "goals": Goal.objects.in_plan().filter(plan=plan, status=GoalStatus.COMPLETE),
        "services": PlannedService.objects.filter(plan=plan).accomplished(),
    }
    first, *others = (found.order_by().values_list(Value(what)).annotate(Count("pk")) for what, found in rows.items())
    return first.union(*others, all=True)


COUNTS = Prepared(counted)


@require_http_methods(["GET", "POST"])
def review_assessment(request, pk):
    page = plan_page(request, pk)
    form = SummaryForm(request.POST or None)

    def write():
        return write_summary(page.customer, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, write, _("The assessment summary was saved.")):
        return redirect("plan:assessment", pk)
    summaries = AssessmentSummary.objects.visible_to(request.user).filter(customer=page.customer)
    context = plan_context(request, page, "assessment") | {
        "part": "assessments",
        "overview": assessment_overview(page.customer, on=day_of(clock.now())),
        **list_of_sections(page.customer.pk),
        "recorded": recorded(page.customer.pk),
        "summary": summaries.select_related("written_by").newest_first().first(),
    }
    context["lacks_summary"] = context["summary"] is None and bool(page.in_plan(GOAL))
    return form_page(request, "careerplan/review_assessment.html", form, context)

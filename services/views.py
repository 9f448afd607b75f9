"""Add Steps/Services: the planned services; choosing them is in services/catalog."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from careerplan.plans.enums import VersionState
from careerplan.plans.pages import plan_context, plan_page, started_page, undo_url
from goals.items import GOAL
from services import actions, assessment_steps
from services.amounts import amount_change, what_it_means
from services.attendance.views.service import attendance_block
from services.beside import BESIDE
from services.choices import choices_on
from services.classes.apprenticeship.views import low_wages_of, warn_of_low_wages
from services.classes.forms import form_of
from services.costs.reading import costs_of_service
from services.credentials.showing import earned_in
from services.enums import AssessmentStep, ServiceStatus
from services.feed.inbox import shown_of, sources_heard, waiting_records
from services.forms import (
    AssessmentStepForm,
    FundingForm,
    ServiceRemovalForm,
)
from services.items import SERVICE
from services.limits.spending import is_support
from services.limits.views import warn_of_limits
from services.lines.listing import listing_of, rows_listed
from services.models import PlannedService
from services.moves.kinds import moves_of
from services.moves.ready import start_checks
from services.moves.since import held_since
from services.never_provided import reason_asked, reason_documented
from services.placed import placements_block
from services.selected import planned_of


@require_GET
def services(request, pk):
    page = plan_page(request, pk)
    context = plan_context(request, page, "services")
    if page.plan is not None:
        rows, feed, sources = LISTED.read(page.plan.pk, page.customer.pk, page.customer.office.region_id)
        loose = [row for row in rows if not row.goal_id]
        context |= {
            "unassigned": [row for row in loose if row.needs_goal],
            "groundwork": [row for row in loose if not row.needs_goal],
            "listing": listing_of(page, [row for row in rows if row.goal_id], request.GET),
            "ticks_all": request.GET.get("tick") == "all",
            "developments": developments_of(page),
        }
        if not request.htmx:
            context |= shown_of(feed, page.customer.pk) | {"sources": sources}
    template = "services/_planned.html" if request.htmx else "services/services.html"
    return render(request, template, context)


def planned_services(plan: int, _customer: int, _region: int):
    return rows_listed(plan)


def records_in_inbox(_plan: int, customer: int, _region: int):
    return waiting_records(customer)


def sources_of_region(_plan: int, customer: int, region: int):
    return sources_heard(customer, region)


# The list, and what other systems say beside it.
LISTED = PreparedTogether(*map(PreparedRows, (planned_services, records_in_inbox, sources_of_region)))


def developments_of(page):
    """The versions of the plan as service records, the oldest first; a deleted draft is none."""
    return [version for version in reversed(page.versions) if version.state != VersionState.DELETED]


@require_http_methods(["GET", "POST"])
def service_edit(request, pk, service_pk):
    page = started_page(request, pk)
    planned = page.item(SERVICE, service_pk)
    planned.goal = next((goal for goal in page.in_plan(GOAL) if goal.pk == planned.goal_id), None)
    lines, notes, assessments = BESIDE.read(planned.pk, page.customer.pk)
    grantee, choices = page.customer.office.grantee.name, choices_on(page, assessments)
    about = {"row": planned, "grantee": grantee, "by": request.user, "assigns": page.may_change, "choices": choices}
    form = form_of(planned.service)(request.POST or None, **about)

    def save():
        saved = actions.save_service(planned, form.values(), seen=form.seen, by=request.user, at=clock.now())
        if saved.dollar_value != planned.dollar_value and (change := amount_change(saved)) is not None:
            review = page.active.next_review_on if page.active else None
            messages.info(request, what_it_means(change, next_review_on=review))

    if answered(request, form, save, _("The step/service was saved.")):
        saved = planned_of(request, page, service_pk)
        warn_of_limits(request, saved)
        warn_of_low_wages(request, saved)
        return redirect("plan:services", pk)
    context = plan_context(request, page, "services") | {"planned": planned, "grantee": grantee}
    context["notes_about"] = notes
    context["costs"] = costs_of_service(planned, lines)
    context |= {
        "reason_asked": reason_asked(planned, day_of(clock.now())),
        "reason_documented": reason_documented(planned),
    }
    context["moves"], context["held_since"] = list(moves_of(planned.status)), held_since(planned)
    context["low_wages"] = low_wages_of(planned)
    if planned.status == ServiceStatus.COMPLETE:
        context["credentials"] = earned_in(planned)
    if planned.status == ServiceStatus.PLANNED:
        left = form.left if is_support(planned) and not form.is_bound else None
        context["checks"] = start_checks(planned, on=day_of(clock.now()), left=left)
    context |= attendance_block(planned, day_of(clock.now())) | placements_block(planned, day_of(clock.now()))
    return form_page(request, "services/service_edit.html", form, context)


@require_http_methods(["GET", "POST"])
def service_remove(request, pk, service_pk):
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    form = ServiceRemovalForm(request.POST or None)

    def remove():
        return actions.remove_service(planned, **form.cleaned_data, by=request.user, at=clock.now())

    undo = undo_url(pk, SERVICE, planned)
    if answered(request, form, remove, _("The step/service was removed from the plan."), undo=undo):
        return redirect("plan:services", pk)
    context = plan_context(request, page, "services") | {"planned": planned}
    context |= placements_block(planned, day_of(clock.now()))
    return form_page(request, "services/service_remove.html", form, context)


@require_http_methods(["GET", "POST"])
def assessment_step(request, pk, step=AssessmentStep.INITIAL):
    """Record one of the two assessments of an IEP: its result, and the service on which the plan rests (12.7.3)."""
    page = started_page(request, pk)
    planned = PlannedService(plan=page.plan, service=assessment_steps.entry(step))
    about = {"assessed_on": day_of(clock.now()), "assessed_by": str(request.user)}
    form = AssessmentStepForm(request.POST or None, planned=planned, by=request.user, initial=about)

    def act():
        values = form.cleaned_data | {"step": step}
        return assessment_steps.record_assessment_step(page.plan, **values, by=request.user, at=clock.now())

    is_initial = step == AssessmentStep.INITIAL
    said = _("The Initial Assessment was recorded.") if is_initial else _("The Comprehensive Assessment was recorded.")
    if answered(request, form, act, said):
        return redirect("plan:next" if is_initial else "plan:assessment", pk)
    context = plan_context(request, page, "assessment") | {"is_initial": is_initial}
    return form_page(request, "services/assessment_step.html", form, context)


@require_http_methods(["GET", "POST"])
def service_funding(request, pk, service_pk):
    """Go on with a service under another funding source or contract, without a new version (12.7.5)."""
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    form = FundingForm(request.POST or None, planned=planned, initial={"changes_on": day_of(clock.now())})

    def change():
        return actions.change_funding(planned, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, change, _("The service continues with its new funding.")):
        return redirect("plan:services", pk)
    context = plan_context(request, page, "services") | {"planned": planned}
    return form_page(request, "services/service_funding.html", form, context)

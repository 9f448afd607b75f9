"""Add Steps/Services: the catalog, the planned services, earned credentials."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.addresses import key_asked, search_asked
from careerplan.base.dates import day_of
from careerplan.base.once import SavedAlready, once
from careerplan.base.pages import answered, form_page
from careerplan.base.prepared import PreparedRows
from careerplan.plans.enums import VersionState
from careerplan.plans.pages import plan_context, plan_page, started_page, undo_url
from customers.enums import NoteMatter
from customers.notes.matters import notes_about
from customers.pages import context_for, staff_customer
from goals.models import Goal
from services import actions, assessment_steps
from services.enums import AssessmentStep, ServiceStatus
from services.forms import (
    AssessmentStepForm,
    CatalogFilterForm,
    ChosenServicesForm,
    CredentialForm,
    FundingForm,
    ServiceForm,
    ServiceRemovalForm,
)
from services.items import SERVICE
from services.models import PlannedService, Service


@require_GET
def services(request, pk):
    page = plan_page(request, pk)
    context = plan_context(request, page, "services")
    status = request.GET.get("status", "")
    if page.plan is not None:
        rows = PLANNED.read(page.plan.pk)
        assigned = [row for row in rows if row.goal_id]
        loose = [row for row in rows if not row.goal_id]
        shown = [row for row in assigned if row.status == status] if status in ServiceStatus.values else assigned
        context |= {
            "unassigned": [row for row in loose if row.needs_goal],
            "groundwork": [row for row in loose if not row.needs_goal],
            "planned": shown,
            "total": len(assigned),
            "status": status,
            "statuses": ServiceStatus.choices,
            "developments": developments_of(page),
        }
    template = "services/_planned.html" if request.htmx else "services/services.html"
    return render(request, template, context)


def planned_services(plan: int):
    rows = PlannedService.objects.in_plan().filter(plan=plan)
    return rows.select_related("service__category", "goal").in_order()


PLANNED = PreparedRows(planned_services)


def developments_of(page):
    """The versions of the plan as service records, the oldest first; a deleted draft is none."""
    return [version for version in reversed(page.versions) if version.state != VersionState.DELETED]


@require_GET
def catalog(request, pk):
    """The services to choose from: a page of its own, and the content of the dialog."""
    page = started_page(request, pk)
    context = catalog_context(request, page, request.GET)
    template = "services/_catalog.html" if request.htmx else "services/catalog.html"
    return render(request, template, context)


def catalog_context(request, page, asked, form=None):
    """What is found, and what was chosen before, which stays in sight. `form`: what was posted, with its errors."""
    form_filter, words = CatalogFilterForm(request.GET or None), search_asked(request.GET)
    goal, goals = goal_asked_for(request, page), list(goals_of(page))
    chosen = chosen_services(asked)
    keys = {service.pk for service in chosen}
    only = goals[0] if len(goals) == 1 else None
    initial = {"goal": goal or only, "planned_start_on": day_of(clock.now())}
    return plan_context(request, page, "services") | {
        "form_filter": form_filter,
        "words": words,
        "catalog": chosen + [service for service in offered(form_filter, words) if service.pk not in keys],
        "chosen": keys,
        "goal": goal,
        "form": form or ChosenServicesForm(goals=goals_of(page), initial=initial),
    }


def goals_of(page):
    return Goal.objects.in_plan().filter(plan=page.plan).in_order()


def chosen_services(asked):
    """The entries of the catalog that an address, or a post, names."""
    codes = asked.getlist("service")
    return list(Service.objects.filter(code__in=codes).select_related("category").order_by("name")) if codes else []


@require_POST
def services_add(request, pk):
    """Several services at once, under one goal and with the same planned days."""
    page = started_page(request, pk)
    form = ChosenServicesForm(request.POST, goals=goals_of(page))
    chosen = chosen_services(request.POST)
    if form.is_valid() and not chosen:
        form.add_error(None, _("Choose one or more services in the list."))

    def add():
        return actions.add_services(page.plan, chosen, **form.cleaned_data, by=request.user, at=clock.now())

    said = ngettext("%(number)s service was added.", "%(number)s services were added.", len(chosen))
    if answered(request, form, add, said % {"number": len(chosen)}):
        return redirect("plan:services", pk)
    context = catalog_context(request, page, request.POST, form)
    return render(request, "services/catalog.html", context, status=422)


def goal_asked_for(request, page):
    key = key_asked(request.GET, "goal") or key_asked(request.POST, "goal")
    rows = Goal.objects.visible_to(request.user).in_plan().filter(plan=page.plan)
    return get_object_or_404(rows, pk=key) if key else None


def offered(form, words):
    rows = Service.objects.filter(is_active=True).select_related("category").order_by("category__position", "name")
    if form.is_valid():
        if form.cleaned_data["category"]:
            rows = rows.filter(category=form.cleaned_data["category"])
    for word in words.split():
        rows = rows.filter(said_in(word, "name", "plain_english", "plain_spanish", "description", "pirl_elements"))
    return rows


def said_in(word, *columns):
    return reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))


@require_POST
def service_add(request, pk):
    page = started_page(request, pk)
    service = get_object_or_404(Service, code=request.POST.get("service", ""))
    goal = goal_asked_for(request, page)
    try:
        with once(request, at=clock.now()):
            planned = actions.add_service(page.plan, service, goal=goal, by=request.user, at=clock.now())
    except SavedAlready as already:
        if request.htmx:
            raise
        messages.info(request, already.sentence)
        return redirect("plan:services", pk)
    if request.htmx:
        context = plan_context(request, page, "services") | {"planned": planned, "unassigned": unassigned_of(page.plan)}
        return render(request, "services/_added.html", context)
    messages.success(
        request, _("%(service)s was added. Now assign it to a goal.") % {"service": planned.service.plain_name}
    )
    return redirect("plan:services", pk)


def unassigned_of(plan):
    rows = PlannedService.objects.in_plan().filter(plan=plan, goal__isnull=True)
    return rows.select_related("service__category").in_order()


def planned_of(request, page, service_pk):
    rows = PlannedService.objects.visible_to(request.user).in_plan().filter(plan=page.plan)
    planned = get_object_or_404(rows.select_related("service__category", "goal", "program"), pk=service_pk)
    planned.plan = page.plan
    return planned


@require_http_methods(["GET", "POST"])
def service_edit(request, pk, service_pk):
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    grantee = page.customer.office.grantee.name
    form = ServiceForm(request.POST or None, row=planned, grantee=grantee, by=request.user)

    def save():
        return actions.save_service(planned, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The step/service was saved.")):
        return redirect("plan:services", pk)
    context = plan_context(request, page, "services") | {"planned": planned, "grantee": grantee}
    context["notes_about"] = notes_about(NoteMatter.SERVICE, planned.pk)
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


@require_http_methods(["GET", "POST"])
def credential_add(request, pk):
    customer = staff_customer(request, pk)
    form = CredentialForm(request.POST or None, customer=customer)

    def add():
        return actions.add_credential(customer, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, add, _("The credential was saved.")):
        return redirect("customer-outcomes", pk)
    return form_page(request, "services/credential_add.html", form, context_for(request, customer, "outcomes"))

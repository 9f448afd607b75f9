"""Add Step/Service: the catalog to choose from, as a page and in the dialog (Illinois workNet, Add Steps/Services)."""

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from careerplan.base import clock
from careerplan.base.addresses import key_asked, key_in, search_asked
from careerplan.base.dates import day_of
from careerplan.base.events import note_event
from careerplan.base.once import SavedAlready, once
from careerplan.base.pages import answered
from careerplan.base.refusals import Refusal
from careerplan.plans.pages import plan_context, started_page
from goals.models import Goal
from services import actions
from services.catalog import actions as actions_of_catalog
from services.catalog.columns import as_csv
from services.catalog.forms import CatalogFilterForm, ChosenServicesForm, PlannedDaysForm
from services.catalog.reading import Asked, Catalog
from services.lines.listing import listing_of, rows_listed
from services.models import Service


@require_GET
def catalog(request, pk):
    """The services to choose from: a page of its own, and the content of the dialog."""
    page = started_page(request, pk)
    context = catalog_context(request, page, request.GET.getlist("service"))
    template = "services/_catalog.html" if request.htmx else "services/catalog.html"
    return render(request, template, context)


def catalog_context(request, page, codes, form=None):
    """What is found, and what was ticked before, which stays in sight. `form`: what was posted, with its errors."""
    form_filter = CatalogFilterForm(request.GET or None)
    goal, goals = goal_asked_for(request, page), goals_of(page)
    only = goals[0] if len(goals) == 1 else None
    initial = {"goal": goal or only, "planned_start_on": day_of(clock.now())}
    asked = asked_for(request, form_filter, codes)
    found = Catalog(page.plan, page.profile.open_enrollments, asked, day_of(clock.now()), request.user)
    return plan_context(request, page, "services") | {
        "form_filter": form_filter,
        "asked": asked,
        "catalog": found,
        "turns": turns(request, page.customer.pk, found),
        "wider": wider(request, page.customer.pk, asked),
        "goal": goal,
        "form": form or ChosenServicesForm(goals=goals, initial=initial),
    }


def asked_for(request, form_filter, codes):
    said = form_filter.cleaned_data if form_filter.is_valid() else {}
    return Asked(
        words=search_asked(request.GET),
        category=said.get("category", ""),
        everything=said.get("everything", False),
        chosen=tuple(codes),
        page=key_in(request.GET.get("page", "")) or 1,
    )


def turns(request, pk, found):
    """To the page before and after this one, with what was asked for."""
    asked = request.GET.copy()
    asked.pop("service", None)
    beside = (("prev", _("Previous"), found.page - 1), ("next", _("Next"), found.page + 1))
    return [
        {"rel": rel, "words": words, "address": address_of(pk, with_page(asked, number))}
        for rel, words, number in beside
        if 1 <= number <= found.pages
    ]


def with_page(asked, number):
    asked["page"] = number
    return asked.urlencode()


def wider(request, pk, asked):
    """Where nothing is found: the same among what is not offered here; where that was asked, everything."""
    left_out = {"service", "page", "everything"} | ({"q", "category"} if asked.everything else set())
    kept = [(name, value) for name, values in request.GET.lists() if name not in left_out for value in values]
    return address_of(pk, urlencode([*kept, ("everything", "on")]))


def address_of(pk, query):
    """Of the page of the catalog, also where it is shown again after a post."""
    return f"{reverse('plan:catalog', args=[pk])}?{query}"


def goals_of(page):
    return Goal.objects.in_plan().filter(plan=page.plan).in_order()


def goal_asked_for(request, page):
    """The goal that is chosen as a service is added; else the one for which the catalog was opened."""
    sent = request.POST if "goal" in request.POST else request.GET
    key = key_asked(sent, "goal") if "goal" in sent else key_asked(request.POST, "opened_for")
    rows = Goal.objects.visible_to(request.user).in_plan().filter(plan=page.plan)
    return get_object_or_404(rows, pk=key) if key else None


@require_POST
def services_add(request, pk):
    """Several services at once, under one goal and with the same planned days."""
    page = started_page(request, pk)
    form = ChosenServicesForm(request.POST, goals=goals_of(page))
    codes = request.POST.getlist("service")
    chosen = list(Service.objects.filter(code__in=codes).order_by("name")) if codes else []
    if form.is_valid() and not chosen:
        form.add_error(None, _("Choose one or more services in the list."))

    def add():
        return actions.add_services(page.plan, chosen, **form.cleaned_data, by=request.user, at=clock.now())

    said = ngettext("%(number)s service was added.", "%(number)s services were added.", len(chosen))
    if answered(request, form, add, said % {"number": len(chosen)}):
        return redirect("plan:services", pk)
    context = catalog_context(request, page, codes, form)
    return render(request, "services/catalog.html", context, status=422)


@require_POST
def service_add(request, pk):
    page = started_page(request, pk)
    service = get_object_or_404(Service, code=request.POST.get("service", ""))
    goal = goal_asked_for(request, page)
    try:
        with once(request, at=clock.now()):
            days = days_asked_for(request)
            planned = actions.add_service(page.plan, service, goal=goal, **days, by=request.user, at=clock.now())
    except SavedAlready as already:
        if request.htmx:
            raise
        messages.info(request, already.sentence)
        return redirect("plan:services", pk)
    if request.htmx:
        context = plan_context(request, page, "services") | {"planned": planned} | listed_behind(request, page)
        return render(request, "services/_added.html", context)
    messages.success(
        request, _("%(service)s was added. Now assign it to a goal.") % {"service": planned.service.plain_name}
    )
    return redirect("plan:services", pk)


def days_asked_for(request):
    """As they stand above the list. Raises Refusal where one can't be read."""
    form = PlannedDaysForm(request.POST)
    if not form.is_valid():
        field, sentences = next(iter(form.errors.items()))
        raise Refusal("days-unreadable", f"{form.fields[field].label}: {sentences[0]}", field=field)
    return form.cleaned_data


def listed_behind(request, page):
    """The lists of the page from which the dialog was opened, narrowed as its address says."""
    rows = list(rows_listed(page.plan.pk))
    asked = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    return {
        "unassigned": [row for row in rows if not row.goal_id and row.needs_goal],
        "listing": listing_of(page, [row for row in rows if row.goal_id], asked),
    }


@require_GET
def catalog_export(request):
    """The whole catalog as a file that the import takes again; only for those who keep it."""
    if request.user.is_customer:
        raise Http404
    actions_of_catalog.require_keeper(request.user)
    note_event("list-taken", request, thing="service catalog")
    rows = Service.objects.select_related("category").order_by("category__position", "code")
    headers = {"Content-Disposition": 'attachment; filename="service-catalog.csv"'}
    return StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)

"""The pages of a placement: a job is chosen, the customer is added to it, and what becomes of that (ILL-123 to 155)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base import clock
from careerplan.base.addresses import search_asked
from careerplan.base.dates import day_of
from careerplan.base.fields import DateField
from careerplan.base.pages import answered, form_page
from careerplan.plans.pages import plan_context, started_page
from customers.pages import context_for, staff_customer
from services.selected import planned_of
from worksites.evaluations import showing as evaluations
from worksites.follow_ups import showing as follow_ups
from worksites.payroll import showing as payroll
from worksites.placements import adding, correcting, moving, paying
from worksites.placements.beside import BESIDE
from worksites.placements.forms import AddForm, EditForm, MoveForm, WageForm
from worksites.placements.locking import refuse_other_status
from worksites.placements.models import Placement
from worksites.placements.moves import BY_CODE, moves_of
from worksites.placements.reading import Shown
from worksites.places.listing import page_of_jobs
from worksites.places.models import Job
from worksites.wages.enums import Circumstance
from worksites.wages.minimum import finding_for


def jobs_for(customer):
    """Of the customer's region, with their openings."""
    rows = Job.objects.offered().filter(worksite__employer__region=customer.office.region_id).with_openings()
    return rows.select_related("worksite__employer", "occupation")


@require_GET
def placement_choose(request, pk, service_pk):
    """The worksite table of the document: a job with an opening left has an Add (ILL-128 to ILL-131)."""
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    words, today = search_asked(request.GET), day_of(clock.now())
    context = plan_context(request, page, "services") | {"planned": planned, "words": words}
    context["may_add"] = page.plan.is_open and not planned.has_ended
    context["jobs"] = page_of_jobs(jobs_for(page.customer), request, words=words, on=today)
    template = "worksites/placements/_choices.html" if request.htmx else "worksites/placements/choose.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def placement_add(request, pk, service_pk, job_pk):
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    job = get_object_or_404(jobs_for(page.customer), pk=job_pk)
    finding = finding_asked(request, job, page.customer, planned, job.starts_on)
    offered = {"wioa_funded": adding.is_wioa_funded(planned.program)}
    form = AddForm(request.POST or None, job=job, initial=offered)
    made = []

    def add():
        made.append(adding.add_placement(planned, job, form.values(), form.pay(), by=request.user, at=clock.now()))
        warn_of_subsidy(request, made[0].wage)

    if answered(request, form, add, _("The customer was added to the job.")):
        return redirect("placement", pk, made[0].pk) if made else redirect("plan:service-edit", pk, service_pk)
    context = plan_context(request, page, "services") | {"planned": planned, "job": job, "finding": finding}
    context["minimum_url"] = reverse("plan:placement-minimum", args=[pk, service_pk, job_pk])
    return form_page(request, "worksites/placements/add.html", form, context)


def warn_of_subsidy(request, wage):
    """It is more than it should be (ILL-135, AMB-I8)."""
    if wage.subsidy_reason:
        messages.warning(request, _("The subsidized wage is more than the minimum wage. The reason was kept."))


@require_GET
def placement_minimum(request, pk, service_pk, job_pk):
    """The minimum wage beside the form, as one enters the day and what else decides it."""
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    job = get_object_or_404(jobs_for(page.customer), pk=job_pk)
    finding = finding_asked(request, job, page.customer, planned, job.starts_on)
    context = {"finding": finding, "minimum_url": request.path}
    return render(request, "worksites/placements/_minimum.html", context)


@require_GET
def placement_wage_minimum(request, pk, placement_pk):
    """As `placement_minimum`, beside another wage of a placement, whichever plan its service stands in."""
    customer = staff_customer(request, pk)
    row = placement_for_page(request, customer, placement_pk)
    finding = finding_asked(request, row.job, customer, row.planned, row.wage.from_on)
    return render(request, "worksites/placements/_minimum.html", {"finding": finding, "minimum_url": request.path})


def finding_asked(request, job, customer, planned, offered, ticked=()):
    """The minimum wage of the day that was entered, else of the one that is offered; of today where there is none.

    `ticked`: the circumstances that the form has ticked before anything is sent.
    """
    sent = request.POST or request.GET
    typed = sent.get("starts_on") or sent.get("from_on") or ""
    try:
        day = DateField(required=False).clean(typed) or offered
    except ValidationError:  # the form says so
        day = offered
    known = [code for code in (sent.getlist("circumstances") if sent else ticked) if code in Circumstance.values]
    day = day or day_of(clock.now())
    return finding_for(job, customer, planned.on(day).program, day, known)


def placement_for_page(request, customer, placement_pk):
    rows = Placement.objects.visible_to(request.user).standing().filter(planned__plan__customer=customer)
    named = ("planned__service__category", "planned__goal", "planned__program", "planned__plan", "added_by")
    placement = get_object_or_404(rows.with_job().with_days().select_related(*named), pk=placement_pk)
    placement.planned.plan.customer = customer
    return placement


@require_GET
def placement(request, pk, placement_pk):
    customer = staff_customer(request, pk)
    row, now = placement_for_page(request, customer, placement_pk), clock.now()
    today = day_of(now)
    history, follow_up_rows, entries, links = BESIDE.read(row.pk)
    context = context_for(request, customer, "worksites") | {
        "placement": row,
        "shown": Shown(row, today),
        "history": history,
        "moves": moves_of(row.status, in_open_plan=row.planned.plan.is_open),
        "wages": sorted(row.wages.all(), key=lambda wage: wage.from_on, reverse=True),
    }
    context |= follow_ups.block_of(row, on=today, rows=follow_up_rows) | evaluations.block_of(row, at=now, rows=links)
    context |= payroll.block_of(row, entries=entries)
    return render(request, "worksites/placements/placement.html", context)


@require_http_methods(["GET", "POST"])
def placement_edit(request, pk, placement_pk):
    customer = staff_customer(request, pk)
    row = placement_for_page(request, customer, placement_pk)
    form = EditForm(request.POST or None, row=row)

    def save():
        correcting.save_placement(
            row, form.values(), former_holds=form.former_holds(), seen=form.seen, by=request.user, at=clock.now()
        )

    if answered(request, form, save, _("The placement was saved.")):
        return redirect("placement", pk, placement_pk)
    context = context_for(request, customer, "worksites") | {"placement": row}
    return form_page(request, "worksites/placements/edit.html", form, context)


@require_http_methods(["GET", "POST"])
def placement_move(request, pk, placement_pk, move):
    customer = staff_customer(request, pk)
    row = placement_for_page(request, customer, placement_pk)
    if move not in BY_CODE:
        raise Http404
    how = BY_CODE[move]
    if request.method == "GET":
        refuse_other_status(row, how)
    form = MoveForm(request.POST or None, row=row, move=how)

    def act():
        moving.move_placement(row, move, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, act, how.said):
        if how.leads_to is None:
            return redirect("customer-worksites", pk)
        return redirect("placement", pk, placement_pk)
    context = context_for(request, customer, "worksites") | {"placement": row, "move": how}
    return form_page(request, "worksites/placements/move.html", form, context)


@require_http_methods(["GET", "POST"])
def placement_wage(request, pk, placement_pk):
    customer = staff_customer(request, pk)
    row = placement_for_page(request, customer, placement_pk)
    newest = row.wage
    ticked = newest.circumstances
    finding = finding_asked(request, row.job, customer, row.planned, newest.from_on, ticked)
    form = WageForm(request.POST or None, row=newest)

    def change():
        saved = paying.change_wage(
            newest, form.pay(), from_on=form.cleaned_data["from_on"], seen=form.seen, by=request.user, at=clock.now()
        )
        warn_of_subsidy(request, saved)

    if answered(request, form, change, _("The wage was saved.")):
        return redirect("placement", pk, placement_pk)
    context = context_for(request, customer, "worksites") | {
        "placement": row,
        "job": row.job,
        "finding": finding,
        "minimum_url": reverse("placement-wage-minimum", args=[pk, placement_pk]),
    }
    return form_page(request, "worksites/placements/wage.html", form, context)

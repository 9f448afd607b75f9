"""Pages of the worksite tool: lists of jobs and employers, an employer, a worksite, and their forms."""

from django.db.models import F, Prefetch
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.dates import day_of
from careerplan.base.events import note_event
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import NotAllowed
from customers.pages import require_staff
from customers.stored import opened
from goals.models import Occupation
from goals.views import occupation_lists
from worksites.placements.models import Placement
from worksites.places.actions import save_employer, save_job, save_worksite
from worksites.places.agreements import file_agreement
from worksites.places.forms import AgreementForm, EmployerForm, JobForm, WorksiteForm
from worksites.places.listing import (
    EMPLOYERS_IN_ORDER,
    PAGE_ROWS,
    Asked,
    employers_asked,
    employers_to_choose,
    jobs_asked,
    nothing_is_listed,
    page_of_jobs,
    regions_with_places,
)
from worksites.places.models import Employer, Job, Worksite, WorksiteAgreement, regions_of
from worksites.places.pay import minimum_at, paid_too_little

# So many employers are offered as a filter; more are found by the search.
MOST_CHOICES = 200
SECTION = {"nav_section": "worksites"}
# Of a worksite: what has ended comes last.
ITS_JOBS_IN_ORDER = (F("ended_on").desc(nulls_first=True), "title", "pk")


# --- lists --------------------------------------------------------------------------------------


@require_GET
def worksites(request):
    """The jobs (ILL-128)."""
    require_staff(request)
    asked, today = Asked.of(request), day_of(clock.now())
    jobs = page_of_jobs(jobs_asked(asked, request.user, on=today), request, words=asked.words, on=today)
    context = SECTION | {
        "jobs": jobs,
        "asked": asked,
        "regions": regions_with_places(request.user),
        "employers": employers_to_choose(asked, request.user)[:MOST_CHOICES],
        "is_empty": not jobs.page.rows and nothing_is_listed(request.user),
    }
    template = "worksites/places/_jobs.html" if request.htmx else "worksites/places/worksites.html"
    return render(request, template, context)


@require_GET
def employers(request):
    require_staff(request)
    asked = Asked.of(request)
    page = page_of(employers_asked(asked, request.user), request, keys=EMPLOYERS_IN_ORDER, rows=PAGE_ROWS)
    context = SECTION | {"page": page, "asked": asked, "regions": regions_with_places(request.user)}
    template = "worksites/places/_employers.html" if request.htmx else "worksites/places/employers.html"
    return render(request, template, context)


# --- employers ----------------------------------------------------------------------------------


def employer_for(request, employer_pk):
    rows = Employer.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(rows, pk=employer_pk)


@require_GET
def employer(request, employer_pk):
    """With its worksites, and the jobs of each."""
    found = employer_for(request, employer_pk)
    jobs = Job.objects.with_openings().order_by(*ITS_JOBS_IN_ORDER)
    rows = Worksite.objects.filter(employer=found).with_agreements()
    rows = rows.prefetch_related(Prefetch("jobs", jobs, to_attr="listed_jobs"))
    page = page_of(rows, request, keys=EMPLOYERS_IN_ORDER, rows=PAGE_ROWS)
    context = SECTION | {"employer": found, "page": page, "today": day_of(clock.now())}
    for worksite_row in page.rows:
        worksite_row.agreement = worksite_row.agreement_on(context["today"])
    return render(request, "worksites/places/employer.html", context)


@require_http_methods(["GET", "POST"])
def employer_edit(request, employer_pk=None):
    """Add an employer (`employer_pk` None), or change one."""
    require_staff(request)
    found = employer_for(request, employer_pk) if employer_pk else None
    regions, saved = regions_of(request.user).order_by("name"), []
    if not regions:
        sentence = _("You work in no region yet. Ask an administrator to give you your office.")
        raise NotAllowed("no-region", sentence)
    form = EmployerForm(request.POST or None, row=found, regions=regions)

    def save():
        values = form.values()
        chosen = values.pop("region", None) or (found.region if found else regions[0])
        saved.append(save_employer(chosen, found, values, seen=form.seen, by=request.user, at=clock.now()))

    if answered(request, form, save, _("The employer was saved.")):
        return redirect("employer", saved[0].pk) if saved else redirect("employers")
    return form_page(request, "worksites/places/employer_edit.html", form, SECTION | {"employer": found})


# --- worksites ----------------------------------------------------------------------------------


def worksite_for(request, worksite_pk, rows=None):
    rows = Worksite.objects.all() if rows is None else rows
    return get_object_or_404(rows.visible_to(request.user).select_related("employer__region"), pk=worksite_pk)


@require_GET
def worksite(request, worksite_pk):
    """With its agreement, its jobs, and those of its customers whom one sees."""
    found = worksite_for(request, worksite_pk, Worksite.objects.with_agreements())
    placed = Placement.objects.visible_to(request.user).standing().filter(job__worksite=found)
    page = page_of(placed.with_customer().select_related("job"), request, keys=["-id"], rows=PAGE_ROWS)
    jobs, today = found.jobs.with_openings().order_by(*ITS_JOBS_IN_ORDER), day_of(clock.now())
    minimum = minimum_at(found, on=today)
    context = SECTION | {
        "worksite": found,
        "agreement": found.agreement_on(today),
        "agreed": found.agreed_around(today),
        "agreements": found.agreements.all(),
        "jobs": jobs,
        "minimum": minimum,
        "low_jobs": paid_too_little(jobs, minimum),
        "page": page,
    }
    return render(request, "worksites/places/worksite.html", context)


@require_http_methods(["GET", "POST"])
def worksite_add(request, employer_pk):
    return worksite_form(request, employer_for(request, employer_pk), None)


@require_http_methods(["GET", "POST"])
def worksite_edit(request, worksite_pk):
    found = worksite_for(request, worksite_pk)
    return worksite_form(request, found.employer, found)


def worksite_form(request, of_employer, found):
    form, saved = WorksiteForm(request.POST or None, row=found), []

    def save():
        values, at = form.values(), clock.now()
        saved.append(save_worksite(of_employer, found, values, seen=form.seen, by=request.user, at=at))

    if answered(request, form, save, _("The worksite was saved.")):
        return redirect("worksite", saved[0].pk) if saved else redirect("employer", of_employer.pk)
    context = SECTION | {"employer": of_employer, "worksite": found}
    return form_page(request, "worksites/places/worksite_edit.html", form, context)


# --- agreements ---------------------------------------------------------------------------------


@takes_files
@require_http_methods(["GET", "POST"])
def agreement_add(request, worksite_pk):
    found = worksite_for(request, worksite_pk)
    form = AgreementForm(request.POST or None, request.FILES or None)

    def save():
        return file_agreement(found, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, save, _("The agreement was filed.")):
        return redirect("worksite", worksite_pk)
    return form_page(request, "worksites/places/agreement_add.html", form, SECTION | {"worksite": found})


@require_GET
def agreement_file(request, worksite_pk, agreement_pk):
    rows = WorksiteAgreement.objects.visible_to(request.user).filter(worksite=worksite_pk)
    agreement = get_object_or_404(rows, pk=agreement_pk)
    name, file = agreement.file.name.rsplit("/", 1)[-1], opened(agreement)
    note_event("file-taken", request, thing="agreement", key=agreement.pk)
    return FileResponse(file, content_type=agreement.content_type, filename=name, as_attachment=True)


# --- jobs ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def job_add(request, worksite_pk):
    return job_form(request, worksite_for(request, worksite_pk), None)


@require_http_methods(["GET", "POST"])
def job_edit(request, job_pk):
    rows = Job.objects.visible_to(request.user).select_related("worksite__employer__region", "occupation")
    found = get_object_or_404(rows, pk=job_pk)
    return job_form(request, found.worksite, found)


def job_form(request, at_worksite, found):
    """The occupation is typed, or chosen by the search that career goals have: then it comes back in the address."""
    chosen = Occupation.objects.filter(code=request.GET.get("occupation", "")).first()
    form = JobForm(request.POST or None, row=found, initial=initial_of(chosen, found))

    def save():
        return save_job(at_worksite, found, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The job was saved.")):
        return redirect("worksite", at_worksite.pk)
    context = SECTION | {"worksite": at_worksite, "job": found, "chosen": chosen, "by_link": True}
    context |= occupation_lists(request)
    if found is not None:
        context["minimum"] = minimum_at(at_worksite, on=day_of(clock.now()))
        context["low_jobs"] = paid_too_little([found], context["minimum"])
    template = "goals/_occupations.html" if request.htmx else "worksites/places/job_edit.html"
    return form_page(request, template, form, context)


def initial_of(occupation, job):
    """A new job is called as its occupation, until it is called otherwise."""
    if occupation is None:
        return {}
    return {"occupation": occupation} | ({} if job else {"title": occupation.title})

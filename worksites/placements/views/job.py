"""A job in the worksite tool: which customer is added to it (ILL-124: the plan shows the same record)."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from careerplan.base import clock
from careerplan.base.addresses import search_asked
from careerplan.base.dates import day_of
from careerplan.base.keyset import page_of
from careerplan.base.searching import with_words
from careerplan.plans.enums import PlanState
from customers.models import Customer
from services.enums import FormKind, ServiceStatus
from services.models import PlannedService
from worksites.placements.models import Placement
from worksites.places.listing import still_offered
from worksites.places.models import Job

ROWS = 25
IN_ORDER = ("last_name", "first_name", "id")
SEARCHED = ("plan__customer__last_name", "plan__customer__first_name", "plan__customer__state_id")
OPEN = (ServiceStatus.PLANNED, ServiceStatus.STARTED, ServiceStatus.ON_HOLD)


@require_GET
def job_customers(request, job_pk):
    """Customers with a work-experience service in an open plan, who are not in this job already."""
    if request.user.is_customer:
        raise Http404
    jobs = still_offered(Job.objects.visible_to(request.user).offered(), on=day_of(clock.now()))
    job = get_object_or_404(jobs.with_openings().select_related("worksite__employer__region"), pk=job_pk)
    words = search_asked(request.GET)
    page = page_of(
        services_for(job, request.user).filter(with_words(words, SEARCHED)), request, keys=IN_ORDER, rows=ROWS
    )
    context = {"job": job, "page": page, "words": words, "nav_section": "worksites"}
    return render(request, "worksites/placements/customers.html", context)


def services_for(job, user):
    """Of customers of the job's region whose plans this person writes."""
    customers = Customer.objects.editable_by(user).filter(office__region=job.worksite.employer.region_id)
    rows = PlannedService.objects.in_plan().filter(
        plan__state=PlanState.OPEN, plan__customer__in=customers, service__form_kind=FormKind.WORKSITE, status__in=OPEN
    )
    placed = Placement.objects.holding().filter(job=job).values("planned")
    rows = rows.annotate(last_name=F("plan__customer__last_name"), first_name=F("plan__customer__first_name"))
    return rows.exclude(pk__in=placed).select_related("service", "plan__customer", "goal")

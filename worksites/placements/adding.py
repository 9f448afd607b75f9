"""A customer is added to a job, which takes one of its openings (ILL-123, ILL-128, ILL-131).

The plan is locked first, then the job: of two planners who take the last opening one gets it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.rows import for_recording
from customers.enums import TITLE_ONE
from customers.models import Program
from services.enums import FormKind
from services.models import PlannedService
from worksites.placements.correcting import say
from worksites.placements.days import note_status, refuse_days
from worksites.placements.locking import refuse_ended_job, refuse_no_opening, refuse_twice
from worksites.placements.models import Placement
from worksites.placements.paying import Pay, pay_of
from worksites.places.models import Job


@transaction.atomic
def add_placement(
    planned: PlannedService, job: Job, values: Mapping[str, Any], pay: Pay, *, by: User, at: datetime
) -> Placement:
    """Add the customer to a job, which takes one of its openings (ILL-128, ILL-131). It is planned.

    `values`: `position_type`, and any of `wioa_funded` (else as the program is), `starts_on`, `ends_on`,
    `subsidy_starts_on`, `subsidy_ends_on`, `notes`.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: with the field, for no opening left, a job of another region, a service of another kind or one that has
            ended, days that don't go together, and wages that can't be (`pay_of`).
    """
    plan = for_recording(planned.plan, by=by)
    planned = service_for_placement(plan, planned)
    job = locked_job(job, plan, on=day_of(at))
    refuse_twice(planned, job, field="job")
    placement = Placement(planned=planned, job=job, added_at=at, added_by=by, starts_on=job.starts_on)
    placement.wioa_funded = is_wioa_funded(planned.program)
    say(placement, values)
    refuse_days(placement, on=day_of(at))
    wage = pay_of(placement, pay, from_on=placement.starts_on or day_of(at))
    record(placement, by=by, at=at)
    wage.placement = placement
    record(wage, by=by, at=at)
    note_status(placement, by=by, at=at)
    return placement


def is_wioa_funded(program: Program | None) -> bool:
    """As the project is (ILL-127): those of WIOA Title I; no for others, and where no program is named."""
    return program is not None and program.kind in TITLE_ONE


def service_for_placement(plan: EmploymentPlan, planned: PlannedService) -> PlannedService:
    rows = PlannedService.objects.in_plan().select_related("service", "program")
    found: PlannedService | None = rows.filter(plan=plan, pk=planned.pk).first()
    if found is None:
        raise Refusal("removed-meanwhile", _("Someone removed this from the plan in the meantime. Open it again."))
    found.plan = plan
    if found.service.form_kind != FormKind.WORKSITE:
        raise Refusal("no-work-experience", _("Only a work-experience service has placements."))
    if found.has_ended:
        sentence = _("This service has ended. Add the work-experience service to the plan again, then the placement.")
        raise Refusal("service-ended", sentence)
    return found


def locked_job(job: Job, plan: EmploymentPlan, *, on: date) -> Job:
    """With an opening left. Raises Refusal where there is none, and for a job of another region or one that ended."""
    Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    # Read once it is locked: its employer may have ended while another one held the lock.
    found = Job.objects.select_related("worksite__employer__region").get(pk=job.pk)
    if found.worksite.employer.region_id != plan.customer.office.region_id:
        raise Refusal("job-of-another-region", _("This job is in another region than the customer."), field="job")
    sentences = {
        "job-over": _("This job ended on %(day)s. Choose another, or correct the job first."),
        "job-ended": _("This job is no longer offered. Choose another."),
    }
    refuse_ended_job(found, sentences, on=on, field="job")
    refuse_no_opening(found, field="job")
    return found

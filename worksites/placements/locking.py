"""A placement as it stands, locked after its plan and, where an opening is taken, after its job; and whether the job
takes the customer."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from careerplan.base.dates import in_text
from careerplan.base.history import ensure_current
from careerplan.base.refusals import Refusal
from careerplan.plans.models import EmploymentPlan
from services.models import PlannedService
from worksites.placements.models import Placement
from worksites.placements.moves import Move
from worksites.places.models import Job


def locked_placement(
    placement: Placement, plan: EmploymentPlan, move: Move | None = None, *, seen: int | None
) -> Placement:
    """As it stands, with its locked plan; its job is locked before it, where the move takes an opening."""
    if move is not None and move.takes_an_opening:
        Job.objects.select_for_update(of=("self",)).get(pk=placement.job_id)
    rows = Placement.objects.select_for_update(of=("self",)).select_related("planned__service", "planned__program")
    found = rows.select_related("job__worksite__employer").get(pk=placement.pk)
    found.planned.plan = plan
    ensure_current(found, seen)
    if found.withdrawn_at is not None:
        raise Refusal("withdrawn", _("This placement was taken back. Add the customer to a job again."))
    if move is not None:
        refuse_other_status(found, move)
    return found


def refuse_other_status(placement: Placement, move: Move) -> None:
    """There is no such move from the status that it has. Raises Refusal."""
    if placement.status not in move.of:
        sentence = _("The placement is “%(status)s” now. Open it again, and choose what is to become of it.")
        raise Refusal("moved-meanwhile", sentence % {"status": placement.get_status_display()})


def refuse_ended_job(job: Job, sentences: Mapping[str, str], *, on: date, field: str | None = None) -> None:
    """Of a locked job with its worksite and employer. `sentences`: by code, what is said. Raises Refusal."""
    if job.ends_on is not None and job.ends_on < on:
        raise Refusal("job-over", sentences["job-over"] % {"day": in_text(job.ends_on)}, field=field)
    if job.ended_on or job.worksite.ended_on or job.worksite.employer.ended_on:
        raise Refusal("job-ended", sentences["job-ended"], field=field)


def refuse_twice(planned: PlannedService, job: Job, *, field: str | None = None) -> None:
    if Placement.objects.holding().filter(planned=planned, job=job).exists():
        raise Refusal("placed-already", _("The customer is in this job already. Open that placement."), field=field)


def refuse_no_opening(job: Job, *, field: str | None = None) -> None:
    """Of a locked job (ILL-128). Raises Refusal."""
    if job.openings <= Placement.objects.holding().filter(job=job).count():
        sentence = _("%(job)s has no opening left. Choose another job, or raise its number of openings.")
        raise Refusal("no-opening-left", sentence % {"job": job.title}, field=field)

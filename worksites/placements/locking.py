"""A placement as it stands, locked after its plan and, where an opening is taken, after its job; and whether the job
has an opening left."""

from django.utils.translation import gettext as _

from careerplan.base.history import ensure_current
from careerplan.base.refusals import Refusal
from careerplan.plans.models import EmploymentPlan
from worksites.placements.models import Placement
from worksites.placements.moves import Move
from worksites.places.models import Job


def locked_placement(
    placement: Placement, plan: EmploymentPlan, move: Move | None = None, *, seen: int | None
) -> Placement:
    """As it stands, with its locked plan; its job is locked before it, where the move takes an opening."""
    job = None
    if move is not None and move.takes_an_opening:
        job = Job.objects.select_for_update(of=("self",)).get(pk=placement.job_id)
    rows = Placement.objects.select_for_update(of=("self",)).select_related("planned__service", "planned__program")
    found = rows.select_related("job__worksite__employer").get(pk=placement.pk)
    found.planned.plan = plan
    ensure_current(found, seen)
    if found.withdrawn_at is not None:
        raise Refusal("withdrawn", _("This placement was taken back. Add the customer to a job again."))
    if move is not None:
        refuse_other_status(found, move)
    if job is not None:
        refuse_no_opening(job)
    return found


def refuse_other_status(placement: Placement, move: Move) -> None:
    """There is no such move from the status that it has. Raises Refusal."""
    if placement.status not in move.of:
        sentence = _("The placement is “%(status)s” now. Open it again, and choose what is to become of it.")
        raise Refusal("moved-meanwhile", sentence % {"status": placement.get_status_display()})


def refuse_no_opening(job: Job, *, field: str | None = None) -> None:
    """Of a locked job (ILL-128). Raises Refusal."""
    if job.openings <= Placement.objects.holding().filter(job=job).count():
        sentence = _("%(job)s has no opening left. Choose another job, or raise its number of openings.")
        raise Refusal("no-opening-left", sentence % {"job": job.title}, field=field)

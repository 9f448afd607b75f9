"""The days of a placement lie within those of its service, and it starts before its job is over: one rule each, asked
on whichever side a day is entered or corrected (12.7.3, ILL-140; for the job see `places.actions`)."""

from collections.abc import Collection

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from careerplan.base.dates import in_text, is_before
from careerplan.base.history import changed_values
from careerplan.base.refusals import Refusal
from services.models import PlannedService
from worksites.enums import BEGUN, PlacementStatus
from worksites.placements.models import Placement
from worksites.places.models import Job


def line_of(planned: PlannedService) -> list[PlannedService]:
    """The service through other funding and other plans, the oldest first: itself, those from which it goes on, and
    those that go on from it."""
    line = [planned]
    while line[0].continues is not None:
        line.insert(0, line[0].continues)
    while (later := PlannedService.objects.in_plan().filter(continues=line[-1]).first()) is not None:
        line.append(later)
    return line


def refuse_outside_service(placement: Placement) -> None:
    """Nobody works before the service has started, which asks the gate, and after it ended. No query while its days
    stay. Raises Refusal."""
    changed = changed_values(placement)
    begins = "starts_on" in changed or changed.get("status", ("",))[0] == PlacementStatus.PLANNED
    if not placement.has_begun or not (begins or "ends_on" in changed):
        return
    line = line_of(placement.planned)
    started, ended = line[0].actual_start_on, line[-1].ended_on
    if begins and started and is_before(placement.starts_on, started):
        sentence = _("The service started on %(day)s. The placement can't start before it.")
        raise Refusal("before-the-service", sentence % {"day": in_text(started)}, field="starts_on")
    if "ends_on" in changed and ended and is_before(ended, placement.ends_on):
        sentence = _("The service ended on %(day)s. Enter that day or an earlier one, or correct the service first.")
        raise Refusal("after-the-service", sentence % {"day": in_text(ended)}, field="ends_on")


def refuse_service_outside(planned: PlannedService, changed: Collection[str]) -> None:
    """The other side of it: of the days of the service. Raises Refusal."""
    line = line_of(planned)
    begun = Placement.objects.standing().filter(planned__in=[row.pk for row in line], status__in=BEGUN)
    days = begun.aggregate(first=Min("starts_on"), last=Max("ends_on"))
    if "actual_start_on" in changed and line[0] is planned and is_before(days["first"], planned.actual_start_on):
        sentence = _(
            "A placement of this service began on %(day)s. Enter that day or an earlier one, or correct the placement "
            "first."
        )
        raise Refusal("after-a-placement", sentence % {"day": in_text(days["first"])}, field="actual_start_on")
    if "ended_on" in changed and line[-1] is planned and is_before(planned.ended_on, days["last"]):
        sentence = _(
            "A placement of this service ended on %(day)s. Enter that day or a later one, or correct the placement "
            "first."
        )
        raise Refusal("before-a-placement", sentence % {"day": in_text(days["last"])}, field="ended_on")


def refuse_after_job(placement: Placement) -> None:
    """Nobody starts in a job that is over; the end of the job, which may be another by now, is locked. No query while
    the start stays. Raises Refusal."""
    if placement.starts_on is None or "starts_on" not in changed_values(placement):
        return
    job = Job.objects.select_for_update(of=("self",)).get(pk=placement.job_id)
    if job.ends_on is not None and job.is_over_by(placement.starts_on):
        sentence = _("The job ends on %(day)s. Enter an earlier start, or correct the job first.")
        raise Refusal("after-the-job", sentence % {"day": in_text(job.ends_on)}, field="starts_on")

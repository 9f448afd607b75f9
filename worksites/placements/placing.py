"""What placements have to do with changes of the planned service they stand under (`services.placed`)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import day_of, in_text
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from services.enums import Continuation, FormKind, ServiceStatus
from services.models import PlannedService
from worksites.enums import UNDER_WAY, PlacementStatus
from worksites.payroll.models import PayrollEntry
from worksites.payroll.showing import paid_of_service
from worksites.payroll.withdrawing import withdraw_first
from worksites.placements.locking import refuse_ended_job, refuse_no_opening, refuse_twice
from worksites.placements.models import Placement
from worksites.placements.reading import placements_of_service
from worksites.placements.within import refuse_service_outside
from worksites.places.models import Job

DAYS = ("actual_start_on", "ended_on")
NOT_BEGUN = frozenset({ServiceStatus.PLANNED, ServiceStatus.NEVER_PROVIDED})


# Of a placement that was taken back with its service.
WITH_ITS_SERVICE = gettext_noop("Its service left the plan, or ended.")


def paid_for(planned: PlannedService) -> QuerySet[PayrollEntry]:
    rows: QuerySet[PayrollEntry] = PayrollEntry.objects.standing().filter(planned=planned).with_upload()
    return rows


def refuse_days_paid_from(former: PlannedService, *, until: date | None, field: str, by: User) -> None:
    """What payroll paid from the former funding lies before the new one begins. Raises Refusal."""
    paid = paid_for(former).order_by("ends_on").last()
    if until is not None and paid is not None and paid.ends_on >= until:
        sentence = _("Payroll was paid until %(day)s.") % {"day": in_text(paid.ends_on)}
        raise Refusal("days-paid", withdraw_first(sentence, paid.upload, by=by), field=field)


def refuse_days_paid_before(latter: PlannedService, *, start: date | None, field: str, by: User) -> None:
    """And what it paid from the new one, after that. Raises Refusal."""
    paid = paid_for(latter).order_by("begins_on").first()
    if paid is not None and (start is None or paid.begins_on < start):
        sentence = _("Payroll was paid from %(day)s on.") % {"day": in_text(paid.begins_on)}
        raise Refusal("days-paid", withdraw_first(sentence, paid.upload, by=by), field=field)


def refuse_other_funding_of_what_was_paid(planned: PlannedService, changed: Collection[str], *, by: User) -> None:
    """Payroll names the service that it was paid for: each day stays with the funding of its time. Raises Refusal."""
    if "actual_start_on" in changed and planned.continuation == Continuation.FUNDING and planned.continues is not None:
        start, field = planned.actual_start_on, "actual_start_on"
        refuse_days_paid_from(planned.continues, until=start, field=field, by=by)
        refuse_days_paid_before(planned, start=start, field=field, by=by)
    if "program_id" in changed and paid_for(planned).exists():
        sentence = _("Payroll was paid from this program. Change the funding of the service from a day on instead.")
        raise Refusal("program-paid", sentence, field="program")


def refuse_taking_up(placement: Placement, *, on: date) -> None:
    """Of a locked job. Raises Refusal, which nobody reads."""
    refuse_ended_job(placement.job, {"job-over": "", "job-ended": ""}, on=on)
    refuse_twice(placement.planned, placement.job)
    refuse_no_opening(placement.job)


class OfPlacements:
    """See `services.placed.Placing`."""

    def refuse(self, planned: PlannedService, changed: Collection[str], *, by: User) -> None:
        if planned.service.form_kind != FormKind.WORKSITE:
            return
        if {"status", *DAYS} & set(changed):
            self.refuse_beside_placements(planned, changed)
        refuse_other_funding_of_what_was_paid(planned, changed, by=by)

    def refuse_beside_placements(self, planned: PlannedService, changed: Collection[str]) -> None:
        rows = list(Placement.objects.standing().filter(planned__in=[row.pk for row in planned.chain()]))
        if planned.has_ended and any(row.status in UNDER_WAY for row in rows):
            sentence = _("A placement of this service is under way. Terminate the placement first.")
            raise Refusal("placement-under-way", sentence, field="status")
        if (
            planned.status == ServiceStatus.COMPLETE
            and planned.service.needs_worksite
            and not any(row.has_begun for row in rows)
        ):
            sentence = _("Enter the worksite placement first: a work-experience service is done in one.")
            raise Refusal("placement-missing", sentence, field="status")
        if planned.status in NOT_BEGUN and any(row.has_begun for row in rows):
            sentence = _("A placement of this service has started. Correct the placement first.")
            raise Refusal("placement-has-begun", sentence, field="status")
        refuse_service_outside(planned, changed)

    def refuse_removal(self, planned: PlannedService) -> None:
        if Placement.objects.standing().filter(planned=planned, status__in=UNDER_WAY).exists():
            sentence = _("A placement of “%(service)s” is under way. Terminate the placement first.")
            raise Refusal("placement-under-way", sentence % {"service": planned.service.plain_name})

    def let_go(self, planned: PlannedService, *, by: User, at: datetime) -> None:
        rows = Placement.objects.standing().filter(planned=planned, status=PlacementStatus.PLANNED)
        for row in rows.select_for_update(of=("self",)).select_related("planned__plan", "job"):
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, WITH_ITS_SERVICE
            record(row, by=by, at=at, reason=gettext_noop("follows: its service left the plan, or ended"))

    def take_up_again(self, planned: PlannedService, left_at: datetime, *, by: User, at: datetime) -> None:
        rows = Placement.objects.filter(planned=planned, withdrawn_at=left_at, withdrawn_reason=WITH_ITS_SERVICE)
        for row in rows.select_related("planned__plan").order_by("pk"):
            jobs = Job.objects.select_for_update(of=("self",)).select_related("worksite__employer")
            row.job = jobs.get(pk=row.job_id)
            try:
                refuse_taking_up(row, on=day_of(at))
            except Refusal:  # somebody else has the opening by now
                continue
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, None, ""
            record(row, by=by, at=at, reason=gettext_noop("follows: its service is in the plan again"))

    def go_along(self, former: PlannedService, planned: PlannedService, *, by: User, at: datetime) -> None:
        rows, changes_on = Placement.objects.standing().filter(planned=former), planned.actual_start_on
        goes_on = ~Q(status=PlacementStatus.TERMINATED)
        if planned.continuation == Continuation.FUNDING:
            refuse_days_paid_from(former, until=changes_on, field="changes_on", by=by)
            goes_on |= Q(ends_on__gte=changes_on)  # its last days are paid from the new funding
        for row in rows.filter(goes_on).select_for_update(of=("self",)).select_related("job"):
            row.planned = planned
            record(row, by=by, at=at, reason=gettext_noop("follows: its service goes on in another one"))

    def block_of(self, planned: PlannedService, *, on: date) -> dict[str, Any]:
        if planned.service.form_kind != FormKind.WORKSITE:
            return {}
        return {"placements": placements_of_service(planned, on=on), "paid_wages": paid_of_service(planned)}

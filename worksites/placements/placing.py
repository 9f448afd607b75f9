"""What placements have to do with changes of the planned service they stand under (`services.placed`)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from services.enums import Continuation, FormKind, ServiceStatus
from services.models import PlannedService
from worksites.enums import UNDER_WAY, PlacementStatus
from worksites.payroll.showing import paid_of_service
from worksites.payroll.withdrawing import withdraw_first
from worksites.placements.models import Placement
from worksites.placements.reading import placements_of_service
from worksites.placements.within import refuse_service_outside

DAYS = ("actual_start_on", "ended_on")
NOT_BEGUN = frozenset({ServiceStatus.PLANNED, ServiceStatus.NEVER_PROVIDED})


def refuse_days_paid_from(former: PlannedService, placement: Placement, *, until: date | None, by: User) -> None:
    """What payroll paid from the former funding lies before the new one begins. Raises Refusal."""
    paid = placement.payroll.standing().filter(planned=former).with_upload().order_by("ends_on").last()
    if until is not None and paid is not None and paid.ends_on >= until:
        sentence = _("Payroll was paid until %(day)s.") % {"day": in_text(paid.ends_on)}
        raise Refusal("days-paid", withdraw_first(sentence, paid.upload, by=by), field="changes_on")


class OfPlacements:
    """See `services.placed.Placing`."""

    def refuse(self, planned: PlannedService, changed: Collection[str]) -> None:
        if planned.service.form_kind != FormKind.WORKSITE or not {"status", *DAYS} & set(changed):
            return
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
            sentence = _("A placement of this service is under way. Terminate the placement first.")
            raise Refusal("placement-under-way", sentence)

    def let_go(self, planned: PlannedService, *, by: User, at: datetime) -> None:
        rows = Placement.objects.standing().filter(planned=planned, status=PlacementStatus.PLANNED)
        for row in rows.select_for_update(of=("self",)).select_related("planned__plan", "job"):
            row.withdrawn_at, row.withdrawn_by = at, by
            row.withdrawn_reason = gettext_noop("Its service left the plan, or ended.")
            record(row, by=by, at=at, reason=gettext_noop("follows: its service left the plan, or ended"))

    def go_along(self, former: PlannedService, planned: PlannedService, *, by: User, at: datetime) -> None:
        rows = Placement.objects.holding().filter(planned=former)
        for row in rows.select_for_update(of=("self",)).select_related("job"):
            if planned.continuation == Continuation.FUNDING:
                refuse_days_paid_from(former, row, until=planned.actual_start_on, by=by)
            row.planned = planned
            record(row, by=by, at=at, reason=gettext_noop("follows: its service goes on in another one"))

    def block_of(self, planned: PlannedService, *, on: date) -> dict[str, Any]:
        if planned.service.form_kind != FormKind.WORKSITE:
            return {}
        return {"placements": placements_of_service(planned, on=on), "paid_wages": paid_of_service(planned)}

"""What a planner decides about a record of a feed: a new service of the plan, one that is there already, or nothing.

The record is locked and looked at again: two planners, or two tabs, add it once. The actual dates of a new service are
not taken over: whether it may start is asked where it starts.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.rows import for_recording
from customers.actions import require_editor
from customers.models import records_of
from goals.models import Goal
from services.actions import add_service, save_service
from services.feed.enums import RecordState
from services.feed.mapping import lock_table, service_meant
from services.feed.models import FeedRecord
from services.models import PlannedService


@transaction.atomic
def add_to_plan(
    row: FeedRecord, plan: EmploymentPlan, *, goal: Goal | None = None, by: User, at: datetime
) -> PlannedService:
    """Put the record into the plan as a new service, as it is planned (ILL-103).

    Raises:
        ApprovalNeeded: as `add_service`.
        Refusal: it was decided already, no draft is open, or the service may not be in this plan.
    """
    plan = for_recording(plan, by=by)
    row = undecided(row, plan)
    assert row.service is not None  # `undecided` has refused what is not mapped
    planned = add_service(
        plan,
        row.service,
        goal=goal,
        planned_start_on=row.planned_start_on or row.actual_start_on,
        planned_end_on=row.planned_end_on,
        by=by,
        at=at,
    )
    facts: dict[str, Any] = {"weekly_hours": row.weekly_hours, "provider": row.provider}
    planned = save_service(planned, facts, by=by, at=at)
    settle(row, RecordState.ADDED, planned=planned, by=by, at=at)
    return planned


@transaction.atomic
def link(row: FeedRecord, planned: PlannedService, *, by: User, at: datetime) -> FeedRecord:
    """Say that the record is about a service that the plan has already.

    Raises Refusal: it was decided already, or the service is another one, not in the plan, or has a record already.
    """
    plan = for_recording(planned.plan, by=by)
    row = undecided(row, plan)
    there = PlannedService.objects.in_plan().filter(pk=planned.pk, plan=plan, service=row.service_id)
    if not there.exists():
        sentence = _("Choose one of the plan's services that is the same in the catalog.")
        raise Refusal("another-service", sentence, field="planned")
    if FeedRecord.objects.filter(planned=planned, source=row.source_id).exists():
        sentence = _("This service already has a record of this source. Choose another one.")
        raise Refusal("linked-already", sentence, field="planned")
    return settle(row, RecordState.LINKED, planned=planned, by=by, at=at)


@transaction.atomic
def ignore(row: FeedRecord, *, reason: str, by: User, at: datetime) -> FeedRecord:
    """Leave the record out of the plan, with the reason. Raises Refusal where it was decided already."""
    require_editor(row.customer, by)
    row = locked(row)
    refuse_decided(row)
    row.reason = said(reason, _("Say why this record is ignored."), field="reason")
    return settle(row, RecordState.IGNORED, by=by, at=at)


@transaction.atomic
def put_back(row: FeedRecord, *, by: User, at: datetime) -> FeedRecord:
    """Let an ignored record wait again, as what its code means today. Raises Refusal for any other one."""
    require_editor(row.customer, by)
    lock_table(row.source_id)
    row = locked(row)
    if row.state != RecordState.IGNORED:
        raise Refusal("not-ignored", _("Only a record that is ignored can be put back."))
    row.state, row.reason, row.decided_at, row.decided_by = RecordState.WAITING, "", None, None
    row.service_id = service_meant(row.source_id, row.service_code) or row.service_id
    record(row, by=by, at=at)
    return row


@transaction.atomic
def note_seen(row: FeedRecord, *, by: User, at: datetime) -> FeedRecord:
    """Take a record whose source changed it since it was decided out of the inbox; the decision stays."""
    require_editor(row.customer, by)
    row = locked(row)
    if not row.is_changed:
        raise Refusal("not-changed", _("This record has not changed since it was decided."))
    row.decided_at, row.decided_by = at, by
    record(row, by=by, at=at)
    return row


def locked(row: FeedRecord) -> FeedRecord:
    rows = FeedRecord.objects.select_for_update(of=("self",)).select_related("service", "source", "customer")
    return rows.get(pk=row.pk)


def undecided(row: FeedRecord, plan: EmploymentPlan) -> FeedRecord:
    """The locked record, of the plan's customer. Raises Refusal where somebody decided about it, and where it is not
    known which service of the catalog it is of."""
    row = locked(row)
    if not records_of(plan.customer_id).filter(pk=row.customer_id).exists():
        raise Refusal("another-customer", _("This record is of another customer."))
    refuse_decided(row)
    if row.service is None:
        sentence = _(
            "%(source)s calls this service %(code)s, and its table of codes does not know that. Ask an administrator "
            "to enter the code, or ignore the record."
        )
        raise Refusal("not-mapped", sentence % {"source": row.source, "code": row.service_code})
    return row


def refuse_decided(row: FeedRecord) -> None:
    if row.state != RecordState.WAITING:
        sentence = _("This record was decided already: %(what)s. Nothing was added twice.")
        raise Refusal("decided-already", sentence % {"what": row.get_state_display()})


def settle(
    row: FeedRecord, state: RecordState, *, planned: PlannedService | None = None, by: User, at: datetime
) -> FeedRecord:
    row.state, row.planned, row.decided_at, row.decided_by = state, planned, at, by
    record(row, by=by, at=at)
    return row

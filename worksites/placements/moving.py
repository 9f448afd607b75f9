"""A placement is started, held, taken up again, terminated, taken back; and what was said by mistake is put right."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank, said
from careerplan.plans.rows import require_open
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from services.actions import save_service
from services.enums import ServiceStatus
from worksites.enums import UNDER_WAY, PlacementStatus, TerminationReason
from worksites.follow_ups.actions import keep_days_of_follow_ups
from worksites.placements.days import note_status, refuse_days, refuse_days_paid
from worksites.placements.holds import keep_former_hold
from worksites.placements.locking import locked_placement, refuse_ended_job, refuse_no_opening, refuse_twice
from worksites.placements.models import Placement
from worksites.placements.moves import BY_CODE, HOLD, NOT_ENDED, Move
from worksites.placements.paying import keep_wage_from_the_start
from worksites.placements.policy import Hold
from worksites.placements.within import line_of
from worksites.wages.rises import look_again


@transaction.atomic
def move_placement(
    placement: Placement, code: str, values: Mapping[str, Any], *, seen: int | None = None, by: User, at: datetime
) -> Placement:
    """Make a move of `moves.BY_CODE`, with what it asks.

    Raises:
        NotAllowed: not a planner of this customer.
        StaleRow: somebody else changed the placement meanwhile.
        TooEarly: it starts, and no agreed version of the plan lists its service (12.7.3).
        Refusal: with the field, for a status from which there is no such move, and for days that can't be.
    """
    move, plan = BY_CODE[code], lock_plan(placement.planned.plan_id)
    if move.only_in_open_plan:
        require_open(plan, by=by)
    require_editor(plan.customer, by)
    placement = locked_placement(placement, plan, move, seen=seen)
    before = Hold(placement.inactive_on, placement.returned_on) if placement.inactive_on else None
    ACTS[code](placement, values, by=by, at=at)
    if code == HOLD.code:
        keep_former_hold(placement, before, by=by, at=at)
    placement.status = status_after(move, placement)
    refuse_under_ended_service(placement)
    refuse_days(placement, on=day_of(at))
    refuse_days_paid(placement, by=by)
    if placement.low_since is not None or code == NOT_ENDED.code:
        look_again(placement, on=day_of(at))
    record(placement, by=by, at=at)
    keep_wage_from_the_start(placement, by=by, at=at)
    keep_days_of_follow_ups(placement, by=by, at=at)
    note_status(placement, words=words_of(values), by=by, at=at)
    return placement


def refuse_under_ended_service(placement: Placement) -> None:
    """Nobody works under a service that has ended."""
    if placement.status in UNDER_WAY and (placement.planned.has_ended or placement.planned.removed_at is not None):
        sentence = _("The service of this placement has ended. Correct the status of the service first.")
        raise Refusal("service-ended", sentence)


def status_after(move: Move, placement: Placement) -> str:
    """What was terminated on hold, and goes on, is on hold again; what is taken back stays planned."""
    if move is NOT_ENDED and placement.inactive_on is not None and placement.returned_on is None:
        return PlacementStatus.ON_HOLD
    return move.leads_to or placement.status


def needed(values: Mapping[str, Any], name: str, sentence: str) -> Any:
    if values.get(name) is None:
        raise Refusal(f"{name.replace('_', '-')}-missing", sentence, field=name)
    return values[name]


def words_of(values: Mapping[str, Any]) -> str:
    words = values.get("words", "")
    return "" if is_blank(words) else words.strip()


def start(placement: Placement, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Its service starts with it, where it has not: that is refused before an agreed version lists it."""
    placement.starts_on = needed(values, "starts_on", _("Enter the start date."))
    refuse_unlikely(placement.starts_on, day_of(at), happened=True, field="starts_on")
    offered = values.get("subsidy_starts_on", placement.subsidy_starts_on)
    placement.subsidy_starts_on = offered or placement.starts_on
    service = placement.planned
    if service.status == ServiceStatus.PLANNED:
        try:
            save_service(
                service, {"status": ServiceStatus.STARTED, "actual_start_on": placement.starts_on}, by=by, at=at
            )
        except Refusal as refusal:
            refusal.field = "starts_on"
            raise


def hold(placement: Placement, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """The return may be known already (ILL-150)."""
    placement.inactive_on = needed(values, "inactive_on", _("Enter the inactive date."))
    placement.returned_on = values.get("returned_on")


def take_up(placement: Placement, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    placement.returned_on = needed(values, "returned_on", _("Enter the return date."))


def terminate(placement: Placement, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    placement.ends_on = needed(values, "ends_on", _("Enter the end date."))
    why = chosen(
        values.get("termination_reason", ""), TerminationReason, _("Choose why the placement ended."),
        field="termination_reason",
    )  # fmt: skip
    if why == TerminationReason.OTHER:
        said(values.get("words", ""), _("Enter why the placement ended."), field="words")
    placement.termination_reason = why


def withdraw(placement: Placement, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    reason = said(values.get("words", ""), _("Enter why the placement is taken back."), field="words")
    placement.withdrawn_at, placement.withdrawn_by, placement.withdrawn_reason = at, by, reason
    waiting = placement.supervisor_links.open()
    list(waiting.select_for_update(of=("self",)))  # who answers meanwhile is waited for
    waiting.update(withdrawn_at=at, withdrawn_by=by)


def not_started(placement: Placement, _values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Of one that was started by mistake: nothing rests on it yet."""
    done = placement.follow_ups.exclude(done_on=None).exists()
    paid = placement.payroll.standing().exists()
    if done or paid or placement.inactive_on is not None:
        sentence = _("This placement was on hold, followed up or paid already. Correct its dates, or terminate it.")
        raise Refusal("rests-on-the-start", sentence)
    # Who answers meanwhile holds the link, and is waited for.
    if any(link.answered_at is not None for link in placement.supervisor_links.select_for_update(of=("self",))):
        sentence = _(
            "The supervisor has answered a question about this placement already. Correct the dates of the placement, "
            "or terminate it."
        )
        raise Refusal("rests-on-the-start", sentence)


def not_ended(placement: Placement, _values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Of one that was terminated by mistake: as it was before; where it was on hold, it is again. It takes an opening
    of its job, which is asked what it is asked where a customer is added; and stands under the service that goes on
    from its own with other funding."""
    sentences = {
        "job-over": _("This job ended on %(day)s. Correct the last day of the job first."),
        "job-ended": _("This job is no longer offered. Take the end of the job, worksite or employer back first."),
    }
    last = line_of(placement.planned)[-1]
    if last.plan_id == placement.planned.plan_id:
        last.plan = placement.planned.plan
        placement.planned = last
    refuse_ended_job(placement.job, sentences, on=day_of(at))
    refuse_twice(placement.planned, placement.job)
    refuse_no_opening(placement.job)
    placement.ends_on, placement.termination_reason = None, ""


ACTS = {
    "start": start, "hold": hold, "return": take_up, "terminate": terminate, "withdraw": withdraw,
    "not-started": not_started, "not-ended": not_ended,
}  # fmt: skip

"""A version comes into force (12.7.6, 12.7.8)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from acknowledgments.agreement.permissions import authorise
from acknowledgments.agreement.working_copy import WorkingCopy
from acknowledgments.models import Seal
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.plans.coenrollment import open_enrollments
from careerplan.plans.models import PlanVersion
from careerplan.plans.transitions import Move, check_locked, move_all
from customers.models import Enrollment
from customers.policy import DEFAULT_REVIEW_DAYS


def activate(
    version: PlanVersion,
    seal: Seal,
    *,
    name: str = "acknowledge",
    approved_on: date | None = None,
    note: str = "",
    ended: str = "",
    copy: WorkingCopy | None = None,
    by: User,
    at: datetime,
) -> PlanVersion:
    """The version, which `check` has locked, is in force: the one before is superseded, its services may start, the
    next review has its day.

    `ended`: as `move` says; `copy`: the working copy from which it was sealed in this very transaction.
    """
    moves = []
    if version.in_force is not None:
        former = check_locked(version.in_force, "supersede", by)
        moves.append(Move(former, "supersede", columns={"superseded_at": at}))
    enrollments = copy.open_enrollments if copy else open_enrollments(version.plan.customer)
    approved_on = approved_on or day_of(at)
    next_review_on = approved_on + timedelta(days=review_interval_days(enrollments))
    columns = {"approved_on": approved_on, "approved_at": at, "next_review_on": next_review_on}
    move_all([*moves, Move(version, name, note, columns=columns)], ended=ended, by=by, at=at)
    authorise(version, seal, copy, on=approved_on, by=by, at=at)
    return version


def review_interval_days(enrollments: Sequence[Enrollment]) -> int:
    """The shortest interval of the customer's open programs where the customer is (AMB-W11)."""
    return min((row.review_days for row in enrollments), default=DEFAULT_REVIEW_DAYS)

"""A version comes into force (12.7.6, 12.7.8)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from acknowledgments.agreement.permissions import authorise
from acknowledgments.models import Seal
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.plans.coenrollment import open_enrollments
from careerplan.plans.models import PlanVersion
from careerplan.plans.transitions import check_in, move
from customers.models import Enrollment
from customers.policy import DEFAULT_REVIEW_DAYS


def activate(
    version: PlanVersion,
    seal: Seal,
    *,
    name: str = "acknowledge",
    approved_on: date | None = None,
    note: str = "",
    former: PlanVersion | None = None,
    enrollments: Sequence[Enrollment] | None = None,
    by: User,
    at: datetime,
) -> PlanVersion:
    """The version, of a locked plan, is in force: the one before is superseded, its services may start, the next review
    has its day.

    `former`: the one before, and `enrollments`: those that are open, where they are at hand.
    """
    former = former or PlanVersion.objects.active().filter(plan=version.plan_id).first()
    if former is not None:
        move(check_in(version.plan, former.pk, "supersede", by), "supersede", by=by, at=at, superseded_at=at)
    if enrollments is None:
        enrollments = open_enrollments(version.plan.customer)
    approved_on = approved_on or day_of(at)
    version = move(
        version,
        name,
        note=note,
        by=by,
        at=at,
        approved_on=approved_on,
        approved_at=at,
        next_review_on=approved_on + timedelta(days=review_interval_days(enrollments)),
    )
    authorise(version, seal, on=approved_on, by=by, at=at)
    return version


def review_interval_days(enrollments: Sequence[Enrollment]) -> int:
    """The shortest interval of the customer's open programs (AMB-W11)."""
    return min((row.program.review_interval_days for row in enrollments), default=DEFAULT_REVIEW_DAYS)

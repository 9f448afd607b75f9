"""A planner asks the supervisor of a worksite, and takes a question back.

The plan is locked first: of two who ask the same at once one asks. It may be closed: work goes on in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.dates import day_of, in_text
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from worksites.enums import PlacementStatus
from worksites.evaluations.codes import code_digest, new_code, new_seed, secret_digest, secret_of
from worksites.evaluations.enums import Asked, LinkStanding
from worksites.evaluations.models import (
    WORKS_FOR,
    SupervisorLetter,
    SupervisorLink,
    SupervisorLinkQuerySet,
)
from worksites.payroll.policy import LONGEST_PERIOD
from worksites.placements.models import Placement
from worksites.placements.policy import HOURS_A_DAY

# As files of payroll say hours.
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Period:
    """Of which hours are asked. `hours`: how many we have, where the supervisor is told them."""

    begins_on: date
    ends_on: date
    hours: Decimal | None = None


@dataclass(frozen=True)
class Question:
    """A link that was just made: its secret and its code are told now, and the code never again."""

    link: SupervisorLink
    secret: str
    code: str


@transaction.atomic
def ask(
    placement: Placement, kind: Asked, period: Period | None = None, *, language: str, by: User, at: datetime
) -> Question:
    """A link for the supervisor whom the worksite names, by e-mail where there is an address. `period`: of hours.

    A former one that nobody can answer any more is taken back.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: the placement has not begun, no supervisor is named, the same is asked already, or the period can't be.
    """
    plan = lock_plan(placement.planned.plan_id)
    require_editor(plan.customer, by)
    placement = placement_to_ask(placement, plan)
    worksite = placement.job.worksite
    if is_blank(worksite.supervisor):
        sentence = _("No supervisor is named at %(worksite)s. Enter the supervisor at the worksite first.")
        raise Refusal("no-supervisor", sentence % {"worksite": worksite})
    if period is not None:
        refuse_period(placement, period, on=day_of(at))
    take_back_dead(placement, kind, period, by=by, at=at)
    refuse_asked_already(placement, kind, period)
    seed, code = new_seed(), new_code()
    link = SupervisorLink.objects.create(
        placement=placement,
        kind=kind,
        begins_on=period.begins_on if period else None,
        ends_on=period.ends_on if period else None,
        hours_asked=period.hours if period else None,
        sent_to=worksite.supervisor,
        email=worksite.supervisor_email,
        language=language,
        seed=seed,
        secret_digest=secret_digest(secret_of(seed)),
        code_digest=code_digest(code, seed),
        made_at=at,
        made_by=by,
        ends_at=at + WORKS_FOR,
    )
    if link.email:
        SupervisorLetter.objects.create(link=link, created_at=at, available_at=at)
        transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
    return Question(link, secret_of(seed), code)


def placement_to_ask(placement: Placement, plan: EmploymentPlan) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",)).select_related("planned", "job__worksite__employer")
    found: Placement = rows.get(pk=placement.pk)
    found.planned.plan = plan
    if found.withdrawn_at is not None:
        raise Refusal("withdrawn", _("This placement was taken back. Add the customer to a job again."))
    if not found.has_begun:
        raise Refusal("not-begun", _("The placement has not begun. Start it first, then ask the supervisor."))
    return found


def refuse_period(placement: Placement, period: Period, *, on: date) -> None:
    if period.ends_on < period.begins_on:
        raise Refusal("period-backwards", _("The last day can't be before the first."), field="ends_on")
    days = (period.ends_on - period.begins_on).days + 1
    if days > LONGEST_PERIOD:
        sentence = _("Ask for %(days)d days at most at a time.")
        raise Refusal("period-too-long", sentence % {"days": LONGEST_PERIOD}, field="ends_on")
    starts_on: Any = placement.starts_on  # of one that has begun
    if period.begins_on < starts_on:
        sentence = _("The placement began on %(day)s. Begin the period on that day or later.")
        raise Refusal("before-the-start", sentence % {"day": in_text(starts_on)}, field="begins_on")
    if placement.status == PlacementStatus.TERMINATED and placement.ends_on and period.ends_on > placement.ends_on:
        sentence = _("The placement ended on %(day)s. End the period on that day or earlier.")
        raise Refusal("after-the-end", sentence % {"day": in_text(placement.ends_on)}, field="ends_on")
    if period.ends_on > on:
        raise Refusal("period-not-over", _("Hours are confirmed once the period is over."), field="ends_on")
    if period.hours is not None:
        refuse_hours(period.hours, HOURS_A_DAY * days, field="hours_asked")


def refuse_hours(hours: Decimal, most: Decimal | int, *, field: str) -> None:
    if hours < 0 or hours > most:
        sentence = _("These days have %(most)s hours together. Enter the hours that were worked.")
        raise Refusal("hours-that-cannot-be", sentence % {"most": most}, field=field)
    if hours != hours.quantize(HUNDREDTH):
        sentence = _("Enter at most %(places)d digits after the period.")
        raise Refusal("hours-too-fine", sentence % {"places": 2}, field=field)


def take_back_dead(placement: Placement, kind: Asked, period: Period | None, *, by: User, at: datetime) -> None:
    """What is locked, another supervisor's, or whose time is over, makes room where the same is asked anew."""
    rows = same_asked(placement, kind, period).open().with_all().select_for_update(of=("self",))
    dead = [row.pk for row in rows if row.standing(at) != LinkStanding.WAITS]
    SupervisorLink.objects.open().filter(pk__in=dead).update(withdrawn_at=at, withdrawn_by=by)


def same_asked(placement: Placement, kind: Asked, period: Period | None) -> SupervisorLinkQuerySet:
    """What was asked of the placement of this kind; of hours, of some of the same days."""
    rows: SupervisorLinkQuerySet = SupervisorLink.objects.filter(placement=placement, kind=kind)
    if period is None:
        return rows
    return rows.filter(begins_on__lte=period.ends_on, ends_on__gte=period.begins_on)


def refuse_asked_already(placement: Placement, kind: Asked, period: Period | None) -> None:
    """A period may be asked anew once it was answered: the newest answer counts. Parts of two periods may not."""
    rows = same_asked(placement, kind, period).filter(withdrawn_at=None)
    if period is None:
        if rows.open().exists():
            sentence = _("The supervisor was asked already and may still answer. Take that link back first.")
            raise Refusal("asked-already", sentence)
        return
    same = {"begins_on": period.begins_on, "ends_on": period.ends_on}
    if rows.open().exists():
        sentence = _("Hours of these days were asked for already. Take that link back first.")
        raise Refusal("asked-already", sentence, field="begins_on")
    other: Any = rows.exclude(**same).order_by("begins_on").first()
    if other is not None:
        sentence = _(
            "The hours from %(begins)s to %(ends)s are confirmed already. Ask for the same days, or for others."
        )
        words = {"begins": in_text(other.begins_on), "ends": in_text(other.ends_on)}
        raise Refusal("periods-overlap", sentence % words, field="begins_on")


@transaction.atomic
def take_back(link: SupervisorLink, *, by: User, at: datetime) -> SupervisorLink:
    """It opens nothing any more.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: it was answered meanwhile, or taken back.
    """
    require_editor(lock_plan(link.placement.planned.plan_id).customer, by)
    found: SupervisorLink = SupervisorLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if found.answered_at is not None:
        raise Refusal("answered-already", _("The supervisor has answered meanwhile. The answer stays."))
    if found.withdrawn_at is not None:
        raise Refusal("taken-back-already", _("This link was taken back already."))
    found.withdrawn_at, found.withdrawn_by = at, by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return found

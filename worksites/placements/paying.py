"""What a placement is paid, held against the minimum wage of its day (ILL-132 to ILL-136, AMB-I8, AMB-I9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import day_of, in_text
from careerplan.base.history import ensure_current, record
from careerplan.base.readable import dollars
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.base.words import is_blank
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from worksites.enums import MinimumFrom, PlacementStatus
from worksites.payroll.withdrawing import withdraw_first
from worksites.placements.days import later
from worksites.placements.locking import locked_placement
from worksites.placements.models import Placement, PlacementWage
from worksites.wages.minimum import Entered, Minimum, finding_for, settled
from worksites.wages.rises import look_again


@dataclass(frozen=True)
class Pay:
    """Dollars an hour as they are entered. `hourly`: None for the job's own. `entered`: the minimum wage where the list
    is not sure. `reason`: why more than the minimum is subsidized."""

    hourly: Decimal | None = None
    subsidized: Decimal = Decimal(0)
    reason: str = ""
    entered: Entered | None = None
    circumstances: Collection[str] = ()


@transaction.atomic
def change_wage(
    newest: PlacementWage, pay: Pay, *, from_on: date, seen: int | None = None, by: User, at: datetime
) -> PlacementWage:
    """Another wage from a day on, up to that of the next one; of the day from which one holds, that one is corrected.

    Raises as `move_placement`, and as `pay_of`; StaleRow, too, where `newest` is no longer the newest.
    """
    plan = lock_plan(newest.placement.planned.plan_id)
    require_editor(plan.customer, by)
    placement = locked_placement(newest.placement, plan, seen=None)
    now = placement.wage
    if seen is not None and now.pk != newest.pk:
        raise StaleRow(now, _("Somebody entered another wage meanwhile. Look at it, then save again."))
    ensure_current(now, seen)
    refuse_wage_of_no_day(placement, from_on)
    refuse_other_wage_of_paid_days(placement, from_on, by=by)
    wage = pay_of(placement, pay, from_on=from_on)
    same = placement.wages.filter(from_on=from_on).first()
    if same is not None:
        for name in WAGE:
            setattr(same, name, getattr(wage, name))
        wage = same
    wage.placement = placement
    record(wage, by=by, at=at)
    look_again(placement, on=day_of(at))
    record(placement, by=by, at=at, reason=gettext_noop("follows: the wage was changed"))
    return wage


def refuse_wage_of_no_day(placement: Placement, from_on: date) -> None:
    """A wage of days on which nobody works is paid to nobody: the one after it would hold instead. Raises Refusal."""
    starts, first = placement.starts_on, placement.wages_in_order[0].from_on
    if starts is not None and from_on < starts:
        sentence = (
            _("The placement started on %(day)s. Enter that day or a later one.")
            if placement.has_begun
            else _("The start is planned for %(day)s. Enter that day or a later one.")
        )
        raise Refusal("wage-before-the-start", sentence % {"day": in_text(starts)}, field="from_on")
    if starts is None and from_on < first:
        sentence = _("The first wage holds from %(day)s. Enter that day or a later one.")
        raise Refusal("wage-before-the-first", sentence % {"day": in_text(first)}, field="from_on")
    if placement.status == PlacementStatus.TERMINATED and later(from_on, placement.ends_on):
        sentence = _("The placement ended before this day. Enter a day on which it was under way.")
        raise Refusal("wage-after-the-end", sentence, field="from_on")


def refuse_other_wage_of_paid_days(placement: Placement, from_on: date, *, by: User) -> None:
    """What was paid was held against the wage of its days. Raises Refusal."""
    paid = placement.payroll.standing().with_upload().order_by("ends_on").last()
    if paid is not None and paid.ends_on >= from_on:
        sentence = _("Payroll was paid until %(day)s.") % {"day": in_text(paid.ends_on)}
        raise Refusal("days-paid", withdraw_first(sentence, paid.upload, by=by), field="from_on")


WAGE = ("hourly_wage", "subsidized_wage", "subsidy_reason", "minimum_wage", "minimum_from", "minimum_place",
        "minimum_since", "minimum_source", "circumstances")  # fmt: skip


def pay_of(placement: Placement, pay: Pay, *, from_on: date) -> PlacementWage:
    """Not saved. Held against the minimum wage of that day (ILL-132 to ILL-136, AMB-I8, AMB-I9).

    Raises Refusal: the list of minimum wages is not sure and none was entered, the hourly wage is below it, more is
    subsidized than is paid, or more than the minimum without a reason.
    """
    customer, program = placement.planned.plan.customer, placement.planned.on(from_on).program
    finding = finding_for(placement.job, customer, program, from_on, pay.circumstances)
    minimum = settled(finding, pay.entered)
    hourly = placement.job.hourly_wage if pay.hourly is None else pay.hourly
    if hourly < minimum.rate:
        sentence = _("The minimum wage is %(rate)s (%(place)s). Enter an hourly wage of that or more.")
        raise Refusal(
            "below-the-minimum", sentence % {"rate": told(minimum.rate), "place": minimum.place}, field="hourly_wage"
        )
    if pay.subsidized < 0 or pay.subsidized > hourly:
        sentence = _("Enter a subsidized wage from 0 to the hourly wage, %(wage)s.")
        raise Refusal("subsidy-can-not-be", sentence % {"wage": told(hourly)}, field="subsidized_wage")
    above = pay.subsidized > minimum.rate
    if above and is_blank(pay.reason):
        sentence = _("The subsidized wage should be no more than the minimum wage, %(rate)s. Enter why it is more.")
        raise Refusal("subsidy-above-the-minimum", sentence % {"rate": told(minimum.rate)}, field="subsidy_reason")
    wage = PlacementWage(
        from_on=from_on,
        hourly_wage=hourly,
        subsidized_wage=pay.subsidized,
        subsidy_reason=pay.reason.strip() if above else "",
        circumstances=sorted(pay.circumstances),
    )
    hold_against(wage, minimum)
    return wage


def keep_wage_from_the_start(placement: Placement, *, by: User, at: datetime) -> None:
    """The first wage holds from the start date, and is held against the minimum wage of that day anew.

    Raises Refusal: on that day the minimum wage was more than what is paid.
    """
    start_on = placement.starts_on
    if start_on is None or (first := placement.wage_on(start_on)).from_on == start_on:
        return
    minimum = minimum_from(placement, first, start_on)
    if first.hourly_wage < minimum.rate:
        sentence = _("On this day the minimum wage is %(rate)s (%(place)s). Raise the hourly wage first.")
        words = {"rate": told(minimum.rate), "place": minimum.place}
        raise Refusal("below-the-minimum", sentence % words, field="starts_on")
    if first.subsidized_wage > minimum.rate and is_blank(first.subsidy_reason):
        sentence = _("On this day the subsidized wage is more than the minimum wage, %(rate)s. Say why first.")
        raise Refusal("subsidy-above-the-minimum", sentence % {"rate": told(minimum.rate)}, field="starts_on")
    if first != placement.wages_in_order[0]:
        return  # it holds from a day before, and would not be found there any more
    hold_against(first, minimum)
    first.from_on = start_on
    first.placement = placement
    record(first, by=by, at=at, reason=gettext_noop("follows: the start date was moved"))


def told(amount: Decimal) -> str:
    return dollars(str(amount))


def minimum_from(placement: Placement, wage: PlacementWage, day: date) -> Minimum:
    """Of another day than before; what was entered stays, as long as the list knows of no more. Raises Refusal."""
    customer, program = placement.planned.plan.customer, placement.planned.on(day).program
    finding = finding_for(placement.job, customer, program, day, wage.circumstances)
    known, entered = finding.minimum, None
    if wage.minimum_from == MinimumFrom.ENTERED and (known is None or wage.minimum_wage >= known.rate):
        entered = Entered(wage.minimum_wage, wage.minimum_source)
    try:
        return settled(finding, entered)
    except Refusal as refusal:
        sentence = _(
            "The minimum wage of this day is not sure. Find it out, and enter it under “Change the wage” first."
        )
        raise Refusal(refusal.code, sentence, field="starts_on") from refusal


def hold_against(wage: PlacementWage, minimum: Minimum) -> None:
    wage.minimum_wage, wage.minimum_from, wage.minimum_place = minimum.rate, minimum.found_in, minimum.place
    wage.minimum_since, wage.minimum_source = minimum.since, minimum.source

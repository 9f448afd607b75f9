"""The wage steps of an apprenticeship in words, and what is wrong with them."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.base import readable
from careerplan.plans.kinds import decimal_text
from services.classes.apprenticeship.enums import CountedIn
from services.classes.apprenticeship.items import WageStepItem
from services.classes.apprenticeship.policy import LIMITS, MOST_STEPS, Fault, Step


def as_item(step: Any) -> WageStepItem:
    """Of a row, or of what was typed."""
    return WageStepItem(step.counted_in, step.after, decimal_text(step.wage), decimal_text(step.percent))


def from_when(step: WageStepItem) -> str:
    """Such as: after 1,000 hours on the job."""
    if not step.after:
        return _("From the start")
    after = {"number": number_format(step.after, force_grouping=True)}
    if step.counted_in == CountedIn.MONTHS:
        return ngettext("After %(number)s month", "After %(number)s months", step.after) % after
    return ngettext("After %(number)s hour on the job", "After %(number)s hours on the job", step.after) % after


def pay_of(step: WageStepItem) -> str:
    """Such as: $18.00 an hour, 60% of the journeyworker's wage."""
    pay = _("%(wage)s an hour") % {"wage": readable.dollars(step.wage)}
    if not step.percent:
        return pay
    share = _("%(percent)s%% of the journeyworker's wage") % {"percent": readable.hours(step.percent)}
    return f"{pay}, {share}"


def step_rows(steps: Iterable[WageStepItem]) -> list[dict[str, str]]:
    return [{"when": from_when(step), "pay": pay_of(step)} for step in steps]


def told_steps(steps: Iterable[WageStepItem]) -> str:
    """All of them in one line."""
    return "; ".join(f"{row['when']}: {row['pay']}" for row in step_rows(steps))


def tell_steps(steps: Iterable[WageStepItem], _item: Any, _names: Any) -> str:
    """As `careerplan.base.telling` tells a value."""
    return told_steps(steps)


def sentence_of(fault: Fault, step: Step) -> str:
    """What to do about it."""
    former = fault.former
    most, before, wage = LIMITS[CountedIn(step.counted_in)], former.after if former else 0, former.wage if former else 0
    words = {
        "too-many-steps": _("Enter at most %(most)d wage steps.") % {"most": MOST_STEPS},
        "step-too-late": _("Enter %(most)s or less.") % {"most": f"{most:,}"},
        "no-wage": _("Enter a wage above 0."),
        "no-percent": _("Enter a percent above 0, or leave it empty."),
        "counted-otherwise": _("Count all wage steps in hours on the job, or all in months."),
        "steps-out-of-order": _("Enter more than %(before)s: the steps stand in their order.")
        % {"before": f"{before:,}"},
        "wage-not-higher": _("Enter a wage above %(wage)s: each step pays more than the one before it.")
        % {"wage": readable.dollars(str(wage))},
    }
    return words[fault.code]

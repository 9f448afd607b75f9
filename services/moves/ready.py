"""What a planned service still needs before it starts, as the box beside its form tells it."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from careerplan.plans.kinds import keys_linked
from services.gate import pass_the_gate, refuse_unapproved
from services.limits.left import Left, left_of
from services.models import PlannedService
from services.policy import needs_approval_in_exploration


@dataclass(frozen=True)
class Check:
    """`words`: what has to be so; `lacking`: why it is not, "" where it is; `citation`: who asks it; `field`: where the
    form of the service says it; `is_agreed`: it is for the customer to agree to, and for no field."""

    words: Any
    citation: str
    lacking: str = ""
    field: str = ""
    is_agreed: bool = False

    @property
    def is_done(self) -> bool:
        return not self.lacking


@dataclass(frozen=True)
class Checks:
    rows: tuple[Check, ...]

    @property
    def to_do(self) -> int:
        return sum(1 for row in self.rows if row.lacking)

    @property
    def done(self) -> int:
        return len(self.rows) - self.to_do


def start_checks(planned: PlannedService, *, on: date, left: list[Left] | None = None) -> Checks:
    """Of a service that would start on this day: at most four queries. `left`: of each limit, where it is at hand."""
    return Checks(tuple(checks_of(planned, on, left_of(planned) if left is None else left)))


def checks_of(planned: PlannedService, on: date, left: list[Left]) -> Iterator[Check]:
    listed = _("An agreed version of the plan lists it")
    yield Check(listed, "DWD 12.7.3", refused_by(pass_the_gate, planned, on), is_agreed=True)
    if needs_approval_in_exploration(planned.service.in_exploration):
        approved = _("A supervisor approved it, as far as the goal is career exploration")
        yield Check(approved, "DWD 12.7.5", refused_by(refuse_unapproved, planned, on), field="exploration_supervisor")
    needed = planned.assessment_id is not None or bool(keys_linked(planned, "barriers"))
    why = "" if needed else _("Name the barrier or the assessment that shows the need.")
    yield Check(_("It meets a need"), "DWD 12.7.3", why, field="assessment")
    if planned.service.needs_dollar_value:
        why = "" if planned.dollar_value is not None else _("Enter the dollar value.")
        yield Check(_("The amount is said"), "workNet, Dollar Value", why, field="dollar_value")
    if left:
        over = next((row.words for row in left if row.stands.is_over), "")
        why = _("It is over the limit: %(limit)s.") % {"limit": over} if over else ""
        yield Check(_("The amount is within the limit"), "workNet, Dollar Value", why, field="dollar_value")
    # The grantee provides what names no other provider (ILL-117), which comes with address and phone (ILL-118).
    why = _("Enter the provider's address and phone.") if planned.provider and not planned.provider_contact else ""
    yield Check(_("It is known who provides it"), "workNet, Service Provider", why, field="provider_contact")
    for words, why in planned.asked_of_its_class():
        yield Check(words, "workNet, Service/Step Level", why)


def refused_by(rule: Callable[[PlannedService], None], planned: PlannedService, on: date) -> str:
    """Why it may not start on this day; "" where it may. Nothing is saved."""
    started = copy(planned)
    started.actual_start_on = on
    try:
        rule(started)
    except Refusal as refusal:
        return str(refusal.sentence)
    return ""

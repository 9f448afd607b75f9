"""The barriers of the working copy, and what the plan itself says of them (12.7.5, Potential Barriers)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from careerplan.plans.agreed import agreed_text
from careerplan.plans.enums import BarrierRemoval
from careerplan.plans.items import BARRIER
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan
from careerplan.plans.policy import OVERCOME
from careerplan.plans.rewording import keep_word, without_word
from careerplan.plans.rows import for_changing, item_for_saving, take_out
from customers.actions import add_case_note
from customers.enums import NoteCategory, NoteMatter
from customers.notes.matters import Matter


@transaction.atomic
def save_barrier(
    plan: EmploymentPlan,
    barrier: Barrier | None,
    values: dict[str, Any],
    *,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Barrier:
    """Add (`barrier` None) or change a barrier. "No potential barriers" stands alone (12.7.5).

    Its `rewording` is the planner's word about a changed description (AMB-W8): without it the customer is asked.
    """
    values, word = without_word(values, "rewording")
    barrier = item_for_saving(BARRIER, plan, barrier, values, seen=seen, by=by)
    keep_word(barrier, "description", word, by=by)
    barrier.refuse_beside_others()
    record(barrier, by=by, at=at)
    return barrier


def refuse_another_barrier(barrier: Barrier) -> None:
    """One barrier does not leave for the reason of another that took its place in this draft."""
    barrier = Barrier.objects.select_related("category").get(pk=barrier.pk)
    agreed = agreed_text(barrier, "category_code")
    if agreed is not None and agreed != barrier.category.code:
        former = BarrierCategory.objects.get(code=agreed)
        raise Refusal(
            "became-another",
            _("In this draft, this barrier replaced %(barrier)s. Choose that one again, then remove it.")
            % {"barrier": former.told},
        )


@transaction.atomic
def remove_barrier(
    barrier: Barrier, *, removal: str, note: str, contact_on: date, contact_method: str, by: User, at: datetime
) -> Barrier:
    """Take a barrier out of the plan.

    A case note explains why it no longer affects the customer (12.7.8, notes); other removals may have one.

    Raises:
        Refusal: the case note is missing.
    """
    plan = for_changing(barrier.plan, by=by)
    refuse_another_barrier(barrier)
    why = chosen(removal, BarrierRemoval, _("Choose why you are removing the barrier from the plan."), field="removal")
    if why in OVERCOME and is_blank(note):
        sentence = _("Write the case note: why does the barrier no longer affect the customer (12.7.8)?")
        raise Refusal("case-note-missing", sentence, field="note")
    barrier = take_out(plan, barrier, reason=str(why.label), why=why, by=by, at=at)
    if not is_blank(note):
        add_case_note(
            plan.customer,
            subject=_("Barrier removed: %(barrier)s") % {"barrier": barrier.category},
            text=note,
            contact_on=contact_on,
            contact_method=contact_method,
            category=NoteCategory.REVIEW,
            about=Matter(NoteMatter.VERSION.value, plan.versions.open().get().pk),
            by=by,
            at=at,
        )
    return barrier


@transaction.atomic
def note_on_plan(
    plan: EmploymentPlan, values: dict[str, Any], *, seen: int | None = None, by: User, at: datetime
) -> EmploymentPlan:
    """Set what the plan itself says while a draft is open: comments on barriers, why no (supportive) services."""
    plan = for_changing(plan, by=by)
    ensure_current(plan, seen)
    values, word = without_word(values, "comment_rewording")
    for name, value in values.items():
        setattr(plan, name, value)
    keep_word(plan, "barriers_comment", word, name="comment_rewording", by=by)
    record(plan, by=by, at=at)
    return plan

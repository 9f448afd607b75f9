"""Barriers that the assessment names and the plan has not (Review Assessment, section 06; 12.7.5, Potential Barriers).

An answer names a barrier by its code, which a choice of the question carries, or by the federal element that question
and barrier share. So a question that an administrator adds names barriers, too. What is confidential is not read here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import save_barrier
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan
from customers.models import SectionAnswer
from customers.sections.policy import Kind
from customers.sections.questions import one_in_words
from customers.sections.reading import Answer, as_answer, said_in

SECTION = "BARRIERS"
# Of a federal element: no, and not disclosed.
SAY_NOTHING = frozenset({"0", "9"})


@dataclass(frozen=True)
class Named:
    """A barrier that an answer names. `description`: what the plan would say of it, in the language of the plan."""

    category: BarrierCategory
    answer: Answer
    description: str


@dataclass(frozen=True)
class NamedBarriers:
    """`more`: what else was answered in words. `none_stands`: the plan says that there are no barriers."""

    rows: list[Named]
    more: list[Answer]
    none_stands: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


def said_of_barriers(customer: int) -> QuerySet[SectionAnswer]:
    return said_in(customer, SECTION)


def barriers_to_name() -> QuerySet[BarrierCategory]:
    """Those that are offered, and have no rule of their own."""
    return BarrierCategory.objects.filter(is_active=True, is_system=False).order_by("position", "id")


def barriers_named(
    plan: EmploymentPlan,
    barriers: Collection[Barrier],
    said: Iterable[SectionAnswer],
    offered: Iterable[BarrierCategory],
) -> NamedBarriers:
    """`barriers`: of the plan, those that have left, too; `said`, `offered`: the rows of the two questions above.

    What left the plan after it was answered is named no more.
    """
    answers = [as_answer(row) for row in said]
    named = {key: answer for answer in answers for key in keys_named(answer)}
    more = [answer for answer in answers if answer.definition.kind == Kind.LONG]
    categories = [one for one in offered if ({one.code, one.pirl_elements} - {""}) & named.keys()]
    rows = [
        Named(category, answer, described(category, answer, plan.written_in))
        for category in categories
        if not is_settled(category, answer := named.get(category.code) or named[category.pirl_elements], barriers)
    ]
    return NamedBarriers(rows, more, any(row.removed_at is None and row.category.is_none for row in barriers))


def keys_named(answer: Answer) -> Iterable[str]:
    """Codes of barriers, and federal elements."""
    kind, value, element = answer.definition.kind, answer.value, answer.definition.pirl_elements
    if kind == Kind.CHOICES:
        return list(value)
    if kind == Kind.CHOICE and value not in SAY_NOTHING:
        return [value, element]
    return [element] if kind == Kind.YES_NO and value else []


def is_settled(category: BarrierCategory, answer: Answer, barriers: Collection[Barrier]) -> bool:
    """It is in the plan, or left it since it was answered."""
    return any(
        row.category_id == category.pk and (row.removed_at is None or row.removed_at > answer.said_at)
        for row in barriers
    )


def described(category: BarrierCategory, answer: Answer, language: str) -> str:
    """The question and what was answered; of several choices the one that names the barrier."""
    definition = answer.definition
    of_several = definition.kind == Kind.CHOICES
    with translation.override(language):
        value = one_in_words(definition.kind, definition.choices, [category.code] if of_several else answer.value)
        return f"{definition.label} {value}"


@transaction.atomic
def add_named_barrier(plan: EmploymentPlan, category: int, *, by: User, at: datetime) -> Barrier:
    """Into the plan, described as the assessment says it.

    Raises Refusal: the assessment does not name it, or the plan has it.
    """
    barriers = list(Barrier.objects.filter(plan=plan).select_related("category"))
    found_now = barriers_named(plan, barriers, said_of_barriers(plan.customer_id), barriers_to_name())
    named = {row.category.pk: row for row in found_now.rows}
    if category not in named:
        sentence = _("The plan has this barrier already, or the assessment names it no longer. Look at the list again.")
        raise Refusal("not-named", sentence)
    found = named[category]
    return save_barrier(plan, None, {"category": found.category, "description": found.description}, by=by, at=at)

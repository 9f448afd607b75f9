"""How far the assessment of a customer is, and what was answered, for pages and the printed form.

Nothing here reads what a confidential answer says.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from careerplan.accounts.models import User
from careerplan.base.names import full_name
from careerplan.base.spoken import Words
from customers.enums import SectionState
from customers.models import AssessmentSection, ConfidentialAnswer, FieldDefinition, SectionAnswer
from customers.models.sections import labels_of
from customers.sections.policy import Kind
from customers.sections.questions import cells_of, in_words, typed_answer


@dataclass(frozen=True)
class Line:
    """A section in the list. `answered` of `asked` questions, of which some are confidential; `waiting`: answers of the
    customer, to be reviewed."""

    section: AssessmentSection
    state: SectionState
    filled_at: datetime | None
    filled_by: str
    completed_at: datetime | None
    completed_by: str
    asked: int
    confidential: int
    answered: int
    waiting: int


def sections_of(customer: int, *, without: Collection[str] = ()) -> list[Line]:
    """The sections in their order; questions with these codes are not counted. One query."""
    questions = FieldDefinition.objects.newest().filter(field__is_active=True, field__section=OuterRef("pk"))
    questions, said = questions.exclude(field__code__in=without), SAID & ~Q(field__code__in=without)
    own = FilteredRelation("records", condition=Q(records__customer=customer))
    rows = AssessmentSection.objects.annotate(
        own=own,
        **{name: F(f"own__{name}") for name in ("state", "filled_at", "completed_at")},
        **{f"{who}_{part}": F(f"own__{who}__{part}") for who in WHO for part in PARTS_OF_A_NAME},
        asked=number_of(questions),
        confidential=number_of(questions.filter(is_confidential=True)),
        answered=answers_that(SectionAnswer, customer, said) + answers_that(ConfidentialAnswer, customer, said),
        waiting=answers_that(SectionAnswer, customer, WAITS) + answers_that(ConfidentialAnswer, customer, WAITS),
    )
    return [as_line(row) for row in rows.order_by("position", "id")]


def list_of_sections(customer: int) -> dict[str, Any]:
    """What `customers/sections/_list.html` shows. `begun`: whether anything is answered; else it says to begin."""
    lines = sections_of(customer)
    return {"sections": lines, "begun": any(line.answered for line in lines)}


WHO, PARTS_OF_A_NAME = ("filled_by", "completed_by"), ("first_name", "last_name")
# Of questions that are asked today; what was taken back is to be reviewed as well.
SAID, WAITS = Q(value__isnull=False, field__is_active=True), Q(reviewed_at=None)


def answers_that(model: Any, customer: int, condition: Q) -> Coalesce:
    """How many; what they say is not read."""
    rows = model.objects.filter(condition, record__customer=customer, record__section=OuterRef("pk"))
    return number_of(rows)


def number_of(rows: Any) -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def as_line(row: Any) -> Line:
    return Line(
        section=row,
        state=SectionState(row.state or SectionState.NOT_STARTED),
        filled_at=row.filled_at,
        filled_by=full_name(row.filled_by_first_name or "", row.filled_by_last_name or ""),
        completed_at=row.completed_at,
        completed_by=full_name(row.completed_by_first_name or "", row.completed_by_last_name or ""),
        asked=row.asked,
        confidential=row.confidential,
        answered=row.answered,
        waiting=row.waiting,
    )


@dataclass(frozen=True)
class Answer:
    """What was answered to a question, under the wording of then. `words`: in the language in force."""

    code: str
    definition: FieldDefinition
    value: Any
    said_by: User
    said_at: datetime
    reviewed_at: datetime | None

    @property
    def label(self) -> Words:
        return self.definition.label

    @property
    def words(self) -> str:
        return in_words(self.definition, self.value)

    @property
    def rows(self) -> list[list[tuple[Words, str]]]:
        """Of an answer in rows: what each says, in words, with the names of the columns."""
        if self.definition.kind != Kind.ROWS:
            return []
        names = list(labels_of(self.definition.columns).values())
        rows = cells_of(self.definition, self.value)
        return [[(name, cell) for name, cell in zip(names, row, strict=True) if cell] for row in rows]

    @property
    def typed(self) -> Any:
        """Days, numbers and amounts as what they are."""
        return typed_answer(self.definition, self.value)


def answers_to(customer: int, codes: Collection[str] | None = None) -> dict[str, Answer]:
    """By the codes of questions; without those that were not answered, or taken back. One query."""
    rows = SectionAnswer.objects.filter(record__customer=customer)
    return told(rows.filter(field__code__in=codes) if codes is not None else rows)


def told(rows: QuerySet[SectionAnswer]) -> dict[str, Answer]:
    return {row.field.code: as_answer(row) for row in said_among(rows)}


def said_among(rows: QuerySet[SectionAnswer]) -> QuerySet[SectionAnswer]:
    said = rows.filter(value__isnull=False).select_related("field", "definition", "said_by")
    return said.order_by("field__position", "field_id")


def said_in(customer: int, section: str) -> QuerySet[SectionAnswer]:
    """What `answers_to` reads, of the section with this code; `as_answer` tells each."""
    return said_among(SectionAnswer.objects.filter(record__customer=customer, record__section__code=section))


def as_answer(row: Any) -> Answer:
    return Answer(row.field.code, row.definition, row.value, row.said_by, row.said_at, row.reviewed_at)

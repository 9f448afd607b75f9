"""How far the assessment of a customer is, and what was answered, for pages and the printed form.

Nothing here reads what a confidential answer says.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from careerplan.accounts.models import User
from careerplan.base.spoken import Words
from customers.enums import SectionState
from customers.models import AssessmentSection, ConfidentialAnswer, FieldDefinition, SectionAnswer, SectionRecord
from customers.sections.questions import cells_of, in_words, typed_answer


@dataclass(frozen=True)
class Line:
    """A section in the list. `answered` of `asked` questions; `waiting`: answers of the customer, to be reviewed."""

    section: AssessmentSection
    record: SectionRecord | None
    asked: int
    answered: int
    confidential: int
    waiting: int

    @property
    def state(self) -> SectionState:
        return SectionState(self.record.state) if self.record else SectionState.NOT_STARTED


def sections_of(customer: int) -> list[Line]:
    """The sections in their order. Five queries."""
    records = {row.section_id: row for row in records_of(customer)}
    asked = counts_of_questions()
    said = counts_of_answers(SectionAnswer, customer)
    told = counts_of_answers(ConfidentialAnswer, customer)
    nothing = {"all": 0, "confidential": 0, "answered": 0, "waiting": 0}
    lines = []
    for section in AssessmentSection.objects.order_by("position", "id"):
        key = section.pk
        open_ones, closed = said.get(key, nothing), told.get(key, nothing)
        lines.append(
            Line(
                section,
                records.get(key),
                asked=asked.get(key, nothing)["all"],
                confidential=asked.get(key, nothing)["confidential"],
                answered=open_ones["answered"] + closed["answered"],
                waiting=open_ones["waiting"] + closed["waiting"],
            )
        )
    return lines


def records_of(customer: int) -> Any:
    return SectionRecord.objects.filter(customer=customer).select_related("filled_by", "completed_by")


def counts_of_questions() -> dict[int, dict[str, int]]:
    rows = FieldDefinition.objects.newest().filter(field__is_active=True).values("field__section")
    found = rows.annotate(all=Count("id"), confidential=Count("id", filter=Q(is_confidential=True)))
    return {row["field__section"]: row for row in found}


def counts_of_answers(model: Any, customer: int) -> dict[int, dict[str, int]]:
    """Of questions that are asked today; what was taken back waits for review as well."""
    rows = model.objects.filter(record__customer=customer).values("record__section")
    said = Q(value__isnull=False, field__is_active=True)
    found = rows.annotate(answered=Count("id", filter=said), waiting=Count("id", filter=Q(reviewed_at=None)))
    return {row["record__section"]: row for row in found}


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
    def cells(self) -> list[list[str]]:
        """Of rows, each with its columns in words."""
        return cells_of(self.definition, self.value)

    @property
    def typed(self) -> Any:
        """Days, numbers and amounts as what they are."""
        return typed_answer(self.definition, self.value)


def answers_to(customer: int, codes: Collection[str] | None = None) -> dict[str, Answer]:
    """By the codes of questions; without those that were not answered, or taken back. One query."""
    rows = SectionAnswer.objects.filter(record__customer=customer, value__isnull=False)
    rows = rows.filter(field__code__in=codes) if codes is not None else rows
    rows = rows.select_related("field", "definition", "said_by").order_by("field__position", "field_id")
    return {row.field.code: as_answer(row) for row in rows}


def as_answer(row: Any) -> Answer:
    return Answer(row.field.code, row.definition, row.value, row.said_by, row.said_at, row.reviewed_at)

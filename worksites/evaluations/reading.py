"""What supervisors answered, for the pages of staff and for payroll."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from careerplan.base.spoken import Words
from customers.models import AssessmentSection, Customer
from customers.sections.from_others import FromOthers
from customers.sections.questions import in_words
from worksites.evaluations.answering import SECTION
from worksites.evaluations.enums import Asked
from worksites.evaluations.models import SupervisorAnswer, SupervisorLink


@dataclass(frozen=True)
class ConfirmedHours:
    """Hours of a period of a placement, as a supervisor confirmed them."""

    link: SupervisorLink

    @property
    def placement_id(self) -> int:
        return int(self.link.placement_id)

    @property
    def begins_on(self) -> date:
        found: date = self.link.begins_on
        return found

    @property
    def ends_on(self) -> date:
        found: date = self.link.ends_on
        return found

    @property
    def hours(self) -> Decimal:
        found: Decimal = self.link.hours
        return found

    @property
    def confirmed_at(self) -> datetime:
        found: datetime = self.link.answered_at
        return found

    @property
    def confirmed_as(self) -> str:
        return str(self.link.answered_as)


def confirmed_hours(placements: Collection[Any], begins: date, ends: date) -> list[ConfirmedHours]:
    """Those of periods that touch these days, by placement and day; of a period confirmed twice the newest answer.

    `placements`: rows or keys. One query.
    """
    rows = SupervisorLink.objects.confirmed().filter(placement__in=placements, begins_on__lte=ends, ends_on__gte=begins)
    newest = {(row.placement_id, row.begins_on): row for row in rows.order_by("answered_at", "pk")}
    return [ConfirmedHours(newest[key]) for key in sorted(newest)]


def with_answers(rows: QuerySet[SupervisorLink]) -> QuerySet[SupervisorLink]:
    return rows.prefetch_related("answers__definition", "answers__field")


def lines_of(link: SupervisorLink) -> list[tuple[Words, str]]:
    """The questions with what was answered, in the reader's words and in the order of the section."""
    rows: list[SupervisorAnswer] = sorted(link.answers.all(), key=lambda row: (row.field.position, row.field_id))
    return [(row.definition.label, in_words(row.definition, row.value)) for row in rows]


def evaluations_beside(customer: Customer, section: AssessmentSection) -> list[FromOthers]:
    """For the page of the section: all evaluations of the customer's placements, the newest first."""
    if section.code != SECTION:
        return []
    rows = SupervisorLink.objects.filter(
        placement__planned__plan__customer=customer, kind=Asked.EVALUATION, answered_at__isnull=False
    )
    found = with_answers(rows.select_related("placement__job__worksite__employer")).order_by("-answered_at", "-pk")
    return [FromOthers(place_of(row), row.answered_as, row.answered_at, lines_of(row)) for row in found]


def place_of(link: SupervisorLink) -> str:
    job = link.placement.job
    return f"{job.title}, {job.worksite.name} ({job.worksite.employer.name})"

"""What supervisors answered, for the pages of staff and for payroll."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

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

    placement_id: int
    begins_on: date
    ends_on: date
    hours: Decimal
    confirmed_at: datetime
    confirmed_as: str


COLUMNS = ("placement_id", "begins_on", "ends_on", "hours", "answered_at", "answered_as")


def confirmed_hours(placements: Collection[Any], begins: date, ends: date) -> list[ConfirmedHours]:
    """Those of periods that touch these days, by placement and day; of a period confirmed twice the newest answer.

    `placements`: rows or keys. One query.
    """
    rows = SupervisorLink.objects.confirmed().filter(placement__in=placements, begins_on__lte=ends, ends_on__gte=begins)
    found = [ConfirmedHours(*row) for row in rows.order_by("answered_at", "pk").values_list(*COLUMNS)]
    newest = {(row.placement_id, row.begins_on): row for row in found}
    return [newest[key] for key in sorted(newest)]


def with_answers(rows: QuerySet[SupervisorLink]) -> QuerySet[SupervisorLink]:
    """Two queries."""
    return rows.prefetch_related(answers())


def answers() -> Prefetch:
    return Prefetch("answers", SupervisorAnswer.objects.select_related("definition", "field"))


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
    return [as_said(row) for row in found]


def as_said(link: SupervisorLink) -> FromOthers:
    answered_at: Any = link.answered_at
    return FromOthers(place_of(link), link.answered_as, answered_at, lines_of(link))


def place_of(link: SupervisorLink) -> str:
    job = link.placement.job
    return f"{job.title}, {job.worksite.name} ({job.worksite.employer.name})"

"""What is still open of the sections that a customer fills, for the dashboard (ILL-050)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from careerplan.base.prepared import PreparedRows
from customers.enums import SectionState
from customers.models import AssessmentSection, SectionField
from customers.sections.policy import QUESTIONS_OF_STAFF, SECTIONS_OF_STAFF


@dataclass(frozen=True)
class AboutMe:
    """How many of the sections that customers fill are open, and whether anything was ever answered in one."""

    sections: int
    still_open: int
    has_begun: bool


def sections_with_state(customer: int) -> QuerySet[AssessmentSection]:
    """Those that ask customers something today, each with its `state`, None where it was never begun."""
    asked = SectionField.objects.filter(section=OuterRef("pk"), is_active=True).exclude(code__in=QUESTIONS_OF_STAFF)
    rows: Any = AssessmentSection.objects.exclude(code__in=SECTIONS_OF_STAFF).filter(Exists(asked))
    own = FilteredRelation("records", condition=Q(records__customer=customer))
    found: QuerySet[AssessmentSection] = rows.annotate(own=own, state=F("own__state")).order_by("position", "id")
    return found


STATES = PreparedRows(sections_with_state)


def about_me(customer: int) -> AboutMe:
    """One query."""
    states = [getattr(row, "state") for row in STATES.read(customer)]  # noqa: B009  # as annotated
    still_open = sum(state != SectionState.COMPLETE for state in states)
    return AboutMe(len(states), still_open, any(state not in {None, SectionState.NOT_STARTED} for state in states))

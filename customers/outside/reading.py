"""What pages show of a customer's assessments: the listed ones, those from outside, and what was gained."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from careerplan.base.fields import written
from customers.models import Assessment, AssessmentArea, AssessmentLevel, AssessmentType, Customer
from customers.outside.policy import gain_between, last_day_of_reuse, level_at

# Of a chart: where the bars begin, how wide the longest is, and how far from its end its number stands.
BEGIN, FULL, GAP = 72, 200, 6


class Line:
    """An assessment from outside, as of a day."""

    def __init__(self, row: Assessment, on: date):
        self.row, self.on = row, on

    @cached_property
    def reused_until(self) -> date:
        kind = self.row.assessment_type
        return last_day_of_reuse(self.row.assessed_on, kind.days_valid if kind else None)

    @property
    def may_be_reused(self) -> bool:
        return self.on <= self.reused_until

    @property
    def has_own_days(self) -> bool:
        """Whether its type says for how long it is valid; else it is six months."""
        return self.row.assessment_type is not None and self.row.assessment_type.days_valid is not None

    @property
    def level(self) -> str:
        return level_of(self.row)


@dataclass(frozen=True)
class Pair:
    """A post-test with its pre-test: two scores on one scale."""

    before: Any  # an Assessment with a score, as the database holds it
    after: Any

    @property
    def area(self) -> AssessmentArea:
        area: AssessmentArea = self.after.area
        return area

    @property
    def gain(self) -> Decimal:
        return gain_between(self.before.score, self.after.score)

    @property
    def gain_in_words(self) -> str:
        """With its sign: +48, -3, 0."""
        sign = "+" if self.gain > 0 else ""
        return f"{sign}{written(self.gain)}"

    @property
    def scores(self) -> tuple[str, str]:
        return written(self.before.score), written(self.after.score)

    @property
    def levels(self) -> tuple[str, str]:
        return level_of(self.before), level_of(self.after)

    @property
    def bars(self) -> tuple[int, int]:
        """How wide the two bars are, of `FULL`: where the scores lie between the lowest and the highest."""
        return width(self.before.score, self.area), width(self.after.score, self.area)

    @property
    def ends(self) -> tuple[int, int]:
        """Where the numbers of the two bars stand."""
        before, after = self.bars
        return BEGIN + before + GAP, BEGIN + after + GAP


def width(score: Decimal, area: AssessmentArea) -> int:
    return round(FULL * (score - area.lowest) / (area.highest - area.lowest))


def level_of(row: Assessment) -> str:
    if row.area is None or row.score is None:
        return ""
    return level_at(row.score, [(level.from_score, level.name) for level in row.area.levels.all()])


def assessment_overview(customer: Customer, *, on: date) -> dict[str, Any]:
    """The listed assessments with their newest result, those from outside as of a day, and the pairs with what was
    gained, newest first. Three queries."""
    levels = Prefetch("area__levels", AssessmentLevel.objects.order_by("from_score"))
    found = Assessment.objects.filter(customer=customer).select_related("updated_by", "assessment_type", "area")
    taken = list(found.select_related("document").prefetch_related(levels).order_by("-assessed_on", "-id"))
    newest: dict[int | None, Assessment] = {}
    for row in reversed(taken):
        newest[row.assessment_type_id] = row
    types = AssessmentType.objects.filter(is_listed=True).order_by("position")
    by_key = {row.pk: row for row in taken}
    return {
        "listed": [{"type": kind, "latest": newest.get(kind.pk)} for kind in types],
        "outside": [Line(row, on) for row in taken if row.assessment_type is None or not row.assessment_type.is_listed],
        "pairs": [Pair(by_key[row.pre_test_id], row) for row in taken if row.pre_test_id is not None],
    }

"""What a plan says of its job fit review: whether one is asked for, of which occupation, and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, QuerySet, Subquery

from careerplan.base.dates import day_of
from careerplan.plans.kinds import Reading
from careerplan.plans.models import EmploymentPlan
from customers.enums import PlanType
from goals.fit.choosing import GROUPS, has_review
from goals.fit.models import JobFitAnswer, JobFitReview, OutsideJobFit
from goals.fit.rules import (
    Facts,
    Tally,
    lacks,
    need_of,
    occupations_to_review,
    verdict,
)
from goals.items import CAREER_GOAL, CareerGoalItem
from goals.models import CareerGoal, Occupation, OccupationTitle


def career_goal_items(plan_id: int) -> list[CareerGoalItem]:
    """Of the working copy. One query."""
    rows = CareerGoal.objects.in_plan().filter(plan=plan_id).select_related("occupation").order_by("pk")
    return [CAREER_GOAL.read(row, Reading()) for row in rows]


def codes_of(plan: EmploymentPlan) -> list[str]:
    """The occupations of which one is reviewed, the first first. One query."""
    return occupations_to_review(career_goal_items(plan.pk))


@dataclass(frozen=True)
class Done:
    """What was done for one occupation of a plan: the newest review here that is complete, and the newest assessment
    from outside."""

    occupation: Occupation
    is_available: bool
    review: int | None = None
    done_at: datetime | None = None
    asked_of: int = 0
    fits: int = 0
    learns: int = 0
    outside: str = ""
    outside_result: str = ""
    outside_on: date | None = None

    @property
    def is_done(self) -> bool:
        return self.review is not None

    @property
    def is_done_outside(self) -> bool:
        return self.outside_on is not None

    @property
    def done_on(self) -> date | None:
        """Here, else outside."""
        return day_of(self.done_at) if self.done_at else self.outside_on


REVIEW_SAYS = {"review": "pk", "done_at": "completed_at", "asked_of": "asked_of", "fits": "fits", "learns": "learns"}
OUTSIDE_SAYS = {
    "outside": "assessment__name", "outside_result": "assessment__result", "outside_on": "assessment__assessed_on",
}  # fmt: skip


def with_done(plan_id: int) -> QuerySet[Occupation]:
    """Occupations with what was done for each in the plan."""
    reviews = JobFitReview.objects.complete().filter(plan=plan_id, occupation=OuterRef("pk")).with_counts()
    outside = OutsideJobFit.objects.filter(plan=plan_id, occupation=OuterRef("pk")).order_by("-recorded_at", "-pk")
    newest = reviews.order_by("-completed_at", "-pk")
    said: dict[str, Any] = {
        **{name: Subquery(newest.values(column)[:1]) for name, column in REVIEW_SAYS.items()},
        **{name: Subquery(outside.values(column)[:1]) for name, column in OUTSIDE_SAYS.items()},
    }
    return Occupation.objects.annotate(is_available=ExpressionWrapper(has_review(), BooleanField()), **said)


def done_of(plan_id: int, codes: list[str]) -> list[Done]:
    """In the order of the codes. One query; none where there are no codes."""
    rows: Any = with_done(plan_id).filter(code__in=codes) if codes else ()
    found = sorted(rows, key=lambda row: codes.index(row.code))
    return [Done(row, row.is_available, **known_of(row)) for row in found]


def known_of(row: Any) -> dict[str, Any]:
    """What was said of it; of the rest stands what `Done` says of nothing."""
    values = {name: getattr(row, name) for name in (*REVIEW_SAYS, *OUTSIDE_SAYS)}
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Standing:
    """How it stands with the review of a plan: what is asked for, and of which occupation (None: none is chosen)."""

    need: str
    shown: Done | None
    candidates: tuple[Done, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.shown is not None and (self.shown.is_done or self.shown.is_done_outside)

    @property
    def is_lacking(self) -> bool:
        done = self.shown
        return done is not None and lacks(self.need, is_done=done.is_done, is_done_outside=done.is_done_outside)


def standing_of(plan_id: int, plan_type: str, goals: Iterable[CareerGoalItem], *, explored: bool) -> Standing:
    """`explored`: whether career exploration was the goal of the version that was last active. One query, or none."""
    goals = list(goals)
    done = done_of(plan_id, occupations_to_review(goals))
    facts = Facts(
        is_iep=plan_type != PlanType.ISS,
        explores=any(goal.explores for goal in goals),
        explored=explored,
        has_occupation=bool(done),
        is_available=any(one.is_available for one in done),
    )
    shown = next((one for one in done if one.is_done or one.is_done_outside), done[0] if done else None)
    return Standing(need_of(facts, settings.JOB_FIT_SCOPE), shown, tuple(done))


# --- one review -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """The items of one kind, which are one screen, and what their answers say."""

    kind: str
    answers: tuple[JobFitAnswer, ...]

    @property
    def tally(self) -> Tally:
        return Tally.of(answer.comfort for answer in self.answers if answer.comfort is not None)

    @property
    def answered(self) -> int:
        return self.tally.number

    @property
    def is_answered(self) -> bool:
        return self.answered == len(self.answers)

    @property
    def first_open(self) -> JobFitAnswer | None:
        """What is to be answered next; None where nothing is open."""
        return next((answer for answer in self.answers if answer.comfort is None), None)

    @property
    def place(self) -> str:
        """Where its screen opens, as the end of its address: at what was left open; at the top, if nothing was said."""
        return f"#div_id_item_{self.first_open.pk}" if self.first_open and self.answered else ""

    @property
    def fitting(self) -> list[JobFitAnswer]:
        return [answer for answer in self.answers if answer.fits]

    @property
    def gaps(self) -> list[JobFitAnswer]:
        """What is to be learned, then what needs practice."""
        rest = [answer for answer in self.answers if answer.comfort is not None and not answer.fits]
        return sorted(rest, key=lambda answer: (answer.comfort, answer.position))


@dataclass(frozen=True)
class ReadReview:
    """A review with all that it asked and that was answered."""

    review: JobFitReview
    groups: tuple[Group, ...]

    @property
    def number(self) -> int:
        return sum(len(group.answers) for group in self.groups)

    @property
    def answered(self) -> int:
        return sum(group.answered for group in self.groups)

    @property
    def first_to_answer(self) -> Group:
        """The first in which something is not answered yet; the first of all, where nothing is open."""
        return next((group for group in self.groups if not group.is_answered), self.groups[0])

    def after(self, kind: str) -> Group | None:
        """The next in which something is open, after the last the first of them. None where all is answered."""
        place = [group.kind for group in self.groups].index(kind) + 1
        return next((group for group in (*self.groups[place:], *self.groups[:place]) if not group.is_answered), None)

    @property
    def verdict(self) -> str:
        return verdict(sum(group.tally.fits for group in self.groups), self.answered)

    @property
    def recorded_by(self) -> list[tuple[Any, int]]:
        """Who recorded how many of the answers, in the order of the first."""
        found: dict[Any, int] = {}
        for group in self.groups:
            for answer in group.answers:
                if answer.said_by is not None:
                    found[answer.said_by] = found.get(answer.said_by, 0) + 1
        return list(found.items())


def read_review(review: JobFitReview) -> ReadReview:
    """One query."""
    answers = list(JobFitAnswer.objects.filter(review=review).with_items().in_order())
    groups = [Group(kind, tuple(answer for answer in answers if answer.kind == kind)) for kind in GROUPS]
    return ReadReview(review, tuple(group for group in groups if group.answers))


def called_in(language: str) -> Subquery:
    """What people who speak it call the occupation of a review; the titles of the standard are English."""
    titles = OccupationTitle.objects.filter(occupation=OuterRef("occupation"), is_active=True, is_short=False)
    return Subquery(titles.filter(language=language).order_by("pk").values("title")[:1])


def reviews_of(plan: EmploymentPlan) -> QuerySet[JobFitReview]:
    """The newest first, each with its counts."""
    rows: QuerySet[JobFitReview] = JobFitReview.objects.filter(plan=plan).with_counts()
    return rows.select_related("occupation", "begun_by", "completed_by", "release").order_by("-begun_at", "-pk")


def outside_of(plan: EmploymentPlan) -> QuerySet[OutsideJobFit]:
    """The newest first."""
    rows: QuerySet[OutsideJobFit] = OutsideJobFit.objects.filter(plan=plan)
    return rows.select_related("occupation", "assessment", "upload", "note", "recorded_by").order_by(
        "-recorded_at", "-pk"
    )

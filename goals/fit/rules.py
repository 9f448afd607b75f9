"""When policy asks for a job fit review, and what its answers say (12.7.5, Job Fit). Pure.

It is required of who leaves career exploration for an occupation, and recommended wherever the occupation of an IEP has
a review (WIS-041, WIS-042; AMB-W1); never of an ISS alone (WIS-043). Where an occupation has none, an assessment from
outside takes its place (WIS-047).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from goals.items import CareerGoalItem

Item = TypeVar("Item")

# JOB_FIT_SCOPE: of whom it is required (AMB-W1).
LEAVING_EXPLORATION, EVERY_IEP, OFF = "leaving_exploration", "all", "off"
SCOPES = (LEAVING_EXPLORATION, EVERY_IEP, OFF)

# What is asked for: a review here or outside; one outside, since there is none here; it is recommended; nothing.
REQUIRED, REQUIRED_OUTSIDE, RECOMMENDED, NOT_ASKED = "required", "outside", "recommended", ""

# Of the five-point scale: what the customer can do, and what is to be learned; what lies between needs practice.
FITS, LEARNS = 4, 2
# Of a hundred items, so many that fit say that the job does, and so many that it does with some learning. Bounds of our
# own: policy names none, and decides nothing by them.
FITS_WELL, FITS_PARTLY = 75, 50
WELL, PARTLY, MUCH_TO_LEARN = "well", "partly", "much"

# Roles of a career goal in the order in which their occupation is the one to review.
ROLES = ("employment", "long_term", "self_sufficiency", "short_employment")


@dataclass(frozen=True)
class Facts:
    """`explores`: career exploration is the plan's goal now; `explored`: it was, on the version that was last active.
    `has_occupation`: one is chosen, as the goal or as a candidate; `is_available`: a review exists for it."""

    is_iep: bool
    explores: bool
    explored: bool
    has_occupation: bool
    is_available: bool


def need_of(facts: Facts, scope: str) -> str:
    """What is asked for. `scope`: of SCOPES."""
    if not facts.is_iep or not facts.has_occupation:
        return NOT_ASKED
    leaves_exploration = facts.explores or facts.explored
    if scope == EVERY_IEP or (scope == LEAVING_EXPLORATION and leaves_exploration):
        return REQUIRED if facts.is_available else REQUIRED_OUTSIDE
    return RECOMMENDED if facts.is_available else NOT_ASKED


def occupations_to_review(goals: Iterable[CareerGoalItem]) -> list[str]:
    """The codes of the occupations of which one is reviewed, the first first.

    That of the employment goal; while it explores, those that stand in other roles are the candidates (AMB-W1). An area
    is no occupation.
    """
    by_role = {goal.role: goal.occupation_code for goal in goals if goal.occupation_code and not goal.is_area}
    if "employment" in by_role:
        return [by_role["employment"]]
    return list(dict.fromkeys(by_role[role] for role in ROLES if role in by_role))


def lacks(need: str, *, is_done: bool, is_done_outside: bool) -> bool:
    """Whether sending waits for it: required, and done neither here nor outside."""
    return need in {REQUIRED, REQUIRED_OUTSIDE} and not (is_done or is_done_outside)


# --- what the answers say -----------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """What some answers say together. `counts`: how many there are of each point of the scale, from 1 on."""

    counts: tuple[int, int, int, int, int]

    @classmethod
    def of(cls, comforts: Iterable[int]) -> Tally:
        found = list(comforts)
        return cls((found.count(1), found.count(2), found.count(3), found.count(4), found.count(5)))

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def fits(self) -> int:
        return sum(self.counts[FITS - 1 :])

    @property
    def learns(self) -> int:
        return sum(self.counts[:LEARNS])

    @property
    def practices(self) -> int:
        return self.number - self.fits - self.learns

    @property
    def average(self) -> Decimal:
        """Of the scale, with one place; 0 where nothing was answered."""
        if not self.number:
            return Decimal(0)
        total = sum(point * count for point, count in enumerate(self.counts, start=1))
        return (Decimal(total) / self.number).quantize(Decimal("0.1"), ROUND_HALF_UP)


def verdict(fits: int, number: int) -> str:
    """How well the job fits: WELL, PARTLY or MUCH_TO_LEARN."""
    if fits * 100 >= FITS_WELL * number:
        return WELL
    return PARTLY if fits * 100 >= FITS_PARTLY * number else MUCH_TO_LEARN


# --- which items ----------------------------------------------------------------------------------

# Of each kind so many, 35 in all: what is answered on a phone in a quarter of an hour.
MOST_TASKS, MOST_SKILLS, MOST_KNOWLEDGE = 15, 10, 10
MOST_ITEMS = MOST_TASKS + MOST_SKILLS + MOST_KNOWLEDGE
# O*NET's scale of importance: 3 is "important" (Scales Reference, IM). What is below is asked only up to so many.
IMPORTANT = Decimal(3)
FEWEST = 5


def most_important(
    rows: Sequence[Item], importances: Sequence[Decimal | None], *, most: int, fewest: int = FEWEST
) -> list[Item]:
    """Of rows that stand in the order of their importance: at most `most`; beyond the first `fewest`, those that are
    important. What was not rated is kept."""
    kept = [
        row
        for place, (row, importance) in enumerate(zip(rows, importances, strict=True))
        if place < fewest or importance is None or importance >= IMPORTANT
    ]
    return kept[:most]

"""The first page of the copy that a customer takes home: the plan in short, as it stands on that day (ILL-022).

Where the customer wants to go, what comes next, who does what by when, the services with their days, the help in
dollars, and whom to call. It is made of contents, like the paper behind it. What does not fit on one page is counted,
and stands on the pages behind; in large print it takes the pages that it needs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from acknowledgments.contents.items import PlanContents
from acknowledgments.enums import Method
from acknowledgments.models import Acknowledgment
from acknowledgments.paper.next_steps import by_day, next_steps, steps_to_do
from acknowledgments.paper.rows import is_same_as_employment, next_review, plan_rows, without_confidential
from careerplan.base.dates import in_text
from goals.enums import CareerGoalRole
from services.costs.own import HelpInDollars
from services.items import UNDER_WAY

NEXT = 2
# What is left of the page for the rows of all parts, in points, and what a row takes (css/paper.css, .first-page).
ROOM = 335.0
LINE, ROW = 13.5, 6.0
# A row's texts, and how many letters of each stand on a line.
Cells = Callable[[Any], Iterable[tuple[str, int]]]
# So many letters stand on a line: of a list; of each column of the steps, and of the services.
IN_A_LIST = 80
OF_STEPS = (44, 17, 24)
OF_SERVICES = (26, 13, 11, 11, 10, 10)


@dataclass(frozen=True)
class FirstPage:
    """What it is made of: the plan as it stands today, and its help in dollars. `alone`: the pages behind it are more
    than can be made while somebody waits."""

    contents: PlanContents
    help: HelpInDollars
    alone: bool = False


@dataclass(frozen=True)
class Part:
    """The rows that fit, and how many more there are."""

    rows: Sequence[Any]
    more: int


def first_page_context(page: FirstPage, *, on: date, acknowledgment: Acknowledgment | None) -> dict[str, Any]:
    contents = without_confidential(page.contents)
    rows = plan_rows(contents)
    coming = next_steps(contents, on=on)
    aims, goals, steps, services = fitted(
        (career_aims(contents), lambda aim: [(f"{aim['role']}: {aim['what']}", IN_A_LIST)]),
        (rows["goals"], lambda goal: [(f"{goal['statement']} {goal['ends_long']} {goal['status']}", IN_A_LIST)]),
        (by_day(steps_to_do(contents, on)), lambda step: zip((step.what, step.who, step.when), OF_STEPS, strict=True)),
        (services_in_order(contents, rows["services"]), lambda row: zip(cells_of(row), OF_SERVICES, strict=True)),
    )
    return {
        "alone": page.alone,
        "as_of": in_text(on),
        "agreed_on": agreed_on(acknowledgment),
        "aims": aims,
        "goals": goals,
        "coming": coming[:NEXT],
        "next_review": next_review(acknowledgment),
        "steps": steps,
        "done": sum(step["is_done"] for step in rows["steps"]),
        "services": services,
        "total_cost": rows["total_cost"],
        "help": page.help,
    }


def agreed_on(acknowledgment: Acknowledgment | None) -> str:
    """The day on which the customer agreed, by the customer's own clock; "" where nobody was asked."""
    if acknowledgment is None or acknowledgment.method == Method.NOT_REQUIRED:
        return ""
    return in_text(acknowledgment.agreed_on or date.fromisoformat(acknowledgment.local_time[:10]))


def career_aims(contents: PlanContents) -> list[dict[str, str]]:
    """Each career goal by its name alone: what is the same as another is said once."""
    return [
        {
            "role": str(CareerGoalRole(goal.role).label),
            "what": _("Career exploration") if goal.explores else goal.occupation or goal.words,
        }
        for goal in contents.career_goals
        if not is_same_as_employment(goal, contents)
    ]


def services_in_order(contents: PlanContents, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What goes on or is to come first, by its first day; what has ended last."""
    found = sorted(
        zip(contents.services, rows, strict=True),
        key=lambda pair: (
            pair[0].status not in UNDER_WAY,
            pair[0].actual_start_on or pair[0].planned_start_on or "9999",
            pair[0].id,
        ),
    )
    return [row for _service, row in found]


def cells_of(service: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(service[name]) for name in ("name", "provider", "starts", "ends", "status", "cost"))


# --- one page ---------------------------------------------------------------------------------


def fitted(*parts: tuple[Sequence[Any], Cells]) -> list[Part]:
    """Rows with their cells (text, letters on a line): in turn one of each part, as long as there is room; the first
    of each in any case."""
    heights = [[height(cells(row)) for row in rows] for rows, cells in parts]
    counts = fair_shares(heights, ROOM)
    return [Part(rows[:count], len(rows) - count) for (rows, _cells), count in zip(parts, counts, strict=True)]


def height(cells: Iterable[tuple[str, int]]) -> float:
    return max(-(-max(len(text), 1) // letters) for text, letters in cells) * LINE + ROW


def fair_shares(heights: Sequence[Sequence[float]], room: float) -> list[int]:
    """How many rows of each part are shown."""
    counts = [min(1, len(part)) for part in heights]
    room -= sum(part[0] for part in heights if part)
    growing = [place for place, part in enumerate(heights) if len(part) > 1]
    while growing:
        for place in tuple(growing):
            needed = heights[place][counts[place]]
            fits = needed <= room
            if fits:
                counts[place] += 1
                room -= needed
            if not fits or counts[place] == len(heights[place]):
                growing.remove(place)
    return counts

"""The first page of the copy that a customer takes home: the plan in short, as it stands on that day (ILL-022).

Where the customer wants to go, what comes next, who does what by when, the services with their days, the help in
dollars, and whom to call. It is made of contents, like the paper behind it. What does not fit on one page is counted,
and stands on the pages behind; in large print it takes the pages that it needs.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from acknowledgments.contents.items import PlanContents
from acknowledgments.enums import Method
from acknowledgments.models import Acknowledgment
from acknowledgments.paper.next_steps import NextStep, by_day, next_steps, steps_to_do
from acknowledgments.paper.rows import is_same_as_employment, next_review, plan_rows, without_confidential
from careerplan.base.dates import in_text
from careerplan.base.readable import dollars
from careerplan.base.spoken import Words, in_language_of, language_now
from goals.enums import CareerGoalRole
from services.costs.own import HelpInDollars
from services.items import UNDER_WAY, ServiceItem

# In points, as css/paper.css has them (.first-page): what is left of the page for the rows of its parts, where all else
# that it may say is said, too; what these sentences take; what a draft, another language and missing rows take.
ROOM = 320.0
DONE, HELP = 16.0, 30.0
DRAFT, OTHER_LANGUAGE, MISSING = 34.0, 30.0, 48.0
# Of a row: each of its lines, and what is around them.
IN_LIST, IN_TABLE = (13.5, 1.5), (12.5, 6.0)
# So many letters stand on a line: of a list; of each column of the steps, and of the services.
IN_A_LIST, IN_BOLD = 95, 80
OF_STEPS = (44, 26, 28)
OF_SERVICES = (52, 10, 10, 10, 10)
# What stands behind words in another language: its name in brackets.
MARK = 10

# A row's texts, and how many letters of each stand on a line.
Cells = Callable[[Any], Iterable[tuple[str, int]]]


@dataclass(frozen=True)
class FirstPage:
    """What it is made of: the plan as it stands today, and its help in dollars. `alone`: the pages behind it are more
    than can be made while somebody waits; `is_closed`: nothing comes next in the plan."""

    contents: PlanContents
    help: HelpInDollars
    alone: bool = False
    is_closed: bool = False


@dataclass(frozen=True)
class Part:
    """The rows that fit, and how many more there are."""

    rows: Sequence[Any]
    more: int


def first_page_context(
    page: FirstPage, *, on: date, is_draft: bool, acknowledgment: Acknowledgment | None
) -> dict[str, Any]:
    contents = without_confidential(page.contents)
    rows = plan_rows(contents)
    coming = [] if page.is_closed else next_steps(contents, on=on)
    to_do = [] if page.is_closed else by_day(steps_to_do(contents, on))
    late = {step.ref for step in coming if step.is_late}
    offered, total = services_with_help(contents, rows["services"], page.help, late)
    done = sum(step["is_done"] for step in rows["steps"])
    room = ROOM - (DRAFT if is_draft else 0) - (OTHER_LANGUAGE if rows["is_foreign"] else 0)
    room += (0 if done else DONE) + (0 if total else HELP)
    comes_next = next_of(coming)
    if comes_next:  # two of its lines are counted already
        told = f"{comes_next.what} {comes_next.who} {comes_next.when}"
        room -= max(0.0, height([(told, IN_BOLD)], IN_LIST) - height([("", IN_BOLD)], IN_LIST) - IN_LIST[0])
    aims, goals, steps, services = fitted(
        room,
        (career_aims(contents), said_of_aim, IN_LIST),
        (rows["goals"], said_of_goal, IN_LIST),
        (to_do, said_of_step, IN_TABLE),
        (offered, said_of_service, IN_TABLE),
    )
    return {
        "whom": contents.about,
        "alone": page.alone,
        "is_closed": page.is_closed,
        "as_of": in_text(on),
        "agreed_on": agreed_on(acknowledgment),
        "aims": aims,
        "goals": goals,
        "more_goals": aims.more + goals.more,
        "next": comes_next,
        "late": len(late),
        "next_review": "" if page.is_closed else next_review(acknowledgment),
        "steps": steps,
        "done": done,
        "services": services,
        "total": total,
        "paid": page.help.paid,
    }


def agreed_on(acknowledgment: Acknowledgment | None) -> str:
    """The day on which the customer agreed, by the customer's own clock; "" where nobody was asked."""
    if acknowledgment is None or acknowledgment.method == Method.NOT_REQUIRED:
        return ""
    return in_text(acknowledgment.agreed_on or date.fromisoformat(acknowledgment.local_time[:10]))


def next_of(coming: Sequence[NextStep]) -> NextStep | None:
    """What is still to come; where all of it is late, what is late longest."""
    to_come = (step for step in coming if not step.is_late)
    return next(to_come, coming[0] if coming else None)


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


def services_with_help(
    contents: PlanContents, rows: Sequence[dict[str, Any]], help: HelpInDollars, late: Collection[str] = ()
) -> tuple[list[dict[str, Any]], Decimal]:
    """What goes on or is to come first, by its first day, and what has ended last; with the help in dollars, which is
    what the plan says, or what was promised where that is more. And all of it together. `late`: the references of what
    is late, which the status says, too."""
    promised = {row.service: row.promised for row in help.rows}
    found, total = [], Decimal(0)
    for service, row in sorted(zip(contents.services, rows, strict=True), key=lambda pair: service_place(pair[0])):
        amount = max(Decimal(service.dollar_value or 0), promised.get(service.id, Decimal(0)))
        total += amount
        other = service.provider or service.listed_provider
        status = _("%(status)s, late") % row if row["ref"] in late else row["status"]
        found.append(row | {"help": dollars(str(amount)) if amount else "", "other_provider": other, "status": status})
    return found, total


def service_place(service: ServiceItem) -> tuple[bool, str, int]:
    starts = service.actual_start_on or service.planned_start_on
    return service.status not in UNDER_WAY, starts or "9999", service.id


# --- one page ---------------------------------------------------------------------------------


def said_of_aim(aim: dict[str, str]) -> list[tuple[str, int]]:
    return [(in_language_of(aim["what"], f"{aim['role']}: {aim['what']}"), IN_A_LIST)]


def said_of_goal(goal: dict[str, Any]) -> list[tuple[str, int]]:
    words = f"{_('Goal')} {goal['number']}: {goal['statement']} {goal['ends_long']} {goal['status']}"
    return [(in_language_of(goal["statement"], words), IN_A_LIST)]


def said_of_step(step: NextStep) -> list[tuple[str, int]]:
    return list(zip((step.what, step.who, step.when), OF_STEPS, strict=True))


def said_of_service(row: dict[str, Any]) -> list[tuple[str, int]]:
    what = in_language_of(row["name"], f"{row['name']}, {row['other_provider']}")
    told = (what, *(str(row[name]) for name in ("starts", "ends", "status", "help")))
    return list(zip(told, OF_SERVICES, strict=True))


def fitted(room: float, *parts: tuple[Sequence[Any], Cells, tuple[float, float]]) -> list[Part]:
    """Rows with their cells: in turn one of each part, as long as there is room; the first of each in any case."""
    heights = [[height(cells(row), measure) for row in rows] for rows, cells, measure in parts]
    if sum(map(sum, heights)) > room:
        room -= MISSING
    counts = fair_shares(heights, room)
    return [Part(part[0][:count], len(part[0]) - count) for part, count in zip(parts, counts, strict=True)]


def height(cells: Iterable[tuple[str, int]], measure: tuple[float, float]) -> float:
    line, around = measure
    return max(-(-letters_of(text) // letters) for text, letters in cells) * line + around


def letters_of(text: str) -> int:
    is_marked = isinstance(text, Words) and text.language != language_now()
    return max(len(text), 1) + (MARK if is_marked else 0)


def fair_shares(heights: Sequence[Sequence[float]], room: float) -> list[int]:
    """How many rows of each part are shown."""
    counts = [min(1, len(part)) for part in heights]
    room -= sum(part[0] for part in heights if part)
    growing = [place for place, part in enumerate(heights) if len(part) > 1]
    while growing:
        still = []
        for place in growing:
            needed = heights[place][counts[place]]
            if needed > room:
                continue
            counts[place] += 1
            room -= needed
            if counts[place] < len(heights[place]):
                still.append(place)
        growing = still
    return counts

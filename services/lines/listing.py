"""The list of planned services: its filter, and what stands on a line beside the service (ILL-106)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from careerplan.base.addresses import key_asked, key_in
from careerplan.plans.coenrollment import of_several_planners
from careerplan.plans.pages import PlanPage
from customers.models import Enrollment
from services.enums import ServiceStatus
from services.models import PlannedService
from services.moves.kinds import moves_of
from services.programs import offered_programs

# In the filter: services that no program gives yet.
NO_PROGRAM = "none"
# Of the address of a move: the list from which it was opened, where nothing is chosen in it.
WHOLE_LIST = "all"
# No row has this key; it stands in an address in the place of a row's.
MARK = 9_100_000_000_000_001


@dataclass(frozen=True)
class Chosen:
    """What the filter narrows the list to, "" where it does not: a status, the code of a category, the key of a goal,
    the code of a program."""

    status: str = ""
    category: str = ""
    goal: str = ""
    program: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.query)

    @property
    def is_refined(self) -> bool:
        return bool(self.category or self.goal or self.program)

    @property
    def query(self) -> str:
        return urlencode({field.name: value for field in fields(self) if (value := getattr(self, field.name))})

    def takes(self, row: PlannedService) -> bool:
        program = row.program.code if row.program else NO_PROGRAM
        said = (row.status, row.service.category.code, str(row.goal_id), program)
        return all(not asked or asked == is_so for asked, is_so in zip(self.as_row(), said, strict=True))

    def as_row(self) -> tuple[str, ...]:
        return self.status, self.category, self.goal, self.program


def read_chosen(sent: QueryDict) -> Chosen:
    """Raises Http404 for a goal that is no key."""
    goal = key_asked(sent, "goal")
    return Chosen(sent.get("status", ""), sent.get("category", ""), str(goal or ""), sent.get("program", ""))


def list_address(customer: int, back: str) -> str:
    """Of the list as it was: `back` is what a page that was opened from it was given, its filter or `WHOLE_LIST`. Of
    all that stands in it the filter alone is taken."""
    names = {field.name for field in fields(Chosen)}
    known = {name: value for name, value in parse_qsl(back) if name in names}
    if not key_in(known.get("goal", "")):
        known.pop("goal", None)
    address = reverse("plan:services", args=[customer])
    return f"{address}?{urlencode(known)}" if known else address


@dataclass(frozen=True)
class Line:
    """`owners`: in a shared plan, the enrollments whose planners answer for it; `moves`: the entries of its menu, which
    lead to the pages of what may become of it."""

    row: PlannedService
    owners: list[Enrollment]
    moves: SafeString


@dataclass(frozen=True)
class Listing:
    lines: list[Line]
    total: int
    chosen: Chosen
    statuses: list[tuple[str, Any]]
    categories: list[Any]
    goals: list[Any]
    programs: list[Any]
    some_without_program: bool

    @property
    def ways(self) -> int:
        """In how many ways it can be narrowed beside the status."""
        programs = len(self.programs) + self.some_without_program
        return sum(number > 1 for number in (len(self.categories), len(self.goals), programs))


def rows_listed(plan: int) -> QuerySet[PlannedService]:
    """The services of a plan with what the list says of each, in its order."""
    rows = PlannedService.objects.in_plan().filter(plan=plan)
    found: QuerySet[PlannedService] = rows.select_related(
        "service__category", "goal", "program", "training__listed_provider"
    ).in_order()
    return found


def listing_of(page: PlanPage, rows: list[PlannedService], sent: QueryDict) -> Listing:
    """`rows`: those under a goal, with service, category, goal and program. One query where the plan is shared."""
    wanted = still_there(read_chosen(sent), rows)
    owners, moves = owners_by_row(page), moves_by_status(page.customer.pk, wanted)
    return Listing(
        lines=[Line(row, owners(row), moves(row)) for row in rows if wanted.takes(row)],
        total=len(rows),
        chosen=wanted,
        statuses=list(ServiceStatus.choices),
        categories=sorted(each(row.service.category for row in rows), key=lambda category: category.position),
        goals=each(row.goal for row in rows),
        programs=each(row.program for row in rows if row.program),
        some_without_program=any(row.program_id is None for row in rows),
    )


def still_there(asked: Chosen, rows: list[PlannedService]) -> Chosen:
    """What no line of the plan has narrows nothing; a status that none has is one that people choose all the same."""
    return Chosen(
        asked.status if asked.status in ServiceStatus.values else "",
        asked.category if any(row.service.category.code == asked.category for row in rows) else "",
        asked.goal if any(str(row.goal_id) == asked.goal for row in rows) else "",
        asked.program if any(Chosen(program=asked.program).takes(row) for row in rows) else "",
    )


def each(found: Iterable[Any]) -> list[Any]:
    """Every row once, in the order of the list."""
    return list({row.pk: row for row in found}.values())


def owners_by_row(page: PlanPage) -> Callable[[PlannedService], list[Enrollment]]:
    """Who answers for a line: the planner of its program, else those whose programs may give it; nobody is named where
    one planner answers for the whole plan."""
    enrollments = page.profile.open_enrollments if page.profile else []
    planned = [enrollment for enrollment in enrollments if enrollment.planner_id is not None]
    if not of_several_planners(planned):
        return lambda row: []
    prefetch_related_objects(planned, "planner")

    def owners(row: PlannedService) -> list[Enrollment]:
        programs = (
            {row.program_id} if row.program_id else {found.pk for found in offered_programs(row.service, planned)}
        )
        return [enrollment for enrollment in planned if enrollment.program_id in programs]

    return owners


def moves_by_status(customer: int, chosen: Chosen) -> Callable[[PlannedService], SafeString]:
    """The entries of each status are made once, and not once a row."""
    back = urlencode({"back": chosen.query or WHOLE_LIST})
    made = {status: menu_of(customer, status, back) for status in ServiceStatus.values}
    return lambda row: SafeString(made[row.status].replace(str(MARK), str(row.pk)))


def menu_of(customer: int, status: str, back: str) -> SafeString:
    """With `MARK` for the key of the row."""
    found = [
        (reverse("plan:service-move", args=[customer, MARK, move.code]), back, move.label) for move in moves_of(status)
    ]
    return format_html_join("", '<li><a href="{}?{}">{}</a></li>', found)

"""Every decision about a service of the catalog: the cases, and how the tables were begun.

`kinds_of_services.csv` says of each entry of the catalog which kind of service it is to the rules, and in which plans
it is offered; `decisions_of_services.csv` says of each kind what the rules decide. Whether an entry causes
participation depends on the program: in the columns of an IEP the customer is in Adult (or Dislocated Worker), in those
of an ISS in Youth, in those of a shared plan in both.

Both are kept by hand (docs/contents.md). `python -m tests.acknowledgments.decisions_of_services` prints where they and
the product differ; with --write it writes both anew, as the product decides today.
"""

import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from careerplan.plans.kinds import Reading

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()

from acknowledgments.contents.changes import ADDED, EDITED, REMOVED
from acknowledgments.contents.items import PlanContents, Removal
from acknowledgments.rules.policy import LIGHT_SUPPORT_REMOVAL
from careerplan.reference import service
from careerplan.reference_rows import read
from customers.models import Enrollment, Program
from services.classes.apprenticeship.items import WageStepItem
from services.classes.kinds import RELATED
from services.enums import Participation, ServiceRemoval, ServiceStatus
from services.items import SERVICE, ServiceItem
from services.models import PlannedService, Service, ServiceCategory
from tests.acknowledgments.decision_tables import (
    COLUMNS,
    EVERY,
    Case,
    Key,
    Line,
    differences,
    lines_of,
    read_lines,
    write_lines,
)

HERE = Path(__file__).parent
DECISIONS = HERE / "decisions_of_services.csv"
KINDS = HERE / "kinds_of_services.csv"

# What the columns of a plan type assume: the customer's programs, each of them in turn.
PROGRAMS = {
    "IEP": [("adult",), ("dislocated_worker",)],
    "ISS": [("youth",)],
    "both": [("adult", "youth"), ("dislocated_worker", "youth")],
}

IS_ADDED = "added"
NOT_COMPLETED = "removed before it was completed, for any reason"
AS_COMPLETED = "removed as completed"
THOUGH_COMPLETE = "removed for any other reason, though it was complete"
NEW_FUNDING = "goes on under other funding: the row that goes on"
OLD_FUNDING = "goes on under other funding: the row that ended stays"
OLD_FUNDING_REMOVED = "goes on under other funding: the row that ended is removed"
MOVED = "moved to another goal"
RECORDED = "only dates, status, hours, provider, cost, notes and the like edited"
LIGHT_REMOVAL = "removed, where the local area counts that as a light update (SUPPORT_REMOVAL_ACK off)"

# In the order of the table; those after the removals are the same for every kind of service.
CHANGES = (
    IS_ADDED, NOT_COMPLETED, AS_COMPLETED, THOUGH_COMPLETE, LIGHT_REMOVAL,
    NEW_FUNDING, OLD_FUNDING, OLD_FUNDING_REMOVED, MOVED, RECORDED,
)  # fmt: skip
ALIKE = frozenset({NEW_FUNDING, OLD_FUNDING, OLD_FUNDING_REMOVED, MOVED, RECORDED})
REMOVED_THE_WAYS = frozenset({NOT_COMPLETED, AS_COMPLETED, THOUGH_COMPLETE})
OTHER_REASONS = [reason for reason in ServiceRemoval.values if reason != ServiceRemoval.COMPLETED]
NOT_COMPLETE = [status for status in ServiceStatus.values if status != ServiceStatus.COMPLETE]
# Another value of each field that is recorded at any time; a test compares the names with what is compared at all.
OTHERWISE: dict[str, Any] = {
    "program_code": "T1-DW",
    "status": "on_hold",
    "planned_start_on": "2026-12-02",
    "planned_end_on": "2027-03-31",
    "actual_start_on": "2026-11-20",
    "ended_on": "2026-11-21",
    "weekly_hours": "12.00",
    "provider": "Lakeside College",
    "provider_contact": "12 Lake Road",
    "dollar_value": "75.00",
    "notes": "The class moved to the evening.",
    "barrier_ids": (3,),
    "assessment_id": 5,
    "exploration_reason": "Reason 2",
    "exploration_supervisor": "Mary Odell",
    "contract": "ITA 2027-014",
    "soc_code": "49-9041",
    "rapids_id": "IL008950001",
    "sponsor": "Lakeshore Millwrights",
    "instruction_hours": "144.00",
    "job_hours": "2000.00",
    "wage_steps": (WageStepItem("hours", 0, "18.00"),),
    "support_code": "BUS-PASS",
    "frequency": "month",
    "times": "4",
    "listed_provider_code": "LCC",
    "training_program_code": "LCC-BNA",
}
BEGUN = frozenset({"started", "on_hold", "complete", "terminated"})
ENDED = frozenset({"complete", "terminated"})


# --- the catalog ------------------------------------------------------------------------------


@cache
def catalog() -> dict[str, Service]:
    """The entries that the product brings, by code; nothing is read from the database."""
    rows = read("services/data/service_catalog.csv")
    return {row["code"]: service(row, ServiceCategory(code=row["category"], name=row["category"])) for row in rows}


def kind_of(entry: Service) -> str:
    """What the entry is to the rules, in words: where the table of kinds was begun."""
    kind = str(entry.get_service_class_display())
    if entry.is_training and entry.service_class not in {"training", "apprenticeship"}:
        kind += ", training"
    if entry.is_supportive and entry.service_class != "supportive":
        kind += ", supportive"
    grown, youth = (answer == Participation.YES for answer in (entry.causes_adult, entry.causes_youth))
    if entry.service_class in {"pre_enrollment", "referral", "partner"} and not (grown or youth):
        return kind
    if entry.service_class == "supportive" and youth and not grown:
        return f"{kind}, causes participation in Youth only"
    return f"{kind}, causes participation" if grown or youth else f"{kind}, causes none"


def plans_of(entry: Service) -> str:
    """The plans of the programs that offer it."""
    iep, iss = entry.offered_adult or entry.offered_dislocated_worker, entry.offered_youth
    return " and ".join(["IEP"] * iep + ["ISS"] * iss)


# --- the cases --------------------------------------------------------------------------------


def enrolled(kinds: tuple[str, ...]) -> list[Enrollment]:
    return [Enrollment(program=Program(kind=kind), begun_on=date(2026, 1, 5)) for kind in kinds]


def item_of(entry: Service, programs: tuple[str, ...], status: str = "planned", **values: Any) -> ServiceItem:
    """The entry in a plan, as the working copy reads it."""
    begun = date(2026, 9, 1) if status in BEGUN else None
    row = PlannedService(
        id=1,
        service=entry,
        goal_id=7,
        status=status,
        planned_start_on=date(2026, 9, 1),
        actual_start_on=begun,
        ended_on=date(2026, 11, 20) if status in ENDED else None,
    )
    row._prefetched_objects_cache = {"barriers": []}
    row._state.fields_cache |= dict.fromkeys(RELATED)  # nothing is said that only its class has
    return replace(SERVICE.read(row, Reading(tuple(enrolled(programs)))), **values)


def cases_of(entry: Service, kind: str, plan_type: str) -> Iterator[Case]:
    """Every change of the entry in a plan of this type, for each of its sets of programs that makes a difference."""
    differing = {item_of(entry, programs): programs for programs in reversed(PROGRAMS[plan_type])}
    for programs in differing.values():
        for case in cases_in(entry, kind, plan_type, programs):
            yield case
            if case.key[1] in REMOVED_THE_WAYS:
                yield in_a_lenient_area(case, entry.is_supportive)


def in_a_lenient_area(case: Case, has_line: bool) -> Case:
    """The same removal where the local area chose so: a line of its own for support, no difference for the rest."""
    key = (case.key[0], LIGHT_REMOVAL) if has_line else case.key
    return replace(
        case, key=key, detail=f"{case.detail}, light removal of support", options=frozenset({LIGHT_SUPPORT_REMOVAL})
    )


def cases_in(entry: Service, kind: str, plan_type: str, programs: tuple[str, ...]) -> Iterator[Case]:
    def contents(*items: ServiceItem, gone: Removal | None = None) -> PlanContents:
        return PlanContents(plan_type, services=items, removals=(gone,) if gone else ())

    def case(how: str, detail: str, before: PlanContents, after: PlanContents, changed: str, which: int = 1) -> Case:
        about = f"{entry.code}, {' and '.join(programs)}, {detail}"
        return Case((kind, how), about, before, after, (changed, SERVICE, which))

    listed = {status: item_of(entry, programs, status) for status in ServiceStatus.values}
    planned, started, complete = listed["planned"], listed["started"], listed["complete"]
    nothing = contents()

    yield case(IS_ADDED, "planned", nothing, contents(planned), ADDED)
    for status, why in product(NOT_COMPLETE, OTHER_REASONS):
        gone = contents(gone=Removal(SERVICE.name, 1, why, status=status))
        yield case(NOT_COMPLETED, f"{status}, {why}", contents(listed[status]), gone, REMOVED)
    for sealed in (planned, started, complete):
        gone = contents(gone=Removal(SERVICE.name, 1, "completed", status="complete", ended_on="2026-11-20"))
        yield case(AS_COMPLETED, f"sealed as {sealed.status}", contents(sealed), gone, REMOVED)
    for sealed, why in product((started, complete), OTHER_REASONS):
        gone = contents(gone=Removal(SERVICE.name, 1, why, status="complete", ended_on="2026-11-20"))
        yield case(THOUGH_COMPLETE, f"sealed as {sealed.status}, {why}", contents(sealed), gone, REMOVED)

    ended = listed["terminated"]
    latter = replace(started, id=2, continues=1, continuation="funding", contract="ITA 2027-014")
    yield case(NEW_FUNDING, "both rows stand", contents(started), contents(ended, latter), ADDED, 2)
    yield case(OLD_FUNDING, "both rows stand", contents(started), contents(ended, latter), EDITED)
    for why in OTHER_REASONS:
        left = contents(latter, gone=Removal(SERVICE.name, 1, why, status="terminated"))
        yield case(NEW_FUNDING, f"the old one left, {why}", contents(started), left, ADDED, 2)
        yield case(OLD_FUNDING_REMOVED, f"before the seal, {why}", contents(started), left, REMOVED)
        yield case(OLD_FUNDING_REMOVED, f"both were sealed, {why}", contents(ended, latter), left, REMOVED)

    for status, item in listed.items():
        yield case(MOVED, status, contents(item), contents(replace(item, goal_id=8)), EDITED)
    moved_too = replace(planned, goal_id=8, **OTHERWISE)
    yield case(MOVED, "and recorded", contents(planned), contents(moved_too), EDITED)
    for name, value in OTHERWISE.items():
        yield case(RECORDED, name, contents(planned), contents(replace(planned, **{name: value})), EDITED)
    yield case(RECORDED, "all at once", contents(planned), contents(replace(planned, **OTHERWISE)), EDITED)
    for status, item in listed.items():
        if status != "planned":
            yield case(RECORDED, f"became {status}", contents(planned), contents(item), EDITED)


# --- the tables -------------------------------------------------------------------------------


def read_kinds() -> dict[str, dict[str, str]]:
    """The table of kinds by code."""
    with KINDS.open(newline="", encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def differences_of(entry: Service, kind: str, lines: dict[Key, Line]) -> list[str]:
    return [
        difference
        for column, (_rule_set, plan_type) in COLUMNS.items()
        for difference in differences(cases_of(entry, kind, plan_type), column, lines)
    ]


def every_case() -> Iterator[tuple[str, Case]]:
    for entry in catalog().values():
        for column, (_rule_set, plan_type) in COLUMNS.items():
            for case in cases_of(entry, kind_of(entry), plan_type):
                how = case.key[1]
                yield column, replace(case, key=(EVERY, how)) if how in ALIKE else case


def place(line: tuple[Key, dict[str, str]]) -> tuple[int, int]:
    """Kinds stand in the order of the catalog, and what is the same for all of them last."""
    kinds = [*dict.fromkeys(kind_of(entry) for entry in catalog().values()), EVERY]
    (kind, how), _cells = line
    return kinds.index(kind), CHANGES.index(how)


def write() -> None:
    with KINDS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "service", "offered in", "kind of service"])
        for entry in catalog().values():
            writer.writerow([entry.code, entry.name, plans_of(entry), kind_of(entry)])
    write_lines(DECISIONS, ("kind of service", "change"), sorted(lines_of(every_case()), key=place))


def main() -> None:
    if "--write" in sys.argv:
        write()
        return
    lines, kinds = read_lines(DECISIONS), read_kinds()
    for code, entry in catalog().items():
        found = differences_of(entry, kinds[code]["kind of service"], lines)
        sys.stdout.writelines(f"{difference}\n" for difference in found)


if __name__ == "__main__":
    main()

"""How long comparing two versions of a large plan takes: .venv/bin/python -m benchmarks.compare_contents

Two contents of 40 goals, 200 services, 60 barriers and 120 action steps that differ in about a tenth of their items;
no database, no server. "x json" compares with json.loads of the same canonical text, measured in the same run, since
milliseconds differ from machine to machine. Fails where comparing and deciding take 50 milliseconds or more.
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from acknowledgments.contents.changes import compare
from acknowledgments.contents.items import PlanContents, Removal
from acknowledgments.contents.sealed_text import canonical_json, digest_of, read_contents
from acknowledgments.rules.policy import Requirement, requirements
from careerplan.plans.items import BarrierItem
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.items import ServiceItem

ROUNDS = 100
LIMIT_SECONDS = 0.050
ON = date(2027, 1, 6)
GOALS, SERVICES, BARRIERS, STEPS = 40, 200, 60, 120
CLASSES = ("career", "training", "supportive", "referral", "youth_element", "partner", "pre_enrollment")


def versions(times: int = 1) -> tuple[PlanContents, PlanContents]:
    """The same plan before and after its review; `times` as large."""
    goals, services, barriers, steps = (times * number for number in (GOALS, SERVICES, BARRIERS, STEPS))
    before = PlanContents(
        plan_type="both",
        career_goals=(CareerGoalItem(1, "employment", occupation_code="31-1131.00", occupation="Nursing Assistants"),),
        goals=tuple(goal(number) for number in range(goals)),
        barriers=tuple(barrier(number) for number in range(barriers)),
        services=tuple(service(number, goals, barriers) for number in range(services)),
        action_steps=tuple(step(number, goals) for number in range(steps)),
    )
    gone = tuple(Removal("service", number, "not_wanted") for number in range(0, services, 40))
    gone += tuple(Removal("barrier", number, "resolved") for number in range(0, barriers, 40))
    after = replace(
        before,
        goals=reviewed(before.goals, status="off_track"),
        barriers=(*reviewed(before.barriers, status="being_addressed"), barrier(barriers)),
        services=(*reviewed(before.services, planned_end_on="2027-12-31"), service(services, goals, barriers)),
        action_steps=(*reviewed(before.action_steps, done_on="2027-01-05"), step(steps, goals)),
        removals=gone,
    )
    return before, after


def reviewed(items: tuple, **values: str) -> tuple:
    """Of forty items one is gone and three are edited."""
    kept = [(number, item) for number, item in enumerate(items) if number % 40]
    return tuple(replace(item, **values) if number % 40 in {10, 20, 30} else item for number, item in kept)


def goal(number: int) -> GoalItem:
    return GoalItem(number, f"Finish part {number} of the course and pass its test", "Career Plan", "short", "on_track")


def barrier(number: int) -> BarrierItem:
    return BarrierItem(number, f"B{number % 12:02}", "Transportation", "No car and no bus at night.", "A bus pass.")


def service(number: int, goals: int, barriers: int) -> ServiceItem:
    return ServiceItem(
        number,
        f"S-{number % 90:02}",
        f"Occupational skills training, part {number}",
        CLASSES[number % len(CLASSES)],
        category="Training",
        goal_id=number % goals,
        program_code="WIOA_ADULT",
        causes_participation=number % 2 == 0,
        planned_start_on="2027-01-10",
        planned_end_on="2027-06-30",
        weekly_hours="20.00",
        provider="Harbor Street Community College",
        dollar_value="1250.00",
        notes="Evenings, since the mornings are taken by the children.",
        barrier_ids=(number % barriers,),
    )


def step(number: int, goals: int) -> ActionStepItem:
    return ActionStepItem(number, number % goals, f"Send the certificate of part {number}", due_on="2027-02-01")


def decided(before: PlanContents, after: PlanContents) -> list[Requirement]:
    return requirements(compare(before, after), after.plan_type, "both", on=ON)


def seconds_of(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Processor time of the quickest round: others may be at work on the machine."""
    seconds = []
    for _round in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> int:
    before, after = versions()
    text = canonical_json(after)
    unit = seconds_of(lambda: json.loads(text))
    compared = seconds_of(lambda: decided(before, after))
    rows = [
        ("json.loads", unit),
        ("compare and requirements", compared),
        ("canonical_json", seconds_of(lambda: canonical_json(after))),
        ("digest_of", seconds_of(lambda: digest_of(text))),
        ("read_contents", seconds_of(lambda: read_contents(text))),
    ]
    print(f"{len(compare(before, after))} changes, canonical text of {len(text.encode()) / 1024:.0f} KB")
    print(f"{'':26} {'ms':>7} {'x json':>7}")
    for name, seconds in rows:
        print(f"{name:26} {seconds * 1000:7.2f} {seconds / unit:7.2f}")
    larger = versions(4)
    growth = seconds_of(lambda: decided(*larger)) / compared
    print(f"four times as large: {growth:.1f} times as long")
    fast = compared < LIMIT_SECONDS
    print(f"{compared * 1000:.2f} ms {'<' if fast else 'not <'} {LIMIT_SECONDS * 1000:.0f} ms")
    return 0 if fast else 1


if __name__ == "__main__":
    raise SystemExit(main())

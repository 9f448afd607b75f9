"""How long the paper takes: .venv/bin/python benchmarks/print_paper.py

Prints the shortest plan that may be sent, and one whose paper has ten pages; no database, no server. As in production
another process typesets (`paper/renderer.py`). Fails where the ten pages take 1.2 seconds of processor time or more
until they are there, or the process more than 250 MB.
"""

import io
import os
import sys
import time
from datetime import date
from pathlib import Path

ROUNDS = 5
PAGES = 10
LIMIT_SECONDS, LIMIT_MB = 1.2, 250

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
os.environ.setdefault("TESTING", "1")  # settings that need no secrets and no servers
sys.path.insert(0, str(Path(__file__).parent.parent))

import django  # noqa: E402

django.setup()

import pikepdf  # noqa: E402

from acknowledgments.contents.items import About, PlanContents  # noqa: E402
from acknowledgments.paper.pdf import paper_pdf  # noqa: E402
from acknowledgments.paper.renderer import Renderer  # noqa: E402
from careerplan.plans.items import BarrierItem  # noqa: E402
from goals.items import ActionStepItem, CareerGoalItem, GoalItem  # noqa: E402
from services.items import ServiceItem  # noqa: E402

CATEGORIES = ("Career services", "Training", "Work experience")


def plan(*, goals: int, services: int, steps: int) -> PlanContents:
    return PlanContents(
        plan_type="IEP",
        career_goals=(CareerGoalItem(1, "employment", occupation_code="31-1131.00", occupation="Nursing Assistants"),),
        goals=tuple(goal(number) for number in range(goals)),
        barriers=(BarrierItem(1, "TRAN", "Transportation", "No car.", "Bus pass."),),
        services=tuple(service(number, goals) for number in range(services)),
        action_steps=tuple(step(number, goals) for number in range(steps)),
        about=About(customer_name="Delgado-Whitfield, Maria", participant_id="C-0048213", grantee="Workforce Board"),
    )


def goal(number: int) -> GoalItem:
    statement = f"Finish part {number} of the course and pass its test with a score of 80 or more"
    return GoalItem(number, statement, "Occupational training", "short", "on_track", "2027-01-10", "2027-06-30")


def service(number: int, goals: int) -> ServiceItem:
    return ServiceItem(
        number,
        f"S{number}",
        f"Occupational skills training, part {number}",
        "training",
        category=CATEGORIES[number % len(CATEGORIES)],
        goal_id=number % goals,
        planned_start_on="2027-01-10",
        planned_end_on="2027-06-30",
        weekly_hours="20.00",
        dollar_value="1250.00",
    )


def step(number: int, goals: int) -> ActionStepItem:
    return ActionStepItem(number, number % goals, f"Send the certificate of part {number}", due_on="2027-02-01")


RENDERER = Renderer()


def measured(contents: PlanContents) -> tuple[float, int, float]:
    """Seconds of processor time of the quickest round (others may be at work on the machine), pages and KB."""
    seconds = []
    for _round in range(ROUNDS):
        time.sleep(1)  # the other process clears away what the paper before left
        start = time.process_time() + seconds_of_typesetter()
        content = paper_pdf(contents, language="en", printed_on=date(2027, 1, 6), typeset=RENDERER.typeset)
        seconds.append(time.process_time() + seconds_of_typesetter() - start)
    return min(seconds), pages_of(content), len(content) / 1024


def seconds_of_typesetter() -> float:
    """Of its processor time."""
    if RENDERER.process is None:
        return 0.0
    text = Path(f"/proc/{RENDERER.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(text[11]) + int(text[12])) / os.sysconf("SC_CLK_TCK")


def megabytes_of_typesetter() -> float:
    """The most that it ever held."""
    assert RENDERER.process is not None
    lines = Path(f"/proc/{RENDERER.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def pages_of(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def main() -> int:
    measured(plan(goals=1, services=1, steps=1))  # fonts are read once
    short = measured(plan(goals=1, services=1, steps=1))
    long = measured(plan(goals=20, services=100, steps=60))
    for name, (seconds, pages, size) in (("shortest", short), ("long", long)):
        print(f"{name:9} {seconds:6.2f} s {pages:4} pages {size:7.0f} KB")
    print(f"ratio     {long[0] / short[0]:6.1f} in time, {long[1] / short[1]:.1f} in pages")
    megabytes = megabytes_of_typesetter()
    RENDERER.end()
    fast = long[1] >= PAGES and long[0] < LIMIT_SECONDS and megabytes < LIMIT_MB
    print(f"{long[1]} pages, {megabytes:.0f} MB: {'within' if fast else 'beyond'} {LIMIT_SECONDS} s and {LIMIT_MB} MB")
    return 0 if fast else 1


if __name__ == "__main__":
    raise SystemExit(main())

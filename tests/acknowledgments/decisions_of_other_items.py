"""Every decision about what is no service: the cases, and how `decisions_of_other_items.csv` was begun.

Barriers and the comments on them, action steps, goals, career goals in each role, and the plan as a whole. The table is
kept by hand (docs/contents.md). `python -m tests.acknowledgments.decisions_of_other_items` prints where it and the
product differ; with --write it writes the table anew, as the product decides today.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()

from acknowledgments.contents.changes import ADDED, EDITED, REMOVED
from acknowledgments.contents.items import About, PlanContents, Removal
from careerplan.plans.enums import BarrierRemoval, BarrierStatus
from careerplan.plans.items import BARRIER, PLAN, BarrierItem
from careerplan.reference_rows import read
from goals.enums import CareerGoalRole, GoalStatus, StepWho, Term
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL, ActionStepItem, CareerGoalItem, GoalItem
from tests.acknowledgments.decision_tables import COLUMNS, Case, differences, lines_of, read_lines, write_lines

DECISIONS = Path(__file__).parent / "decisions_of_other_items.csv"

# What the planner says of a text that reads differently now.
WORDS = {"": "and nothing is said of it", "clearer": "said to be the same", "another": "said to be something else"}
PLACES = {
    BARRIER: "barriers",
    ACTION_STEP: "action_steps",
    GOAL: "goals",
    CAREER_GOAL: "career_goals",
}
NONE, OTHER = "NONE", "OTHR"


@dataclass(frozen=True)
class Item:
    """What a line speaks of, as it stands in a plan at first."""

    words: str
    what: str
    row: Any

    def changed(self, how: str, detail: str = "", before: Any = None, **values: Any) -> "Story":
        former = before or self.row
        return Story(self, how, detail, former, replace(former, **values), EDITED)

    def added(self, detail: str = "", **values: Any) -> "Story":
        return Story(self, "added", detail, None, replace(self.row, **values), ADDED)

    def removed(self, how: str = "removed", why: str = "", **values: Any) -> "Story":
        return Story(self, how, why, replace(self.row, **values), None, REMOVED, why)


@dataclass(frozen=True)
class Story:
    """What happens to an item, in words of the table, with a detail for whoever reads that it is decided otherwise."""

    item: Item
    how: str
    detail: str
    before: Any
    after: Any
    kind: str
    why: str = ""

    def case(self, plan_type: str) -> Case:
        row, what = self.after or self.before, self.item.what
        gone = Removal(what.name, row.id, self.why, status=getattr(row, "status", ""))
        before, after = (
            PlanContents(plan_type, **{PLACES[what]: (found,) if found else ()}) for found in (self.before, self.after)
        )
        after = replace(after, removals=() if self.after else (gone,))
        return Case((self.item.words, self.how), self.detail or self.how, before, after, (self.kind, what, row.id))


# --- barriers and the comments on them ----------------------------------------------------------


def barrier(words: str, code: str, category: str) -> Item:
    return Item(words, BARRIER, BarrierItem(1, code, category, "No car", "Bus pass"))


def listed_barriers() -> list[Item]:
    """The categories of the list; the two that the product itself knows are items of their own."""
    rows = read("careerplan/plans/data/barrier_categories.csv")
    return [barrier("Barrier", row["code"], row["name"]) for row in rows if row["code"] not in {NONE, OTHER}]


OTHER_BARRIER = barrier('Barrier "Other"', OTHER, "Other (describe in comments)")
NO_BARRIERS = barrier('"No potential barriers"', NONE, "No potential barriers identified")


def stories_of_barriers() -> Iterator[Story]:
    for item in (*listed_barriers(), OTHER_BARRIER, NO_BARRIERS):
        yield item.added(item.row.category)
        if item is NO_BARRIERS:
            for why in BarrierRemoval.values:
                yield item.removed("removed, for any reason", why)
        else:
            for why in BarrierRemoval:
                yield item.removed(f"removed: {str(why.label).lower()}", why.value)
            yield item.removed("removed, and no reason is said")
        yield from reworded(item, "description", "description changed", ("Her car broke down",))
        yield from reworded(item, "description", "description emptied", ("",))
        for status in BarrierStatus.values[1:]:
            yield item.changed("status or how it is addressed edited", status, status=status)
        yield item.changed("status or how it is addressed edited", "how", how_addressed="Fuel card")


def reworded(item: Item, field: str, words: str, texts: tuple[str, ...]) -> Iterator[Story]:
    """The text of an item reads differently, with each word of the planner about it."""
    for word, text in product(WORDS, texts):
        yield item.changed(f"{words}, {WORDS[word]}", text, **{field: text, "rewording": word})


def cases_of_categories(plan_type: str) -> Iterator[Case]:
    """A row that becomes another barrier is one removed and one added."""
    first, *others = [item.row for item in listed_barriers()]
    for other in (*others, OTHER_BARRIER.row):
        before, after = (PlanContents(plan_type, barriers=(row,)) for row in (first, other))
        for what, kind in (("the new one", ADDED), ("the former one", REMOVED)):
            how = f"became another barrier: {what}"
            yield Case(("Barrier", how), other.category, before, after, (kind, BARRIER, 1))


COMMENT = "Comments on barriers"
# What stands beside the comments: in the plan that was agreed to, and now.
BESIDE = {
    "barriers of the list stand": (["TRAN"], ["TRAN"]),
    "no barrier stands yet": ([], []),
    '"No potential barriers" stands': ([NONE], [NONE]),
    '"No potential barriers" comes with it': (["TRAN"], [NONE]),
    '"No potential barriers" leaves with it': ([NONE], ["TRAN"]),
    '"Other" stands': (["TRAN", OTHER], ["TRAN", OTHER]),
    '"Other" comes with it': (["TRAN"], ["TRAN", OTHER]),
    '"Other" leaves with it': (["TRAN", OTHER], ["TRAN"]),
}
TEXTS = (("", "She cares for her mother."), ("No needs.", "She cares for her mother."), ("No needs.", ""))


def cases_of_comments(plan_type: str) -> Iterator[Case]:
    for (beside, codes), word, texts in product(BESIDE.items(), WORDS, TEXTS):
        before, after = (
            PlanContents(
                plan_type,
                barriers=tuple(BarrierItem(number, code, code, "Why") for number, code in enumerate(found)),
                barriers_comment=text,
            )
            for found, text in zip(codes, texts, strict=True)
        )
        key = (f"{COMMENT}, {beside}", f"{'changed' if texts[1] else 'emptied'}, {WORDS[word]}")
        detail = f"{texts[0]!r} became {texts[1]!r}"
        yield Case(key, detail, before, replace(after, comment_rewording=word), (EDITED, PLAN, 0))


# --- action steps, goals, career goals ----------------------------------------------------------


STEP = Item("Action step", ACTION_STEP, ActionStepItem(1, 7, "Call the college", due_on="2026-12-01"))
STATEMENT = Item("Goal", GOAL, GoalItem(7, "Finish the course", "Education/Training Plan", "short", "not_started"))


def stories_of_steps() -> Iterator[Story]:
    yield STEP.added()
    yield STEP.removed(done_on="2026-11-20")
    yield STEP.removed()
    yield from reworded(STEP, "text", "text changed", ("Call the college again",))
    yield STEP.changed("moved to another goal", goal_id=8)
    yield STEP.changed("moved to another goal", "in clearer words", goal_id=8, text="Call", rewording="clearer")
    for who in StepWho.values[1:]:
        yield STEP.changed("only the days, or who does it, edited", who, who=who)
    yield STEP.changed("only the days, or who does it, edited", "due", due_on="2026-12-08")
    yield STEP.changed("only the days, or who does it, edited", "done", done_on="2026-11-22")


def stories_of_goals() -> Iterator[Story]:
    yield from (STATEMENT.added(status, status=status) for status in GoalStatus.values)
    yield from (STATEMENT.removed(status=status) for status in GoalStatus.values)
    yield STATEMENT.changed("statement changed", statement="Finish another course")
    yield STATEMENT.changed("category changed", category_code="CAREER_PLAN", category="Career Plan")
    yield STATEMENT.changed("term changed", term=Term.LONG.value)
    yield STATEMENT.changed("related barriers changed", barrier_ids=(3,))
    yield STATEMENT.changed("related assessments changed", assessment_ids=(5,), assessments=("TABE 11-12",))
    yield STATEMENT.changed("credential changed", credential="Certified Nursing Assistant")
    for former, status in product(GoalStatus.values, GoalStatus):
        if former != status.value:
            before = replace(STATEMENT.row, status=former)
            yield STATEMENT.changed(f"became {status.label}", f"from {former}", before, status=status.value)
    again = replace(STATEMENT.row, status="off_track", times_off_track=1)
    yield STATEMENT.changed("off track once more, on track meanwhile", before=again, times_off_track=2)
    for status in GoalStatus.values[1:]:
        how = "statement changed, and became Off Track" if status == "off_track" else "statement and status changed"
        yield STATEMENT.changed(how, status, statement="Finish another course", status=status)


def stories_of_career_goals() -> Iterator[Story]:
    for role in CareerGoalRole:
        occupation = CareerGoalItem(1, role.value, occupation_code="31-1131", occupation="Nursing Assistants")
        item = Item(str(role.label), CAREER_GOAL, occupation)
        explores = replace(occupation, explores=True, occupation_code="", occupation="")
        yield item.added("an occupation")
        yield item.changed("another occupation chosen", occupation_code="29-1141", occupation="Registered Nurses")
        yield item.removed()
        if role == CareerGoalRole.EMPLOYMENT:
            yield item.changed("became career exploration", explores=True, occupation_code="", occupation="")
            chosen = {"explores": False, "occupation_code": "31-1131"}
            yield item.changed("an occupation chosen after career exploration", before=explores, **chosen)
        if role in {CareerGoalRole.SHORT_EMPLOYMENT, CareerGoalRole.SHORT_EDUCATION}:
            words = replace(occupation, occupation_code="", occupation="", words="A first step")
            yield item.changed("its words changed", before=words, words="A first job")


# --- the plan as a whole ------------------------------------------------------------------------


def cases_of_plans(plan_type: str) -> Iterator[Case]:
    plan = PlanContents(plan_type, goals=(STATEMENT.row,), action_steps=(STEP.row,))
    moved = replace(plan, about=About(moved_from="ASSET"))
    yield Case(("Plan", "the first one"), "no version before", None, plan, None)
    never = Case(("Plan", "a later version, though the customer never acknowledged one"), "", plan, plan, None)
    yield replace(never, acknowledged_before=False)
    yield Case(("Plan", "moved here, acknowledged in the older system"), "", None, moved, None)
    yield Case(("Plan", "reviewed without changes"), "", plan, plan, None)
    dates = replace(STATEMENT.row, starts_on="2026-12-01", ends_on="2027-05-01")
    yield Case(("Plan", "reviewed without changes"), "a goal's days follow", plan, replace(plan, goals=(dates,)), None)
    for former in {"IEP", "ISS", "both"} - {plan_type}:
        key = ("Plan", "became of this kind")
        yield Case(key, f"from {former}", replace(plan, plan_type=former), plan, (EDITED, PLAN, 0))
    for values in ({"no_services_reason": "He starts work."}, {"no_supportive_services": True}):
        how = "why no services, or that no support is needed, edited"
        yield Case(("Plan", how), str(values), plan, replace(plan, **values), (EDITED, PLAN, 0))


# --- the table --------------------------------------------------------------------------------


def cases_of(plan_type: str) -> Iterator[Case]:
    """Every case, in the order of the table."""
    for story in stories_of_barriers():
        yield story.case(plan_type)
    yield from cases_of_categories(plan_type)
    yield from cases_of_comments(plan_type)
    for story in (*stories_of_steps(), *stories_of_goals(), *stories_of_career_goals()):
        yield story.case(plan_type)
    yield from cases_of_plans(plan_type)


def main() -> None:
    if "--write" in sys.argv:
        every = ((column, case) for column, (_rules, plan_type) in COLUMNS.items() for case in cases_of(plan_type))
        lines = lines_of(every)
        items = [*dict.fromkeys(item for (item, _how), _cells in lines)]
        write_lines(DECISIONS, ("item", "change"), sorted(lines, key=lambda line: items.index(line[0][0])))
        return
    kept = read_lines(DECISIONS)
    for column, (_rule_set, plan_type) in COLUMNS.items():
        found = differences(cases_of(plan_type), column, kept)
        sys.stdout.writelines(f"{difference}\n" for difference in found)


if __name__ == "__main__":
    main()

"""The working copy of a real plan, changed by the actions, is decided about as the tables say.

One service of each kind stands in a plan in force of each type; each change of the tables is made and undone again.
"""

from dataclasses import dataclass
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone

from acknowledgments.agreement.in_force import contents_in_force, decision_against
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.changes import ADDED, EDITED, REMOVED
from acknowledgments.contents.items import PlanContents
from acknowledgments.rules.policy import RULE_SETS
from careerplan.plans.barriers import note_on_plan, remove_barrier, save_barrier
from careerplan.plans.items import BARRIER, PLAN
from careerplan.plans.models import BarrierCategory, EmploymentPlan, PlanVersion
from customers.models import Program
from goals.actions import remove_career_goal, remove_goal, save_goal, set_career_goal
from goals.enums import CareerGoalRole
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL
from goals.models import Goal, Occupation
from goals.steps import remove_step, save_step
from services.actions import add_service, change_funding, remove_service, save_service
from services.enums import FormKind
from services.items import SERVICE
from services.models import PlannedService, Service
from tests import states
from tests.acknowledgments import decisions_of_other_items
from tests.acknowledgments import decisions_of_services as table
from tests.acknowledgments.decision_tables import COLUMNS, EVERY, cell, read_lines
from tests.goal_statuses import going
from tests.people import planner
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

PROGRAMS = {"IEP": ("T1-ADULT",), "ISS": ("T1-YOUTH",), "both": ("T1-ADULT", "T1-YOUTH")}
TODAY = timezone.localdate()
LINES = read_lines(table.DECISIONS)
OTHER_LINES = read_lines(decisions_of_other_items.DECISIONS)
# The first entry of each kind, by kind.
ONE_OF_EACH = {row["kind of service"]: code for code, row in reversed(table.read_kinds().items())}


@dataclass
class Walked:
    """A plan in force, and the draft in which one thing at a time is changed."""

    version: PlanVersion
    goal: Goal
    other_goal: Goal
    services: dict[str, PlannedService]
    agreed: PlanContents

    @property
    def plan(self):
        return EmploymentPlan.objects.select_related("customer").get(pk=self.version.plan_id)

    @property
    def step(self):
        return self.plan.action_steps.get()

    def barrier(self, code):
        return self.plan.barriers.select_related("category").get(category__code=code)


def in_force(plan_type):
    """A plan of the type with a service of each kind, one barrier and two goals."""
    customer = states.enrolled(*PROGRAMS[plan_type])
    version = states.started(customer)
    write = states.pen(version)
    for role in (CareerGoalRole.EMPLOYMENT, CareerGoalRole.LONG_TERM):
        write.career_goal(role, "31-1131")
    for role in (CareerGoalRole.SHORT_EMPLOYMENT, CareerGoalRole.SHORT_EDUCATION):
        write.career_goal(role, words="A first step")
    write.barrier("TRAN", "No car.")
    goal, other = write.goal("Pass the course", "EDUCATION_TRAINING"), write.goal("Find work", "CAREER_PLAN")
    program = Program.objects.get(code=PROGRAMS[plan_type][0])
    write.initial_assessment(goal, **giving("BC-INIT", program))
    values = {"planned_start_on": TODAY, "dollar_value": 60}
    services = {
        kind: write.service(code, goal, **values, **giving(code, program)) for kind, code in ONE_OF_EACH.items()
    }
    for row in services.values():
        if row.service.form_kind == FormKind.APPRENTICESHIP:
            saved(row, occupation=Occupation.objects.get(code="49-9044"), rapids_id="IL008950001")
    write.step("Hand in the health form", goal, in_days=5)
    states.signed(version)
    draft = states.reviewed(customer)
    walked = Walked(draft, goal, other, services, contents_in_force(draft))
    assert walked.agreed.plan_type == plan_type
    return walked


def giving(code, program):
    """The program, where it may give the service."""
    return {"program": program} if Service.objects.get(code=code).is_offered_to(program.kind) else {}


def walk(walked, change, settings):
    """What each set of rules says of one change of the draft, which is then undone."""
    before = transaction.savepoint()
    pick = change(walked)
    contents = contents_of(walked.plan, walked.version)
    transaction.savepoint_rollback(before)
    answers = {}
    for rule_set in RULE_SETS:
        settings.ACKNOWLEDGMENT_RULES = rule_set
        answers[rule_set] = cell(decision_against(walked.agreed, contents, on=TODAY), pick)
    settings.ACKNOWLEDGMENT_RULES = "both"
    return answers


def misread(line, plan_type, answers, about):
    """Where the product says otherwise than the line."""
    columns = {rules: name for name, (rules, kind) in COLUMNS.items() if kind == plan_type}
    return [
        f"{line.place}: {about}, {columns[rule_set]}: the product decides {answer!r}"
        for rule_set, answer in answers.items()
        if answer != line.cells[columns[rule_set]]
    ]


def by_planner():
    return {"by": planner(), "at": states.now()}


# --- services ---------------------------------------------------------------------------------


def saved(planned, **values):
    planned = PlannedService.objects.select_related("plan__customer", "service").get(pk=planned.pk)
    return save_service(planned, values, **by_planner())


def begun(planned):
    return saved(planned, status="started", actual_start_on=TODAY)


def complete(planned):
    return saved(begun(planned), status="complete", ended_on=TODAY)


def funded_anew(planned):
    former = begun(planned)
    latter = change_funding(former, program=former.program, contract="ITA 2", changes_on=TODAY, **by_planner())
    return PlannedService.objects.get(pk=former.pk), latter


def added(walked, planned):
    return ADDED, add_service(walked.plan, Service.objects.get(pk=planned.service_id), goal=walked.goal, **by_planner())


def removed(planned, removal):
    remove_service(planned, removal=removal, note="It goes on, or not.", **by_planner())
    return REMOVED, planned


CHANGES = {
    table.IS_ADDED: added,
    table.NOT_COMPLETED: lambda _walked, planned: removed(begun(planned), "unavailable"),
    table.AS_COMPLETED: lambda _walked, planned: removed(complete(planned), "completed"),
    table.THOUGH_COMPLETE: lambda _walked, planned: removed(complete(planned), "not_wanted"),
    table.LIGHT_REMOVAL: lambda _walked, planned: removed(planned, "not_wanted"),
    table.NEW_FUNDING: lambda _walked, planned: (ADDED, funded_anew(planned)[1]),
    table.OLD_FUNDING: lambda _walked, planned: (EDITED, funded_anew(planned)[0]),
    table.OLD_FUNDING_REMOVED: lambda _walked, planned: removed(funded_anew(planned)[0], "other"),
    table.MOVED: lambda walked, planned: (EDITED, saved(planned, goal=walked.other_goal)),
    table.RECORDED: lambda _walked, planned: (EDITED, saved(planned, planned_end_on=TODAY, notes="Later.")),
}


def test_each_change_of_the_table_of_services_is_made():
    assert set(CHANGES) == set(table.CHANGES)


@pytest.mark.parametrize("plan_type", PROGRAMS)
def test_services_of_a_working_copy_are_decided_about_as_the_table_says(plan_type, settings):
    for service in Service.objects.filter(needs_worksite=True):
        write(service, needs_worksite=False)  # what is complete with a placement alone is tried by itself
    walked, found = in_force(plan_type), []
    for kind, how in product(ONE_OF_EACH, CHANGES):
        line = LINES.get((kind, how)) or LINES.get((EVERY, how))
        if line is None:
            continue

        def change(walked, kind=kind, how=how):
            said, row = CHANGES[how](walked, walked.services[kind])
            return said, SERVICE, row.pk

        settings.SUPPORT_REMOVAL_ACK = how != table.LIGHT_REMOVAL
        found += misread(line, plan_type, walk(walked, change, settings), f"{kind}, {how}")
    assert not found, "\n" + "\n".join(found)


# --- what is no service -----------------------------------------------------------------------


def barrier_added(code):
    def change(walked):
        values = {"category": BarrierCategory.objects.get(code=code), "description": "Why."}
        return ADDED, BARRIER, save_barrier(walked.plan, None, values, **by_planner()).pk

    return change


def barrier_removed(why):
    def change(walked):
        barrier = walked.barrier("TRAN")
        remove_barrier(barrier, removal=why, **states.contact(note="She has a bus pass."), **by_planner())
        return REMOVED, BARRIER, barrier.pk

    return change


def barrier_saved(**values):
    def change(walked):
        return EDITED, BARRIER, save_barrier(walked.plan, walked.barrier("TRAN"), values, **by_planner()).pk

    return change


def no_barriers(walked):
    barrier_removed("resolved")(walked)
    return barrier_added("NONE")(walked)


def comment(word, first=None):
    def change(walked):
        if first:
            first(walked)
        values = {"barriers_comment": "She cares for her mother.", "comment_rewording": word}
        note_on_plan(walked.plan, values, **by_planner())
        return EDITED, PLAN, 0

    return change


def step_added(walked):
    values = {"text": "Visit two employers", "goal": walked.goal}
    return ADDED, ACTION_STEP, save_step(walked.plan, None, values, **by_planner()).pk


def step_removed(walked):
    return REMOVED, ACTION_STEP, remove_step(walked.step, reason="Done.", **by_planner()).pk


def step_saved(**values):
    return lambda walked: (EDITED, ACTION_STEP, save_step(walked.plan, walked.step, values, **by_planner()).pk)


def step_moved(walked):
    return step_saved(goal=walked.other_goal)(walked)


def goal_added(walked):
    values = {"statement": "Learn to drive", "category": walked.goal.category, "term": "short"}
    return ADDED, GOAL, save_goal(walked.plan, None, values, **by_planner()).pk


def goal_removed(walked):
    return REMOVED, GOAL, remove_goal(walked.other_goal, reason="Reached.", **by_planner()).pk


def goal_saved(**values):
    said = going(values["status"]) if "status" in values else values
    return lambda walked: (EDITED, GOAL, save_goal(walked.plan, walked.goal, said, **by_planner()).pk)


def career_goal_set(role):
    def change(walked):
        before = {goal.role for goal in walked.agreed.career_goals}
        occupation = Occupation.objects.get(code="29-1141")
        row = set_career_goal(walked.plan, role, occupation=occupation, **by_planner())
        return EDITED if role in before else ADDED, CAREER_GOAL, row.pk

    return change


def career_goal_removed(role):
    def change(walked):
        row = walked.plan.career_goals.select_related("plan").get(role=role)
        return REMOVED, CAREER_GOAL, remove_career_goal(row, reason="Not now.", **by_planner()).pk

    return change


UNSAID, SAME, ELSE = decisions_of_other_items.WORDS.values()
LONG, SELF = str(CareerGoalRole.LONG_TERM.label), str(CareerGoalRole.SELF_SUFFICIENCY.label)
LISTED, NOW_NONE, NOW_OTHER = (
    f"Comments on barriers, {beside}"
    for beside in ("barriers of the list stand", '"No potential barriers" comes with it', '"Other" comes with it')
)
OTHER_CHANGES = {
    ("Barrier", "added"): barrier_added("CHLD"),
    ('Barrier "Other"', "added"): barrier_added("OTHR"),
    ('"No potential barriers"', "added"): no_barriers,
    ("Barrier", "removed: it is resolved"): barrier_removed("resolved"),
    ("Barrier", "removed: it no longer affects the customer"): barrier_removed("no_longer_impacting"),
    ("Barrier", "removed: it was entered in error"): barrier_removed("entered_in_error"),
    ("Barrier", "removed: other reason"): barrier_removed("other"),
    ("Barrier", f"description changed, {UNSAID}"): barrier_saved(description="Her car broke down."),
    ("Barrier", f"description changed, {SAME}"): barrier_saved(description="No car yet.", rewording="clearer"),
    ("Barrier", f"description changed, {ELSE}"): barrier_saved(description="No license.", rewording="another"),
    ("Barrier", "status or how it is addressed edited"): barrier_saved(how_addressed="A bus pass"),
    (LISTED, f"changed, {UNSAID}"): comment(""),
    (LISTED, f"changed, {SAME}"): comment("clearer"),
    (LISTED, f"changed, {ELSE}"): comment("another"),
    (NOW_NONE, f"changed, {UNSAID}"): comment("", no_barriers),
    (NOW_OTHER, f"changed, {SAME}"): comment("clearer", barrier_added("OTHR")),
    ("Action step", "added"): step_added,
    ("Action step", "removed"): step_removed,
    ("Action step", f"text changed, {UNSAID}"): step_saved(text="Hand in two forms"),
    ("Action step", f"text changed, {SAME}"): step_saved(text="Hand in the form on health", rewording="clearer"),
    ("Action step", f"text changed, {ELSE}"): step_saved(text="Call the college", rewording="another"),
    ("Action step", "moved to another goal"): step_moved,
    ("Action step", "only the days, or who does it, edited"): step_saved(due_on=TODAY),
    ("Goal", "added"): goal_added,
    ("Goal", "removed"): goal_removed,
    ("Goal", "statement changed"): goal_saved(statement="Pass another course"),
    ("Goal", "term changed"): goal_saved(term="long"),
    ("Goal", "became On Track"): goal_saved(status="on_track"),
    ("Goal", "became Off Track"): goal_saved(status="off_track"),
    ("Goal", "became Complete"): goal_saved(status="complete"),
    (LONG, "another occupation chosen"): career_goal_set("long_term"),
    (LONG, "removed"): career_goal_removed("long_term"),
    (SELF, "added"): career_goal_set("self_sufficiency"),
}


@pytest.mark.parametrize("plan_type", PROGRAMS)
def test_other_items_of_a_working_copy_are_decided_about_as_the_table_says(plan_type, settings):
    walked, found = in_force(plan_type), []
    for key, change in OTHER_CHANGES.items():
        found += misread(OTHER_LINES[key], plan_type, walk(walked, change, settings), ", ".join(key))
    assert not found, "\n" + "\n".join(found)

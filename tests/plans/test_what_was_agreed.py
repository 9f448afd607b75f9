"""What the customer agreed to changes in a draft alone: the database refuses every other door."""

import pytest
from django.apps import apps
from django.db import connection

from acknowledgments.agreement.declining import NO_PLAN, decline
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.kinds import BY_MODEL
from acknowledgments.models import Seal
from careerplan.plans.guards import REMOVAL, changes_in_a_draft
from careerplan.plans.items import PLAN
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan, RemovableModel
from goals.models import ActionStep, CareerGoal, Goal, GoalCategory, Occupation
from services.actions import change_funding
from services.models import PlannedService, Service
from tests import states
from tests.people import angela, lucia, planner, tyrell
from tests.rows import copy, refuses, write

pytestmark = pytest.mark.django_db


def bound(model):
    return PLAN.bound if model is EmploymentPlan else BY_MODEL[model._meta.label].bound


ITEMS = [model for model in apps.get_models() if issubclass(model, RemovableModel)]

# For each kind of item: changes of its bound columns that nothing else refuses.
CHANGES = {
    Barrier: lambda row: [
        {"category": BarrierCategory.objects.get(code="FINA")},
        {"description": "Another"},
        {"rewording": "clearer"},
    ],
    CareerGoal: lambda row: [
        {"occupation": Occupation.objects.exclude(pk=row.occupation_id)[0]},
        {"explores": True, "occupation": None},
        {"words": "In other words"},
    ],
    Goal: lambda row: [
        {"statement": "Another"},
        {"category": GoalCategory.objects.exclude(pk=row.category_id)[0]},
        {"term": "long" if row.term == "short" else "short"},
        {"times_off_track": row.times_off_track + 1},
    ],
    ActionStep: lambda row: [{"goal": another_goal(row)}, {"text": "Another"}, {"rewording": "clearer"}],
    PlannedService: lambda row: [{"goal": another_goal(row)}, {"service": Service.objects.get(code="WE-PERM")}],
}
OF_THE_PLAN = [
    {"plan_type": "both"},
    {"barriers_comment": "x"},
    {"comment_rewording": "another"},
    {"no_services_reason": "x"},
    {"no_supportive_services": True},
]


def another_goal(row):
    return Goal.objects.filter(plan=row.plan_id).exclude(pk=row.goal_id)[0]


def item(model, customer):
    return model.objects.in_plan().filter(plan__customer=customer).order_by("id")[0]


def removal(model):
    values = {"removed_at": states.now(), "removed_by": planner(), "removed_reason": "Not wanted"}
    return values | ({"removal": "other"} if hasattr(model, "removal") else {})


def guard(model):
    return changes_in_a_draft(model._meta.db_table)


def angelas_in_force():
    return angela()


def tyrells_awaiting():
    return tyrell()


def closed():
    states.closed(angela())
    return angela()


def deleted():
    states.deleted(states.newest(lucia()))
    return lucia()


WITHOUT_A_DRAFT = [angelas_in_force, tyrells_awaiting, closed]


def test_every_bound_column_is_tried():
    assert set(CHANGES) == set(ITEMS)
    for model in ITEMS:
        tried = {name for values in CHANGES[model](item(model, angela())) for name in values}
        assert tried == bound(model)
    assert {name for values in OF_THE_PLAN for name in values} == PLAN.bound


# --- the guards know every bound column -------------------------------------------------------


def guarded_columns(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_object_column FROM information_schema.triggered_update_columns WHERE trigger_name = %s",
            [f"{changes_in_a_draft(table)}_update"],
        )
        return {column for (column,) in cursor.fetchall()}


@pytest.mark.parametrize("model", [EmploymentPlan, *ITEMS])
def test_the_guard_of_each_table_names_all_that_is_bound(model):
    """A new bound column: a migration calls `guards.change_in_a_draft` again, with all columns of the table."""
    columns = {model._meta.get_field(name).column for name in bound(model)}
    if model is not EmploymentPlan:
        columns |= set(REMOVAL) | ({"removal"} if hasattr(model, "removal") else set())
    assert guarded_columns(model._meta.db_table) == columns


# --- items ------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ITEMS)
@pytest.mark.parametrize("whose", WITHOUT_A_DRAFT)
def test_without_a_draft_nothing_bound_changes(model, whose):
    row = item(model, whose())
    for values in CHANGES[model](row):
        refuses(guard(model), lambda values=values: write(row, **values))


@pytest.mark.parametrize("model", ITEMS)
@pytest.mark.parametrize("whose", WITHOUT_A_DRAFT)
def test_without_a_draft_nothing_leaves(model, whose):
    refuses(guard(model), lambda: write(item(model, whose()), **removal(model)))


@pytest.mark.parametrize("model", ITEMS)
@pytest.mark.parametrize("whose", [*WITHOUT_A_DRAFT, deleted])
def test_without_a_draft_nothing_is_added_or_returns(model, whose):
    customer = whose()
    row = item(model, customer) if whose is not deleted else model.objects.filter(plan__customer=customer)[0]
    refuses(guard(model), lambda: copy(row, **removal(model)))
    if row.removed_at:
        back = {name: None if name in {"removed_at", "removed_by"} else "" for name in removal(model)}
        refuses(guard(model), lambda: write(row, **back))


@pytest.mark.parametrize("model", ITEMS)
def test_in_a_draft_all_of_it_changes(model):
    states.reviewed(angela())
    row = item(model, angela())
    for values in CHANGES[model](row):
        if "service" not in values:
            write(row, **values)
    write(row, **removal(model))
    copy(row)


@pytest.mark.parametrize("model", ITEMS)
def test_what_is_free_changes_at_any_time(model):
    row = item(model, angela())
    free = {Barrier: "how_addressed", Goal: "position", PlannedService: "notes", ActionStep: "done_on"}
    name = free.get(model, "row_version")
    value = {"position": 9, "done_on": states.today(), "row_version": 9}.get(name, "Another")
    write(row, **{name: value}, **{name: getattr(row, name) for name in bound(model)})


# --- the plan's own ---------------------------------------------------------------------------


@pytest.mark.parametrize("whose", WITHOUT_A_DRAFT)
def test_what_the_plan_itself_says_changes_in_a_draft_alone(whose):
    plan = states.plan_of(whose())
    for values in OF_THE_PLAN:
        refuses(guard(EmploymentPlan), lambda values=values: write(plan, **values))


def test_in_a_draft_the_plan_says_something_else():
    for values in OF_THE_PLAN:
        write(states.plan_of(lucia()), **values)


# --- a service that goes on under other funding -----------------------------------------------


def training():
    return PlannedService.objects.select_related("plan").get(plan__customer=angela(), service__code="TR-OST")


GOES_ON = {"continuation": "funding", "status": "planned", "actual_start_on": None}


def test_the_same_service_goes_on_without_a_draft():
    copy(training(), **GOES_ON, continues=training())


@pytest.mark.parametrize(
    "values",
    [
        lambda: {"service": Service.objects.get(code="WE-PERM")},
        lambda: {"goal": another_goal(training())},
        lambda: {"continuation": "goal_changed"},
    ],
)
def test_another_service_is_not_entered_as_if_it_went_on(values):
    values = GOES_ON | {"continues": training()} | values()
    refuses(guard(PlannedService), lambda: copy(training(), **values))


def test_in_a_closed_plan_no_service_goes_on():
    states.closed(angela())
    refuses(guard(PlannedService), lambda: copy(training(), **GOES_ON, continues=training()))


def test_the_action_that_changes_the_funding_still_does():
    day = states.today()
    values = {"program": None, "contract": "B-2", "changes_on": day}
    former = training()
    assert change_funding(former, **values, by=planner(), at=states.now()).continues == former


# --- putting the plan back --------------------------------------------------------------------


def sent_with_changes():
    version = states.reviewed(angela())
    states.pen(version).goal("Start a business", "CAREER_PLAN")
    return states.sent(version, electronic=False).version


def agreed_parts(goals):
    """What was agreed to of each goal; its status is recorded freely."""
    return [(goal.id, goal.statement, goal.category_code, goal.term) for goal in goals]


def test_a_declined_version_that_was_with_the_customer_is_taken_back():
    version = sent_with_changes()
    decline(version, **states.contact(note="No."), by=planner(), at=states.now())
    plan = states.plan_of(angela())
    sealed = Seal.objects.valid().get(version=plan.versions.active().get()).contents
    assert agreed_parts(contents_of(plan, plan.versions.active().get()).goals) == agreed_parts(sealed.goals)
    assert plan.restoring_id is None


def test_no_transaction_ends_while_a_plan_is_being_put_back():
    plan = sent_with_changes().plan
    refuses("restoring_id", lambda: write(plan, restoring=NO_PLAN))
    refuses("a_plan_is_restoring_for_a_moment", lambda: write(plan, restoring=plan))


def test_the_mark_helps_where_a_version_is_with_the_customer_alone():
    plan, goal = states.plan_of(angela()), item(Goal, angela())

    def changed():
        write(plan, restoring=NO_PLAN)
        write(goal, statement="Another")

    refuses(guard(Goal), changed)
    sent_with_changes()

    def changed_and_still_waiting():
        changed()
        write(plan, restoring=None)

    refuses("a_plan_is_put_back_as_its_version_ends", changed_and_still_waiting)

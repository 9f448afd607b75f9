"""What the customer agreed to changes only in a draft; what is recorded beside it changes at any time (AMB-W9)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from acknowledgments.contents.kinds import BY_MODEL
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import note_on_plan, remove_barrier, save_barrier
from careerplan.plans.models import Barrier, BarrierCategory
from goals.actions import remove_career_goal, remove_goal, save_goal, set_career_goal
from goals.models import SMART, ActionStep, CareerGoal, Goal, GoalCategory, Occupation
from goals.steps import remove_step, save_step
from services.actions import add_service, remove_service, save_service
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import angela, tyrell
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db

FREE = {
    Barrier: {"how_addressed": "Her sister drives", "status": "resolved"},
    Goal: {
        "status": "complete",
        "verified_how": "The certificate was shown.",
        "barriers": [],
        "assessments": [],
        "credential": "Certified Nursing Assistant",
        **dict.fromkeys(SMART.values(), False),
    },
    PlannedService: {
        "program": None,
        "status": "complete",
        "planned_start_on": timezone.localdate(),
        "planned_end_on": timezone.localdate() + timedelta(days=9),
        "actual_start_on": timezone.localdate() - timedelta(days=3),
        "ended_on": timezone.localdate(),
        "weekly_hours": Decimal(12),
        "provider": "Another college",
        "provider_contact": "1 Main Street",
        "dollar_value": Decimal("12.50"),
        "never_provided_reason": "",
        "notes": "Went well",
        "barriers": [],
        "assessment": None,
        "exploration_reason": "",
        "exploration_supervisor": "Mary Odell",
        "early_supervisor": "",
        "contract": "A-17",
    },
    ActionStep: {"who": "both", "due_on": timezone.localdate(), "done_on": timezone.localdate()},
}
BOUND = {
    Barrier: {
        "category": lambda: BarrierCategory.objects.get(code="DLIC"),
        "description": lambda: "Something else",
        "rewording": lambda: "clearer",
    },
    Goal: {
        "statement": lambda: "Another goal",
        "category": lambda: GoalCategory.objects.get(code="SUPPORT_SERVICES"),
        "term": lambda: "long",
        "times_off_track": lambda: 1,
    },
    PlannedService: {"service": lambda: Service.objects.get(code="TR-OJT1"), "goal": lambda: None},
    ActionStep: {
        "goal": lambda: first(Goal, angela(), 1),
        "text": lambda: "Do something else",
        "rewording": lambda: "clearer",
    },
    CareerGoal: {
        "occupation": lambda: Occupation.objects.get(code="47-2111"),
        "explores": lambda: True,
        "words": lambda: "A trade",
    },
}


def first(model, customer, skip=0):
    return model.objects.in_plan().filter(plan__customer=customer).select_related("plan").order_by("id")[skip]


def save(row, values):
    plan, by, at = row.plan, row.plan.customer.planner, states.now()
    if isinstance(row, PlannedService):
        return save_service(row, values, by=by, at=at)
    action = {Barrier: save_barrier, Goal: save_goal, ActionStep: save_step}[type(row)]
    return action(plan, row, values, by=by, at=at)


def set_role(row, **values):
    chosen = {"occupation": row.occupation, "explores": row.explores, "words": row.words} | values
    if values.get("explores"):
        chosen["occupation"] = None
    return set_career_goal(row.plan, row.role, **chosen, by=row.plan.customer.planner, at=states.now())


def test_every_field_is_bound_or_free():
    """A field that somebody adds must be thought about: here, and in its kind."""
    kept_by_the_system = {"id", "row_version", "plan", "role", "position", "removal"}
    kept_by_the_system |= {
        "looked_at",
        "looked_by",
        "authorised_in",
        "authorised_on",
        "gate_exemption",
        "continues",
        "continuation",
    }
    for model in BOUND:
        assert BOUND[model].keys() == BY_MODEL[model._meta.label].bound
        names = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
        names = {name for name in names if not name.startswith("removed_")} - kept_by_the_system
        assert names == BY_MODEL[model._meta.label].bound | FREE.get(model, {}).keys()


@pytest.mark.parametrize(("model", "name"), [(model, name) for model, fields in BOUND.items() for name in fields])
def test_a_bound_field_needs_a_draft_and_says_so(model, name):
    row, value = first(model, angela()), BOUND[model][name]()
    before = everything()
    with pytest.raises(Refusal) as refused:
        set_role(row, **{name: value}) if model is CareerGoal else save(row, {name: value})
    assert refused.value.code == "no-draft"
    assert "Choose Update/Review to open the next version" in str(refused.value.sentence)
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("model", FREE)
def test_free_fields_are_recorded_without_a_draft(model):
    row = first(model, angela())
    save(row, dict(FREE[model]))
    row.refresh_from_db()
    for name, value in FREE[model].items():
        stored = getattr(row, name)
        assert (list(stored.all()) if name in {"barriers", "assessments"} else stored) == value
    assert states.plan_of(angela()).versions.count() == 1


@pytest.mark.parametrize("model", FREE)
def test_free_fields_are_recorded_while_a_version_is_with_the_customer(model):
    row = first(model, tyrell())
    # A service of a version that is not agreed to has not started yet, nor is an action step done.
    waits = {PlannedService: {"status", "actual_start_on", "ended_on"}, ActionStep: {"done_on"}}
    started = waits.get(model, set())
    values = {name: value for name, value in FREE[model].items() if name not in {"barriers", "assessments", *started}}
    save(row, values)
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in values} == values


@pytest.mark.parametrize(("model", "name"), [(Goal, "statement"), (ActionStep, "text"), (Barrier, "description")])
def test_a_bound_field_waits_while_a_version_is_with_the_customer(model, name):
    with pytest.raises(Refusal) as refused:
        save(first(model, tyrell()), {name: "Another"})
    assert refused.value.code == "awaiting"
    assert str(refused.value.sentence) == "Version 1 is with the customer. Recall it first, then change it."


@pytest.mark.parametrize(("model", "name"), [(Goal, "statement"), (ActionStep, "text"), (Barrier, "description")])
def test_in_a_draft_a_bound_field_changes(model, name):
    states.reviewed(angela())
    row = first(model, angela())
    save(row, {name: "Another"})
    row.refresh_from_db()
    assert getattr(row, name) == "Another"


def adding_and_removing():
    plan, by, at = states.plan_of(angela()), angela().planner, states.now()
    goal, category = first(Goal, angela()), GoalCategory.objects.get(code="CAREER_PLAN")
    statement = {"statement": "One more", "category": category, "term": "short", "status": "not_started"}
    barrier = {"category": BarrierCategory.objects.get(code="DLIC"), "description": "No license"}
    return {
        "add a goal": lambda: save_goal(plan, None, statement, by=by, at=at),
        "remove a goal": lambda: remove_goal(goal, reason="-", by=by, at=at),
        "add a barrier": lambda: save_barrier(plan, None, barrier, by=by, at=at),
        "remove a barrier": lambda: remove_barrier(
            first(Barrier, angela()), removal="other", note="", **states.contact(), by=by, at=at
        ),
        "add a service": lambda: add_service(plan, Service.objects.get(code="BC-COUN"), goal=goal, by=by, at=at),
        "remove a service": lambda: remove_service(
            first(PlannedService, angela()), removal="unavailable", by=by, at=at
        ),
        "add a step": lambda: save_step(plan, None, {"text": "Call", "goal": goal}, by=by, at=at),
        "remove a step": lambda: remove_step(first(ActionStep, angela()), reason="-", by=by, at=at),
        "add a career goal": lambda: set_career_goal(plan, "short_education", words="A diploma", by=by, at=at),
        "remove a career goal": lambda: remove_career_goal(first(CareerGoal, angela(), 1), reason="-", by=by, at=at),
        "the comments": lambda: note_on_plan(plan, {"barriers_comment": "None"}, by=by, at=at),
    }


@pytest.mark.parametrize(
    "name",
    ["add a goal", "remove a goal", "add a barrier", "remove a barrier", "add a service", "remove a service"]
    + ["add a step", "remove a step", "add a career goal", "remove a career goal", "the comments"],
)
def test_nothing_is_added_or_removed_without_a_draft(name):
    before = everything()
    with pytest.raises(Refusal) as refused:
        adding_and_removing()[name]()
    assert refused.value.code == "no-draft"
    assert changed(before, everything()) == {}


def test_the_form_says_it_above_and_keeps_what_was_typed(client):
    client.force_login(angela().planner)
    goal = first(Goal, angela())
    path = f"/customers/{angela().pk}/plan/goals/{goal.pk}/edit/"
    answer = client.post(path, Page(client.get(path)).form(path) | {"statement": "Another goal"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "The customer agreed to this. Choose Update/Review to open the next version, then change it there."
    ]
    assert Page(answer).form(path)["statement"] == "Another goal"


def test_saving_a_form_as_it_stands_changes_nothing(client):
    client.force_login(angela().planner)
    before = everything()
    for model, name in [(Goal, "goal"), (ActionStep, "step"), (Barrier, "barrier"), (PlannedService, "service")]:
        for row in model.objects.in_plan().filter(plan__customer=angela()):
            path = f"/customers/{angela().pk}/plan/{name}s/{row.pk}/edit/"
            assert client.post(path, Page(client.get(path)).form(path)).status_code == 302
    assert changed(before, everything()) == {}


def test_a_row_that_did_not_change_writes_no_history():
    goal = first(Goal, angela())
    assert not record(goal, by=angela().planner, at=states.now())

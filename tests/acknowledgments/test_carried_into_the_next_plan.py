"""What is carried over into the plan that begins with another employment goal, and what stays behind (12.7.8)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.models import Barrier
from goals.actions import remove_goal, save_goal
from goals.models import ActionStep, CareerGoal, Goal
from goals.progress.models import GoalSetback
from goals.steps import save_step
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.acknowledgments.goal_changes import ELECTRICIAN, FLAGS, KINDS, change, rows
from tests.goal_statuses import COMPLETE, OFF_TRACK
from tests.markup import Page
from tests.people import angela, planner
from tests.rows import write

pytestmark = pytest.mark.django_db


def first(model):
    return model.objects.in_plan().filter(plan=states.plan_of(angela())).select_related("plan").order_by("id")[0]


def by_code(plan):
    found = PlannedService.objects.in_plan().filter(plan=plan).select_related("service", "goal", "continues")
    return {row.service.code: row for row in found}


CARRIED = {
    (): {},
    ("career_goals",): {"career_goals": 2},
    ("barriers",): {"barriers": 2},
    ("services",): {"goals": 3, "services": 4},
    ("steps",): {"goals": 3, "steps": 4},
    FLAGS: {"career_goals": 2, "barriers": 2, "goals": 3, "services": 4, "steps": 4},
}


@pytest.mark.policy("WIS-119")
@pytest.mark.parametrize("flags", CARRIED, ids=lambda flags: " and ".join(flags) or "nothing")
def test_only_what_was_ticked_is_carried_over_as_new_rows(flags):
    former = states.plan_of(angela())
    before = {name: [row.pk for row in rows(model, former)] for name, model in KINDS.items()}
    version = change(angela, *flags)
    carried = {name: rows(model, version.plan) for name, model in KINDS.items()}
    counts = {name: len(found) for name, found in carried.items()}
    counts["career_goals"] -= 1  # the new employment goal
    assert counts == dict.fromkeys(KINDS, 0) | CARRIED[flags]
    assert {name: [row.pk for row in rows(model, former)] for name, model in KINDS.items()} == before
    assert version.plan.barriers_comment == (former.barriers_comment if "barriers" in flags else "")


@pytest.mark.policy("WIS-119")
def test_with_everything_ticked_the_new_plan_says_the_same_but_for_the_goal():
    former_version = states.newest(angela())
    for row in rows(PlannedService, former_version.plan):
        write(row, contract=f"Contract {row.pk}", exploration_reason=f"Reason {row.pk}")
    former = contents_of(former_version.plan, former_version)
    version = change(angela, *FLAGS)
    latter = contents_of(version.plan, version)
    assert said(latter)["career_goals"]["employment"] == ELECTRICIAN
    expected = said(former)
    expected["career_goals"]["employment"] = ELECTRICIAN
    expected["services"] = [row for row in expected["services"] if row["code"] != "BC-INIT"]
    assert said(latter) == expected


def said(contents):
    """Contents without keys of rows: what each says, and under which goal."""
    statements = {goal.id: goal.statement for goal in contents.goals}
    barriers = {barrier.id: barrier.category_code for barrier in contents.barriers}

    def plain(item):
        values = {name: value for name, value in vars_of(item).items() if name not in NOT_SAID}
        values["goal"] = statements.get(getattr(item, "goal_id", None))
        values["barriers"] = sorted(barriers[key] for key in getattr(item, "barrier_ids", ()))
        return values

    found = {name: [plain(item) for item in getattr(contents, name)] for name in ("goals", "barriers", "services")}
    found["steps"] = [plain(item) for item in contents.action_steps]
    found["career_goals"] = {goal.role: goal.occupation_code for goal in contents.career_goals}
    return found | {"comment": contents.barriers_comment}


# The dates of a goal are those of its services, of which the complete one stays behind.
NOT_SAID = {"id", "goal_id", "barrier_ids", "continues", "continuation", "starts_on", "ends_on"}


def vars_of(item):
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


@pytest.mark.policy("WIS-119")
def test_services_under_way_go_on_and_planned_ones_wait_for_the_new_version():
    former = by_code(states.plan_of(angela()))
    version = change(angela, "services")
    latter = by_code(version.plan)
    training = latter["TR-OST"]
    assert (training.status, training.actual_start_on) == ("started", former["TR-OST"].actual_start_on)
    assert (training.gate_exemption, training.continuation) == ("continues", "goal_changed")
    assert training.continues == former["TR-OST"]
    save_service(training, {"notes": "Goes on.", "status": "on_hold"}, by=planner(), at=states.now())
    planned = latter["BC-JSST"]
    assert (planned.status, planned.gate_exemption, planned.actual_start_on) == ("planned", "", None)
    assert (planned.authorised_in, planned.authorised_on) == (None, None)
    values = {"status": "started", "actual_start_on": timezone.localdate()}
    with pytest.raises(Refusal) as refused:
        save_service(planned, values, by=planner(), at=states.now())
    assert refused.value.code == "not-authorised"


@pytest.mark.policy("WIS-119")
def test_what_is_done_stays_behind():
    today, by = timezone.localdate(), {"by": planner(), "at": states.now()}
    plan = states.plan_of(angela())
    save_barrier(plan, first(Barrier), {"status": "resolved"}, **by)
    save_step(plan, first(ActionStep), {"done_on": today}, **by)
    save_goal(plan, Goal.objects.in_plan().get(plan=plan, statement__startswith="Attend"), COMPLETE, **by)
    done = {first(Barrier).category_id, first(ActionStep).text}
    version = change(angela, *FLAGS)
    assert len(rows(Barrier, version.plan)) == 1
    assert len(rows(Goal, version.plan)) == 2
    assert not done & {row.category_id for row in rows(Barrier, version.plan)}
    steps = {row.text for row in rows(ActionStep, version.plan)}
    assert not done & steps
    assert "Arrange the early drop-off with the day care" not in steps
    latter = by_code(version.plan)
    assert "BC-INIT" not in latter
    assert latter["SS-CHLD"].goal is None
    assert [barrier.category_id for barrier in latter["SS-TRAN"].barriers.all()] == [
        rows(Barrier, version.plan)[0].category_id
    ]


@pytest.mark.policy("WIS-119", "ILL-086")
def test_a_goal_that_is_off_track_says_in_the_new_plan_why_and_what_will_be_done(client):
    """What was said last; of a goal that came back on track, nothing."""
    off, back, never = Goal.objects.in_plan().filter(plan=states.plan_of(angela())).order_by("position")
    for goal in (off, back):
        off_track(goal, "Two classes were missed.", "We look for an evening class.")
    off_track(off, "Her car broke down.", "We ask for a bus pass.")
    save_goal(back.plan, back, {"status": "on_track"}, by=planner(), at=states.now())
    [said_before] = GoalSetback.objects.filter(goal=off, reason="Her car broke down.")
    states.acknowledged(states.told(states.sent(states.newest(angela()))))
    version = change(angela, "steps")
    items = {goal.statement: goal for goal in contents_of(version.plan, version).goals}
    told = [(items[goal.statement].setback_reason, items[goal.statement].setback_remedy) for goal in (off, back, never)]
    assert told == [("Her car broke down.", "We ask for a bus pass."), ("", ""), ("", "")]
    [carried] = GoalSetback.objects.filter(goal__plan=version.plan)
    assert (carried.goal.times_off_track, carried.number) == (0, 0)
    assert (carried.said_at, carried.said_by) == (said_before.said_at, planner())
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goals", args=[angela().pk])))
    status = next(row["Status"] for row in page.table("Goal statements") if row["Goal Statement"] == off.statement)
    assert "Why it is off track Her car broke down." in status
    assert "What will be done We ask for a bus pass." in status
    path = reverse("plan:goal-edit", args=[angela().pk, carried.goal_id])
    assert Page(client.get(path)).form(path)["setback_remedy"] == "We ask for a bus pass."


def off_track(goal, reason, remedy):
    goal.refresh_from_db()
    values = OFF_TRACK | {"setback_reason": reason, "setback_remedy": remedy}
    save_goal(goal.plan, goal, values, by=planner(), at=states.now())


@pytest.mark.policy("WIS-119")
def test_what_left_the_plan_stays_behind_and_what_is_on_hold_comes_along():
    review, by = states.reviewed(angela()), {"by": planner(), "at": states.now()}
    barrier, held = first(Barrier), by_code(review.plan)["TR-OST"]
    unused = save_goal(
        review.plan, None, {"statement": "Drive", "category": first(Goal).category, "term": "short"}, **by
    )
    remove_goal(unused, reason="Not wanted", **by)
    remove_barrier(barrier, removal="other", note="", contact_on=None, contact_method="", **by)
    save_service(held, {"status": "on_hold", "notes": "She is ill."}, **by)
    states.signed(review)
    version = change(angela, *FLAGS)
    assert barrier.category_id not in {row.category_id for row in rows(Barrier, version.plan)}
    assert "Drive" not in {row.statement for row in rows(Goal, version.plan)}
    assert by_code(version.plan)["TR-OST"].status == "on_hold"


@pytest.mark.policy("WIS-118", "WIS-119")
def test_career_exploration_leaves_forbidden_services_behind():
    version = change(angela, *FLAGS, explores=True)
    goal = CareerGoal.objects.in_plan().get(plan=version.plan, role="employment")
    assert (goal.explores, goal.occupation) == (True, None)
    assert by_code(version.plan).keys() == {"BC-JSST", "SS-CHLD", "SS-TRAN"}


def test_the_log_says_what_was_carried_over(client):
    version = change(angela, "barriers")
    entry = rows(Barrier, version.plan)[0].history.first()
    assert (entry.history_change_reason, entry.history_user) == ("carried over from the plan before", planner())

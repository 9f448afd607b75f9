"""Deleting a draft: the plan is again what the customer agreed to, and what was recorded freely stays (12.7.7)."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.restoring import REMOVED_WITH_DRAFT
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.models import Seal
from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import note_on_plan, remove_barrier, save_barrier
from careerplan.plans.enums import VersionState
from careerplan.plans.models import Barrier, BarrierCategory
from goals.actions import remove_career_goal, remove_goal, save_goal, set_career_goal
from goals.models import ActionStep, CareerGoal, Goal, GoalCategory, Occupation
from goals.steps import remove_step, save_step
from services.actions import remove_service, save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, david, lucia, north_planner, planner, tyrell
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def now_and_by():
    return {"by": planner(), "at": states.now()}


def goals():
    return list(Goal.objects.in_plan().filter(plan__customer=angela()).select_related("plan").in_order())


def barriers():
    rows = Barrier.objects.in_plan().filter(plan__customer=angela()).select_related("plan__customer", "category")
    return list(rows.order_by("id"))


def services():
    rows = PlannedService.objects.in_plan().filter(plan__customer=angela()).select_related("plan", "service")
    return list(rows.order_by("id"))


def steps():
    return list(ActionStep.objects.in_plan().filter(plan__customer=angela()).select_related("plan").order_by("id"))


def career_goal(role):
    return CareerGoal.objects.select_related("plan").get(plan__customer=angela(), role=role, removed_at=None)


def category(code):
    return BarrierCategory.objects.get(code=code)


def remove_a_barrier(barrier):
    remove_barrier(barrier, removal="other", note="", **states.contact(), **now_and_by())


def add_a_goal_with_everything(pen):
    goal = pen.goal("Start a business", "CAREER_PLAN")
    barrier = pen.barrier("FINA", "No savings")
    pen.service("BC-COUN", goal, planned_start_on=pen.in_days(3), barriers=[barrier])
    pen.step("Write the plan", goal, in_days=9)


def remove_a_goal_with_everything(_pen):
    for service in services():
        if service.goal_id == goals()[1].pk:
            remove_service(service, removal="not_wanted", **now_and_by())
    for step in steps():
        if step.goal_id == goals()[1].pk:
            remove_step(step, reason="-", **now_and_by())
    remove_goal(goals()[1], reason="-", **now_and_by())


def add_again_what_was_removed(pen):
    remove_a_barrier(barriers()[0])
    pen.barrier("CHLD", "Another child")


def change_the_categories_round(_pen):
    """The second barrier takes the category that the first gives up."""
    child, transport = barriers()
    save_barrier(child.plan, child, {"category": category("FINA")}, **now_and_by())
    save_barrier(transport.plan, transport, {"category": category("CHLD")}, **now_and_by())


def replace_a_career_goal(pen):
    remove_career_goal(career_goal("long_term"), reason="-", **now_and_by())
    pen.career_goal("long_term", "47-2111")


def undo_and_redo(_pen):
    save_goal(goals()[0].plan, goals()[0], {"statement": "Something else"}, **now_and_by())
    save_goal(goals()[0].plan, goals()[0], {"statement": "Something else again"}, **now_and_by())


EDITS = {
    "nothing": lambda pen: None,
    "add a goal": lambda pen: pen.goal("Start a business", "CAREER_PLAN"),
    "add a goal with everything": add_a_goal_with_everything,
    "remove a goal with everything": remove_a_goal_with_everything,
    "change a goal's statement": undo_and_redo,
    "change a goal's category and term": lambda pen: save_goal(
        pen.plan, goals()[0], {"category": GoalCategory.objects.get(code="CAREER_PLAN"), "term": "long"}, **now_and_by()
    ),
    "add a barrier": lambda pen: pen.barrier("FINA", "No savings"),
    "remove a barrier": lambda pen: remove_a_barrier(barriers()[0]),
    "remove a barrier and add its category again": add_again_what_was_removed,
    "describe a barrier anew": lambda pen: save_barrier(
        pen.plan, barriers()[0], {"description": "Three children"}, **now_and_by()
    ),
    "change a barrier's category": lambda pen: save_barrier(
        pen.plan, barriers()[0], {"category": category("FINA")}, **now_and_by()
    ),
    "change the categories round": change_the_categories_round,
    "add a service": lambda pen: pen.service("BC-COUN", goals()[0]),
    "remove a service": lambda pen: remove_service(services()[1], removal="unavailable", **now_and_by()),
    "move a service to another goal": lambda pen: save_service(services()[2], {"goal": goals()[0]}, **now_and_by()),
    "take a service from its goal": lambda pen: save_service(services()[1], {"goal": None}, **now_and_by()),
    "move a service to a new goal": lambda pen: save_service(
        services()[1], {"goal": pen.goal("Start a business", "CAREER_PLAN")}, **now_and_by()
    ),
    "add a step": lambda pen: pen.step("Call the bank", goals()[0], in_days=3),
    "remove a step": lambda pen: remove_step(steps()[0], reason="-", **now_and_by()),
    "change a step": lambda pen: save_step(
        pen.plan, steps()[0], {"text": "Ask for another form", "goal": goals()[1]}, **now_and_by()
    ),
    "change a career goal": lambda pen: pen.career_goal("long_term", "47-2111"),
    "remove a career goal": lambda pen: remove_career_goal(career_goal("long_term"), reason="-", **now_and_by()),
    "replace a career goal": replace_a_career_goal,
    "comment on barriers": lambda pen: note_on_plan(pen.plan, {"barriers_comment": "None at all"}, **now_and_by()),
    "say that no services are needed": lambda pen: note_on_plan(
        pen.plan, {"no_services_reason": "She works", "no_supportive_services": True}, **now_and_by()
    ),
}


def what_stands(version):
    """The contents without what only the paper's head and the record of removals say."""
    contents = contents_of(states.plan_of(version.plan.customer), version)
    return replace(contents, removals=(), about=type(contents.about)())


@pytest.mark.policy("WIS-092")
@pytest.mark.parametrize("name", EDITS)
def test_deleting_the_draft_brings_back_exactly_what_was_agreed(name):
    version = states.reviewed(angela())
    before = what_stands(version)
    EDITS[name](states.pen(version))
    assert (what_stands(version) == before) == (name == "nothing")
    states.deleted(version)
    assert what_stands(version) == before
    assert list(version.plan.versions.order_by("number").values_list("state", flat=True)) == ["active", "deleted"]


def test_all_edits_together_are_taken_back_too():
    version = states.reviewed(angela())
    before = what_stands(version)
    together = [
        "comment on barriers",
        "change a goal's statement",
        "change a goal's category and term",
        "change a step",
    ]
    together += [
        "change the categories round",
        "remove a service",
        "replace a career goal",
        "add a goal with everything",
    ]
    for name in together[:-1]:
        EDITS[name](states.pen(version))
    goal = states.pen(version).goal("Start a business", "CAREER_PLAN")
    states.pen(version).step("Write the plan", goal, in_days=9)
    states.deleted(version)
    assert what_stands(version) == before


NURSE = {"code": "31-1131"}


@pytest.mark.policy("WIS-092")
@pytest.mark.parametrize(
    ("role", "agreed", "drafted"),
    [
        pytest.param("employment", NURSE, {"explores": True}, id="from exploration"),
        pytest.param("short_education", {"words": "The diploma"}, {"words": "A certificate"}, id="to its words"),
        pytest.param("short_employment", {"words": "A summer job"}, NURSE, id="from an occupation"),
    ],
)
def test_a_goal_of_a_youth_goes_back_to_what_was_agreed(role, agreed, drafted):
    version = states.written_iss(states.enrolled("T1-YOUTH"))
    states.pen(version).career_goal(role, **agreed)
    version = states.reviewed(states.signed(version).plan.customer)
    before = what_stands(version)
    states.pen(version).career_goal(role, **drafted)
    assert what_stands(version) != before
    states.deleted(version)
    assert what_stands(version) == before


def test_what_was_recorded_freely_meanwhile_stays():
    version = states.reviewed(angela())
    service, step, barrier, goal = services()[1], steps()[0], barriers()[0], goals()[1]
    free = {"notes": "Bring the form", "planned_end_on": timezone.localdate()}
    free["planned_start_on"] = timezone.localdate()
    save_service(service, free | {"goal": goals()[0]}, **now_and_by())
    reworded = {"text": "Another text", "rewording": "clearer", "done_on": timezone.localdate()}
    save_step(version.plan, step, reworded, **now_and_by())
    save_barrier(version.plan, barrier, {"description": "Other", "how_addressed": "A ride"}, **now_and_by())
    save_goal(version.plan, goal, {"statement": "Another goal", "status": "on_track"}, **now_and_by())
    states.deleted(version)
    for row in (service, step, barrier, goal):
        row.refresh_from_db()
    assert (service.notes, service.planned_end_on) == ("Bring the form", timezone.localdate())
    assert step.done_on == timezone.localdate()
    assert barrier.how_addressed == "A ride"
    assert goal.status == "on_track"
    agreed = Seal.objects.valid().get(version__plan=version.plan).contents
    assert service.goal_id == next(item.goal_id for item in agreed.services if item.id == service.pk)
    assert step.text != "Another text"
    assert barrier.description != "Other"
    assert goal.statement != "Another goal"


def test_what_was_added_leaves_and_says_why():
    version = states.reviewed(angela())
    goal = states.pen(version).goal("Start a business", "CAREER_PLAN")
    states.deleted(version)
    goal.refresh_from_db()
    assert (goal.removed_by, goal.removed_reason) == (planner(), REMOVED_WITH_DRAFT)


def test_a_first_draft_leaves_an_empty_plan_that_can_be_begun_again():
    states.deleted(states.newest(lucia()))
    plan = states.plan_of(lucia())
    assert plan.is_open
    version = states.reviewed(lucia())
    assert version.number == 2
    contents = what_stands(version)
    assert contents == type(contents)(plan_type="IEP")


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.policy("WIS-091", "WIS-092")
def test_the_planner_deletes_the_draft_with_a_reason(client):
    client.force_login(north_planner())
    path = reverse("plan:draft-delete", args=[lucia().pk])
    answer = client.post(path, {"reason": " "})
    assert answer.status_code == 422
    assert states.newest(lucia()).state == VersionState.DRAFT
    page = Page(client.post(path, {"reason": "Begun for the wrong program"}, follow=True))
    assert "The draft was deleted. It was the only one: the plan has no version now." in page.words
    version = states.newest(lucia())
    assert (version.state, version.deleted_reason) == (VersionState.DELETED, "Begun for the wrong program")
    assert version.deleted_at


def test_the_deleted_drafts_own_contents_are_kept_and_can_be_read(client):
    version = states.newest(lucia())
    before = contents_of(version.plan, version)
    states.deleted(version)
    kept = Seal.objects.get(version=version)
    assert kept.voided_at
    assert kept.contents == before
    client.force_login(north_planner())
    page = Page(client.get(reverse("plan:version", args=[lucia().pk, version.pk])))
    assert page.facts()["Why it was deleted"] == "Begun by mistake"
    assert "Try out two lines of work" in page.words
    assert "its contents are the plan as it stands now" not in page.words


def test_a_version_that_is_with_the_customer_is_not_deleted(client):
    client.force_login(tyrell().planner)
    path = reverse("plan:draft-delete", args=[tyrell().pk])
    answer = client.post(path, {"reason": "Begun by mistake"})
    assert answer.status_code == 422
    assert "Version 1 is awaiting acknowledgment now, so this can't be done." in Page(answer).words
    assert states.newest(tyrell()).state == VersionState.AWAITING


@pytest.mark.policy("AMB-W15")
def test_where_no_version_is_open_there_is_nothing_to_delete(client):
    client.force_login(planner())
    path = reverse("plan:draft-delete", args=[angela().pk])
    assert client.get(path).status_code == 404
    assert client.post(path, {"reason": "It has a mistake"}).status_code == 404
    assert states.newest(angela()).state == VersionState.ACTIVE


@pytest.mark.policy("AMB-W15")
def test_what_was_once_active_is_not_deleted():
    former = states.newest(angela())
    states.sent(states.reviewed(angela()), electronic=False)
    later = states.agreed_on_paper(states.newest(angela()))
    for version in (former, later):
        before = everything()
        with pytest.raises(Refusal) as refused:
            delete_draft(version, reason="It has a mistake", **now_and_by())
        assert refused.value.code == "cannot-delete"
        assert changed(before, everything()) == {}


def test_deleting_costs_no_more_queries_than_rows_that_change(django_assert_max_num_queries):
    version = states.newest(david())
    with django_assert_max_num_queries(60):
        delete_draft(version, reason="Begun by mistake", by=planner(), at=states.now())


def test_occupations_come_back_as_they_were():
    version = states.reviewed(angela())
    set_career_goal(version.plan, "self_sufficiency", occupation=Occupation.objects.get(code="47-2111"), **now_and_by())
    states.deleted(version)
    assert career_goal("self_sufficiency").occupation.code == "29-1141"

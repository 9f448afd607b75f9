"""Career exploration: since when it is the goal, what it allows and what ends it, said where it is chosen and while it
stands (12.7.5, Career Exploration)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from careerplan.base.dates import day_of, in_text
from goals.actions import set_career_goal
from goals.careers.exploring import begun, explores_since, limits_for
from goals.models import Occupation
from services.models import Service
from tests import states
from tests.markup import Page, words_of
from tests.naming import shown
from tests.people import angela, lucia, north_planner, planner

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(day):
    return START + timedelta(days=day)


# --- since when -------------------------------------------------------------------------------


@pytest.mark.policy("WIS-022")
@pytest.mark.parametrize(
    ("entries", "in_force", "since"),
    [
        pytest.param([], [], None, id="no goal"),
        pytest.param([(0, False)], [], None, id="an occupation"),
        pytest.param([(0, True)], [], 0, id="from the day on which it was chosen"),
        pytest.param([(0, False), (3, True)], [], 3, id="after an occupation"),
        pytest.param([(0, True), (5, True)], [], 0, id="something else changed"),
        pytest.param([(0, True), (5, False)], [], None, id="it has ended"),
        pytest.param([(0, True), (5, False), (6, True)], [], 6, id="a first draft that tried something else"),
        pytest.param([(0, True), (5, False), (6, True)], [2], 0, id="a review that was thrown away"),
        pytest.param([(0, True), (5, False), (9, True)], [2, 7], 9, id="another goal that was agreed to"),
        pytest.param([(0, True), (5, False), (6, False), (9, True)], [2, 7], 9, id="two changes of that goal"),
        pytest.param([(0, True), (5, False), (9, True)], [2, 9], 0, id="agreed to with the exploration again"),
    ],
)
def test_exploration_began_when_it_was_chosen_and_no_draft_alone_ends_it(entries, in_force, since):
    found = begun([(at(day), explores) for day, explores in entries], [at(day) for day in in_force])
    assert found == (None if since is None else at(since))


@pytest.mark.policy("WIS-022")
def test_the_day_is_that_of_the_choice(client):
    version = states.started(states.enrolled())
    weeks_ago = states.now() - timedelta(days=20)
    set_career_goal(version.plan, "employment", explores=True, by=planner(), at=weeks_ago)
    assert explores_since(version.plan, [version]) == weeks_ago
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goals", args=[version.plan.customer_id])))
    day = in_text(day_of(weeks_ago))
    assert f"The customer has been exploring since {day}." in page.words
    assert page.facts()["Employment goal of the plan"] == f"Career exploration since {day}"
    set_career_goal(
        version.plan, "employment", occupation=Occupation.objects.get(code="31-1131"), by=planner(), at=states.now()
    )
    assert explores_since(version.plan, [version]) is None
    assert not Page(client.get(reverse("plan:goals", args=[version.plan.customer_id]))).has_id("exploring")


# --- its limits -------------------------------------------------------------------------------


@pytest.mark.policy("WIS-034", "WIS-035", "WIS-036", "WIS-037", "WIS-038", "WIS-039", "WIS-040", "AMB-W25")
@pytest.mark.parametrize("place", ["plan:goals", "plan:career-goal"])
def test_the_limits_stand_where_it_is_chosen_and_while_it_stands(client, place):
    client.force_login(north_planner())
    args = [lucia().pk, *(["employment"] if place == "plan:career-goal" else [])]
    page = Page(client.get(reverse(place, args=args)))
    for sentence in (
        "Services may be given for two reasons only: to explore careers, or to find work for an income",
        "Work experience is allowed. Training, on-the-job training, incumbent worker training and apprenticeships are",
        "or it says that none are needed.",
        "The customer and the planner both acknowledge the first plan before services start.",
        "It ends when the customer chooses an occupation as the employment goal.",
    ):
        assert sentence in page.words
    assert page.links()["Say that none are needed"] == reverse("plan:services-note", args=[lucia().pk])


def lists_of(page):
    [details] = page.root.xpath("//details[summary[contains(., 'Which services the catalog allows')]]")
    return [[words_of(row) for row in found.iter("li")] for found in details.iter("ul")]


@pytest.mark.policy("WIS-034", "WIS-035", "WIS-036", "WIS-038", "AMB-W25")
def test_the_catalog_says_which_services_those_are(client):
    client.force_login(planner())
    version = states.started(states.enrolled())
    path = reverse("plan:career-goal", args=[version.plan.customer_id, "employment"])
    allowed, with_reason, refused = lists_of(Page(client.get(path)))
    name = {
        code: shown(Service.objects.get(code=code)) for code in ("WE-EXP", "SS-TRAN", "SS-EXAM", "TR-OST", "TR-OJT1")
    }
    assert {name["WE-EXP"], name["SS-TRAN"]} <= set(allowed)
    assert name["SS-EXAM"] in with_reason
    assert {name["TR-OST"], name["TR-OJT1"]} <= set(refused)
    offered = Service.objects.filter(is_active=True, offered_adult=True).count()
    assert len(allowed) + len(with_reason) + len(refused) == offered


def test_a_service_of_another_program_is_in_no_list():
    adult, youth = limits_for({"adult"}), limits_for({"youth"})
    tutoring = Service.objects.get(code="YE-01").plain_name
    assert tutoring not in [*adult.allowed, *adult.with_reason, *adult.refused]
    assert tutoring in [*youth.allowed, *youth.with_reason, *youth.refused]


def test_what_the_local_area_changes_in_the_catalog_changes_the_lists():
    service = Service.objects.get(code="SS-EXAM")
    assert service.plain_name in limits_for({"adult"}).with_reason
    service.in_exploration = "no"
    service.save_without_historical_record()
    assert service.plain_name in limits_for({"adult"}).refused


# --- what ends it -----------------------------------------------------------------------------


def test_in_an_iep_in_force_a_new_plan_ends_it(client):
    version = states.started(states.enrolled())
    pen = states.pen(version)
    pen.career_goal("employment", explores=True)
    pen.note(no_supportive_services=True, no_services_reason="She looks around by herself.")
    pen.barrier("TRAN", "No car.")
    goal = pen.goal("Choose a line of work", "CAREER_PLAN")
    pen.initial_assessment(goal)
    pen.step("Visit a workshop", goal, in_days=5)
    states.signed(version)
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goals", args=[version.plan.customer_id])))
    assert "use Change employment goal, which closes this plan and begins the next one." in page.words
    assert page.links()["Change employment goal"] == reverse("plan:goal-change", args=[version.plan.customer_id])


def test_the_page_of_a_new_employment_goal_explains_it_too(client):
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goal-change", args=[angela().pk])))
    assert "Services may be given for two reasons only" in page.words
    assert len(lists_of(page)) == 3


@pytest.mark.policy("WIS-031")
def test_in_an_iss_in_force_the_next_review_ends_it(client):
    version = states.started(states.enrolled("T1-YOUTH"))
    pen = states.pen(version)
    pen.career_goal("employment", explores=True)
    pen.note(no_supportive_services=True, no_services_reason="He looks around by himself.")
    pen.barrier("TRAN", "No car.")
    pen.step("Visit a workshop", pen.goal("Choose a line of work", "CAREER_PLAN"), in_days=5)
    states.signed(version)
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goals", args=[version.plan.customer_id])))
    assert "as the employment goal, in an Update/Review of this plan." in page.words

"""Several services of the catalog at once: ticked, and added under one goal with the same planned days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.dates import day_of
from goals.models import Goal
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import angela, david, henrik, north_planner, planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

CODES = ["BC-COUN", "BC-LMI3", "IC-PLAN"]


@pytest.fixture(autouse=True)
def signed_in(client, people):
    client.force_login(planner())


def path(name, customer=david):
    return reverse(f"plan:{name}", args=[customer().pk])


def goal_of_david():
    return Goal.objects.get(plan__customer=david(), statement="Learn how to drive")


def in_days(days):
    return states.today() + timedelta(days=days)


def typed(client, **query):
    return Page(client.get(path("catalog"), query)).form(path("services-add"))


def test_what_is_ticked_comes_into_the_plan_with_goal_and_days(client):
    values = typed(client, goal=goal_of_david().pk)
    assert values["goal"] == str(goal_of_david().pk)
    assert values["planned_start_on"] == f"{day_of(states.now()):%m/%d/%Y}"
    page = Page(
        client.post(
            path("services-add"), values | {"service": CODES, "planned_end_on": f"{in_days(60):%m/%d/%Y}"}, follow=True
        )
    )
    assert "3 services were added." in page.words
    found = PlannedService.objects.filter(plan__customer=david(), service__code__in=CODES)
    assert {row.goal for row in found} == {goal_of_david()}
    assert {(row.planned_start_on, row.planned_end_on) for row in found} == {(states.today(), in_days(60))}
    assert len(found) == 3


def test_nothing_ticked_is_said_and_what_was_typed_stays(client):
    answer = client.post(path("services-add"), typed(client) | {"planned_end_on": "02/31/2027"})
    assert answer.status_code == 422
    page = Page(answer)
    assert page.form(path("services-add"))["planned_end_on"] == "02/31/2027"
    answer = client.post(path("services-add"), typed(client))
    assert "Choose one or more services in the list." in Page(answer).words


def test_all_come_or_none(client):
    before = everything()
    values = typed(client) | {"service": CODES, "planned_start_on": "05/02/2027", "planned_end_on": "05/01/2027"}
    answer = client.post(path("services-add"), values)
    assert answer.status_code == 422
    page = Page(answer)
    assert "The planned end can't be before the planned start." in page.words
    assert set(page.root.xpath("//input[@type='checkbox' and @checked]/@value")) == set(CODES)
    assert {name for name in changed(before, everything()) if "Draft" not in name} == set()


def test_the_service_for_which_none_comes_is_named(client):
    values = typed(client) | {"service": CODES}
    ended = Service.objects.get(code=CODES[1])
    write(ended, offered_until=in_days(-1))
    answer = client.post(path("services-add"), values)
    assert answer.status_code == 422
    assert f"{ended.plain_name}: This service was offered until" in Page(answer).words
    assert not PlannedService.objects.filter(plan__customer=david(), service__code__in=CODES).exists()


def test_what_is_ticked_stays_in_sight_while_one_searches(client):
    answer = client.get(path("catalog"), {"q": "submarine", "service": CODES[:1]}, headers={"HX-Request": "true"})
    assert Page(answer).root.xpath("//input[@type='checkbox' and @checked]/@value") == CODES[:1]


def test_without_a_draft_there_is_nothing_to_tick(client):
    page = Page(client.get(path("catalog", angela)))
    assert not page.has_id("chosen")
    assert page.root.xpath("//input[@type='checkbox']/@name") == ["everything"]
    assert client.post(path("services-add", angela), {"service": CODES}).status_code in {409, 422}
    assert not PlannedService.objects.filter(plan__customer=angela(), service__code="IC-PLAN").exists()


# --- from a goal ------------------------------------------------------------------------------


@pytest.mark.policy("ILL-003")
def test_a_goal_leads_to_its_service_and_its_step_with_the_goal_chosen(client):
    links = Page(client.get(path("goals"))).links()
    assert typed_goal(client, links["Add a service Learn how to drive"], path("services-add")) == str(
        goal_of_david().pk
    )
    assert typed_goal(client, links["Add a step Learn how to drive"], path("step-add")) == str(goal_of_david().pk)


def typed_goal(client, address, action):
    return Page(client.get(address)).form(action)["goal"]


def test_the_only_goal_of_a_plan_is_offered_first(client):
    assert Page(client.get(path("step-add"))).form(path("step-add"))["goal"] == ""
    client.force_login(north_planner())
    write = states.pen(states.started(henrik()))
    only = write.goal("Work near home", "CAREER_PLAN")
    for name, action in (("step-add", "step-add"), ("catalog", "services-add")):
        assert Page(client.get(path(name, henrik))).form(path(action, henrik))["goal"] == str(only.pk)

"""Add Steps/Services: what waits for a goal, what is planned, and the filter by status."""

import pytest
from django.urls import reverse
from django.utils import timezone

from goals.models import Goal
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page, words_of
from tests.naming import shown
from tests.people import angela, david, duke, jennifer, lucia, planner
from tests.rows import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def services_path(customer):
    return reverse("plan:services", args=[customer().pk])


def edit_path(planned):
    return reverse("plan:service-edit", args=[planned.plan.customer_id, planned.pk])


def service_of(customer, code):
    return PlannedService.objects.select_related("plan").get(plan__customer=customer(), service__code=code)


@pytest.mark.policy("ILL-104", "ILL-107")
def test_services_without_a_goal_wait_to_be_assigned(client):
    page = Page(client.get(services_path(jennifer)))
    waiting = page.words.split("Assign Step/Service to a Goal")[1].split("Filter by status")[0]
    assert "Start Permanent Employment" in waiting
    assert "Job Requirements Information" in waiting
    assert "There is nothing to assign." in Page(client.get(services_path(david))).words


@pytest.mark.policy("ILL-102")
def test_a_service_is_put_into_the_plan_by_assigning_it_to_a_goal(client):
    pen = states.pen(states.newest(jennifer()))
    goal = pen.goal("Find work", "CAREER_PLAN")
    pen.goal("Learn how to drive", "CAREER_PLAN")
    row = service_of(jennifer, "BC-JREQ")
    data = Page(client.get(edit_path(row))).form(edit_path(row))
    assert data["goal"] == ""
    page = Page(client.post(edit_path(row), data | {"goal": goal.pk}, follow=True))
    assert "The step/service was saved." in page.words
    assert [line["Step/Service"] for line in page.table("Find work")] == [
        f"{shown(row.service)} {shown(row.service.category)}"
    ]


@pytest.mark.policy("ILL-106", "ILL-109")
def test_planned_services_stand_under_their_goals_with_edit_and_remove(client):
    page = Page(client.get(services_path(david)))
    assert [row["Planned"] for row in page.table("Earn GED")] == ["06/01/2020 – 06/10/2020"]
    assert [row["Planned"] for row in page.table("Gain Full-time employment")] == ["06/08/2020 – 06/12/2020"]
    links = page.links()
    row = service_of(david, "YE-01")
    assert links[f"Edit {row.service.plain_name}"] == edit_path(row)
    assert links[f"Remove {row.service.plain_name}"] == reverse("plan:service-remove", args=[david().pk, row.pk])


@pytest.mark.parametrize("page", ["plan:services", "plan:overview"])
def test_a_service_of_one_day_names_the_day_once(client, page):
    row = service_of(david, "YE-01")
    write(row, planned_end_on=row.planned_start_on)
    day = f"{row.planned_start_on:%m/%d/%Y}"
    words = Page(client.get(reverse(page, args=[david().pk]))).words
    assert day in words
    assert f"{day} – {day}" not in words


def test_without_a_draft_there_is_edit_and_no_remove(client):
    words = Page(client.get(services_path(angela))).links()
    assert [word for word in words if word.startswith("Edit ")]
    assert not [word for word in words if word.startswith(("Remove ", "Add Step/Service"))]


@pytest.mark.policy("ILL-106")
def test_the_filter_shows_the_services_of_a_status(client):
    page = Page(client.get(services_path(angela), {"status": "started"}))
    assert "1 of 5 shown" in page.words
    planned = [caption.text_content() for caption in page.root.xpath("//*[@id='planned']//table/caption")]
    assert planned == ["Complete the nursing assistant course and pass the state examination"]
    assert page.form(services_path(angela), "Filter") == {"status": "started", "category": "", "goal": ""}
    assert "5 of 5 shown" in Page(client.get(services_path(angela))).words
    assert "5 of 5 shown" in Page(client.get(services_path(angela), {"status": "whatever"})).words


def test_a_status_that_no_service_has_says_so(client):
    page = Page(client.get(services_path(angela), {"status": "terminated"}))
    assert "No service has this status. Choose another in the filter." in page.words


@pytest.mark.parametrize("query", [{}, {"status": "planned"}, {"status": "terminated"}])
def test_the_fragment_is_that_of_the_page(client, query):
    fragment = Page(client.get(services_path(angela), query, headers={"HX-Request": "true"}))
    page = Page(client.get(services_path(angela), query))
    assert fragment.root.get("id") == "planned"
    assert words_of(fragment.root) == words_of(page.root.get_element_by_id("planned"))


def test_why_no_services_are_planned_is_written_in_a_draft(client):
    path = reverse("plan:services-note", args=[duke().pk])
    data = Page(client.get(path)).form(path)
    posted = data | {"no_services_reason": "He has found work.", "no_supportive_services": "on"}
    page = Page(client.post(path, posted, follow=True))
    assert "Why no services are planned: He has found work." in page.words
    assert "No supportive services are needed." in page.words
    plan = states.plan_of(duke())
    assert (plan.no_services_reason, plan.no_supportive_services) == ("He has found work.", True)


def test_the_grantee_is_the_provider_where_none_is_named(client):
    row = service_of(david, "YE-01")
    page = Page(client.get(edit_path(row)))
    assert "Leave empty when River Valley Workforce Partnership provides the service." in page.words


def test_a_service_that_has_begun_shows_its_dates(client):
    row = states.pen(states.newest(david())).service("BC-INIT", service_of(david, "WE-PERM").goal)
    today = timezone.localdate()
    values = {"status": "complete", "actual_start_on": today, "ended_on": today}
    save_service(row, values, by=planner(), at=states.now())
    lines = Page(client.get(services_path(david))).table("Gain Full-time employment")
    line = next(line for line in lines if line["Status"].startswith("Complete"))
    assert (line["Started"], line["Completed"]) == (today.strftime("%m/%d/%Y"), today.strftime("%m/%d/%Y"))


def test_another_plans_service_is_not_found(client):
    for row in PlannedService.objects.filter(plan__customer__in=[angela(), lucia()]):
        path = reverse("plan:service-edit", args=[david().pk, row.pk])
        assert client.get(path).status_code == 404
        assert client.post(path, {"status": "planned"}).status_code == 404
    assert Goal.objects.filter(plan__customer=david()).count() == 4

"""The Update Log: by whom, when, from what, to what; filtered, newest first, page by page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.plans.log import entries_of
from goals.actions import save_goal
from goals.models import Goal, GoalCategory
from tests import people as cast

pytestmark = [pytest.mark.django_db, pytest.mark.policy("ILL-015")]


@pytest.fixture
def plan(people):
    return cast.david().plans.get()


def reword(plan, by, statement):
    goal = plan.goals.in_plan().get(statement__startswith="Earn")
    values = {"statement": statement, "category": goal.category, "term": goal.term, "status": goal.status}
    return save_goal(plan, goal, values, by=by, at=timezone.now())


def test_an_edit_is_told_by_whom_from_what_to_what(client, plan):
    reword(plan, cast.planner(), "Earn GED by spring")
    client.force_login(cast.planner())
    page = client.get(reverse("plan:log", args=[plan.customer_id]))
    entry = page.context["entries"][0]
    assert entry["by"] == cast.planner()
    assert entry["changes"] == [{"label": "goal statement", "from": "Earn GED", "to": "Earn GED by spring"}]
    assert "Earn GED by spring" in page.content.decode()


def test_an_edit_that_changes_nothing_is_not_told(plan):
    before = len(entries_of(plan.pk, rows=1000))
    reword(plan, cast.planner(), "Earn GED")
    assert len(entries_of(plan.pk, rows=1000)) == before


def test_the_log_is_filtered_by_what_and_by_whom(client, plan):
    reword(plan, cast.statewide(), "Earn GED by spring")
    client.force_login(cast.planner())
    address = reverse("plan:log", args=[plan.customer_id])
    by = client.get(address, {"by": cast.statewide().pk}).context["entries"]
    assert [entry["about"] for entry in by] == ["Goal: Earn GED by spring"]
    kinds = {entry["kind"] for entry in client.get(address, {"kind": "goal"}).context["entries"]}
    assert kinds == {"goal"}


def test_its_pages_tell_every_entry_once(client, plan):
    category = GoalCategory.objects.first()
    for number in range(60):
        values = {"statement": f"Goal {number}", "category": category, "term": "short", "status": "not_started"}
        save_goal(plan, None, values, by=cast.planner(), at=timezone.now())
    client.force_login(cast.planner())
    address, told = reverse("plan:log", args=[plan.customer_id]), []
    while address:
        context = client.get(address).context
        told += [(entry["kind"], entry["history_id"]) for entry in context["entries"]]
        address = context["next_url"]
    assert len(told) == len(set(told)) == len(entries_of(plan.pk, rows=1000))
    assert Goal.objects.filter(plan=plan).count() == 64


def test_another_regions_planner_finds_no_log(client, plan):
    client.force_login(cast.north_planner())
    assert client.get(reverse("plan:log", args=[plan.customer_id])).status_code == 404

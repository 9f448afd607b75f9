"""The update log: every change of the plan, who made it, from what to what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.approvals.requests import Question, ask
from acknowledgments.enums import RequestKind
from careerplan.pages.log import LOG_ROWS
from careerplan.plans.barriers import note_on_plan, save_barrier
from careerplan.plans.log import models_of_plans
from careerplan.plans.models import Barrier
from goals.actions import save_goal
from goals.models import ActionStep, Goal
from goals.proposing.actions import propose_step
from goals.steps import save_step
from services.actions import remove_service, save_service
from services.models import PlannedService
from tests import placed, states
from tests.fit import BARBERS, begun, left_exploration
from tests.goal_statuses import OFF_TRACK
from tests.goals.test_fit_outside import recorded
from tests.markup import Page
from tests.people import angela, henrik, lucia, planner, statewide, tyrell, youth_planner

pytestmark = [pytest.mark.django_db, pytest.mark.policy("ILL-015")]

CAPTION = "Changes to the plan, newest first"


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def log(client, customer=angela, **query):
    return Page(client.get(reverse("plan:log", args=[customer().pk]), query))


def newest(client, **query):
    return log(client, **query).table(CAPTION)[0]


def first(model, customer=angela):
    return model.objects.filter(plan__customer=customer()).select_related("plan").order_by("id")[0]


def test_a_change_is_told_with_who_when_what_and_from_what_to_what(client):
    goal = first(Goal)
    save_goal(goal.plan, goal, {"status": "on_track"}, by=youth_planner(), at=states.now())
    row = newest(client)
    assert row["By"] == "Priya Raman"
    assert row["When"].startswith(timezone.localdate().strftime("%m/%d/%Y"))
    assert row["What"] == f"Goal: {goal.statement}"
    assert row["Change"] == "Status: from Started to On Track"


def test_a_save_that_changes_nothing_is_not_told(client):
    goal, before = first(Goal), log(client).table(CAPTION)
    save_goal(goal.plan, goal, {"statement": goal.statement, "status": goal.status}, by=planner(), at=states.now())
    assert log(client).table(CAPTION) == before


def test_what_is_added_says_so_with_all_that_it_holds(client):
    states.reviewed(angela())
    states.pen(states.newest(angela())).barrier("FINA", "No savings", "A budget course")
    row = newest(client)
    assert row["What"] == "Barrier: Financial hardship, debt or no bank account (added)"
    assert "Description: to No savings" in row["Change"]
    assert "How it will be addressed: to A budget course" in row["Change"]


def test_what_is_removed_says_why(client):
    states.reviewed(angela())
    service = first(PlannedService)
    remove_service(service, removal="unavailable", by=planner(), at=states.now())
    row = newest(client)
    assert row["What"].startswith("Step/service: ")
    assert "Why it was removed: to The service or its funding is unavailable." in row["Change"]


def test_what_is_emptied_is_said_to_be_empty(client):
    service = PlannedService.objects.get(plan__customer=angela(), service__code="TR-OST")
    save_service(service, {"notes": ""}, by=planner(), at=states.now())
    assert newest(client)["Change"] == "Notes: from Classes Monday to Thursday, 9 to 3. (empty)"


def test_what_the_system_did_says_so(client):
    plan = states.in_force().plan
    service = PlannedService.objects.get(plan=plan, service__code="TR-OST")
    values = {"status": "started", "actual_start_on": timezone.localdate()}
    save_service(service, values, by=planner(), at=states.now())
    changes = [row["Change"] for row in log(client, lambda: plan.customer).table(CAPTION)[:2]]
    assert any("automatic: a related service started" in change for change in changes)


def test_the_steps_of_a_version_are_in_the_log(client):
    rows = log(client, kind="planversion").table(CAPTION)
    assert [row["What"] for row in rows] == ["Version 1", "Version 1", "Version 1 (added)"]
    assert [row["By"] for row in rows] == ["Angela Whitfield", "Devon Okafor", "Devon Okafor"]
    assert "Status: from Awaiting acknowledgment to Active" in rows[0]["Change"] or "Active" in rows[0]["Change"]


# --- every kind -------------------------------------------------------------------------------


def change_each_kind(customer):
    plan, by, at = states.plan_of(customer), planner(), states.now()
    states.pen(states.newest(customer)).career_goal("self_sufficiency", "47-2111")
    save_goal(plan, first(Goal), OFF_TRACK, by=by, at=at)
    save_barrier(plan, first(Barrier), {"how_addressed": "A ride"}, by=by, at=at)
    save_service(first(PlannedService), {"notes": "Later"}, by=by, at=at)
    save_step(plan, first(ActionStep), {"who": "both"}, by=by, at=at)
    note_on_plan(plan, {"barriers_comment": "None"}, by=by, at=at)
    question = Question(RequestKind.CLOSE_PLAN, customer, plan, "Completed", "plan")
    ask(question, reason="The last goal is reached.", by=by, at=at)


def held_twice():
    row = placed.started(states.today() - timedelta(days=30), placed.planned_in_the_past())
    for days in (20, 10):
        day = states.today() - timedelta(days=days)
        row = placed.moved(row, "hold", inactive_on=day)
        row = placed.moved(row, "return", returned_on=day + timedelta(days=1))
    return row


def test_every_kind_of_row_of_a_plan_is_in_the_log_and_can_be_filtered_for(client):
    states.reviewed(angela())
    change_each_kind(angela())
    waiting = states.told(states.sent(states.draft())).seal.version.plan.customer
    states.asked_about_a_goal(waiting)
    ended = states.in_force().plan.customer
    states.closed(ended)
    propose_step(states.plan_of(waiting), text="Call the college", by=waiting.user, at=states.now())
    fits, outside = begun(states.draft()), recorded(left_exploration(BARBERS))
    working = held_twice().customer
    elsewhere = {
        **dict.fromkeys(("placement", "placementwage", "formerhold", "followup"), lambda: working),
        "itemquestion": lambda: waiting,
        "itemending": lambda: ended,
        "stepproposal": lambda: waiting,
        "jobfitreview": lambda: fits.plan.customer,
        "outsidejobfit": lambda: outside.plan.customer,
    }
    page = log(client)
    offered = page.root.xpath("//select[@name='kind']/option/@value")
    assert sorted(offered) == sorted(["", *(model._meta.model_name for model in models_of_plans())])
    for kind in offered[1:]:
        shown = log(client, elsewhere.get(kind, angela), kind=kind)
        assert shown.table(CAPTION), kind
        assert shown.form("", "Filter") == {"kind": kind, "by": ""}
    assert {row["What"].split(":")[0] for row in log(client, kind="goal").table(CAPTION)} == {"Goal"}


def test_the_filter_by_person_shows_that_persons_changes(client):
    goal = first(Goal)
    save_goal(goal.plan, goal, {"status": "on_track"}, by=statewide(), at=states.now())
    page = log(client)
    people = {option.text: option.get("value") for option in page.root.xpath("//select[@name='by']/option")}
    assert set(people) == {"Everybody", "Amelia Telger", "Devon Okafor", "Angela Whitfield"}
    rows = log(client, by=people["Amelia Telger"]).table(CAPTION)
    assert [(row["By"], row["What"]) for row in rows] == [("Amelia Telger", f"Goal: {goal.statement}")]
    both = log(client, by=people["Amelia Telger"], kind="barrier")
    assert "Nothing matches. Choose Everything and Everybody." in both.words


@pytest.mark.parametrize(("name", "status"), [("kind", 200), ("by", 404), ("after", 200)])
@pytest.mark.parametrize("value", ["customer", "²", "9" * 30, "W10:x:y", "'", "%00"])
def test_strange_filters_are_answered(client, name, value, status):
    query = {name: value}
    assert client.get(reverse("plan:log", args=[angela().pk]), query).status_code == status


# --- page by page -----------------------------------------------------------------------------


def all_pages(client, **query):
    """The entries of each page, as one walks from the first to the last."""
    pages, address = [], reverse("plan:log", args=[angela().pk])
    while address:
        answer = client.get(address, query if not pages else None)
        pages.append([(entry["model"], entry["history_id"]) for entry in answer.context["entries"]])
        address = Page(answer).links().get("Next")
    return pages


def entries_stored(**filters):
    plan = states.plan_of(angela())
    rows = []
    for model in models_of_plans():
        found = model.history.model.objects.filter(about_plan_id=plan.pk, **filters)
        found = found.exclude(history_change_reason="follows: listed in an active version")
        rows += [(model._meta.model_name, key) for key in found.values_list("history_id", flat=True)]
    return rows


def test_the_pages_walk_through_every_entry_once(client):
    states.reviewed(angela())
    at = states.now()  # many entries at one moment: the order among them must hold from page to page
    for number in range(20):
        for model, save in ((Goal, save_goal), (Barrier, save_barrier), (ActionStep, save_step)):
            row = first(model)
            text = {Goal: "statement", Barrier: "description", ActionStep: "text"}[model]
            save(row.plan, row, {text: f"Text {number}"}, by=planner(), at=at)
    pages = all_pages(client)
    assert len(pages) > 3
    assert {len(page) for page in pages[:-1]} == {LOG_ROWS}
    walked = [entry for page in pages for entry in page]
    assert len(walked) == len(set(walked))
    assert sorted(walked) == sorted(entries_stored())


def test_the_pages_keep_the_filter(client):
    states.reviewed(angela())
    for number in range(LOG_ROWS + 3):
        row = first(Goal)
        save_goal(row.plan, row, {"statement": f"Goal {number}"}, by=planner(), at=states.now())
    walked = [entry for page in all_pages(client, kind="goal") for entry in page]
    assert sorted(walked) == sorted(entry for entry in entries_stored() if entry[0] == "goal")
    second = Page(client.get(log(client, kind="goal").links()["Next"]))
    assert second.form("", "Filter")["kind"] == "goal"
    assert "Previous" in second.links()


def test_the_log_is_of_this_plan_alone(client):
    version = states.newest(lucia())
    states.pen(version).goal("A goal of Lucía's", "CAREER_PLAN")
    assert "A goal of Lucía's" not in log(client).words
    assert client.get(reverse("plan:log", args=[lucia().pk])).status_code == 404


def test_a_customer_has_no_update_log(client):
    client.force_login(tyrell().user)
    assert client.get(reverse("plan:log", args=[tyrell().pk])).status_code == 404


def test_without_a_plan_the_log_is_empty(client):
    client.force_login(henrik().planner)
    page = Page(client.get(reverse("plan:log", args=[henrik().pk])))
    assert "No plan has been started yet." in page.words

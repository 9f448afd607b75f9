"""What the planner reads when a draft ends, or begins by itself: what is true, and the way on."""

import re

import pytest
from django.urls import reverse

from goals.models import Goal
from tests import states
from tests.goal_statuses import OFF_TRACK
from tests.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer():
    return states.enrolled()


@pytest.fixture
def browser(client, customer):
    client.force_login(customer.planner)
    return client


def delete(browser, customer):
    path = reverse("plan:draft-delete", args=[customer.pk])
    return Page(browser.post(path, {"reason": "Begun by mistake."}, follow=True))


def test_who_deletes_the_only_draft_reads_that_no_version_is_left(browser, customer):
    draft = states.written(customer)
    page = delete(browser, customer)
    assert "It was the only one: the plan has no version now." in page.words
    assert "as it was before" not in page.words
    assert page.links()["Version 1"] == reverse("plan:version", args=[customer.pk, draft.pk])
    review = reverse("plan:review", args=[customer.pk])
    page = Page(browser.post(review, page.form(review, "Begin a new draft"), follow=True))
    assert states.newest(customer).number == 2
    assert "The only draft of this plan was deleted" not in page.words


def test_who_deletes_a_review_reads_which_version_the_plan_follows(browser):
    customer = states.in_force().plan.customer
    browser.force_login(customer.planner)
    states.reviewed(customer)
    assert "The plan is back to Version 1." in delete(browser, customer).words


@pytest.mark.policy("ILL-087")
def test_who_marks_a_goal_off_track_reads_that_it_opened_a_version(browser):
    customer = states.in_force().plan.customer
    browser.force_login(customer.planner)
    page = off_track(browser, customer)
    assert "The goal is off track now, so version 2 was opened. See what it needs:" in page.words
    assert page.links()["Go to Agreement"] == reverse("plan:agreement", args=[customer.pk])


def test_in_an_open_draft_nothing_is_opened_by_it(browser):
    customer = states.in_force().plan.customer
    browser.force_login(customer.planner)
    states.reviewed(customer)
    assert "so version 2 was opened" not in off_track(browser, customer).words


def test_after_not_complete_the_goal_goes_back_with_the_rest(browser):
    customer = states.in_force().plan.customer
    browser.force_login(customer.planner)
    before = dict(Goal.objects.filter(plan__customer=customer).values_list("pk", "status"))
    off_track(browser, customer)
    assert "off_track" in Goal.objects.filter(plan__customer=customer).values_list("status", flat=True)
    states.not_completed(states.newest(customer))
    assert dict(Goal.objects.filter(plan__customer=customer).values_list("pk", "status")) == before


def off_track(browser, customer):
    goal = Goal.objects.filter(plan__customer=customer).exclude(status="complete")[0]
    path = reverse("plan:goal-edit", args=[customer.pk, goal.pk])
    form = Page(browser.get(path)).form(path)
    return Page(browser.post(path, form | OFF_TRACK, follow=True))


def test_no_page_of_a_draft_names_a_rule_by_its_code(browser):
    """People read what hidden rules say; codes of resolved ambiguities are for the project's own lists."""
    customer = states.in_force().plan.customer
    browser.force_login(customer.planner)
    states.reviewed(customer)
    goal = Goal.objects.filter(plan__customer=customer)[0]
    path = reverse("plan:goal-edit", args=[customer.pk, goal.pk])
    browser.post(path, Page(browser.get(path)).form(path) | {"statement": "Another goal altogether"})
    states.add_goal(customer)
    for name in ("agreement", "overview", "goals", "services", "versions"):
        page = Page(browser.get(reverse(f"plan:{name}", args=[customer.pk])))
        assert not re.findall(r"\b(AMB|WIS|ILL)-\w+", page.words)

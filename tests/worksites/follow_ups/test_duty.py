"""Follow-ups are duties: on Today, in the caseload and in the counts of the state, and people are reminded of them."""

import pytest
from django.urls import reverse

from careerplan.messaging.models import Message
from careerplan.pages.caseload.facts import read_facts
from careerplan.reports.work import counted
from customers import deadlines, reminders
from customers.deadlines import Topic, read_due
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import planner
from tests.worksites.follow_ups.done import DAY, after, do, placement_since
from worksites.deadlines import DAYS_AHEAD, FOLLOW_UP

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def due_of(placement, on=None):
    found = read_due(on or states.today(), [placement.customer.pk])
    return [row for row in found if row.code == FOLLOW_UP.code]


@pytest.mark.policy("ILL-156", "ILL-157", "ILL-158", "ILL-159", "ILL-160")
@pytest.mark.parametrize("days", [30, 60, 90, 180, 270])
def test_each_is_open_from_two_weeks_before_its_day_until_it_is_done(days):
    placement = placement_since(days)
    for row in placement.follow_ups.filter(days__lt=days):
        do(after(placement, row.days), done_on=row.due_on)
    day = after(placement, days).due_on
    assert day == states.today()
    assert due_of(placement, day - (DAYS_AHEAD + 1) * DAY) == []
    (row,) = due_of(placement, day - DAYS_AHEAD * DAY)
    assert (row.due_on, row.since) == (day, placement.starts_on)
    assert [row.days_late(day + number * DAY) for number in (-1, 0, 1)] == [0, 0, 1]
    assert row.about == f"{days} days · {placement.job.title}"
    do(after(placement, days))
    assert due_of(placement, day) == []


def test_one_of_next_year_crowds_no_caseload():
    placement = placed.started()
    assert due_of(placement) == []


def test_it_stays_a_duty_after_the_placement_ended_and_the_plan_was_closed():
    placement = placement_since(31)
    placed.moved(placement, "terminate", ends_on=states.today(), termination_reason="quit")
    states.closed(placement.customer)
    assert [row.days_late(states.today()) for row in due_of(placement)] == [1]


def test_of_a_placement_that_never_began_none_is_due():
    placement = placed.moved(placement_since(31), "not-started")
    assert due_of(placement) == []
    placed.moved(placement, "withdraw", words="Another job was found.")
    assert due_of(placement) == []


def test_today_leads_to_the_page_that_records_it(client):
    placement = placement_since(31)
    client.force_login(planner())
    address = reverse("today") + f"?topic={Topic.PLACEMENTS}"
    page = Page(client.get(address))
    row = f"Follow up on the placement: 30 days · {placement.job.title} workNet, Worksite Placement"
    (line,) = [line for line in page.root.xpath("//main//tbody/tr") if placement.job.title in words_of(line)]
    assert row in words_of(line)
    assert "1 day late" in words_of(line)
    assert line.xpath(".//a/@href")[-1] == reverse("follow-up", args=[placement.customer.pk, after(placement, 30).pk])
    do(after(placement, 30))
    assert placement.job.title not in Page(client.get(address)).words


def test_the_caseload_and_the_counts_of_the_state_have_it():
    customer = placement_since(31).customer
    facts = read_facts([customer.pk], planner(), on=states.today())[customer.pk]
    assert facts.is_overdue(FOLLOW_UP.code)
    key = (customer.office_id, customer.planner_id)
    before = counted(on=states.today())[key]
    do(after(customer_placement(customer), 30))
    assert counted(on=states.today())[key][0] == before[0] - 1


def customer_placement(customer):
    return placed.reread(placed.Placement.objects.get(planned__plan__customer=customer))


def test_the_planner_is_reminded_a_week_before_on_the_day_and_a_week_late(monkeypatch):
    monkeypatch.setattr(deadlines, "_registered", {FOLLOW_UP.code: FOLLOW_UP})
    monkeypatch.setattr(deadlines, "_reminded", {})
    placed.started()
    first = states.now()
    told = [day for day in range(45) if reminders.remind(first + day * DAY)]
    assert told == [23, 30, 37]
    message = Message.objects.filter(recipient=planner()).latest("pk")
    assert "Follow up on the placement (1)" in message.body

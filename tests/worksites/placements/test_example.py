"""The document's example: Duke Lasley at Roosevelt University, field by field (ILL-146 to ILL-155)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.demo.pen import Pen, agree, ask
from careerplan.demo.states import morning
from services.actions import save_service
from services.models import PlannedService
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import duke, planner
from worksites.models import Placement
from worksites.placements.correcting import save_placement

pytestmark = pytest.mark.django_db

ON = date(2020, 6, 2)


def complete_plan(customer):
    """What the demo's plan lacks before it can be sent."""
    write = Pen(states.newest(customer), morning(2020, 5, 11))
    goal = write.plan.goals.in_plan().get()
    write.career_goal("employment", "25-9042")
    write.career_goal("long_term", "25-2021")
    write.initial_assessment(goal)
    write.barrier("TRAN", "The way to the school is long.")
    write.step("Ask the school for the hours", goal, in_days=3)
    course = PlannedService.objects.get(plan=write.plan, service__code="AP-RAP")
    save_service(course, {"planned_start_on": date(2020, 8, 3)}, by=write.by, at=write.at)


@pytest.fixture
def placement():
    """The plan is agreed to on 5/12/2020; what became of the placement is recorded on 6/2/2020, as in the document."""
    customer = duke()
    complete_plan(customer)
    agree(ask(states.newest(customer), morning(2020, 5, 12)), customer, morning(2020, 5, 12, 16))
    row = placed.reread(Placement.objects.get(planned__plan__customer=customer))
    row = placed.moved(row, "start", starts_on=date(2020, 5, 15), on=morning(2020, 6, 2, 9))
    held = {"inactive_on": date(2020, 5, 20), "returned_on": date(2020, 5, 29)}
    return placed.moved(row, "hold", **held, on=morning(2020, 6, 2, 10))


def shown(client, row):
    client.force_login(planner())
    page = Page(client.get(reverse("placement", args=[row.customer.pk, row.pk])))
    facts = page.root.xpath("//main//dl[contains(@class, 'facts')]/div")
    return page, {words_of(fact.find("dt")): words_of(fact.find("dd")) for fact in facts}


@pytest.mark.policy("AMB-I9", "ILL-136", "ILL-147", "ILL-148", "ILL-149", "ILL-150", "ILL-153")
def test_the_screen_of_the_document_field_by_field(client, placement):
    _page, facts = shown(client, placement)
    assert facts["Job Title"].startswith("Teacher Assistants")
    assert facts["Employer"] == "Roosevelt University"
    assert facts["Employment Type"] == "Permanent Employment"
    assert facts["Worksite"].startswith("Roosevelt University")
    assert facts["Minimum Wage for Placement"].startswith("$15.00")
    assert facts["Hourly Wage for Placement"] == "$15.00"
    assert facts["Subsidized Wage or Training Wage Match"] == "$10.00"
    assert facts["Unsubsidized/Employers Wage Match"] == "$5.00"
    assert facts["Position Type"] == "Full-Time"
    assert facts["Start Date"] == "May 15, 2020"
    assert facts["End Date"] == "-"
    assert facts["Inactive Date"] == "May 20, 2020"
    assert facts["Return Date"] == "May 29, 2020"
    assert facts["Subsidized Start Date"] == "May 15, 2020"
    assert facts["Subsidized End Date"] == "-"


@pytest.mark.policy("ILL-133", "ILL-136", "ILL-147", "ILL-149")
def test_what_is_alike_in_the_document_stands_at_its_own_label(client):
    """There the employer is called as its worksite, and as much is paid as the minimum wage is."""
    at = placed.worksite(placed.employer(name="Blue Door"), "Back kitchen")
    row = placed.planned(at=placed.job(at, "Line cook", hourly_wage=Decimal("18.50")))
    _page, facts = shown(client, row)
    assert facts["Job Title"].startswith("Line cook")
    assert facts["Employer"] == "Blue Door"
    assert facts["Worksite"] == "Back kitchen 1 Main Street, Marlow, IL 62799"
    assert facts["Minimum Wage for Placement"].startswith("$15.00")
    assert facts["Hourly Wage for Placement"] == "$18.50"
    assert facts["Subsidized Wage or Training Wage Match"] == "$10.00"
    assert facts["Unsubsidized/Employers Wage Match"] == "$8.50"


@pytest.mark.policy("ILL-146")
def test_the_screen_says_whose_it_is(client, placement):
    page, _facts = shown(client, placement)
    assert "Duke Lasley" in page.words
    assert "duke@noema1123.com" in page.words
    assert "User name: dukelasley" in page.words


def table_of(page):
    rows = page.root.xpath("//section[@aria-labelledby='history-title']//tbody/tr")
    return [[words_of(cell) for cell in row] for row in rows]


@pytest.mark.policy("ILL-150", "ILL-154", "AMB-I14")
def test_the_history_has_the_lines_of_the_document_and_the_present_one(client, placement):
    row = placed.moved(placement, "terminate", ends_on=ON, termination_reason="completed", on=morning(2020, 6, 2, 11))
    page, facts = shown(client, row)
    by = str(row.customer.planner)
    planned, *lines = table_of(page)
    assert planned[0] == "Planned/Not Started"
    assert lines == [
        ["Started (Open)", "05/15/2020", "-", "-", "-", "05/15/2020", "-", "06/02/2020", by],
        ["On Hold (Inactive)", "05/15/2020", "05/20/2020", "05/29/2020", "-", "05/15/2020", "-", "06/02/2020", by],
        [
            "Terminated Completed as planned", "05/15/2020", "05/20/2020", "05/29/2020", "06/02/2020", "05/15/2020",
            "-", "06/02/2020", by,
        ],
    ]  # fmt: skip
    assert facts["Status"] == "Terminated Completed as planned"


@pytest.mark.policy("ILL-153", "ILL-154")
def test_the_subsidized_days_are_apart_from_the_days_of_employment(client, placement):
    subsidized = {"subsidy_starts_on": date(2020, 5, 18), "subsidy_ends_on": date(2020, 5, 30)}
    save_placement(placement, subsidized, by=placement.customer.planner, at=morning(2020, 6, 2, 11))
    row = placed.moved(placement, "terminate", ends_on=ON, termination_reason="completed", on=morning(2020, 6, 3, 11))
    page, facts = shown(client, row)
    days = {
        "Start Date": "05/15/2020", "Inactive Date": "05/20/2020", "Return Date": "05/29/2020",
        "End Date": "06/02/2020", "Subsidized Start Date": "05/18/2020", "Subsidized End Date": "05/30/2020",
    }  # fmt: skip
    updated = {"Updated Date": "06/03/2020", "Updated By": str(row.customer.planner)}
    assert page.table("Status history")[-1] == {"Status": "Terminated Completed as planned"} | days | updated
    assert (facts["Start Date"], facts["End Date"]) == ("May 15, 2020", "June 2, 2020")
    assert (facts["Subsidized Start Date"], facts["Subsidized End Date"]) == ("May 18, 2020", "May 30, 2020")


@pytest.mark.policy("ILL-155", "ILL-137", "AMB-I11")
def test_it_has_nine_days_in_subsidized_employment(client, placement):
    assert placement.days_in_subsidized(ON) == 9
    row = placed.moved(placement, "terminate", ends_on=ON, termination_reason="completed", on=morning(2020, 6, 2, 11))
    _page, facts = shown(client, row)
    assert facts["Days In Subsidized Employment"] == "9"

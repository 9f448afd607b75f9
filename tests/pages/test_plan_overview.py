"""Plan overview: agreement, assessments, career path, accomplishments and goals, as Illinois shows them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from customers.actions import save_assessment
from customers.models import AssessmentType
from goals.actions import save_goal
from goals.models import Goal
from services.actions import save_service
from services.credentials.actions import add_credential
from services.models import PlannedService
from tests import states
from tests.goal_statuses import COMPLETE
from tests.markup import Page, words_of
from tests.naming import shown
from tests.people import administrator, angela, david, henrik, lucia, planner, statewide, tyrell, youth_planner

pytestmark = pytest.mark.django_db


def overview(client, customer, person=None):
    client.force_login(person or customer().planner)
    return Page(client.get(reverse("plan:overview", args=[customer().pk])))


def day(text):
    month, number, year = map(int, text.split("/"))
    return date(year, month, number)


@pytest.mark.policy("ILL-046", "ILL-047", "ILL-049", "ILL-082", "AMB-I13")
def test_david_kruses_goals_are_those_of_the_document(client):
    rows = overview(client, david).table("Goals of the career plan")
    columns = ["Goal", "Related Steps", "Category", "Earliest Start Date", "Latest Planned Due Date", "Status"]
    assert [list(row) for row in rows] == [columns] * 4
    assert [(row["Goal"], row["Category"], row["Status"]) for row in rows] == [
        ("Earn GED", "School or training Education/Training Plan", "Not Started"),
        ("Gain Credential", "School or training Education/Training Plan", "Not Started"),
        ("Learn how to drive", "Help to take part Support Services", "Not Started"),
        ("Gain Full-time employment", "Job or career Career Plan", "Not Started"),
    ]
    dates = {row["Goal"]: (row["Earliest Start Date"], row["Latest Planned Due Date"]) for row in rows}
    assert tuple(map(day, dates.pop("Earn GED"))) == (day("6/1/2020"), day("6/10/2020"))
    assert tuple(map(day, dates.pop("Gain Full-time employment"))) == (day("6/8/2020"), day("6/12/2020"))
    assert dates == {"Gain Credential": ("-", "-"), "Learn how to drive": ("-", "-")}
    assert [row["Related Steps"].split(":")[0] for row in rows] == [
        "Show Next Steps",
        "None yet",
        "None yet",
        "Show Next Steps",
    ]


@pytest.mark.policy("ILL-049")
def test_show_next_steps_opens_the_services_of_the_goal(client):
    page = overview(client, david)
    steps = page.root.xpath("//details[contains(summary, 'Show Next Steps')]//li//strong")
    rows = PlannedService.objects.filter(plan__customer=david()).order_by("id")
    assert [words_of(step) for step in steps] == [shown(row.service) for row in rows]


@pytest.mark.policy("ILL-017", "ILL-018", "ILL-019", "ILL-025", "ILL-026", "ILL-027", "ILL-028")
def test_the_profile_names_the_customer(client):
    links = overview(client, david).links()
    words = Page(client.get(links["David Kruse"])).words
    for said in ("David Kruse", "davidkruse@noemail1234.com", "Registrant", "Youth; Out-of-School"):
        assert said in words
    assert {"Send Message", "See All"} <= links.keys()
    assert "Reset Password" in overview(client, david).words


@pytest.mark.policy("ILL-021", "ILL-016", "ILL-020")
def test_the_tools_lead_to_assessments_case_notes_uploads_and_worksites(client):
    links = overview(client, david).links()
    pk = david().pk
    assert links["Case Notes (5)"] == reverse("customers:case-notes", args=[pk])
    assert links["Upload Tool"] == reverse("customers:uploads", args=[pk])
    assert links["Worksite Information"] == reverse("customer-worksites", args=[pk])
    assert links["Creating a Career Plan: instructions"] == reverse("help")
    assert "Set Goals" in Page(client.get(reverse("help"))).words
    assert reverse("customers:assessments", args=[pk]) in links.values()


@pytest.mark.policy("ILL-045")
def test_the_accomplishments_are_counted_and_lead_to_their_lists(client):
    def counts():
        page = overview(client, angela)
        found = page.root.xpath("//ul[contains(@class, 'counts')]/li")
        return {
            row.xpath(".//a/text()")[0]: (int(row.xpath("./strong/text()")[0]), row.xpath(".//a/@href")[0])
            for row in found
        }

    outcomes = reverse("customer-outcomes", args=[angela().pk])
    names = {"Earned Credentials": "credentials", "Completed Goals": "goals", "Completed Services": "services"}
    assert counts() == {
        name: (0, f"{outcomes}#{part}")  # the Initial Assessment is no accomplishment
        for name, part in names.items()
    }
    assert overview(client, david).words.count("1 Earned Credentials") == 1
    by, at = planner(), states.now()
    service = PlannedService.objects.get(plan__customer=angela(), service__code="TR-OST")
    goal = Goal.objects.filter(plan__customer=angela())[0]
    save_service(service, {"status": "complete", "ended_on": service.actual_start_on}, by=by, at=at)
    save_goal(goal.plan, goal, COMPLETE, by=by, at=at)
    service.refresh_from_db()
    add_credential(
        angela(),
        name="CNA",
        credential_type="certification",
        earned_on=timezone.localdate(),
        service=service,
        by=by,
        at=at,
    )
    now = {name: count for name, (count, _link) in counts().items()}
    assert now == {"Earned Credentials": 1, "Completed Goals": 1, "Completed Services": 1}
    page = Page(client.get(outcomes))
    assert all(page.has_id(part) for part in names.values())


@pytest.mark.policy("ILL-038", "ILL-039")
def test_each_listed_assessment_is_complete_or_not(client):
    words = overview(client, david).words
    for name in ("Career Cluster Inventory", "Employment 101 - Pre", "Employment 101 - Post", "NOCTI"):
        assert f"{name}Not Complete" in words.replace(" Not Complete", "Not Complete")


@pytest.mark.policy("ILL-038", "ILL-039")
def test_an_assessment_that_was_taken_is_complete_on_the_overview(client):
    taken = {
        "name": "NOCTI",
        "result": "81",
        "assessed_on": date(2026, 2, 2),
        "kind": "occupational",
        "category": "skills",
    }
    taken |= {"assessment_type": AssessmentType.objects.get(name="NOCTI")}
    save_assessment(david(), None, taken, seen=None, by=planner(), at=states.now())
    page = overview(client, david)
    rows = [" ".join(row.text_content().split()) for row in page.root.xpath(ASSESSMENTS)]
    complete = [row.removesuffix("Complete").strip() for row in rows if "Not Complete" not in row]
    assert complete == ["Test of job skills (NOCTI) NOCTI"]
    assert page.links()["See More assessments"] == reverse("plan:assessment", args=[david().pk])


ASSESSMENTS = "//section[@aria-labelledby='assessments-title']//li"


@pytest.mark.policy("ILL-029")
@pytest.mark.parametrize(
    ("customer", "said"),
    [
        (david, ["None"]),
        (tyrell, ["None", "Requested"]),
        (angela, ["Signed electronically - on file"]),
    ],
)
def test_how_the_agreement_stands(client, customer, said):
    page = overview(client, customer)
    card = page.root.xpath("//section[@aria-labelledby='agreement-title']")[0]
    assert card.xpath(".//*[contains(@class, 'pill')]/text()") == said
    assert page.links()["Go to Agreement"] == reverse("plan:agreement", args=[customer().pk])


@pytest.mark.policy("AMB-I10")
def test_a_draft_beside_an_agreed_version_needs_agreement_where_the_rules_say_so(client):
    states.reviewed(angela())
    words = overview(client, angela).words
    assert "Update in draft" in words
    assert "Version 2 is a draft that Devon Okafor opened on" in words
    states.add_goal(angela())
    assert "Update needs agreement" in overview(client, angela).words


def test_without_a_plan_one_can_be_started(client):
    page = overview(client, henrik)
    assert "No plan has been started yet." in page.words
    assert page.form(reverse("plan:start", args=[henrik().pk]), "Start the plan") == {}


def test_a_closed_plan_says_how_it_ended_and_offers_a_new_one(client):
    states.closed(angela(), "not_completed", "goal_changed")
    page = overview(client, angela)
    assert "not completed (the employment goal changed). A closed plan can't be reopened." in page.words
    assert page.form(reverse("plan:start", args=[angela().pk]), "Start a new plan") == {}


@pytest.mark.policy("ILL-012")
def test_the_tabs_of_the_record_stand_in_the_documents_order(client):
    tabs = overview(client, david).root.xpath("//nav[@aria-label='Customer record']//a")
    names = ["Overview", "Intake Review", "Career Plan", "Outcomes", "Case Notes", "Assessments", "Resume", "Worksites"]
    assert [" ".join(tab.text_content().split()) for tab in tabs][: len(names) + 1] == [*names, "Uploads"]


@pytest.mark.policy("ILL-013")
def test_the_tabs_lead_through_the_plan(client):
    page = overview(client, david)
    tabs = page.root.xpath("//nav[@aria-label='Career Plan']//a")
    assert [tab.text for tab in tabs] == [
        "Overview",
        "1. Review Assessment",
        "2. Set Goals",
        "3. Add Steps/Services",
        "Agreement",
        "Log & versions",
    ]
    log = Page(client.get(tabs[-1].get("href")))
    assert [words_of(head) for head in log.root.iter("h1")] == ["Update Log"]
    assert [client.get(tab.get("href")).status_code for tab in tabs] == [200] * len(tabs)


@pytest.mark.policy("ILL-007", "ILL-008", "ILL-009")
@pytest.mark.parametrize(
    ("person", "sees", "changes"),
    [
        (planner, True, True),
        (youth_planner, True, True),
        (statewide, True, True),
        (administrator, True, False),
        (lambda: lucia().planner, False, False),
        (lambda: david().user, False, False),
        (lambda: angela().user, False, False),
    ],
    ids=[
        "planner",
        "of the region",
        "statewide",
        "administrator",
        "of another region",
        "the customer",
        "another customer",
    ],
)
def test_who_sees_the_plan_and_who_changes_it(client, person, sees, changes):
    client.force_login(person())
    answer = client.get(reverse("plan:overview", args=[david().pk]))
    assert answer.status_code == (200 if sees else 404)
    if sees:
        assert ("Add Goal Statement" in Page(answer).words) == changes

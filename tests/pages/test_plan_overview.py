"""The overview of a career plan, as Illinois workNet's document shows it."""

import pytest
from django.urls import reverse

from tests import people as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, people):
    client.force_login(cast.planner())
    return client.get(reverse("plan:overview", args=[cast.david().pk]))


@pytest.mark.policy("ILL-046", "ILL-047", "ILL-049", "ILL-082", "AMB-I13")
def test_the_goals_stand_as_in_the_document(page):
    rows = [
        (
            goal.statement,
            goal.category.name,
            goal.starts_on and goal.starts_on.isoformat(),
            goal.ends_on and goal.ends_on.isoformat(),
            goal.get_status_display(),
            bool(goal.standing),
        )
        for goal in page.context["goals"]
    ]
    assert rows == [
        ("Earn GED", "Education/Training Plan", "2020-06-01", "2020-06-10", "Not Started", True),
        ("Gain Credential", "Education/Training Plan", None, None, "Not Started", False),
        ("Learn how to drive", "Support Services", None, None, "Not Started", False),
        ("Gain Full-time employment", "Career Plan", "2020-06-08", "2020-06-12", "Not Started", True),
    ]
    words = page.content.decode()
    assert words.count("Show Next Steps") == 2


@pytest.mark.policy("ILL-017", "ILL-018", "ILL-019", "ILL-025", "ILL-026", "ILL-027", "ILL-028")
def test_the_profile_card_says_who_it_is(page):
    words = page.content.decode()
    for text in ("davidkruse@noemail1234.com", "Registrant", "Youth; Out-of-School", "See All", "Reset Password"):
        assert text in words
    assert "Send Message" in words


@pytest.mark.policy("ILL-012", "ILL-013")
def test_the_tabs_stand_in_the_documents_order(page):
    words = page.content.decode()
    words = words[words.index('aria-label="Customer record"') :]
    tabs = ["Overview", "Intake Review", "Career Plan", "Outcomes", "Case Notes", "Assessments", "Resume", "Worksites"]
    places = [words.index(f">{tab}</a>") for tab in tabs[1:]]
    assert places == sorted(places)
    plan_tabs = ["1. Review Assessment", "2. Set Goals", "3. Add Steps/Services", "Update Log"]
    places = [words.index(f">{tab}</a>") for tab in plan_tabs]
    assert places == sorted(places)


@pytest.mark.policy("ILL-016", "ILL-020", "ILL-021", "ILL-038", "ILL-039", "ILL-045")
def test_the_summary_counts_what_david_has(page):
    assert page.context["note_count"] == 5
    assert page.context["accomplishments"] == {"credentials": 1, "goals": 0, "services": 0}
    listed = [(row["type"].name, row["latest"]) for row in page.context["overview"]["listed"]]
    assert listed == [
        ("Career Cluster Inventory", None),
        ("Employment 101 - Pre", None),
        ("Employment 101 - Post", None),
        ("NOCTI", None),
    ]


@pytest.mark.policy("ILL-029")
def test_an_acknowledged_plan_says_by_whom_and_when(client, people):
    client.force_login(cast.planner())
    angela = cast.angela()
    page = client.get(reverse("plan:overview", args=[angela.pk]))
    version = angela.plans.get().versions.get(state="active")
    words = page.content.decode()
    assert "Signed electronically - on file" in words
    assert version.acknowledgment.typed_name in words
    assert page.context["page"].active.next_review_on == version.next_review_on


def test_a_customer_without_a_plan_can_be_begun(client, people):
    client.force_login(cast.north_planner())
    henrik = cast.customer("henrik.aalto")
    address = reverse("plan:overview", args=[henrik.pk])
    assert "Start the plan" in client.get(address).content.decode()
    assert client.post(reverse("plan:start", args=[henrik.pk])).status_code == 302
    assert henrik.plans.get().versions.get().number == 1

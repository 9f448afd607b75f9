"""Goal ideas: what is offered for a new goal, what one fills in; and what the assessments say beside the form."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from customers.models import AssessmentSummary
from goals.ideas.models import IDEA_LIMIT, GoalIdea
from goals.models import STATEMENT_LIMIT, Goal
from tests import states
from tests.markup import Page, words_of
from tests.people import administrator, david, lucia, north_planner, planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db
FILE = Path(settings.BASE_DIR) / "goals/data/goal_ideas.csv"


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def path(customer=david, query=""):
    return reverse("plan:goal-add", args=[customer().pk]) + query


def offered(client, query=""):
    page = Page(client.get(path(query=query)))
    return [words_of(item) for item in page.root.xpath("//section[@id='ideas']//li")]


def ideas():
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.policy("ILL-077")
def test_every_idea_that_is_shipped_fits_into_a_goal_in_both_languages():
    assert len(ideas()) >= 40
    assert IDEA_LIMIT == STATEMENT_LIMIT
    for row in ideas():
        assert 20 < len(row["english"]) <= STATEMENT_LIMIT
        assert 20 < len(row["spanish"]) <= STATEMENT_LIMIT
        assert row["term"] in {"short", "long"}
    assert len({row["english"] for row in ideas()}) == len(ideas())


@pytest.mark.policy("ILL-071")
def test_ideas_for_the_barriers_of_the_plan_come_first_and_those_for_others_not_at_all(client):
    states.pen(states.newest(david())).barrier("DLIC", "No license.")
    found = offered(client)
    assert found[0].startswith(GoalIdea.objects.get(code="driver-license").english)
    assert any(words.startswith(GoalIdea.objects.get(code="diploma").english) for words in found)
    assert not any(words.startswith(GoalIdea.objects.get(code="court-record").english) for words in found)
    assert len(found) == 1 + GoalIdea.objects.filter(barrier=None).count()


def test_ideas_are_filtered_by_category_without_a_script(client):
    page = Page(client.get(path()))
    action = page.root.xpath("//section[@id='ideas']/form/@action")[0]
    assert action == path(query="#ideas")
    found = offered(client, "?about=CAREER_PLAN")
    assert len(found) == GoalIdea.objects.filter(barrier=None, category__code="CAREER_PLAN").count() > 0
    assert offered(client, "?about=UNKNOWN") == []


@pytest.mark.policy("ILL-071")
def test_start_from_this_fills_the_form_and_the_planner_changes_it(client):
    barrier = states.pen(states.newest(david())).barrier("DLIC", "No license.")
    idea = GoalIdea.objects.get(code="driver-license")
    links = Page(client.get(path())).root.xpath("//section[@id='ideas']//li/a/@href")
    assert path(query="?idea=driver-license") in links
    before = everything()
    data = Page(client.get(path(query="?idea=driver-license"))).form(path())
    assert changed(before, everything()) == {}
    assert (data["statement"], data["term"], data["category"]) == (idea.english, "long", str(idea.category_id))
    client.post(path(), data | {"statement": "Pass the written test by March"})
    goal = Goal.objects.get(statement="Pass the written test by March")
    assert (goal.term, goal.category, list(goal.barriers.all())) == ("long", idea.category, [barrier])


def test_an_idea_that_is_not_offered_fills_in_nothing(client):
    write(GoalIdea.objects.get(code="diploma"), is_active=False)
    for code in ("diploma", "court-record", "nothing"):
        assert Page(client.get(path(query=f"?idea={code}"))).form(path())["statement"] == ""


def test_ideas_are_in_the_language_of_the_plan(client):
    write(states.plan_of(david()), written_in="es")
    idea = GoalIdea.objects.get(code="diploma")
    assert any(words.startswith(idea.spanish) for words in offered(client))
    assert Page(client.get(path(query="?idea=diploma"))).form(path())["statement"] == idea.spanish
    write(idea, spanish="")
    assert not any(words.startswith(idea.english) for words in offered(client))


def test_ideas_are_kept_in_the_administration_with_their_history(client):
    client.force_login(administrator())
    idea = GoalIdea.objects.get(code="diploma")
    address = reverse("admin:goals_goalidea_change", args=[idea.pk])
    names = ("code", "category_id", "term", "spanish")
    data = {name.removesuffix("_id"): getattr(idea, name) for name in names} | {"barrier": "", "is_active": "on"}
    assert client.post(address, data | {"english": "Earn the diploma by June."}).status_code == 302
    idea.refresh_from_db()
    assert idea.english == "Earn the diploma by June."
    assert idea.history.first().history_user == administrator()


# --- the assessments --------------------------------------------------------------------------


@pytest.mark.policy("ILL-073")
@pytest.mark.parametrize("name", ["goal-add", "goal-edit"])
def test_the_assessments_and_the_newest_summary_stand_beside_the_form(client, name):
    for text in ("Reads well.", "Math is the next thing to work on."):
        values = {"text": text, "written_by": planner(), "written_at": states.now()}
        AssessmentSummary.objects.create(customer=david(), **values)
    goal = Goal.objects.filter(plan__customer=david()).in_order()[0]
    keys = [david().pk] if name == "goal-add" else [david().pk, goal.pk]
    page = Page(client.get(reverse(f"plan:{name}", args=keys)))
    words = words_of(page.root.get_element_by_id("_goal_sources"))
    assert "TABE 11-12: 750" in words
    assert "TABE 11-12: 628" in words
    assert words.index("750") < words.index("628")
    assert "Math is the next thing to work on." in words
    assert "Reads well." not in words


def test_where_nothing_was_assessed_the_form_says_so(client):
    client.force_login(north_planner())
    customer = lucia()
    customer.assessments.all().delete()
    customer.assessment_summaries.all().delete()
    assert "No assessment is recorded yet." in Page(client.get(path(lucia))).words


# --- 144 characters ---------------------------------------------------------------------------


@pytest.mark.policy("ILL-077")
def test_144_characters_that_are_400_bytes_are_saved_and_printed(client):
    statement = "我" * 128 + "Drive a truck ok"
    assert (len(statement), len(statement.encode())) == (144, 400)
    version = states.draft()
    address = reverse("plan:goal-add", args=[version.plan.customer_id])
    data = Page(client.get(address)).form(address)
    category = Goal.objects.filter(plan=version.plan)[0].category_id
    client.post(address, data | {"statement": statement, "term": "short", "category": category})
    assert Goal.objects.get(plan=version.plan, statement=statement)
    seal = states.told(states.sent(version)).seal
    assert statement in {goal.statement for goal in seal.contents.goals}
    assert states.paper_of(version.plan.customer).upload is not None


@pytest.mark.policy("ILL-077")
def test_the_counter_counts_characters_and_not_halves_of_them():
    """As the database does: one that JavaScript holds in two halves is one."""
    script = (Path(settings.BASE_DIR) / "static/js/careerplan.js").read_text()
    assert "Array.from(field.value).length" in script

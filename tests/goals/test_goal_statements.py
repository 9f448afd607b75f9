"""Goal statements: 144 characters, categories, short and long term; removing them and undoing that."""

import pytest
from django.db import DataError, IntegrityError, transaction
from django.urls import reverse

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import Refusal
from goals.actions import remove_goal
from goals.models import STATEMENT_LIMIT, ActionStep, Goal, GoalCategory
from tests import states
from tests.markup import Page, words_of
from tests.naming import offered_as
from tests.people import angela, david, lucia, planner, statewide
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

LONGEST = "Become a nurse. " * 9
STATEMENT = "Pass the driving test"


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def goals_path(customer):
    return reverse("plan:goals", args=[customer.pk])


def add(client, customer=david, **values):
    path = reverse("plan:goal-add", args=[customer().pk])
    return client.post(path, Page(client.get(path)).form(path) | posted(**values), follow=True)


def posted(**values):
    category = GoalCategory.objects.get(code="SUPPORT_SERVICES").pk
    return {"statement": STATEMENT, "category": category, "term": "short"} | values


def statements(customer):
    return list(Goal.objects.in_plan().filter(plan__customer=customer).in_order().values_list("statement", flat=True))


@pytest.mark.policy("ILL-076", "ILL-079", "ILL-081")
@pytest.mark.parametrize(("term", "label"), [("short", "Short Term Goal"), ("long", "Long Term Goal")])
def test_a_goal_is_added_at_the_end_of_the_table(client, term, label):
    form = Page(client.get(goals_path(david()))).links()["Add Goal Statement"]
    assert form == reverse("plan:goal-add", args=[david().pk])
    page = Page(add(client, term=term))
    assert "The goal was saved." in page.words
    row = page.table("Goal statements")[-1]
    assert (row["Goal Statement"], row["Category"]) == (STATEMENT, "Help to take part Support Services")
    assert (row["Short/Long Term"], row["Status"]) == (label, "Not Started")
    assert row["Plan Services"].startswith("Add")
    assert row["Action"].startswith("Edit")


@pytest.mark.policy("ILL-081", "ILL-082")
def test_the_table_offers_view_where_services_exist_and_add_where_none_do(client):
    rows = Page(client.get(goals_path(david()))).table("Goal statements")
    assert {row["Goal Statement"]: row["Plan Services"].split()[0] for row in rows} == {
        "Earn GED": "View",
        "Gain Credential": "Add",
        "Learn how to drive": "Add",
        "Gain Full-time employment": "View",
    }


@pytest.mark.policy("ILL-081")
def test_view_says_how_many_services_and_add_opens_the_catalog_with_the_goal_chosen(client):
    rows = {
        row["Goal Statement"]: row["Plan Services"]
        for row in Page(client.get(goals_path(david()))).table("Goal statements")
    }
    assert rows["Earn GED"].startswith("View 1 service ")
    states.pen(states.newest(david())).service("BC-COUN", goal_of(david(), "Earn GED"))
    page = Page(client.get(goals_path(david())))
    assert page.table("Goal statements")[0]["Plan Services"].startswith("View 2 services ")
    goal = goal_of(david(), "Gain Credential")
    add = reverse("plan:catalog", args=[david().pk]) + f"?goal={goal.pk}"
    assert page.links()["Add Gain Credential"] == add
    chosen = Page(client.get(add)).root.xpath("//select[@name='goal']/option[@selected]/@value")
    assert chosen == [str(goal.pk)]
    services = page.links()["View 2 services Earn GED"]
    assert services.endswith(f"#goal-{goal_of(david(), 'Earn GED').pk}")


@pytest.mark.policy("AMB-X2")
def test_a_plan_has_career_goals_by_role_and_goal_statements_by_category_and_term(client):
    version = states.newest(angela())
    contents = contents_of(version.plan, version)
    assert {goal.role for goal in contents.career_goals} == {"employment", "long_term", "self_sufficiency"}
    assert {(goal.category_code, goal.term) for goal in contents.goals} >= {("EDUCATION_TRAINING", "short")}
    draft = states.pen(states.reviewed(angela()))
    draft.career_goal("long_term", "31-1131")  # the occupation of the employment goal holds another role, too
    contents = contents_of(version.plan, version)
    assert [goal.role for goal in contents.career_goals if goal.occupation_code == "31-1131"] == [
        "employment",
        "long_term",
    ]
    page = Page(client.get(goals_path(angela())))
    assert "Nursing Assistants (31-1131)" in page.words
    assert {"Category", "Short/Long Term"} <= page.table("Goal statements")[0].keys()


@pytest.mark.policy("ILL-077")
def test_a_statement_has_144_characters_at_most(client):
    assert len(LONGEST) == STATEMENT_LIMIT == 144
    add(client, statement="x" * 144)
    assert statements(david())[-1] == "x" * 144
    answer = add(client, statement="x" * 145)
    assert answer.status_code == 422
    assert answer.context["form"].errors["statement"] == ["Shorten this to 144 characters or fewer. It has 145 now."]
    assert "x" * 145 not in statements(david())


def test_a_line_break_counts_as_one_character(client):
    add(client, statement=("x" * 71) + "\r\n" + ("y" * 72))
    assert statements(david())[-1] == ("x" * 71) + "\n" + ("y" * 72)


@pytest.mark.policy("ILL-077")
def test_the_database_refuses_145_characters_too():
    goal = Goal.objects.filter(plan__customer=david())[0]
    write(goal, statement="é" * 144)
    for wrong in ("é" * 145, ""):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            write(goal, statement=wrong)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"statement": " "}, "statement", "Enter the goal statement."),
        pytest.param(
            {"category": ""}, "category", "Choose the category.", marks=pytest.mark.policy("ILL-078"), id="no category"
        ),
        pytest.param(
            {"term": ""}, "term", "Choose short term or long term.", marks=pytest.mark.policy("ILL-079"), id="no term"
        ),
        ({"status": "started"}, "status", "Choose again. What you chose is no longer in this list."),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, values, field, sentence):
    before = statements(david())
    answer = add(client, **values)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert Page(answer).links()[sentence] == f"#id_{field}"
    assert statements(david()) == before


@pytest.mark.policy("ILL-078")
def test_the_categories_offered_are_those_of_the_document_and_what_an_office_adds(client):
    def offered():
        page = Page(client.get(reverse("plan:goal-add", args=[david().pk])))
        return [option.text for option in page.root.xpath("//select[@name='category']/option[@value!='']")]

    assert offered() == [offered_as(category) for category in GoalCategory.objects.order_by("position")]
    write(GoalCategory.objects.get(code="SUPPORT_SERVICES"), is_active=False)
    GoalCategory(code="LOCAL", name="Local goals", position=9).save()
    assert offered() == ["School or training (Education/Training Plan)", "Job or career (Career Plan)", "Local goals"]


def test_a_category_that_is_no_longer_offered_stays_with_its_goals(client):
    write(GoalCategory.objects.get(code="EDUCATION_TRAINING"), is_active=False)
    goal = Goal.objects.get(plan__customer=david(), statement="Earn GED")
    path = reverse("plan:goal-edit", args=[david().pk, goal.pk])
    assert client.post(path, Page(client.get(path)).form(path) | {"term": "long"}).status_code == 302
    goal.refresh_from_db()
    assert (goal.category.code, goal.term) == ("EDUCATION_TRAINING", "long")


@pytest.mark.policy("ILL-079")
def test_short_and_long_term_are_the_choices(client):
    page = Page(client.get(reverse("plan:goal-add", args=[david().pk])))
    labels = page.root.xpath("//input[@name='term']/following-sibling::label | //label[input[@name='term']]")
    assert [words_of(label) for label in labels] == ["Short Term Goal", "Long Term Goal"]


# --- removing ---------------------------------------------------------------------------------


def goal_of(customer, statement):
    return Goal.objects.get(plan__customer=customer, statement=statement)


def test_a_goal_with_nothing_under_it_is_removed_and_the_removal_undone(client):
    goal = goal_of(david(), "Gain Credential")
    page = Page(client.post(reverse("plan:goal-remove", args=[david().pk, goal.pk]), follow=True))
    assert "The goal was removed." in page.words
    assert "Gain Credential" not in statements(david())
    goal.refresh_from_db()
    assert (goal.removed_by, goal.removed_reason) == (planner(), "Removed from the plan")
    undo = reverse("plan:undo", args=[david().pk, "goal", goal.pk])
    page = Page(client.post(undo, page.form(undo, "Undo"), follow=True))
    assert "It is back in the plan." in page.words
    assert statements(david()) == ["Earn GED", "Gain Credential", "Learn how to drive", "Gain Full-time employment"]
    goal.refresh_from_db()
    assert (goal.removed_at, goal.removed_by, goal.removed_reason) == (None, None, "")


@pytest.mark.parametrize("under", ["a service", "an action step"])
def test_a_goal_stays_while_something_hangs_under_it(client, under):
    goal = goal_of(david(), "Earn GED" if under == "a service" else "Gain Credential")
    if under == "an action step":
        states.pen(states.newest(david())).step("Ask for a form", goal, in_days=3)
    before = everything()
    answer = client.post(reverse("plan:goal-remove", args=[david().pk, goal.pk]))
    assert answer.status_code == 409
    assert "Move them to another goal or remove them first." in Page(answer).words
    assert changed(before, everything()) == {}


def test_a_goal_is_removed_once():
    goal = goal_of(david(), "Gain Credential")
    remove_goal(goal, reason="Not wanted", by=planner(), at=states.now())
    with pytest.raises(Refusal) as refused:
        remove_goal(goal, reason="Not wanted", by=statewide(), at=states.now())
    assert refused.value.code == "already-removed"
    goal.refresh_from_db()
    assert goal.removed_by == planner()


def test_undoing_twice_changes_nothing_more(client):
    goal = goal_of(david(), "Gain Credential")
    remove_goal(goal, reason="Not wanted", by=planner(), at=states.now())
    undo = reverse("plan:undo", args=[david().pk, "goal", goal.pk])
    client.post(undo)
    before = everything()
    assert client.post(undo).status_code == 302
    assert changed(before, everything()) == {}


def test_an_action_step_does_not_come_back_under_a_goal_that_has_left(client):
    goal = goal_of(david(), "Gain Credential")
    states.pen(states.newest(david())).step("Ask for a form", goal, in_days=3)
    step = ActionStep.objects.get(goal=goal)
    client.post(reverse("plan:step-remove", args=[david().pk, step.pk]))
    client.post(reverse("plan:goal-remove", args=[david().pk, goal.pk]))
    answer = client.post(reverse("plan:undo", args=[david().pk, "step", step.pk]))
    assert answer.status_code == 409
    step.refresh_from_db()
    assert step.removed_at


def test_another_plans_goal_is_not_found(client):
    goal = Goal.objects.filter(plan__customer=angela())[0]
    for name, method in (("goal-edit", client.get), ("goal-edit", client.post), ("goal-remove", client.post)):
        assert method(reverse(f"plan:{name}", args=[david().pk, goal.pk])).status_code == 404
    assert client.post(reverse("plan:undo", args=[david().pk, "goal", goal.pk])).status_code == 404
    assert client.post(reverse("plan:undo", args=[david().pk, "barrier", goal.pk])).status_code == 404
    assert client.get(reverse("plan:goals", args=[lucia().pk])).status_code == 404

"""What each role of career goals means, the examples of 12.7.5, and the same occupation by one click."""

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from goals.careers.roles import EXAMPLES, IEP_ROLES, MEANINGS
from goals.careers.same import set_the_same_goal
from goals.enums import CareerGoalRole
from goals.models import CareerGoal, Occupation
from tests import states
from tests.markup import Page
from tests.people import angela, planner, tyrell, youth_planner
from tests.rows import changed, everything
from tests.shared_plans import shared_angela

pytestmark = pytest.mark.django_db

CNA, NP, RN = "31-1131", "29-1171", "29-1141"
SAME = "Same as the employment goal"


def goals_page(client, customer):
    return Page(client.get(reverse("plan:goals", args=[customer.pk])))


def choose(plan, role, code="", **chosen):
    occupation = Occupation.objects.get(code=code) if code else None
    states.pen(plan.versions.open().get()).career_goal(role, code, **chosen)
    return occupation


def goals_of(plan):
    rows = CareerGoal.objects.in_plan().filter(plan=plan).select_related("occupation")
    return {row.role: row.occupation.code if row.occupation else row.in_words for row in rows}


def same_path(customer, role):
    return reverse("plan:career-goal-same", args=[customer.pk, role])


# --- meanings and examples --------------------------------------------------------------------


def test_every_role_has_its_meaning():
    assert MEANINGS.keys() == set(CareerGoalRole)


@pytest.mark.policy("WIS-024")
@pytest.mark.parametrize("who", [angela, tyrell])
def test_the_page_says_what_each_role_means(client, who):
    customer = who()
    client.force_login(youth_planner())
    page = goals_page(client, customer)
    lines = page.root.xpath("//section[@id='career-goals']//li[strong]")
    rows = client.get(reverse("plan:goals", args=[customer.pk])).context["roles"]
    assert len(lines) == len(rows) > 2
    for line, row in zip(lines, rows, strict=True):
        words = " ".join(line.text_content().split())
        assert str(row.role.label) in words
        assert str(row.meaning) in words


@pytest.mark.policy("WIS-023")
def test_the_long_term_goal_means_a_line_of_work_on_an_iep_alone(client):
    client.force_login(youth_planner())
    assert "The job, or the line of work, that the customer wants in the end." in goals_page(client, angela()).words
    assert "The job that the customer wants in the end." in goals_page(client, tyrell()).words


@pytest.mark.policy("WIS-026", "WIS-027", "WIS-028")
def test_the_three_examples_stand_on_the_page_of_an_iep(client):
    client.force_login(planner())
    nursing_assistant, practitioner, nurse = (
        "Nursing assistant (CNA)",
        "Nurse practitioner (NP)",
        "Registered nurse (RN)",
    )
    shown = [
        tuple(row.values())[1:] for row in goals_page(client, angela()).table("Examples: three goals, two, or one")
    ]
    assert shown == [
        (nursing_assistant, practitioner, nurse),
        (nurse, practitioner, nurse),
        ("Power-line installer",) * 3,
    ]
    assert [len(set(row)) for row in shown] == [3, 2, 1]
    assert len(EXAMPLES[0]) == len(IEP_ROLES) + 1


def test_an_iss_shows_no_example_of_an_iep(client):
    client.force_login(youth_planner())
    assert not goals_page(client, tyrell()).has_id("role-examples")


# --- the same by one click --------------------------------------------------------------------


@pytest.mark.policy("WIS-025", "WIS-028", "AMB-X2")
@pytest.mark.parametrize("role", ["long_term", "self_sufficiency"])
def test_one_click_makes_a_goal_the_same(client, role):
    client.force_login(planner())
    version = states.draft()
    customer = version.plan.customer
    path = same_path(customer, role)
    page = Page(client.post(path, goals_page(client, customer).form(path), follow=True))
    label = CareerGoalRole(role).label
    assert f"{label}: same as the employment goal, Nursing Assistants (31-1131)." in page.words
    assert goals_of(version.plan) == {"employment": CNA, role: CNA}
    assert page.facts()[label].endswith(SAME)
    assert not page.root.xpath("//form[@action=$path]", path=path)


@pytest.mark.policy("WIS-025")
def test_the_page_of_the_role_has_the_click_too(client):
    client.force_login(planner())
    version = states.draft()
    path = same_path(version.plan.customer, "long_term")
    page = Page(client.get(reverse("plan:career-goal", args=[version.plan.customer_id, "long_term"])))
    client.post(path, page.form(path, SAME))
    assert goals_of(version.plan) == {"employment": CNA, "long_term": CNA}


@pytest.mark.policy("WIS-024")
def test_another_goal_is_replaced_by_the_click(client):
    client.force_login(planner())
    version = states.draft()
    choose(version.plan, "long_term", NP)
    client.post(same_path(version.plan.customer, "long_term"))
    assert goals_of(version.plan) == {"employment": CNA, "long_term": CNA}


def forms_of_the_same(page):
    return page.root.xpath("//form[contains(@action, '/same/')]")


def test_before_there_is_an_occupation_nothing_can_be_the_same(client):
    client.force_login(planner())
    version = states.started(states.enrolled())
    for chosen in ({}, {"explores": True}):
        if chosen:
            choose(version.plan, "employment", **chosen)
        assert forms_of_the_same(goals_page(client, version.plan.customer)) == []
        answer = client.post(same_path(version.plan.customer, "long_term"))
        assert answer.status_code == 409
        assert "First choose an occupation as the employment goal." in Page(answer).words
    with pytest.raises(Refusal) as refused:
        set_the_same_goal(version.plan, "long_term", by=planner(), at=states.now())
    assert refused.value.code == "no-employment-occupation"
    assert "long_term" not in goals_of(version.plan)


def test_only_the_long_term_and_the_self_sufficiency_goal_of_an_iep_can_be_the_same(client):
    client.force_login(youth_planner())
    youth = states.written_iss(states.enrolled("T1-YOUTH")).plan
    adult = states.draft().plan
    before = everything()
    for plan, roles in ((youth, CareerGoalRole), (adult, ["employment", "short_employment", "short_education"])):
        for role in roles:
            assert client.post(same_path(plan.customer, role)).status_code == 404
    assert changed(before, everything()) == {}


@pytest.mark.policy("WIS-024", "WIS-025")
def test_another_employment_goal_leaves_the_same_ones_as_they_are_and_the_page_says_so(client):
    client.force_login(planner())
    version = states.draft()
    set_the_same_goal(version.plan, "long_term", by=planner(), at=states.now())
    choose(version.plan, "self_sufficiency", NP)
    path = reverse("plan:career-goal", args=[version.plan.customer_id, "employment"])
    page = Page(client.post(path, {"occupation": RN}, follow=True))
    assert goals_of(version.plan) == {"employment": RN, "long_term": CNA, "self_sufficiency": NP}
    assert (
        "Long-term career goal: still Nursing Assistants (31-1131), as the employment goal was until now." in page.words
    )
    assert "Self-sufficiency goal: still" not in page.words
    assert same_path(version.plan.customer, "long_term") in [form.get("action") for form in forms_of_the_same(page)]


def test_the_same_goal_again_says_nothing_of_the_others(client):
    client.force_login(planner())
    version = states.draft()
    set_the_same_goal(version.plan, "long_term", by=planner(), at=states.now())
    path = reverse("plan:career-goal", args=[version.plan.customer_id, "employment"])
    assert "until now" not in Page(client.post(path, {"occupation": CNA}, follow=True)).words


@pytest.mark.policy("WIS-186")
def test_in_a_shared_plan_the_other_planner_is_asked_first(client):
    customer = shared_angela()
    states.reviewed(customer)
    client.force_login(planner())
    before = everything()
    answer = client.post(same_path(customer, "long_term"))
    assert answer.url.startswith(reverse("plan:ask", args=[customer.pk, "change_career_goal"]))
    assert "occupation=31-1131" in answer.url
    assert changed(before, everything()) == {}

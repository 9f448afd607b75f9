"""Career goals: one occupation, or career exploration, in each role of the plan."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.reviews import AcknowledgmentNeeded
from acknowledgments.models import Seal
from careerplan.base.refusals import Refusal
from careerplan.plans.models import EmploymentPlan
from goals.actions import remove_career_goal, set_career_goal
from goals.models import CareerGoal, Occupation
from services.actions import remove_service
from tests import states
from tests.markup import Page
from tests.people import angela, keisha, lucia, planner, tyrell
from tests.plans_in_force import iss, reviewed_without_customer
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db

CNA, NP, RN, LINE_INSTALLER = "31-1131", "29-1171", "29-1141", "49-9051"
HEALTH_CARE, NURSES = "29-0000", "29-1140"  # a major group and a broad occupation


def occupation(code):
    return Occupation.objects.get(code=code)


def choose(plan, role, **chosen):
    return set_career_goal(plan, role, **chosen, by=plan.customer.planner, at=states.now())


def goals_of(plan):
    rows = CareerGoal.objects.in_plan().filter(plan=plan).select_related("occupation")
    return {row.role: row.occupation.code if row.occupation else row.in_words for row in rows}


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param((CNA, NP, RN), marks=pytest.mark.policy("WIS-024", "WIS-026"), id="three occupations"),
        pytest.param((RN, NP, RN), marks=pytest.mark.policy("WIS-024", "WIS-027"), id="two roles share one"),
        pytest.param((LINE_INSTALLER,) * 3, marks=pytest.mark.policy("WIS-025", "WIS-028"), id="one for all three"),
    ],
)
def test_the_three_goals_may_be_the_same_or_differ(client, codes):
    client.force_login(planner())
    version = states.draft()
    roles = ("employment", "long_term", "self_sufficiency")
    for role, code in zip(roles, codes, strict=True):
        path = reverse("plan:career-goal", args=[version.plan.customer_id, role])
        page = Page(client.post(path, {"occupation": code}, follow=True))
        assert code in page.words
    assert goals_of(version.plan) == dict(zip(roles, codes, strict=True))
    states.sent(version)
    shown = sealed_goals(client, version)
    assert codes[0] in shown["Employment goal of the plan"]
    for label, code in zip(("Long-term career goal", "Self-sufficiency goal"), codes[1:], strict=True):
        assert (code in shown[label]) == (code != codes[0])
        assert (shown[label] == "Same as the employment goal") == (code == codes[0])


def sealed_goals(client, version):
    return Page(client.get(reverse("plan:version", args=[version.plan.customer_id, version.pk]))).facts()


@pytest.mark.policy("WIS-025")
def test_one_goal_is_enough(client):
    client.force_login(planner())
    version = states.draft()
    assert goals_of(version.plan).keys() == {"employment"}
    states.sent(version)
    assert CNA in sealed_goals(client, version)["Employment goal of the plan"]


@pytest.mark.policy("WIS-021", "WIS-022")
def test_career_exploration_may_be_the_employment_goal(client):
    version = states.draft()
    customer = version.plan.customer
    client.force_login(planner())
    states.pen(version).note(no_supportive_services=True)
    training = version.plan.services.get(service__code="TR-OST")
    remove_service(training, removal="goal_changed", by=planner(), at=states.now())
    path = reverse("plan:career-goal", args=[customer.pk, "employment"])
    data = Page(client.get(path)).form("", "Choose career exploration")
    page = Page(client.post(path, data, follow=True))
    assert page.facts()["Employment goal of the plan"].startswith("Career exploration")
    assert goals_of(version.plan) == {"employment": "Career exploration"}
    assert states.sent(version).contents.explores
    choose(states.recalled(version).plan, "employment", occupation=occupation(RN))
    assert goals_of(version.plan) == {"employment": RN}
    assert not states.sent(version).contents.explores


# --- an occupation, or its area ----------------------------------------------------------------


@pytest.mark.policy("WIS-023")
@pytest.mark.parametrize("level", ["occupation", "major", "minor"])
def test_the_long_term_goal_of_an_iep_is_an_occupation_or_a_career_area(client, level):
    client.force_login(planner())
    version = states.draft()
    path = reverse("plan:career-goal", args=[version.plan.customer_id, "long_term"])
    code = {"occupation": RN, "major": HEALTH_CARE, "minor": "29-1000"}[level]
    page = Page(client.get(path, {"major": HEALTH_CARE, "minor": "29-1000"}))
    assert code in buttons(page)
    title = occupation(code).title
    page = Page(client.post(path, {"occupation": code}, follow=True))
    assert page.facts()["Long-term career goal"].startswith(f"{title} ({code})")
    assert goals_of(version.plan) == {"employment": CNA, "long_term": code}
    sealed = states.sent(version).contents.career_goal("long_term")
    assert (sealed.occupation, sealed.occupation_code) == (title, code)


def buttons(page):
    """The codes that the buttons of the page choose."""
    return page.root.xpath("//form/input[@name='occupation']/@value")


@pytest.mark.policy("WIS-021", "WIS-033")
@pytest.mark.parametrize(
    ("programs", "role"),
    [
        (["T1-ADULT"], "employment"),
        (["T1-ADULT"], "self_sufficiency"),
        (["T1-YOUTH"], "employment"),
        (["T1-YOUTH"], "long_term"),
        (["T1-YOUTH", "T1-ADULT"], "long_term"),
    ],
)
@pytest.mark.parametrize("code", [HEALTH_CARE, "29-1000", NURSES])
def test_a_career_area_is_no_occupation_of_another_goal(client, programs, role, code):
    client.force_login(planner())
    version = states.started(states.enrolled(*programs))
    path = reverse("plan:career-goal", args=[version.plan.customer_id, role])
    assert code not in buttons(Page(client.get(path, {"major": HEALTH_CARE, "minor": "29-1000"})))
    answer = client.post(path, {"occupation": code})
    assert answer.status_code in {409, 422}
    assert "Choose an occupation or career exploration." in Page(answer).words
    assert goals_of(version.plan) == {}


@pytest.mark.policy("WIS-032")
def test_the_short_term_goals_of_an_iss_may_be_said_in_words(client):
    client.force_login(planner())
    version = states.started(states.enrolled("T1-YOUTH"))
    for role, words in [("short_employment", "A paid summer job"), ("short_education", "The diploma")]:
        path = reverse("plan:career-goal", args=[version.plan.customer_id, role])
        client.post(path, Page(client.get(path)).form("", "Save goal in words") | {"words": words})
    assert goals_of(version.plan) == {"short_employment": "A paid summer job", "short_education": "The diploma"}


@pytest.mark.parametrize(
    ("customer", "roles"),
    [
        (angela, ["employment", "long_term", "self_sufficiency"]),
        (tyrell, ["employment", "long_term", "short_employment", "short_education"]),
        (keisha, ["employment", "long_term", "self_sufficiency", "short_employment", "short_education"]),
    ],
)
def test_a_plan_has_the_roles_of_its_type(client, customer, roles):
    client.force_login(customer().planner)
    found = [row.role for row in client.get(reverse("plan:goals", args=[customer().pk])).context["roles"]]
    assert sorted(found) == sorted(roles)
    other = {"employment", "long_term", "self_sufficiency", "short_employment", "short_education", "boss"} - {*roles}
    for role in other:
        assert client.get(reverse("plan:career-goal", args=[customer().pk, role])).status_code == 404


@pytest.mark.parametrize(
    ("role", "posted"),
    [
        pytest.param("employment", {"occupation": "00-0000"}, marks=pytest.mark.policy("WIS-021")),
        pytest.param("employment", {"occupation": ""}, marks=pytest.mark.policy("WIS-021")),
        pytest.param("employment", {"words": "A good job"}, marks=pytest.mark.policy("WIS-021")),
        pytest.param("employment", {"occupation": RN, "explores": "yes"}, marks=pytest.mark.policy("WIS-021")),
        pytest.param("long_term", {"explores": "yes"}, marks=pytest.mark.policy("WIS-023")),
        pytest.param("long_term", {"words": "A good job"}, marks=pytest.mark.policy("WIS-023")),
    ],
)
def test_what_is_no_goal_of_the_role_is_refused_in_words(client, role, posted):
    client.force_login(planner())
    version = states.started(states.enrolled())
    answer = client.post(reverse("plan:career-goal", args=[version.plan.customer_id, role]), posted)
    assert answer.status_code in {409, 422}
    assert "Choose an occupation or career exploration." in Page(answer).words
    assert goals_of(version.plan) == {}


@pytest.mark.parametrize("role", ["employment", "long_term", "self_sufficiency"])
def test_words_are_no_occupation(role):
    plan = states.started(states.enrolled()).plan
    with pytest.raises(Refusal) as refused:
        choose(plan, role, words="A good job")
    assert (refused.value.code, refused.value.field) == ("no-occupation", "occupation")


def test_words_are_not_empty(client):
    client.force_login(planner())
    version = states.started(states.enrolled("T1-YOUTH"))
    answer = client.post(
        reverse("plan:career-goal", args=[version.plan.customer_id, "short_education"]), {"words": " "}
    )
    assert answer.status_code in {409, 422}
    assert goals_of(version.plan) == {}


# --- the employment goal of an IEP that was once active ----------------------------------------


def change_it(plan):
    choose(plan, "employment", occupation=occupation(RN))


def explore_instead(plan):
    choose(plan, "employment", explores=True)


def remove_it(plan):
    goal = CareerGoal.objects.in_plan().get(plan=plan, role="employment")
    remove_career_goal(goal, reason="Another one", by=plan.customer.planner, at=states.now())


@pytest.mark.policy("WIS-110", "WIS-129", "AMB-W23")
@pytest.mark.parametrize("change", [change_it, explore_instead, remove_it])
def test_the_employment_goal_of_an_iep_that_was_active_does_not_change(change):
    plan = states.reviewed(angela()).plan
    before = everything()
    with pytest.raises(Refusal) as refused:
        change(plan)
    assert refused.value.code == "employment-goal-fixed"
    assert "Use Change employment goal: it closes this plan as not completed" in str(refused.value.sentence)
    assert changed(before, everything()) == {}


def test_setting_the_same_employment_goal_again_is_no_change():
    plan = states.reviewed(angela()).plan
    before = everything()
    choose(plan, "employment", occupation=occupation(CNA))
    assert changed(before, everything()) == {}


def test_the_other_goals_of_an_iep_change_in_a_draft():
    plan = states.reviewed(angela()).plan
    choose(plan, "long_term", occupation=occupation(RN))
    goal = CareerGoal.objects.get(plan=plan, role="self_sufficiency")
    remove_career_goal(goal, reason="-", by=planner(), at=states.now())
    assert goals_of(plan) == {"employment": CNA, "long_term": RN}


@pytest.mark.policy("WIS-121")
def test_the_employment_goal_of_an_iss_changes_in_a_new_version():
    states.acknowledged(states.request_for(states.newest(tyrell())))
    plan = states.reviewed(tyrell()).plan
    choose(plan, "employment", occupation=occupation(LINE_INSTALLER))
    assert goals_of(plan)["employment"] == LINE_INSTALLER


@pytest.mark.policy("WIS-121", "WIS-163")
def test_the_goals_of_an_iss_are_updated_in_place_and_the_plan_stays_open():
    customer = iss()
    version = states.reviewed(customer)
    plan = version.plan
    choose(plan, "long_term", occupation=occupation(LINE_INSTALLER))
    choose(plan, "short_employment", words="A job at a garage")
    with pytest.raises(AcknowledgmentNeeded):
        reviewed_without_customer(version)
    states.signed(version)
    assert EmploymentPlan.objects.get(customer=customer) == plan
    assert states.plan_of(customer).is_open
    assert list(plan.versions.order_by("number").values_list("state", flat=True)) == ["superseded", "active"]
    sealed = Seal.objects.valid().get(version=version).contents
    assert sealed.career_goal("long_term").occupation_code == LINE_INSTALLER
    assert sealed.career_goal("short_employment").words == "A job at a garage"


def test_before_a_plan_is_active_its_employment_goal_changes():
    plan = states.plan_of(lucia())
    choose(plan, "employment", occupation=occupation(RN))
    assert goals_of(plan)["employment"] == RN


# --- removing and bringing back ----------------------------------------------------------------


def test_a_career_goal_is_removed_and_the_removal_undone(client):
    client.force_login(planner())
    page = Page(client.post(reverse("plan:career-goal-remove", args=[keisha().pk, "employment"]), follow=True))
    assert "employment" not in goals_of(states.plan_of(keisha()))
    goal = CareerGoal.objects.get(plan__customer=keisha(), role="employment")
    undo = reverse("plan:undo", args=[keisha().pk, "career-goal", goal.pk])
    client.post(undo, page.form(undo, "Undo"))
    assert goals_of(states.plan_of(keisha()))["employment"] == "15-1232"


def test_a_career_goal_does_not_come_back_where_another_has_its_role(client):
    client.force_login(planner())
    client.post(reverse("plan:career-goal-remove", args=[keisha().pk, "employment"]))
    goal = CareerGoal.objects.get(plan__customer=keisha(), role="employment")
    choose(states.plan_of(keisha()), "employment", occupation=occupation(RN))
    answer = client.post(reverse("plan:undo", args=[keisha().pk, "career-goal", goal.pk]))
    assert answer.status_code == 409
    assert "Someone set another one in the meantime." in Page(answer).words
    assert goals_of(states.plan_of(keisha()))["employment"] == RN

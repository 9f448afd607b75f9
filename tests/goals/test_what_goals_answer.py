"""What a goal answers: barriers, assessments, the credential that it leads to; and what was looked at in it."""

from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.goal_change import change_employment_goal
from acknowledgments.agreement.in_force import contents_of_active
from acknowledgments.agreement.today import as_of_today
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.paper.rows import paper_context
from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import remove_barrier
from careerplan.plans.items import BARRIER
from careerplan.plans.models import Barrier
from careerplan.plans.rows import put_back
from customers.actions import save_assessment
from customers.models import Assessment
from goals.actions import save_goal
from goals.enums import Smart
from goals.models import Goal, Occupation
from tests import plans_in_force as plans
from tests import states
from tests.markup import Page, words_of
from tests.people import angela, david, planner, statewide
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db
CREDENTIAL = "Certified Nursing Assistant"


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


@pytest.fixture
def version():
    """In force, with two barriers and an assessment."""
    version = states.newest(plans.iep())
    assessed(version.plan.customer)
    return version


def assessed(customer, name="TABE 11-12"):
    values = {"name": name, "result": "750", "assessed_on": states.today(), "kind": "basic_skills", "category": "abe"}
    return save_assessment(customer, None, values, seen=None, by=planner(), at=states.now())


def answering(version, **values):
    goal = plans.goal(version)
    values = values or {
        "barriers": [plans.barrier(version)],
        "assessments": list(Assessment.objects.filter(customer=version.plan.customer, name="TABE 11-12")),
        "credential": CREDENTIAL,
    }
    return save_goal(goal.plan, goal, values, by=planner(), at=states.now())


def names(goal):
    return sorted(barrier.category.code for barrier in goal.barriers.select_related("category"))


def item(version, goal):
    return next(found for found in contents_of(version.plan, version).goals if found.id == goal.pk)


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.policy("ILL-071")
def test_a_goal_names_the_barriers_the_assessments_and_the_credential(client, version):
    goal, barrier = plans.goal(version), plans.barrier(version)
    path = reverse("plan:goal-edit", args=[version.plan.customer_id, goal.pk])
    assessment = Assessment.objects.get(customer=version.plan.customer, name="TABE 11-12")
    chosen = {"barriers": [barrier.pk], "assessments": [assessment.pk], "credential": CREDENTIAL}
    assert client.post(path, Page(client.get(path)).form(path) | chosen).status_code == 302
    assert (names(goal), list(goal.assessments.all())) == (["TRAN"], [assessment])
    page = Page(client.get(reverse("plan:goals", args=[version.plan.customer_id])))
    shown = page.table("Goal statements")[0]["Goal Statement"]
    assert f"Barriers {barrier.category.plain_english} Assessments TABE 11-12" in shown
    assert f"Leads to the credential {CREDENTIAL}" in shown
    again = Page(client.get(path)).form(path)
    assert again["credential"] == CREDENTIAL
    told = {change["label"]: change["to"] for change in goal.history.first().changes}
    assert told["related barriers"] == "Transportation"
    assert told["related assessments"] == "TABE 11-12"


@pytest.mark.policy("ILL-071")
def test_a_new_goal_names_them_too(client):
    path = reverse("plan:goal-add", args=[david().pk])
    barrier = states.pen(states.newest(david())).barrier("DLIC", "No license.")
    data = Page(client.get(path)).form(path) | {"statement": "Learn to drive", "term": "short"}
    category = Goal.objects.filter(plan__customer=david())[0].category_id
    client.post(path, data | {"category": category, "barriers": [barrier.pk], "credential": "Driver license"})
    goal = Goal.objects.get(statement="Learn to drive")
    assert (names(goal), goal.credential) == (["DLIC"], "Driver license")


def test_what_a_customer_does_not_have_is_not_asked_for(client):
    customer = states.started(states.enrolled()).plan.customer
    page = Page(client.get(reverse("plan:goal-add", args=[customer.pk])))
    assert not page.root.xpath("//input[@name='barriers' or @name='assessments']")


@pytest.mark.parametrize("which", ["barriers", "assessments"])
def test_what_belongs_to_another_customer_is_refused(version, which):
    other = Barrier.objects.filter(plan__customer=angela())[:1] if which == "barriers" else [assessed(angela())]
    before = everything()
    with pytest.raises(Refusal) as refused:
        answering(version, **{which: list(other)})
    assert refused.value.field == which
    assert changed(before, everything()) == {}


def test_a_barrier_that_left_since_the_page_was_opened_is_refused(version):
    draft = states.reviewed(version.plan.customer)
    barrier = plans.barrier(draft)
    removed(plans.barrier(draft))
    with pytest.raises(Refusal) as refused:
        answering(draft, barriers=[barrier])
    assert refused.value.code == "barrier-of-another-plan"


# --- the agreement ----------------------------------------------------------------------------


@pytest.mark.policy("ILL-071")
def test_they_are_sealed_and_stand_on_the_paper_and_in_the_plan(client, version):
    draft = states.reviewed(version.plan.customer)
    goal = answering(draft)
    sealed = item(draft, goal)
    assert (sealed.barrier_ids, sealed.assessments) == ((plans.barrier(draft).pk,), ("TABE 11-12",))
    assert sealed.credential == CREDENTIAL
    contents = in_plain_words(contents_of(draft.plan, draft))
    context = paper_context(contents, seal=None, acknowledgment=None, printed_on=states.today())
    paper = unescape(render_to_string("acknowledgments/paper.html", context | {"what_changed": None}))
    for words in ("TABE 11-12", CREDENTIAL, "Leads to the credential:"):
        assert words in paper
    states.sent(draft, electronic=False)
    shown = Page(client.get(reverse("plan:version", args=[draft.plan.customer_id, draft.pk]))).words
    assert f"Leads to the credential {CREDENTIAL}" in shown


def test_a_change_of_them_asks_the_customer_nothing_and_is_told(version):
    draft = states.reviewed(version.plan.customer)
    answering(draft)
    decision = states.decided(draft)
    assert not decision.needs_acknowledgment
    assert [row.change.field_names for row in decision.requirements if row.change] == [
        {"barrier_ids", "assessment_ids", "credential"}
    ]


def test_the_plan_of_today_says_them_and_nothing_of_a_barrier_in_a_draft(version):
    answering(version)
    draft = states.reviewed(version.plan.customer)
    new = states.pen(draft).barrier("FINA", "No savings.")
    old = plans.barrier(draft)
    answering(draft, barriers=[old, new])
    agreed = contents_of_active(version.plan_id)
    assert agreed is not None
    goal = as_of_today(draft.plan, agreed).goals[0]
    assert (goal.barrier_ids, goal.assessments, goal.credential) == ((old.pk,), ("TABE 11-12",), CREDENTIAL)


# --- what leaves, and comes back ----------------------------------------------------------------


def removed(barrier):
    values = {"removal": "other", "note": "", **states.contact(), "by": planner(), "at": states.now()}
    return remove_barrier(barrier, **values)


def test_a_barrier_that_leaves_takes_its_link_along_and_brings_it_back(version):
    goal, draft = answering(version), states.reviewed(version.plan.customer)
    barrier = removed(plans.barrier(draft))
    assert names(goal) == []
    assert [change["label"] for change in goal.history.first().changes] == ["related barriers"]
    put_back(BARRIER, barrier, by=planner(), at=states.now())
    assert names(goal) == ["TRAN"]


def test_a_deleted_draft_takes_the_links_to_its_barriers_along_and_leaves_the_others(version):
    goal, draft = answering(version), states.reviewed(version.plan.customer)
    new = states.pen(draft).barrier("FINA", "No savings.")
    answering(draft, barriers=[plans.barrier(draft), new])
    delete_draft(draft, reason="Not now.", by=planner(), at=states.now())
    goal.refresh_from_db()
    assert (names(goal), goal.credential) == (["TRAN"], CREDENTIAL)


def test_what_is_carried_over_keeps_its_links(version):
    answering(version, barriers=[plans.barrier(version)], credential=CREDENTIAL, smart=["specific"])
    answering(version, assessments=list(Assessment.objects.filter(customer=version.plan.customer)))
    carried = {"barriers": True, "services": True}
    another = Occupation.objects.get(code="47-2111")
    change_employment_goal(version.plan, occupation=another, **carried, by=planner(), at=states.now())
    plan = states.plan_of(version.plan.customer)
    goal = Goal.objects.in_plan().filter(plan=plan).in_order()[0]
    assert [barrier.plan_id for barrier in goal.barriers.all()] == [plan.pk]
    assert (names(goal), goal.credential, goal.smart) == (["TRAN"], CREDENTIAL, ["specific"])
    assert goal.assessments.count() == Assessment.objects.filter(customer=plan.customer).count() > 0


# --- what was looked at -----------------------------------------------------------------------


def save(version, **values):
    goal = plans.goal(version)
    return save_goal(goal.plan, goal, values, by=planner(), at=states.now())


@pytest.mark.policy("ILL-072")
def test_the_form_asks_what_was_looked_at_and_each_point_says_what_it_means(client, version):
    page = Page(client.get(reverse("plan:goal-edit", args=[version.plan.customer_id, plans.goal(version).pk])))
    boxes = page.root.xpath("//input[@name='smart']/following-sibling::label | //label[input[@name='smart']]")
    assert [words_of(label) for label in boxes] == [str(label) for label in Smart.labels]
    for word in ("Realistic", "Measurable", "Attainable"):
        assert any(words_of(label).startswith(f"{word}: ") for label in boxes)


@pytest.mark.policy("ILL-072")
def test_what_was_looked_at_is_kept_by_whom_and_when_and_stands_on_the_line(client, version):
    goal = plans.goal(version)
    path = reverse("plan:goal-edit", args=[version.plan.customer_id, goal.pk])
    ticked = {"smart": ["realistic", "measurable", "attainable"]}
    client.post(path, Page(client.get(path)).form(path) | ticked)
    goal.refresh_from_db()
    assert goal.smart == ["measurable", "attainable", "realistic"]
    assert (goal.looked_by, goal.looked_at.date()) == (planner(), goal.history.first().history_date.date())
    row = Page(client.get(reverse("plan:goals", args=[version.plan.customer_id]))).table("Goal statements")[0]
    assert "3 of 5 looked at (Devon Okafor, " in row["Goal Statement"]


@pytest.mark.policy("ILL-072")
def test_nothing_looked_at_holds_up_nothing(version):
    saved = save(version, smart=[])
    assert (saved.smart, saved.looked_at, saved.looked_by) == ([], None, None)


def test_who_ticks_last_is_named_and_who_changes_something_else_is_not(version):
    save(version, smart=["specific"])
    goal = plans.goal(version)
    save_goal(goal.plan, goal, {"smart": ["specific"], "status": "on_track"}, by=statewide(), at=states.now())
    goal.refresh_from_db()
    assert goal.looked_by == planner()
    save_goal(goal.plan, goal, {"smart": ["specific", "realistic"]}, by=statewide(), at=states.now())
    goal.refresh_from_db()
    assert goal.looked_by == statewide()
    assert save(version, smart=[]).looked_by is None

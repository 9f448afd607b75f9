"""Change employment goal: the IEP closes as not completed, and the next one begins with what is carried (12.7.8)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.enums import Outcome, OutcomeReason, VersionState
from careerplan.plans.models import EmploymentPlan
from customers.models import Program
from goals.actions import save_goal
from goals.models import CareerGoal, Goal
from tests import states
from tests.acknowledgments.goal_changes import ELECTRICIAN, FLAGS, KINDS, change, occupation, rows
from tests.markup import Page
from tests.naming import shown
from tests.people import administrator, angela, david, henrik, lucia, north_planner, planner, tyrell, youth_planner
from tests.rows import changed, everything
from tests.shared_plans import approved, enroll

pytestmark = pytest.mark.django_db

CNA = "31-1131"


# --- the procedure, step by step --------------------------------------------------------------


@pytest.mark.policy(
    "WIS-109", "WIS-110", "WIS-111", "WIS-112", "WIS-113", "WIS-114", "WIS-115", "WIS-116", "WIS-117", "WIS-118",
    "WIS-119", "WIS-120", "AMB-W22", "AMB-W23",
)  # fmt: skip
def test_the_goal_is_changed_in_the_steps_of_the_policy(client):
    client.force_login(planner())
    former = states.plan_of(angela())
    page = Page(client.get(reverse("plan:agreement", args=[angela().pk])))
    path = page.links()["Change employment goal"]
    page = Page(client.get(path))
    assert "this one is closed as not completed, and the next one begins with the new goal" in page.words
    page = Page(client.get(path, {"q": "electrician"}))
    [choice] = [link for words, link in page.links().items() if words == "Choose Electricians"]
    address = path + choice
    page = Page(client.get(address))
    assert page.facts()["New employment goal"].startswith("Electricians (47-2111)")
    assert "Once you have closed this plan there is no way to reopen it. Are you sure you want" in page.words
    form = page.form(address)
    assert form == dict.fromkeys(FLAGS, "on")
    before = everything()
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert answer.context["form"].errors["understood"] == ["Check this box: a closed plan can't be reopened."]
    assert changed(before, everything()) == {}
    page = Page(client.post(address, form | {"understood": "on"}, follow=True))
    assert "The plan was closed, and the next one was started with the new goal." in page.words
    assert page.has_id("career-goals")
    former.refresh_from_db()
    assert (former.state, former.outcome, former.outcome_reason) == (
        "closed", Outcome.NOT_COMPLETED, OutcomeReason.GOAL_CHANGED,
    )  # fmt: skip
    assert (former.closed_by, former.versions.get().state) == (planner(), VersionState.ACTIVE)
    version = states.newest(angela())
    assert (version.plan.follows, version.plan.plan_type, version.number) == (former, "IEP", 1)
    assert (version.state, version.created_on, version.created_by) == ("draft", timezone.localdate(), planner())
    assert CareerGoal.objects.in_plan().get(plan=version.plan, role="employment").occupation == occupation()
    client.post(reverse("plan:goal-add", args=[angela().pk]), new_goal(client))
    assert client.post(reverse("plan:send", args=[angela().pk]), sending(client, version)).status_code == 302
    assert states.newest(angela()).state == VersionState.AWAITING
    states.told(states.request_for(version).seal)
    assert states.acknowledged(states.request_for(version)).state == VersionState.ACTIVE
    assert EmploymentPlan.objects.get(customer=angela(), state="open") == version.plan


def new_goal(client):
    path = reverse("plan:goal-add", args=[angela().pk])
    form = Page(client.get(path)).form(path)
    category = Goal.objects.filter(plan__customer=angela()).values_list("category", flat=True)[0]
    return form | {"statement": "Begin an apprenticeship", "category": category, "term": "short"}


def sending(client, version):
    return {"version": version.pk, "reason": states.ALL_THE_SAME, "electronic": "yes", "way": "electronic"}


@pytest.mark.policy("WIS-114")
def test_the_closed_plan_is_not_written_any_more_and_both_are_listed(client):
    former = states.plan_of(angela())
    version = change()
    with pytest.raises(Refusal) as refused:
        save_goal(former, None, {"statement": "Late"}, by=planner(), at=states.now())
    assert refused.value.code == "plan-closed"
    client.force_login(planner())
    page = Page(client.get(reverse("plan:version", args=[angela().pk, version.pk])))
    assert page.facts()["Follows the plan that was closed"] == "The employment goal changed."
    versions = Page(client.get(reverse("plan:versions", args=[angela().pk]))).table("Versions")
    assert [(row["Version"], row["Status"]) for row in versions] == [
        ("Version 1 IEP", "Draft"), (f"Version 1 IEP, closed {timezone.localdate():%m/%d/%Y}", "Last in force"),
    ]  # fmt: skip


@pytest.mark.policy("WIS-120", "WIS-129", "AMB-W23")
def test_the_new_plan_needs_the_customers_acknowledgment_again():
    version = change(angela, *FLAGS)
    contents = contents_of(version.plan, version)
    assert contents.about.is_first
    note = {"text": "Nothing else changed.", "contact_on": timezone.localdate(), "contact_method": "phone"}
    with pytest.raises(Refusal) as refused:
        review_without_customer(version, **note, by=planner(), at=states.now())
    assert refused.value.code == "acknowledgment-needed"


# --- where the goal is not changed so ---------------------------------------------------------


def with_open_draft():
    states.reviewed(angela())
    return angela


def closed():
    states.closed(angela())
    return angela


@pytest.mark.parametrize(
    ("customer", "goal", "code", "sentence"),
    [
        (lambda: tyrell, ELECTRICIAN, "not-an-iep", "The goals of an ISS change in its next version"),
        (lambda: david, ELECTRICIAN, "not-an-iep", "choose Update/Review (12.7.8)."),
        (lambda: lucia, ELECTRICIAN, "never-active", "This plan was never active. Change the goal in its draft."),
        (lambda: angela, CNA, "same-goal", "This is already the employment goal. Choose a different one."),
        (with_open_draft, ELECTRICIAN, "version-open", "Version 2 is still open. Delete the draft, or finish it"),
        (closed, ELECTRICIAN, "plan-closed", "This plan is closed. A closed plan can't be changed."),
    ],
    ids=["an ISS that waits", "an ISS in draft", "never active", "the same goal", "an open draft", "a closed plan"],
)
@pytest.mark.policy("WIS-110", "AMB-W23")
def test_it_is_refused_with_a_sentence_and_nothing_is_written(customer, goal, code, sentence):
    who = customer()
    before = everything()
    with pytest.raises(Refusal) as refused:
        change(who, *FLAGS, occupation=occupation(goal))
    assert refused.value.code == code
    assert sentence in str(refused.value.sentence)
    assert changed(before, everything()) == {}


def test_without_a_goal_nothing_is_closed():
    with pytest.raises(Refusal) as refused:
        change(angela, occupation=None)
    assert refused.value.code == "no-occupation"
    assert states.plan_of(angela()).is_open


@pytest.mark.parametrize("by", [north_planner, administrator, lambda: angela().user])
def test_who_may_not_edit_the_plan_changes_nothing(by):
    before = everything()
    with pytest.raises(NotAllowed):
        change(angela, by=by())
    assert changed(before, everything()) == {}


@pytest.mark.policy("WIS-110")
def test_the_page_says_why_not_and_keeps_what_was_ticked(client):
    client.force_login(planner())
    states.reviewed(angela())
    path = f"{reverse('plan:goal-change', args=[angela().pk])}?occupation={ELECTRICIAN}"
    answer = client.post(path, {"understood": "on", "barriers": "on"})
    assert answer.status_code == 422
    page = Page(answer)
    assert "Version 2 is still open. Delete the draft, or finish it, before you close the plan." in page.words
    assert page.form(path) == {"barriers": "on", "understood": "on"}


@pytest.mark.parametrize(
    ("customer", "by"),
    [(tyrell, youth_planner), (henrik, north_planner), (angela, north_planner), (angela, lambda: angela().user)],
    ids=["an ISS", "no plan", "another region", "the customer"],
)
def test_there_is_no_such_page(client, customer, by):
    client.force_login(by())
    assert client.get(reverse("plan:goal-change", args=[customer().pk])).status_code == 404


@pytest.mark.parametrize("asked", ["99-9999", "47-0000x", "", "²"])
def test_an_unknown_occupation_leads_back_to_the_choice(client, asked):
    client.force_login(planner())
    path = f"{reverse('plan:goal-change', args=[angela().pk])}?occupation={asked}"
    assert "First choose the goal" in Page(client.get(path)).words
    before = everything()
    client.post(path, {"understood": "on"})
    assert changed(before, everything()) == {}


# --- a shared plan ----------------------------------------------------------------------------


@pytest.mark.policy("WIS-186", "WIS-190", "WIS-191", "AMB-W23")
def test_a_shared_plan_asks_the_other_planner_first(client):
    enroll(angela(), "T1-DW", youth_planner())
    client.force_login(planner())
    path = f"{reverse('plan:goal-change', args=[angela().pk])}?explores=yes"
    page = Page(client.get(path))
    asked = f"Priya Raman ({shown(Program.objects.get(code='T1-DW'))})."
    assert f"First we ask the other planners to approve: {asked}" in page.words
    before = everything()
    answer = client.post(path, {"understood": "on", "barriers": "on", "steps": "on"})
    assert changed(before, everything()) == {}
    page = Page(client.get(answer.url))
    assert page.facts()["Change the employment goal"] == "Career exploration"
    client.post(answer.url, {"reason": "She wants to look around."})
    assert states.plan_of(angela()).follows is None
    approved(angela().staff_requests.get(), youth_planner())
    plan = states.plan_of(angela())
    assert (plan.follows.outcome_reason, plan.started_by) == ("goal_changed", planner())
    assert CareerGoal.objects.in_plan().get(plan=plan).explores
    counts = {name: len(rows(model, plan)) for name, model in KINDS.items()}
    assert counts == {"career_goals": 1, "goals": 3, "barriers": 2, "services": 0, "steps": 4}

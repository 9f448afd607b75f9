"""Change employment goal: the IEP closes as not completed, and the next one begins with what is carried (12.7.8)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.goal_change import change_employment_goal
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.enums import Outcome, OutcomeReason, VersionState
from careerplan.plans.models import Barrier, EmploymentPlan
from customers.models import Program
from goals.actions import remove_goal, save_goal
from goals.models import ActionStep, CareerGoal, Goal, Occupation
from goals.progress.models import GoalSetback
from goals.steps import save_step
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.goal_statuses import COMPLETE, OFF_TRACK
from tests.markup import Page
from tests.naming import shown
from tests.people import administrator, angela, david, henrik, lucia, north_planner, planner, tyrell, youth_planner
from tests.rows import changed, everything, write
from tests.shared_plans import approved, enroll

pytestmark = pytest.mark.django_db

ELECTRICIAN, CNA = "47-2111", "31-1131"
FLAGS = ("career_goals", "barriers", "services", "steps")
KINDS = {
    "career_goals": CareerGoal,
    "goals": Goal,
    "barriers": Barrier,
    "services": PlannedService,
    "steps": ActionStep,
}


def occupation(code=ELECTRICIAN):
    return Occupation.objects.get(code=code)


def change(customer=angela, *flags, by=None, **goal):
    goal = goal or {"occupation": occupation()}
    carried = dict.fromkeys(flags, True)
    plan = states.plan_of(customer())
    change_employment_goal(plan, **goal, **carried, by=by or customer().planner, at=states.now())
    return states.newest(customer())


def rows(model, plan):
    return list(model.objects.in_plan().filter(plan=plan).order_by("id"))


def first(model):
    return model.objects.in_plan().filter(plan=states.plan_of(angela())).select_related("plan").order_by("id")[0]


def by_code(plan):
    found = PlannedService.objects.in_plan().filter(plan=plan).select_related("service", "goal", "continues")
    return {row.service.code: row for row in found}


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


# --- what is carried over ---------------------------------------------------------------------

CARRIED = {
    (): {},
    ("career_goals",): {"career_goals": 2},
    ("barriers",): {"barriers": 2},
    ("services",): {"goals": 3, "services": 4},
    ("steps",): {"goals": 3, "steps": 4},
    FLAGS: {"career_goals": 2, "barriers": 2, "goals": 3, "services": 4, "steps": 4},
}


@pytest.mark.policy("WIS-119")
@pytest.mark.parametrize("flags", CARRIED, ids=lambda flags: " and ".join(flags) or "nothing")
def test_only_what_was_ticked_is_carried_over_as_new_rows(flags):
    former = states.plan_of(angela())
    before = {name: [row.pk for row in rows(model, former)] for name, model in KINDS.items()}
    version = change(angela, *flags)
    carried = {name: rows(model, version.plan) for name, model in KINDS.items()}
    counts = {name: len(found) for name, found in carried.items()}
    counts["career_goals"] -= 1  # the new employment goal
    assert counts == dict.fromkeys(KINDS, 0) | CARRIED[flags]
    assert {name: [row.pk for row in rows(model, former)] for name, model in KINDS.items()} == before
    assert version.plan.barriers_comment == (former.barriers_comment if "barriers" in flags else "")


@pytest.mark.policy("WIS-119")
def test_with_everything_ticked_the_new_plan_says_the_same_but_for_the_goal():
    former_version = states.newest(angela())
    for row in rows(PlannedService, former_version.plan):
        write(row, contract=f"Contract {row.pk}", exploration_reason=f"Reason {row.pk}")
    former = contents_of(former_version.plan, former_version)
    version = change(angela, *FLAGS)
    latter = contents_of(version.plan, version)
    assert said(latter)["career_goals"]["employment"] == ELECTRICIAN
    expected = said(former)
    expected["career_goals"]["employment"] = ELECTRICIAN
    expected["services"] = [row for row in expected["services"] if row["code"] != "BC-INIT"]
    assert said(latter) == expected


def said(contents):
    """Contents without keys of rows: what each says, and under which goal."""
    statements = {goal.id: goal.statement for goal in contents.goals}
    barriers = {barrier.id: barrier.category_code for barrier in contents.barriers}

    def plain(item):
        values = {name: value for name, value in vars_of(item).items() if name not in NOT_SAID}
        values["goal"] = statements.get(getattr(item, "goal_id", None))
        values["barriers"] = sorted(barriers[key] for key in getattr(item, "barrier_ids", ()))
        return values

    found = {name: [plain(item) for item in getattr(contents, name)] for name in ("goals", "barriers", "services")}
    found["steps"] = [plain(item) for item in contents.action_steps]
    found["career_goals"] = {goal.role: goal.occupation_code for goal in contents.career_goals}
    return found | {"comment": contents.barriers_comment}


# The dates of a goal are those of its services, of which the complete one stays behind.
NOT_SAID = {"id", "goal_id", "barrier_ids", "continues", "continuation", "starts_on", "ends_on"}


def vars_of(item):
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


@pytest.mark.policy("WIS-119")
def test_services_under_way_go_on_and_planned_ones_wait_for_the_new_version():
    former = by_code(states.plan_of(angela()))
    version = change(angela, "services")
    latter = by_code(version.plan)
    training = latter["TR-OST"]
    assert (training.status, training.actual_start_on) == ("started", former["TR-OST"].actual_start_on)
    assert (training.gate_exemption, training.continuation) == ("continues", "goal_changed")
    assert training.continues == former["TR-OST"]
    save_service(training, {"notes": "Goes on.", "status": "on_hold"}, by=planner(), at=states.now())
    planned = latter["BC-JSST"]
    assert (planned.status, planned.gate_exemption, planned.actual_start_on) == ("planned", "", None)
    assert (planned.authorised_in, planned.authorised_on) == (None, None)
    values = {"status": "started", "actual_start_on": timezone.localdate()}
    with pytest.raises(Refusal) as refused:
        save_service(planned, values, by=planner(), at=states.now())
    assert refused.value.code == "not-authorised"


@pytest.mark.policy("WIS-119")
def test_what_is_done_stays_behind():
    today, by = timezone.localdate(), {"by": planner(), "at": states.now()}
    plan = states.plan_of(angela())
    save_barrier(plan, first(Barrier), {"status": "resolved"}, **by)
    save_step(plan, first(ActionStep), {"done_on": today}, **by)
    save_goal(plan, Goal.objects.in_plan().get(plan=plan, statement__startswith="Attend"), COMPLETE, **by)
    done = {first(Barrier).category_id, first(ActionStep).text}
    version = change(angela, *FLAGS)
    assert len(rows(Barrier, version.plan)) == 1
    assert len(rows(Goal, version.plan)) == 2
    assert not done & {row.category_id for row in rows(Barrier, version.plan)}
    steps = {row.text for row in rows(ActionStep, version.plan)}
    assert not done & steps
    assert "Arrange the early drop-off with the day care" not in steps
    latter = by_code(version.plan)
    assert "BC-INIT" not in latter
    assert latter["SS-CHLD"].goal is None
    assert [barrier.category_id for barrier in latter["SS-TRAN"].barriers.all()] == [
        rows(Barrier, version.plan)[0].category_id
    ]


@pytest.mark.policy("WIS-119", "ILL-086")
def test_a_goal_that_is_off_track_says_in_the_new_plan_why_and_what_will_be_done(client):
    """What was said last; of a goal that came back on track, nothing."""
    off, back, never = Goal.objects.in_plan().filter(plan=states.plan_of(angela())).order_by("position")
    for goal in (off, back):
        off_track(goal, "Two classes were missed.", "We look for an evening class.")
    off_track(off, "Her car broke down.", "We ask for a bus pass.")
    save_goal(back.plan, back, {"status": "on_track"}, by=planner(), at=states.now())
    [said_before] = GoalSetback.objects.filter(goal=off, reason="Her car broke down.")
    states.acknowledged(states.told(states.sent(states.newest(angela()))))
    version = change(angela, "steps")
    items = {goal.statement: goal for goal in contents_of(version.plan, version).goals}
    told = [(items[goal.statement].setback_reason, items[goal.statement].setback_remedy) for goal in (off, back, never)]
    assert told == [("Her car broke down.", "We ask for a bus pass."), ("", ""), ("", "")]
    [carried] = GoalSetback.objects.filter(goal__plan=version.plan)
    assert (carried.goal.times_off_track, carried.number) == (0, 0)
    assert (carried.said_at, carried.said_by) == (said_before.said_at, planner())
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goals", args=[angela().pk])))
    status = next(row["Status"] for row in page.table("Goal statements") if row["Goal Statement"] == off.statement)
    assert "Why it is off track Her car broke down." in status
    assert "What will be done We ask for a bus pass." in status
    path = reverse("plan:goal-edit", args=[angela().pk, carried.goal_id])
    assert Page(client.get(path)).form(path)["setback_remedy"] == "We ask for a bus pass."


def off_track(goal, reason, remedy):
    goal.refresh_from_db()
    values = OFF_TRACK | {"setback_reason": reason, "setback_remedy": remedy}
    save_goal(goal.plan, goal, values, by=planner(), at=states.now())


@pytest.mark.policy("WIS-119")
def test_what_left_the_plan_stays_behind_and_what_is_on_hold_comes_along():
    review, by = states.reviewed(angela()), {"by": planner(), "at": states.now()}
    barrier, held = first(Barrier), by_code(review.plan)["TR-OST"]
    unused = save_goal(
        review.plan, None, {"statement": "Drive", "category": first(Goal).category, "term": "short"}, **by
    )
    remove_goal(unused, reason="Not wanted", **by)
    remove_barrier(barrier, removal="other", note="", contact_on=None, contact_method="", **by)
    save_service(held, {"status": "on_hold", "notes": "She is ill."}, **by)
    states.signed(review)
    version = change(angela, *FLAGS)
    assert barrier.category_id not in {row.category_id for row in rows(Barrier, version.plan)}
    assert "Drive" not in {row.statement for row in rows(Goal, version.plan)}
    assert by_code(version.plan)["TR-OST"].status == "on_hold"


@pytest.mark.policy("WIS-118", "WIS-119")
def test_career_exploration_leaves_forbidden_services_behind():
    version = change(angela, *FLAGS, explores=True)
    goal = CareerGoal.objects.in_plan().get(plan=version.plan, role="employment")
    assert (goal.explores, goal.occupation) == (True, None)
    assert by_code(version.plan).keys() == {"BC-JSST", "SS-CHLD", "SS-TRAN"}


def test_the_log_says_what_was_carried_over(client):
    version = change(angela, "barriers")
    entry = rows(Barrier, version.plan)[0].history.first()
    assert (entry.history_change_reason, entry.history_user) == ("carried over from the plan before", planner())


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

"""Closing a plan as completed: what is still open is listed, and answered for, before the tick that can't be undone."""

import pytest
from django.urls import reverse

from acknowledgments.approvals import requests as approvals
from acknowledgments.models import StaffRequest
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import close_plan
from careerplan.plans.coenrollment import ApprovalNeeded
from careerplan.plans.enums import Outcome, PlanState
from careerplan.plans.loose_ends import Answer, as_text, from_text, loose_ends
from careerplan.plans.models import ItemEnding
from goals.actions import save_goal
from goals.models import ActionStep, Goal
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.goal_statuses import OFF_TRACK
from tests.markup import Page
from tests.naming import offered_as, shown
from tests.people import planner, youth_planner
from tests.rows import changed, everything, write
from tests.shared_plans import WORKER, enroll

pytestmark = pytest.mark.django_db
ELSEWHERE = Answer("elsewhere", note="At the college")


@pytest.fixture
def plan():
    """In force since today: a goal off track, a training service that is planned, a step that is not done."""
    version = states.in_force()
    goal = Goal.objects.get(plan=version.plan_id)
    save_goal(version.plan, goal, OFF_TRACK, by=planner(), at=states.now())
    states.signed(states.newest(version.plan.customer))
    return states.plan_of(version.plan.customer)


def close(plan, answers=None, **values):
    how = {"outcome": "completed", "answers": answers, "by": planner(), "at": states.now()}
    return close_plan(plan, **how | values)


def goal_of(plan):
    return Goal.objects.get(plan=plan)


def training_of(plan):
    return PlannedService.objects.get(plan=plan, service__code="TR-OST")


def step_of(plan):
    return ActionStep.objects.get(plan=plan)


def names(plan):
    return [f"goal-{goal_of(plan).pk}", f"service-{training_of(plan).pk}", f"action_step-{step_of(plan).pk}"]


def path_of(plan):
    return reverse("plan:close", args=[plan.customer_id])


def test_what_is_open_is_found_in_the_order_of_the_plan(plan):
    assert [(end.name, end.status) for end in loose_ends(plan)] == list(
        zip(names(plan), ["Off Track", "Planned", "Not done yet"], strict=True)
    )


@pytest.mark.parametrize("left_out", [None, 0, 1, 2])
def test_nothing_that_is_open_is_passed_over(plan, left_out):
    answers = {name: ELSEWHERE for number, name in enumerate(names(plan)) if left_out not in {None, number}}
    before = everything()
    with pytest.raises(Refusal) as refused:
        close(plan, answers)
    assert (refused.value.code, refused.value.field) == ("loose-ends", f"{names(plan)[left_out or 0]}-ending")
    assert changed(before, everything()) == {}


def test_each_ends_as_was_said_and_the_record_says_so(plan):
    goal, training, step = names(plan)
    today = states.today()
    closed = close(
        plan,
        {
            goal: Answer("complete", note="She showed the certificate."),
            training: Answer("not_done", reason="unavailable"),
            step: Answer("complete", ended_on=today),
        },
    )
    assert closed.state == PlanState.CLOSED
    assert (goal_of(plan).status, goal_of(plan).verified_how) == ("complete", "She showed the certificate.")
    row = training_of(plan)
    assert (row.status, row.never_provided_reason) == ("never_provided", "unavailable")
    assert step_of(plan).done_on == today
    kept = ItemEnding.objects.filter(plan=plan).order_by("id")
    assert [(row.kind, row.ending, row.recorded_by) for row in kept] == [
        ("goal", "complete", planner()),
        ("service", "not_done", planner()),
        ("action_step", "complete", planner()),
    ]
    assert [row.history.count() for row in kept] == [1, 1, 1]


def test_what_goes_on_elsewhere_stays_as_it_is_and_says_where(plan, client):
    close(plan, dict.fromkeys(names(plan), ELSEWHERE))
    assert (goal_of(plan).status, training_of(plan).status) == ("off_track", "planned")
    assert {row.note for row in ItemEnding.objects.filter(plan=plan)} == {"At the college"}
    client.force_login(planner())
    words = Page(client.get(reverse("plan:overview", args=[plan.customer_id]))).words
    assert "How it ended when the plan closed" in words
    assert "Continues somewhere else At the college" in words


def test_a_service_that_is_under_way_ends_early_or_is_complete(plan):
    today = states.today()
    save_service(training_of(plan), {"status": "started", "actual_start_on": today}, by=planner(), at=states.now())
    goal, training, step = names(plan)
    answers = {goal: ELSEWHERE, step: ELSEWHERE}
    with pytest.raises(Refusal) as refused:
        close(plan, answers | {training: Answer("not_done", reason="unavailable")})
    assert refused.value.code == "unknown-ending"
    close(plan, answers | {training: Answer("ended_early", ended_on=today, note="She moved away.")})
    assert (training_of(plan).status, training_of(plan).ended_on) == ("terminated", today)


@pytest.mark.parametrize(
    ("number", "answer", "field"),
    [
        (0, Answer("not_done"), "note"),
        (0, Answer("elsewhere", note=" "), "note"),
        (0, Answer("ended_early"), "ending"),
        (1, Answer("complete"), "started_on"),
        (1, Answer("not_done"), "reason"),
        (1, Answer("not_done", reason="other"), "note"),
        (2, Answer("complete"), "ended_on"),
        (2, Answer("not_done"), "note"),
    ],
)
def test_an_answer_that_lacks_something_closes_nothing(plan, number, answer, field):
    answers = dict.fromkeys(names(plan), ELSEWHERE) | {names(plan)[number]: answer}
    before = everything()
    with pytest.raises(Refusal) as refused:
        close(plan, answers)
    assert refused.value.field == f"{names(plan)[number]}-{field}"
    assert changed(before, everything()) == {}


def test_a_plan_that_is_not_completed_is_asked_nothing_of_it(plan):
    assert close(plan, outcome="not_completed", reason="other").state == PlanState.CLOSED
    assert not ItemEnding.objects.filter(plan=plan).exists()


# --- the page ---------------------------------------------------------------------------------


def test_the_page_lists_what_is_open_and_does_nothing_without_its_answers_and_the_tick(client, plan):
    client.force_login(planner())
    page = Page(client.get(path_of(plan)))
    assert "3 things are still open." in page.words
    for label in (goal_of(plan).statement, str(training_of(plan).service), step_of(plan).text):
        assert label in page.words
    answer = client.post(path_of(plan), {"outcome": "completed"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"understood", *(f"{name}-ending" for name in names(plan))}
    assert states.plan_of(plan.customer).is_open


def test_the_page_closes_the_plan_with_its_answers(client, plan):
    client.force_login(planner())
    goal, training, step = names(plan)
    today = f"{states.today():%m/%d/%Y}"
    posted = {
        "outcome": "completed", "understood": "on",
        f"{goal}-ending": "not_done", f"{goal}-note": "She found work in another trade.",
        f"{training}-ending": "complete", f"{training}-started_on": today, f"{training}-ended_on": today,
        f"{step}-ending": "complete", f"{step}-ended_on": today,
    }  # fmt: skip
    assert "The plan was closed." in Page(client.post(path_of(plan), posted, follow=True)).words
    assert training_of(plan).status == "complete"
    assert ItemEnding.objects.get(plan=plan, kind="goal").note == "She found work in another trade."


def headings(client, plan):
    """Of the form as it comes back: with an open version nobody is shown it empty."""
    page = Page(client.post(path_of(plan), {}))
    return [" ".join(legend.text_content().split()) for legend in page.root.iter("legend")]


def test_a_service_is_named_plainly_and_officially_wherever_its_end_is_told(client, plan):
    service = training_of(plan).service
    client.force_login(planner())
    assert f"{shown(service)} (Planned)" in headings(client, plan)
    with pytest.raises(Refusal) as refused:
        close(plan)
    assert offered_as(service) in str(refused.value.sentence)
    close(plan, dict.fromkeys(names(plan), ELSEWHERE))
    assert ItemEnding.objects.get(plan=plan, kind="service").label == service.name
    assert shown(service) in Page(client.get(reverse("plan:overview", args=[plan.customer_id]))).words


def test_what_was_typed_heads_its_answers_as_it_was_typed(client, plan):
    """No markup of it counts, and none of a template."""
    typed = "<b>Fit</b> {{ form }} {% nothing %}"
    states.reviewed(plan.customer)
    write(goal_of(plan), statement=typed)
    client.force_login(planner())
    assert f"{typed} (Off Track)" in headings(client, plan)


def test_what_the_planner_wrote_in_another_language_is_marked(client, plan):
    write(planner(), language="es")
    client.force_login(planner())
    marked = f'<bdi lang="en">{goal_of(plan).statement}</bdi> <small class="in-language">(inglés)</small>'
    assert marked in client.get(path_of(plan)).content.decode()
    close(plan, dict.fromkeys(names(plan), ELSEWHERE))
    page = client.get(reverse("plan:overview", args=[plan.customer_id])).content.decode()
    assert marked in page
    assert '<bdi lang="en">At the college</bdi>' in page


def test_a_day_that_can_not_be_is_said_at_its_field(client, plan):
    client.force_login(planner())
    _goal, training, _step = names(plan)
    posted = {"outcome": "completed", "understood": "on"}
    for name in names(plan):
        posted |= {f"{name}-ending": "elsewhere", f"{name}-note": "There"}
    posted |= {f"{training}-ending": "complete", f"{training}-started_on": "01/05/2026"}
    posted[f"{training}-ended_on"] = f"{states.today():%m/%d/%Y}"
    answer = client.post(path_of(plan), posted)
    assert set(answer.context["form"].errors) == {f"{training}-started_on"}
    assert states.plan_of(plan.customer).is_open


# --- shared plans -----------------------------------------------------------------------------


@pytest.mark.policy("WIS-190")
def test_the_other_planner_approves_the_answers_with_the_closing(client, plan):
    enroll(plan.customer, WORKER, youth_planner())
    goal, training, step = names(plan)
    answers = {
        goal: Answer("complete", note="She showed the certificate."),
        training: Answer("not_done", reason="no_show"),
        step: ELSEWHERE,
    }
    with pytest.raises(ApprovalNeeded) as needed:
        close(plan, answers)
    client.force_login(planner())
    client.post(needed.value.leads_to, {"reason": "She has work."})
    request = StaffRequest.objects.get(customer=plan.customer)
    assert from_text(request.arguments["answers"]) == answers
    approvals.answer(request, approves=True, by=youth_planner(), at=states.now())
    assert states.plan_of(plan.customer).outcome == Outcome.COMPLETED
    assert training_of(plan).never_provided_reason == "no_show"


def test_what_opened_since_is_not_closed_by_an_older_approval(plan):
    enroll(plan.customer, WORKER, youth_planner())
    training, step = names(plan)[1:]
    with pytest.raises(Refusal) as refused:
        close(plan, {training: ELSEWHERE, step: ELSEWHERE}, approved_by={youth_planner().pk})
    assert refused.value.code == "loose-ends"


def test_answers_are_read_as_they_were_written():
    answers = {
        "goal-3": Answer("complete", note="She showed the certificate."),
        "service-4": Answer("not_done", reason="other", note="¡Sí, «más»!"),
    }
    assert from_text(as_text(answers)) == answers
    assert (as_text({}), from_text("")) == ("", {})


@pytest.mark.parametrize("text", ["{", "[]", '{"goal-3":{}}', '{"goal-3":{"ending":"won"}}', '{"goal-3":1}'])
def test_what_is_no_answer_is_refused(text):
    with pytest.raises(ValueError):
        from_text(text)

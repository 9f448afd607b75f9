"""The customer's plan as it is today beside what was agreed to; next steps, what is late, and Done for one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from acknowledgments.agreement.in_force import contents_of_active
from acknowledgments.agreement.today import as_of_today
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.changes import compare
from acknowledgments.contents.items import KINDS
from acknowledgments.models import Seal
from acknowledgments.paper.next_steps import next_steps
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.pages import my
from careerplan.plans.models import Barrier
from careerplan.plans.rows import take_out
from goals.items import ACTION_STEP, GOAL
from goals.models import ActionStep
from goals.steps import finish_own_step, remove_step, save_step, take_own_done_back
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, david, planner
from tests.rows import changed, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def in_days(days):
    return states.today() + timedelta(days=days)


def step_of(version, text="Hand in the health form"):
    return ActionStep.objects.select_related("plan").get(plan=version.plan, text=text)


def save(step, **values):
    return save_step(step.plan, step, values, by=planner(), at=states.now())


def dashboard(client, version):
    client.force_login(version.plan.customer.user)
    return Page(client.get(reverse("my:dashboard")))


def today_of(version):
    return as_of_today(version.plan, contents_of_active(version.plan_id))


def words_of(page, name):
    [found] = page.root.xpath("//*[@id=$id]", id=name)
    return " ".join(found.text_content().split())


@pytest.fixture
def version():
    """In force, agreed to today."""
    return states.in_force()


# --- as it is today ---------------------------------------------------------------------------


def test_without_a_draft_it_is_the_working_copy(version):
    assert compare(today_of(version), contents_of(version.plan, version)) == []
    plan = states.plan_of(angela())
    active = plan.versions.get(state="active")
    now, working = today_of(active), contents_of(plan, active)
    assert [now.of(kind) == working.of(kind) for kind in KINDS] == [True] * len(KINDS)


@pytest.mark.policy("ILL-010")
def test_what_was_recorded_since_is_told_beside_what_was_agreed_to(client, version):
    assert "Nothing has changed." in words_of(dashboard(client, version), "since-signed")
    save(step_of(version), due_on=in_days(9), who="both")
    page = dashboard(client, version)
    told = words_of(page, "since-signed")
    assert "Changed: Action step Hand in the health form" in told
    assert f"to {date_format(in_days(9))}" in told
    assert f"You and your career planner · by {date_format(in_days(9))}" in words_of(page, "contents")
    assert f"You · by {date_format(in_days(5))}" in words_of(page, "signed")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_a_draft_adds_is_hidden_from_the_customer(client, kind):
    plan = states.plan_of(angela())
    states.reviewed(angela())
    before = today_of(plan.versions.get(state="active"))
    version = states.newest(angela())
    write = states.pen(version)
    goal = write.goal("Start a business", "CAREER_PLAN")
    write.step("Hidden step", goal, in_days=3)
    write.barrier("LTUE", "Hidden need")
    write.service("BC-JSST", goal, planned_start_on=in_days(2))
    now = today_of(plan.versions.get(state="active"))
    assert now.of(kind) == before.of(kind)
    assert [word for word in ("Start a business", "Hidden") if word in dashboard(client, version).words] == []


def test_what_a_draft_removes_or_rewords_stays_with_what_is_free(client, version):
    draft = states.reviewed(version.plan.customer)
    save(step_of(version), text="Another thing", due_on=in_days(8))
    step = now_step(version)
    assert (step.text, step.due_on) == ("Hand in the health form", in_days(8).isoformat())
    remove_step(ActionStep.objects.get(plan=draft.plan), reason="Not needed", by=planner(), at=states.now())
    assert now_step(version).text == "Hand in the health form"
    assert "Another thing" not in dashboard(client, version).words


@pytest.mark.parametrize("changed", [False, True])
def test_done_is_offered_for_what_no_draft_changes(client, version, changed):
    states.reviewed(version.plan.customer)
    if changed:
        save(step_of(version), text="Another thing")
    assert ("I have done this" in words_of(dashboard(client, version), "next-steps")) is not changed


def now_step(version):
    [step] = today_of(version).of(ACTION_STEP)
    return step


def test_a_barrier_that_a_draft_removes_is_still_related_to_its_service():
    version = states.draft()
    service = PlannedService.objects.select_related("plan", "service").get(plan=version.plan, service__code="TR-OST")
    barrier = Barrier.objects.select_related("plan").get(plan=version.plan)
    barrier.relate(service, to=True, by=planner(), at=states.now())
    version = states.signed(version)
    states.reviewed(version.plan.customer)
    take_out(version.plan, barrier, reason="Mistake", why="other", by=planner(), at=states.now())
    assert {row.id: row.barrier_ids for row in today_of(version).services}[service.pk] == (barrier.pk,)


def test_a_goal_has_the_days_of_its_services_of_today(version):
    for service in PlannedService.objects.filter(plan=version.plan).select_related("plan"):
        values = {"planned_start_on": in_days(20), "planned_end_on": in_days(40)}
        save_service(service, values, by=planner(), at=states.now())
    [goal] = today_of(version).of(GOAL)
    assert goal.ends_on == in_days(40).isoformat()


def test_a_service_of_one_day_names_the_day_once(client, version):
    service = PlannedService.objects.select_related("plan").get(plan=version.plan, service__code="TR-OST")
    days = {"planned_start_on": in_days(20), "planned_end_on": in_days(20)}
    save_service(service, days, by=planner(), at=states.now())
    day, told = date_format(in_days(20)), words_of(dashboard(client, version), "contents")
    assert day in told
    assert f"{day} – {day}" not in told


# --- next steps -------------------------------------------------------------------------------


def test_next_steps_come_by_their_days_and_what_is_late_is_said_plainly(client, version):
    save(step_of(version), due_on=in_days(-3))
    page = dashboard(client, version)
    told = words_of(page, "next-steps")
    late = f"Hand in the health form You · was planned for {date_format(in_days(-3))}; ask your planner"
    assert late in told
    assert f"starts on {date_format(in_days(10))}" in told
    assert told.index("health form") < told.index("starts on")


def test_what_is_done_or_has_ended_is_no_next_step(version):
    step = step_of(version)
    before = {found.ref for found in next_steps(today_of(version), on=states.today())}
    finish_own_step(step, by=version.plan.customer.user, at=states.now())
    after = {found.ref for found in next_steps(today_of(version), on=states.today())}
    assert before - after == {f"step-{step.pk}"}


def test_a_day_is_late_on_the_day_after(version):
    save(step_of(version), due_on=in_days(0))
    late = {
        days: next(found for found in next_steps(today_of(version), on=in_days(days)) if found.may_be_done).is_late
        for days in (0, 1)
    }
    assert late == {0: False, 1: True}


def test_a_review_is_late_on_the_day_after(version):
    active = Seal.objects.valid().select_related("version__plan", "acknowledgment").get(version=version)
    due = active.version.next_review_on
    late = [my.plan_today(active, on=on)["review_is_late"] for on in (due, due + timedelta(days=1))]
    assert late == [False, True]


# --- done -------------------------------------------------------------------------------------


def test_the_customer_says_that_a_step_is_done_and_the_planner_sees_who_said_so(client, version):
    customer, step = version.plan.customer, step_of(version)
    page = dashboard(client, version)
    path = reverse("my:step-done", args=[step.pk])
    page.form(path, "I have done this: Hand in the health form")
    reply = Page(client.post(path, follow=True))
    assert "The step is done now. Your planner can see it." in reply.words
    step.refresh_from_db()
    assert step.done_on == states.today()
    client.force_login(planner())
    [row] = Page(client.get(reverse("plan:goals", args=[customer.pk]))).table("Action steps")
    assert row["Done"].endswith("said by the customer")
    assert str(customer) in Page(client.get(reverse("plan:log", args=[customer.pk]))).words


def test_a_press_by_mistake_is_taken_back(client, version):
    step = step_of(version)
    dashboard(client, version)
    client.post(reverse("my:step-done", args=[step.pk]))
    assert "The step is not done yet." in client.post(reverse("my:step-undo", args=[step.pk]), follow=True).text
    step.refresh_from_db()
    assert step.done_on is None
    finish_own_step(step, by=version.plan.customer.user, at=states.now())
    save(step, due_on=in_days(20))
    refused("changed-since", lambda: take_own_done_back(step, by=version.plan.customer.user, at=states.now()))


def test_what_a_planner_recorded_is_the_planners_word(client, version):
    save(step_of(version), done_on=states.today())
    client.force_login(planner())
    [row] = Page(client.get(reverse("plan:goals", args=[version.plan.customer_id]))).table("Action steps")
    assert "said by the customer" not in row["Done"]


def refused(code, act):
    before = everything()
    with pytest.raises(Refusal) as found:
        act()
    assert found.value.code == code
    assert changed(before, everything()) == {}


def test_a_planners_step_is_not_the_customers_to_do(client, version):
    step = save(step_of(version), who="planner")
    refused("not-own-step", lambda: finish_own_step(step, by=version.plan.customer.user, at=states.now()))
    assert f"/my/steps/{step.pk}/done/" not in str(dashboard(client, version).root.xpath("//form/@action"))


@pytest.mark.policy("WIS-134", "AMB-W30")
def test_a_step_that_is_not_agreed_to_waits(version):
    states.reviewed(version.plan.customer)
    states.pen(states.newest(version.plan.customer)).step("Not yet", version.plan.goals.in_plan()[0], in_days=3)
    step = step_of(version, "Not yet")
    refused("not-agreed-yet", lambda: finish_own_step(step, by=version.plan.customer.user, at=states.now()))


def test_nobody_says_it_for_another_customer(client, version):
    step = step_of(version)
    for person in (david().user, planner()):
        before = everything()
        with pytest.raises(NotAllowed):
            finish_own_step(step, by=person, at=states.now())
        assert changed(before, everything()) == {}


def test_a_press_twice_is_done_once(version):
    step = finish_own_step(step_of(version), by=version.plan.customer.user, at=states.now())
    before = everything()
    finish_own_step(step, by=version.plan.customer.user, at=states.now())
    assert changed(before, everything()) == {}


def test_in_a_closed_plan_nothing_is_left_to_do(client, version):
    step = step_of(version)
    states.closed(version.plan.customer, "not_completed", "other")
    refused("step-not-in-plan", lambda: finish_own_step(step, by=version.plan.customer.user, at=states.now()))
    assert not dashboard(client, version).has_id("next-steps")


def test_whoever_says_it_among_all_steps_stays_there(client, version):
    client.force_login(version.plan.customer.user)
    path = reverse("my:step-done", args=[step_of(version).pk])
    form = Page(client.get(reverse("my:steps"))).form(path)
    answer = client.post(path, form, follow=True)
    assert answer.redirect_chain == [(reverse("my:steps"), 302)]
    assert "The step is done now. Your planner can see it." in Page(answer).words

"""The status of a goal: who sets it, and what going off track brings about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from goals.actions import save_goal
from goals.enums import STATUS_MEANINGS, GoalStatus
from goals.models import Goal, GoalCategory
from goals.progress.models import GoalSetback
from services.actions import save_service
from services.enums import ServiceStatus
from services.models import PlannedService
from tests import states
from tests.goal_statuses import COMPLETE, OFF_TRACK, going
from tests.markup import Page
from tests.people import angela, david, planner, tyrell, youth_planner
from tests.rows import changed, date_back, everything, write

pytestmark = pytest.mark.django_db


def goal_of(customer, number=0):
    return Goal.objects.in_plan().filter(plan__customer=customer()).select_related("plan").in_order()[number]


def set_status(goal, status):
    return save_goal(goal.plan, goal, going(status), by=goal.plan.customer.planner, at=states.now())


def offered(client, goal):
    path = reverse("plan:goal-edit", args=[goal.plan.customer_id, goal.pk])
    return Page(client.get(path)).root.xpath("//select[@name='status']/option/@value")


def added(client, **values):
    """A goal that was added on the page; its status is the form's where none is chosen."""
    client.force_login(planner())
    path = reverse("plan:goal-add", args=[david().pk])
    category = GoalCategory.objects.get(code="CAREER_PLAN").pk
    posted = {"statement": "Find a mentor", "category": category, "term": "short"} | values
    posted |= going(values["status"]) if values else {}
    page = Page(client.post(path, Page(client.get(path)).form(path) | posted, follow=True))
    return Goal.objects.get(statement="Find a mentor"), page.table("Goal statements")[-1]["Status"]


@pytest.mark.policy("ILL-048", "ILL-080", "ILL-083")
def test_a_goal_begins_as_not_started(client):
    goal, shown = added(client)
    assert (goal.status, shown) == (GoalStatus.NOT_STARTED, "Not Started")


@pytest.mark.policy("ILL-080")
@pytest.mark.parametrize(("status", "label"), [("on_track", "On Track"), ("complete", "Complete")])
def test_a_goal_is_added_with_the_status_that_the_planner_sets(client, status, label):
    goal, shown = added(client, status=status)
    assert (goal.status, shown.startswith(label)) == (status, True)


@pytest.mark.policy("ILL-048", "ILL-085", "ILL-086", "ILL-088")
@pytest.mark.parametrize("status", ["on_track", "off_track", "complete", "not_started"])
def test_the_planner_sets_the_status(client, status):
    client.force_login(planner())
    goal = goal_of(angela, 1)
    path = reverse("plan:goal-edit", args=[angela().pk, goal.pk])
    client.post(path, Page(client.get(path)).form(path) | going(status))
    goal.refresh_from_db()
    assert goal.status == status


@pytest.mark.policy("ILL-048", "ILL-088")
@pytest.mark.parametrize("status", ["on_track", "complete"])
def test_the_customer_sets_no_status(status):
    goal, before = goal_of(angela), everything()
    with pytest.raises(NotAllowed):
        save_goal(goal.plan, goal, going(status), by=angela().user, at=states.now())
    assert changed(before, everything()) == {}


def test_started_is_not_offered_but_kept_where_it_stands(client):
    client.force_login(planner())
    assert "started" not in offered(client, goal_of(david))
    assert "started" in offered(client, goal_of(angela))


@pytest.mark.policy("AMB-I1")
def test_nobody_sets_started():
    goal = goal_of(david)
    with pytest.raises(Refusal) as refused:
        set_status(goal, GoalStatus.STARTED)
    assert (refused.value.code, refused.value.field) == ("started-by-system", "status")


# --- started by itself ------------------------------------------------------------------------


def start(service, **values):
    values = {"status": ServiceStatus.STARTED, "actual_start_on": timezone.localdate()} | values
    return save_service(service, values, by=service.plan.customer.planner, at=states.now())


def service_of(customer, code):
    return PlannedService.objects.select_related("plan__customer").get(plan__customer=customer(), service__code=code)


def job():
    """A service that is no assessment, under a goal that has not begun, of a plan in force."""
    version = states.in_force()
    rows = PlannedService.objects.select_related("plan__customer", "goal")
    return rows.get(plan=version.plan, service__code="TR-OST")


@pytest.mark.policy("ILL-084", "AMB-I1")
def test_a_goal_starts_by_itself_when_a_service_under_it_starts():
    goal = start(job()).goal
    goal.refresh_from_db()
    assert goal.status == GoalStatus.STARTED
    row = goal.history.first()
    assert row.history_change_reason == "automatic: a related service started"
    assert [change["to"] for change in row.changes] == ["Started"]


@pytest.mark.policy("ILL-084")
def test_a_goal_starts_by_itself_when_a_started_service_comes_under_it():
    service = start(job())
    states.reviewed(service.plan.customer)
    goal = states.add_goal(service.plan.customer)
    save_service(service, {"goal": goal}, by=planner(), at=states.now())
    goal.refresh_from_db()
    assert goal.status == GoalStatus.STARTED


@pytest.mark.parametrize("status", ["on_track", "off_track", "complete"])
def test_a_status_that_the_planner_chose_stays_when_a_service_starts(status):
    service = job()
    set_status(service.goal, status)
    goal = start(service).goal
    goal.refresh_from_db()
    assert goal.status == status


def test_a_goal_that_the_planner_set_back_does_not_start_again_by_a_note():
    service = start(job())
    set_status(service.goal, GoalStatus.NOT_STARTED)
    service.refresh_from_db()
    goal = save_service(service, {"notes": "The room has changed."}, by=planner(), at=states.now()).goal
    goal.refresh_from_db()
    assert goal.status == GoalStatus.NOT_STARTED


@pytest.mark.policy("ILL-084", "AMB-I1")
@pytest.mark.parametrize("code", ["BC-INIT", "IC-COMP", "PE-OBJA"])
def test_an_assessment_does_not_start_its_goal(code):
    """David's goal for a job, of a plan to which he has not agreed: an assessment may start before."""
    goal = goal_of(david, 3)
    assert start(states.pen(states.newest(david())).service(code, goal)).goal == goal
    goal.refresh_from_db()
    assert goal.status == GoalStatus.NOT_STARTED


# --- off track --------------------------------------------------------------------------------


@pytest.mark.policy("ILL-087")
def test_the_customer_is_told_that_a_goal_is_off_track():
    goal = set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    message = Message.objects.get(recipient=angela().user, kind=Notice.GOAL_OFF_TRACK)
    assert goal.statement in message.body
    assert "Devon Okafor would like to work with you to get back on track." in message.body
    assert message.sender == planner()
    waiting = Notification.objects.get(message=message)
    assert (waiting.recipient, waiting.sent_at) == (angela().user, None)


@pytest.mark.policy("ILL-075", "AMB-I7")
def test_a_goal_off_track_opens_a_draft_and_the_version_in_force_stays_in_force():
    set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    version = states.newest(angela())
    assert version.plan.versions.get(number=1).state == VersionState.ACTIVE
    assert (version.number, version.state, version.created_on) == (2, VersionState.DRAFT, timezone.localdate())


def test_a_goal_off_track_joins_the_draft():
    states.reviewed(angela())
    set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    assert states.plan_of(angela()).versions.count() == 2


def test_staying_off_track_tells_nobody_again():
    goal = set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    set_status(goal, GoalStatus.OFF_TRACK)
    assert Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).count() == 1
    set_status(goal, GoalStatus.ON_TRACK)
    set_status(goal, GoalStatus.OFF_TRACK)
    assert Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).count() == 2


def test_while_a_version_is_with_the_customer_no_goal_goes_off_track(client):
    client.force_login(youth_planner())
    goal = goal_of(tyrell)
    path = reverse("plan:goal-edit", args=[tyrell().pk, goal.pk])
    data = Page(client.get(path)).form(path) | OFF_TRACK
    before = everything()
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["status"] == [
        "Version 1 is with the customer. Recall it first: the customer must agree to an off-track goal."
    ]
    assert changed(before, everything()) == {}


def test_a_customer_without_a_sign_in_is_not_told_and_the_goal_is_off_track_all_the_same():
    customer = states.enrolled(with_sign_in=False)
    goal = states.pen(states.started(customer)).goal("Find work", "CAREER_PLAN")
    set_status(goal, GoalStatus.OFF_TRACK)
    goal.refresh_from_db()
    assert goal.status == GoalStatus.OFF_TRACK
    assert not Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).exists()


def test_a_service_that_starts_later_has_not_moved_its_goal_yet():
    service = service_of(david, "YE-01")
    later = timezone.localdate() + timedelta(days=3)
    save_service(service, {"planned_start_on": later, "planned_end_on": later}, by=planner(), at=states.now())
    assert goal_of(david).status == GoalStatus.NOT_STARTED


# --- what is said of it -----------------------------------------------------------------------


@pytest.fixture
def at_work(client):
    client.force_login(planner())
    return client


def edit(client, goal, **values):
    path = reverse("plan:goal-edit", args=[goal.plan.customer_id, goal.pk])
    return client.post(path, Page(client.get(path)).form(path) | values)


def row_of(client, goal):
    page = Page(client.get(reverse("plan:goals", args=[goal.plan.customer_id])))
    return next(row for row in page.table("Goal statements") if row["Goal Statement"] == goal.statement)


@pytest.mark.policy("ILL-080", "ILL-083", "ILL-085", "ILL-086", "ILL-088")
@pytest.mark.parametrize("page", ["goals", "goal-add"])
def test_each_status_stands_with_its_meaning(at_work, page):
    words = Page(at_work.get(reverse(f"plan:{page}", args=[david().pk]))).words
    assert list(STATUS_MEANINGS) == list(GoalStatus)
    for status, meaning in STATUS_MEANINGS.items():
        assert f"{status.label} {meaning}" in words


@pytest.mark.policy("ILL-086")
@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("setback_reason", "Say why the goal is off track."),
        ("setback_remedy", "Say what will be done about it."),
    ],
)
def test_off_track_says_why_and_what_will_be_done(at_work, missing, sentence):
    before = everything()
    answer = edit(at_work, goal_of(angela), **OFF_TRACK | {missing: " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors[missing] == [sentence]
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-086")
def test_what_a_goal_off_track_does_not_say_is_asked_for_at_once(at_work):
    answer = edit(at_work, goal_of(angela), status="off_track")
    assert list(answer.context["form"].errors) == ["setback_reason", "setback_remedy"]


@pytest.mark.policy("ILL-086")
@pytest.mark.parametrize("missing", ["setback_reason", "setback_remedy"])
def test_the_action_takes_no_goal_off_track_that_does_not_say_so(missing):
    goal, before = goal_of(angela), everything()
    with pytest.raises(Refusal) as refused:
        save_goal(goal.plan, goal, OFF_TRACK | {missing: ""}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("nothing-said", missing)
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-086", "ILL-087")
def test_why_a_goal_is_off_track_is_kept_shown_and_told_to_the_customer(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK)
    kept = GoalSetback.objects.get(goal=goal)
    assert (kept.number, kept.reason, kept.remedy) == (1, "Two classes were missed.", "We look for an evening class.")
    assert kept.said_by == planner()
    status = row_of(at_work, goal)["Status"]
    assert "Why it is off track Two classes were missed." in status
    assert "What will be done We look for an evening class." in status
    body = Message.objects.get(kind=Notice.GOAL_OFF_TRACK).body
    assert "Two classes were missed." in body
    assert "We look for an evening class." in body
    told = {change["label"]: change["to"] for change in goal.history.first().changes}
    assert told["why it is off track"] == "Two classes were missed."


def test_each_time_off_track_is_a_row_of_its_own_and_other_words_are_another(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK)
    edit(at_work, goal, setback_remedy="We call the college.")
    edit(at_work, goal, term="long")
    edit(at_work, goal, status="on_track")
    edit(at_work, goal, **OFF_TRACK)
    rows = GoalSetback.objects.filter(goal=goal).order_by("pk").values_list("number", "remedy")
    first = OFF_TRACK["setback_remedy"]
    assert list(rows) == [(1, first), (1, "We call the college."), (2, first)]
    assert Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).count() == 2


def test_what_was_said_last_stands_in_the_form_while_the_goal_is_off_track(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK)
    path = reverse("plan:goal-edit", args=[angela().pk, goal.pk])
    shown = Page(at_work.get(path)).form(path)
    assert (shown["setback_reason"], shown["setback_remedy"]) == (
        OFF_TRACK["setback_reason"], OFF_TRACK["setback_remedy"],
    )  # fmt: skip
    edit(at_work, goal, status="on_track")
    assert Page(at_work.get(path)).form(path)["setback_reason"] == ""


def test_a_reason_that_is_typed_for_another_status_is_not_kept(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **OFF_TRACK | COMPLETE | {"status": "on_track"})
    goal.refresh_from_db()
    assert (goal.verified_how, GoalSetback.objects.filter(goal=goal).exists()) == ("", False)


def test_a_goal_that_went_off_track_in_a_former_release_is_edited_without_a_reason():
    goal = set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    date_back(GoalSetback.objects.get(goal=goal), number=goal.times_off_track + 1)  # nothing was said of this time
    nothing = {"term": "long", "status": "off_track", "setback_reason": "", "setback_remedy": ""}
    assert save_goal(goal.plan, goal, nothing, by=planner(), at=states.now()).term == "long"


@pytest.mark.policy("ILL-088")
def test_complete_says_how_it_was_verified(at_work):
    before = everything()
    answer = edit(at_work, goal_of(angela), status="complete")
    assert answer.status_code == 422
    sentence = "Say how you verified that the customer completed this goal."
    assert answer.context["form"].errors["verified_how"] == [sentence]
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-088")
def test_how_it_was_verified_is_kept_and_shown(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **COMPLETE)
    goal.refresh_from_db()
    assert goal.verified_how == "The certificate was shown."
    assert "How it was verified The certificate was shown." in row_of(at_work, goal)["Status"]


def test_a_goal_is_verified_anew_each_time_that_it_is_complete(at_work):
    goal = goal_of(angela)
    edit(at_work, goal, **COMPLETE)
    edit(at_work, goal, status="on_track")
    assert edit(at_work, goal, status="complete").status_code == 422
    with pytest.raises(Refusal):
        save_goal(goal.plan, goal, {"status": "complete"}, by=planner(), at=states.now())


def test_a_goal_that_a_former_release_completed_may_stand_and_be_edited():
    states.reviewed(angela())
    goal = goal_of(angela)
    write(goal, status="complete", verified_how=None)
    saved = save_goal(goal.plan, goal, {"term": "long"}, by=planner(), at=states.now())
    assert (saved.status, saved.verified_how) == ("complete", None)


def test_what_was_said_of_the_status_is_sealed_and_read_with_the_plan(at_work):
    states.reviewed(angela())
    off, done = goal_of(angela), goal_of(angela, 1)
    set_status(off, GoalStatus.OFF_TRACK)
    set_status(done, GoalStatus.COMPLETE)
    version = states.newest(angela())
    items = {goal.id: goal for goal in contents_of(version.plan, version).goals}
    assert (items[off.pk].setback_reason, items[off.pk].setback_remedy) == (
        OFF_TRACK["setback_reason"], OFF_TRACK["setback_remedy"],
    )  # fmt: skip
    assert (items[off.pk].verified_how, items[done.pk].verified_how) == ("", COMPLETE["verified_how"])
    states.sent(version)
    words = Page(at_work.get(reverse("plan:version", args=[angela().pk, version.pk]))).words
    assert "Why it is off track Two classes were missed." in words
    assert "How it was verified The certificate was shown." in words

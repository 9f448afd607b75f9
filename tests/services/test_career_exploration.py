"""While career exploration is the goal: what may not be in the plan, and what needs a reason (12.7.5)."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.sending import Incomplete
from careerplan.base.dates import in_row
from careerplan.base.refusals import Refusal
from goals.actions import remove_career_goal, set_career_goal
from goals.models import CareerGoal
from services.actions import add_service, save_service
from services.models import Service
from tests import states
from tests.markup import Page
from tests.naming import offered_as
from tests.people import angela, lucia, north_planner, planner
from tests.rows import changed, everything, write
from tests.services.service_form import move, path_of, send
from tests.services.starts import TODAY, added_in_review, planned, start

pytestmark = pytest.mark.django_db


# --- a new plan for another employment goal ---------------------------------------------------


def leave(version):
    goal = CareerGoal.objects.in_plan().get(plan=version.plan)
    remove_career_goal(goal, reason="She knows now.", by=planner(), at=states.now())


def test_career_exploration_that_has_left_the_plan_forbids_nothing():
    version = states.draft()
    pen = states.pen(version)
    leave(version)
    pen.career_goal("employment", explores=True)
    leave(version)
    pen.career_goal("employment", "31-1131")
    states.signed(version)
    row = planned(version.plan.customer, "TR-OST")
    start(row)
    row.refresh_from_db()
    assert row.status == "started"
    assert states.pen(states.reviewed(version.plan.customer)).service("TR-OJT1").service.code == "TR-OJT1"


# --- career exploration -----------------------------------------------------------------------

FORBIDDEN = pytest.mark.parametrize("code", ["TR-OST", "TR-OJT1", "TR-IWT", "AP-RAP", "IC-FINL"])


@pytest.mark.policy("WIS-036", "WIS-038")
@FORBIDDEN
def test_career_exploration_keeps_training_out_of_the_plan(code):
    before = everything()
    with pytest.raises(Refusal) as refused:
        add_service(
            states.plan_of(lucia()), Service.objects.get(code=code), goal=None, by=north_planner(), at=states.now()
        )
    assert refused.value.code == "not-in-exploration"
    name = offered_as(Service.objects.get(code=code))
    assert refused.value.sentence == f"{name} may not be in a plan whose goal is career exploration."
    assert changed(before, everything()) == {}


def turned_to_exploration(code):
    """A first draft that listed the service before its goal became career exploration."""
    version = states.draft()
    pen = states.pen(version)
    row = planned(version.plan.customer, "TR-OST") if code == "TR-OST" else pen.service(code, version.plan.goals.get())
    set_career_goal(version.plan, "employment", explores=True, by=planner(), at=states.now())
    pen.note(no_supportive_services=True)
    return row


@pytest.mark.policy("WIS-036", "WIS-038")
@FORBIDDEN
def test_career_exploration_lets_no_training_start(code):
    row = turned_to_exploration(code)
    with pytest.raises(Refusal) as refused:
        start(row)
    assert (refused.value.code, refused.value.field) == ("not-in-exploration", "actual_start_on")
    assert (
        refused.value.sentence
        == f"{offered_as(row.service)} can't start while career exploration is the goal (12.7.5)."
    )


@pytest.mark.policy("WIS-036", "WIS-038")
def test_a_plan_that_holds_it_is_not_sent():
    version = turned_to_exploration("TR-OST").plan.versions.get()
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [(entry.code, entry.item) for entry in refused.value.missing] == [
        ("EXPLORATION-SERVICE", "Occupational Skills Training (ITA)")
    ]


@pytest.mark.policy("AMB-W25")
@pytest.mark.parametrize("code", ["SS-EXAM", "IC-GRPC", "RF-TRNG"])
def test_what_needs_a_reason_during_exploration_is_sent_with_one(code):
    version = states.newest(lucia())
    pen = states.pen(version)
    row = pen.service(code, version.plan.goals.in_order()[0], planned_start_on=pen.in_days(5), dollar_value=60)
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [(entry.code, entry.item) for entry in refused.value.missing] == [("EXPLORATION-REASON", str(row))]
    reason = {"exploration_reason": "She tries out care work; the check must be paid first."}
    save_service(row, reason, by=north_planner(), at=states.now())
    reasons = {item.id: item.exploration_reason for item in states.sent(version).contents.services}
    assert reasons[row.pk] == reason["exploration_reason"]


@pytest.mark.policy("AMB-W25")
def test_pre_apprenticeship_is_sent_with_a_reason_and_a_supervisors_approval(client):
    version = states.newest(lucia())
    pen = states.pen(version)
    row = pen.service("AP-PRE", version.plan.goals.in_order()[0], planned_start_on=pen.in_days(5))
    path = reverse("plan:service-edit", args=[lucia().pk, row.pk])
    client.force_login(north_planner())
    page = Page(client.get(path))
    assert page.has_id("id_exploration_supervisor")
    client.post(path, page.form(path) | {"exploration_reason": "She wants to see the trade."})
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [(entry.code, entry.item) for entry in refused.value.missing] == [("EXPLORATION-APPROVAL", str(row))]
    client.post(path, Page(client.get(path)).form(path) | {"exploration_supervisor": "Mary Odell"})
    approved = {item.id: item.exploration_supervisor for item in states.sent(version).contents.services}
    assert approved[row.pk] == "Mary Odell"


def agreed_before_the_approval_was_asked():
    """Pre-apprenticeship in a plan in force for career exploration, without the supervisor who approved it."""
    version = states.newest(lucia())
    pen = states.pen(version)
    row = pen.service("AP-PRE", version.plan.goals.in_order()[0], planned_start_on=pen.in_days(5))
    said = {"exploration_reason": "She wants to see the trade.", "exploration_supervisor": "Mary Odell"}
    save_service(row, said, by=north_planner(), at=states.now())
    states.signed(version)
    row.refresh_from_db()
    write(row, exploration_supervisor="")
    return planned(lucia(), "AP-PRE")


@pytest.mark.policy("AMB-W25")
def test_pre_apprenticeship_starts_with_a_supervisors_approval_only():
    row = agreed_before_the_approval_was_asked()
    before = everything()
    with pytest.raises(Refusal) as refused:
        start(row)
    assert (refused.value.code, refused.value.field) == ("approval-missing", "exploration_supervisor")
    sentence = "Name the supervisor who approved it: {} needs that while career exploration is the goal."
    assert refused.value.sentence == sentence.format(offered_as(row.service))
    assert changed(before, everything()) == {}
    start(row, exploration_supervisor="Mary Odell")
    row.refresh_from_db()
    assert (row.status, row.exploration_supervisor) == ("started", "Mary Odell")


@pytest.mark.policy("AMB-W25")
def test_the_approval_stays_once_the_service_has_started():
    row = agreed_before_the_approval_was_asked()
    start(row, exploration_supervisor="Mary Odell")
    with pytest.raises(Refusal) as refused:
        save_service(row, {"exploration_supervisor": " "}, by=north_planner(), at=states.now())
    assert refused.value.code == "approval-missing"


@pytest.mark.policy("AMB-W25")
def test_ready_to_start_and_the_start_say_that_the_approval_is_missing(client):
    row = agreed_before_the_approval_was_asked()
    client.force_login(north_planner())
    assert "Name the supervisor who approved it" in Page(client.get(path_of(row))).words
    page = move(client, row, "start", actual_start_on=in_row(TODAY))
    assert page.status_code == 422
    assert "Name the supervisor who approved it" in str(page.context["form"].errors)
    send(client, row, exploration_supervisor="Mary Odell")
    assert "Name the supervisor who approved it" not in Page(client.get(path_of(row))).words
    assert move(client, row, "start", actual_start_on=in_row(TODAY)).status_code == 200


@pytest.mark.policy("AMB-W25")
def test_pre_apprenticeship_starts_unapproved_toward_another_goal():
    version = states.draft()
    pen = states.pen(version)
    row = pen.service("AP-PRE", version.plan.goals.get(), planned_start_on=pen.in_days(5))
    states.signed(version)
    row.refresh_from_db()
    start(planned(version.plan.customer, "AP-PRE"))
    row.refresh_from_db()
    assert row.status == "started"


@pytest.mark.policy("AMB-W25")
@pytest.mark.parametrize(("code", "asked"), [("SS-EXAM", True), ("SS-TRAN", False)])
def test_the_form_asks_for_the_reason_where_the_catalog_does(client, code, asked):
    client.force_login(planner())
    row = added_in_review(angela(), "SS-EXAM") if code == "SS-EXAM" else planned(angela(), code)
    path = reverse("plan:service-edit", args=[angela().pk, row.pk])
    assert Page(client.get(path)).has_id("id_exploration_reason") is asked

"""Recovering a deleted draft: asked for by a planner, approved by statewide staff, exactly as it was (12.7.7)."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.drafts import recover_draft
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.approvals import requests as approvals
from acknowledgments.approvals.requests import Question
from acknowledgments.enums import RequestKind
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.accounts.models import User
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from careerplan.plans.rows import put_back
from goals.items import ACTION_STEP
from goals.models import ActionStep, Goal
from goals.steps import remove_step
from services.actions import remove_service, save_service
from services.models import PlannedService
from tests import states
from tests.acknowledgments.test_deleting_a_draft import EDITS
from tests.markup import Page
from tests.people import administrator, angela, david, lucia, north_planner, planner, statewide, youth_planner
from tests.rows import changed, everything

pytestmark = [pytest.mark.django_db, pytest.mark.policy("WIS-093")]


def contents(version):
    version.refresh_from_db()
    return contents_of(states.plan_of(version.plan.customer), version)


def recovered(version):
    return recover_draft(version, by=statewide(), at=states.now())


def asked(version, by=None):
    what = {"target": f"version:{version.pk}", "arguments": {"version": version.pk}}
    question = Question(RequestKind.RECOVER_DRAFT, version.plan.customer, version.plan, str(version), **what)
    return approvals.ask(question, reason="The wrong draft.", by=by or planner(), at=states.now())


def services_of(customer):
    return list(PlannedService.objects.in_plan().select_related("plan").filter(plan__customer=customer).order_by("id"))


def goals_of(customer):
    return list(Goal.objects.in_plan().filter(plan__customer=customer).in_order())


# --- the contents -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", EDITS)
def test_the_draft_comes_back_exactly_as_it_was_deleted(name):
    version = states.reviewed(angela())
    EDITS[name](states.pen(version))
    before = contents(version)
    states.deleted(version)
    recovered(version)
    assert contents(version) == before


def test_a_first_draft_comes_back_with_everything():
    version = states.newest(david())
    before = contents(version)
    states.deleted(version)
    assert contents(version).goals == ()
    recovered(version)
    assert contents(version) == before
    assert before.goals


def test_a_draft_that_is_deleted_again_comes_back_as_it_was_deleted_last():
    version = states.reviewed(angela())
    states.deleted(version)
    recovered(version)
    states.pen(version).goal("Start a business", "CAREER_PLAN")
    before = contents(version)
    states.deleted(version)
    recovered(version)
    assert contents(version) == before
    assert "Start a business" in [goal.statement for goal in goals_of(angela())]


def test_an_item_that_the_draft_removed_leaves_again_for_its_reason():
    version = states.reviewed(angela())
    gone = services_of(angela())[1]
    remove_service(gone, removal="other", note="Her sister does it.", by=planner(), at=states.now())
    states.deleted(version)
    recovered(version)
    gone.refresh_from_db()
    assert (gone.removal, gone.removed_reason) == ("other", "Other reason. Her sister does it.")


def test_an_item_that_the_draft_removed_twice_leaves_again_in_the_last_words():
    version, who = states.reviewed(angela()), {"by": planner(), "at": states.now()}
    gone = ActionStep.objects.in_plan().select_related("plan").filter(plan=version.plan)[0]
    remove_step(gone, reason="She has the form", **who)
    put_back(ACTION_STEP, gone, **who)
    remove_step(gone, reason="Her school sends it", **who)
    states.deleted(version)
    recovered(version)
    gone.refresh_from_db()
    assert gone.removed_reason == "Her school sends it"


def test_what_was_recorded_freely_meanwhile_stays():
    version = states.reviewed(angela())
    service = services_of(angela())[1]
    save_service(service, {"goal": goals_of(angela())[0]}, by=planner(), at=states.now())
    states.deleted(version)
    save_service(service, {"notes": "Bring the form"}, by=planner(), at=states.now())
    recovered(version)
    service.refresh_from_db()
    assert (service.notes, service.goal) == ("Bring the form", goals_of(angela())[0])


# --- where it does not come back --------------------------------------------------------------


def newer_in_force(_version):
    return states.deleted(states.reviewed(angela()))


def newer_draft(_version):
    return states.reviewed(angela())


def closed_plan(_version):
    return states.closed(angela())


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (newer_in_force, "This plan has a newer version now, so the deleted draft can't come back."),
        (newer_draft, "This plan has a newer version now, so the deleted draft can't come back."),
        (closed_plan, "This plan is closed. A closed plan can't be changed."),
        (recovered, "Version 2 is draft now, so this can't be done. Open the plan again to continue."),
    ],
    ids=["a newer version was deleted too", "a newer draft is open", "the plan is closed", "it is back already"],
)
def test_it_stays_deleted_and_the_request_waits(client, meanwhile, sentence):
    version = states.deleted(states.reviewed(angela()))
    request = asked(version)
    meanwhile(version)
    client.force_login(statewide())
    before = everything()
    answer = client.post(reverse("requests:request", args=[request.pk]), {"approves": "yes", "note": ""})
    assert answer.status_code == 422
    assert sentence in Page(answer).words
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("meanwhile", [newer_in_force, newer_draft, closed_plan])
def test_it_is_not_offered_where_it_can_not_come_back(client, meanwhile):
    version = states.deleted(states.reviewed(angela()))
    meanwhile(version)
    client.force_login(planner())
    page = Page(client.get(reverse("plan:version", args=[angela().pk, version.pk])))
    assert "Ask to recover this draft" not in page.links()
    path = reverse("plan:ask", args=[angela().pk, "recover_draft"])
    assert client.get(path, {"version": version.pk}).status_code == 404


@pytest.mark.parametrize("person", [planner, youth_planner, administrator, north_planner, lambda: angela().user])
def test_nobody_but_statewide_staff_recovers_it(person):
    version = states.deleted(states.reviewed(angela()))
    request = asked(version)
    with pytest.raises(NotAllowed):
        recover_draft(version, by=person(), at=states.now())
    with pytest.raises(NotAllowed):
        approvals.answer(request, approves=True, by=person(), at=states.now())
    assert states.newest(angela()).state == VersionState.DELETED


# --- the pages --------------------------------------------------------------------------------


def test_the_planner_asks_on_the_page_of_the_deleted_version(client):
    version = states.deleted(states.newest(lucia()))
    client.force_login(north_planner())
    listed = Page(client.get(reverse("plan:versions", args=[lucia().pk]))).links()
    page = Page(client.get(listed["Version 1"]))
    path = page.links()["Ask to recover this draft"]
    form = Page(client.get(path))
    assert form.facts() | {"Recover a deleted draft": "Version 1", "Who has to approve": "Statewide staff"} == (
        form.facts()
    )
    refused = client.post(path, {"reason": " "})
    assert refused.status_code == 422
    assert not StaffRequest.objects.filter(target=f"version:{version.pk}").exists()
    page = Page(client.post(path, {"reason": "She came back today."}, follow=True))
    assert "The request was sent. You will get a message when it is answered." in page.words
    [row] = page.table("What you asked for")
    assert row["Request"] == "Recover a deleted draft: Version 1"
    assert (row["Who has to approve"], row["State"]) == ("Statewide staff", "Waiting")
    message = Message.objects.get(recipient=statewide())
    assert message.subject == "Grace Lindqvist asks for your approval"
    assert "Recover a deleted draft: Version 1, for Lucía Herrera" in message.body
    assert "She came back today." in message.body
    assert Notification.objects.get(message=message).recipient == statewide()


def test_every_one_of_the_statewide_staff_hears_of_it_and_one_answer_is_enough():
    second = User.objects.create_user("second", "second@careerplan.test", role="statewide", first_name="Ada")
    gone = User.objects.create_user("third", "third@careerplan.test", role="statewide", is_active=False)
    request = asked(states.deleted(states.reviewed(angela())))
    told = Message.objects.filter(kind="staff-request-asked", path=reverse("requests:request", args=[request.pk]))
    assert {message.recipient for message in told} == {statewide(), second} != {gone}
    approvals.answer(request, approves=True, by=second, at=states.now())
    assert not StaffAnswer.objects.waiting_for(statewide()).exists()
    with pytest.raises(Refusal) as refused:
        approvals.answer(request, approves=True, by=statewide(), at=states.now())
    assert refused.value.code == "request-ended"


def test_statewide_staff_approve_and_the_log_says_so(client):
    version = states.deleted(states.newest(lucia()))
    request = asked(version, by=north_planner())
    client.force_login(statewide())
    path = Page(client.get(reverse("requests:list"))).links()["Recover a deleted draft: Version 1"]
    page = Page(client.get(path))
    assert (page.facts()["Asked by"].split(",")[0], page.facts()["Reason"]) == ("Grace Lindqvist", "The wrong draft.")
    page = Page(client.post(path, {"approves": "yes", "note": ""}, follow=True))
    assert "Your answer was saved." in page.words
    assert page.facts()["State"].startswith("Approved, ")
    version = states.newest(lucia())
    assert (version.state, version.deleted_at, version.deleted_reason) == (VersionState.DRAFT, None, "")
    event = version.events.order_by("-id")[0]
    assert (event.name, event.source, event.target) == ("recover", "deleted", "draft")
    assert (event.by, event.note) == (statewide(), "The wrong draft.")
    assert Message.objects.get(recipient=north_planner(), kind="staff-request-answered").subject == (
        "Your request was answered: Approved"
    )
    page = Page(client.get(reverse("plan:version", args=[lucia().pk, version.pk])))
    assert "Draft: Amelia Telger · The wrong draft." in page.words
    rows = Page(client.get(reverse("plan:log", args=[lucia().pk]))).table("Changes to the plan, newest first")
    told = {(row["By"], row["What"]) for row in rows}
    assert {("Amelia Telger", "Version 1"), ("Amelia Telger", str(request))} <= told
    assert any(row["What"] == "Version 1" and "State: from Deleted to Draft" in row["Change"] for row in rows)


def test_statewide_staff_refuse_with_a_reason_and_nothing_comes_back(client):
    version = states.deleted(states.newest(lucia()))
    request = asked(version, by=north_planner())
    client.force_login(statewide())
    path = reverse("requests:request", args=[request.pk])
    answer = client.post(path, {"approves": "no", "note": " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors["note"] == ["Say why you refuse."]
    page = Page(client.post(path, {"approves": "no", "note": "Begin a new one."}, follow=True))
    assert page.facts()["State"].startswith("Refused, ")
    assert "Begin a new one." in page.words
    assert states.newest(lucia()).state == VersionState.DELETED
    message = Message.objects.get(recipient=north_planner(), kind="staff-request-answered")
    assert message.subject == "Your request was answered: Refused"
    assert "Begin a new one." in message.body
    assert asked(version, by=north_planner()).is_waiting

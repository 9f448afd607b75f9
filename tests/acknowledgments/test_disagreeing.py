"""I do not agree: the customer says no to a version as a whole, and the planner goes Not Complete's way (12.7.7)."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from acknowledgments.agreement.talking import disagree, disagreement
from acknowledgments.models import AcknowledgmentRequest
from acknowledgments.paper.joint_making import joint_making
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from careerplan.plans.models import VersionEvent
from tests import states
from tests.markup import Page
from tests.people import planner, tyrell, youth_planner
from tests.rows import changed, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

WHY = "I want to work outdoors."


def version():
    return states.newest(tyrell())


def request():
    return states.request_for(version())


def say_no(by=None):
    return disagree(request(), reason=WHY, by=by or tyrell().user, at=states.now())


@pytest.fixture
def customer(client):
    client.force_login(tyrell().user)
    return client


@pytest.mark.policy("WIS-094")
def test_the_customer_says_no_on_the_page_of_the_plan(customer):
    links = Page(customer.get(request().path)).links()
    path = links["I do not agree"]
    assert "This does not delete or end anything" in Page(customer.get(path)).words
    assert customer.post(path, {"reason": "  "}).status_code == 422
    page = Page(customer.post(path, {"reason": WHY}, follow=True))
    assert f"that you do not agree: {WHY}" in page.words
    assert "If you change your mind, you can still sign." in page.words
    assert "I do not agree" not in page.links()


def test_the_dashboard_says_so_and_what_can_still_be_done(customer):
    dashboard = reverse("my:dashboard")
    assert "Read it and, if it is right, acknowledge it." in Page(customer.get(dashboard)).words
    say_no()
    page = Page(customer.get(dashboard))
    assert "Read it and, if it is right, acknowledge it." not in page.words
    day = date_format(states.today(), "DATE_FORMAT")
    assert f"You said no to version 1 of your plan on {day}. We told your planner" in page.words
    assert page.links()["Read the plan again"] == request().path
    states.told(states.sent(states.recalled(version())))
    assert "Read it and, if it is right, acknowledge it." in Page(customer.get(dashboard)).words


@pytest.mark.policy("WIS-094", "WIS-095")
def test_nothing_ends_by_it_and_the_planner_is_told(client):
    before = everything()
    say_no()
    assert version().state == VersionState.AWAITING
    waiting = AcknowledgmentRequest.objects.waiting()
    assert request() in waiting
    assert {model.__name__ for model in changed(before, everything())} == {"VersionEvent", "Message", "Notification"}
    [message] = Message.objects.filter(kind=Notice.PLAN_NOT_AGREED)
    assert message.recipient == youth_planner()
    event = VersionEvent.objects.get(version=version(), name="disagree")
    assert (event.note, event.by, event.source, event.target) == (WHY, tyrell().user, "awaiting", "awaiting")


@pytest.mark.policy("WIS-094", "WIS-096", "WIS-097")
def test_it_leads_the_planner_to_not_complete(client):
    say_no()
    client.force_login(youth_planner())
    page = Page(client.get(reverse("plan:agreement", args=[tyrell().pk])))
    assert "The customer does not agree" in page.words
    assert f"I do not agree. {WHY}" in page.words
    [row] = Page(client.get(reverse("requests:list"))).table("Customers who have questions, or do not agree")
    assert row["What the customer says"] == "does not agree: Tyrell Brooks"
    form = Page(client.get(page.links()["Not Complete"])).form(reverse("plan:not-completed", args=[tyrell().pk]))
    assert form["note"] == f"The customer wrote: {WHY}"
    values = form | states.contact(contact_on=f"{states.today():%m/%d/%Y}")
    client.post(reverse("plan:not-completed", args=[tyrell().pk]), values)
    assert version().state == VersionState.NOT_COMPLETED
    shown = Page(client.get(reverse("plan:version", args=[tyrell().pk, version().pk]))).words
    assert f"The customer does not agree: Tyrell Brooks · {WHY}" in shown


def test_it_is_said_once_for_each_sending():
    say_no()
    with pytest.raises(Refusal) as refused:
        say_no()
    assert refused.value.code == "disagreed-already"
    again = states.told(states.sent(states.recalled(version())))
    assert disagreement(version()) is None
    disagree(again, reason="Still not.", by=tyrell().user, at=states.now())
    assert disagreement(version()).note == "Still not."


def test_who_changed_their_mind_signs(client):
    say_no()
    states.acknowledged(request())
    assert version().state == VersionState.ACTIVE
    assert [(line["says_no"], line["text"]) for line in joint_making(version())] == [(True, WHY)]


@pytest.mark.parametrize("who", [planner, youth_planner])
def test_nobody_says_no_for_the_customer(who):
    with pytest.raises(NotAllowed):
        say_no(who())


def test_there_is_nothing_to_say_no_to_once_it_is_signed(customer):
    path = reverse("my:disagree", args=[request().key])
    states.acknowledged(request())
    assert customer.post(path, {"reason": WHY})["Location"] == reverse("my:acknowledged", args=[request().key])
    with pytest.raises(Refusal) as refused:
        say_no()
    assert refused.value.code == "cannot-disagree"

"""The customer's electronic acknowledgment: evidence, activation, the next review (12.7.6)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from acknowledgments.agreement.signing import acknowledge
from acknowledgments.agreement.statement import STATEMENT_VERSION, statement
from acknowledgments.enums import Method, PrintKind
from acknowledgments.models import Acknowledgment, Paper
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from customers.models import Enrollment, Program
from customers.policy import DEFAULT_REVIEW_DAYS
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, david, lucia, statewide, tyrell, youth_planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (Android 16; Mobile) Firefox/140.0"


def request():
    return states.request_for(states.newest(tyrell()))


def path_of(name="my:acknowledge"):
    return reverse(name, args=[request().key])


def sign(client, **values):
    client.force_login(tyrell().user)
    posted = {"agrees": "on", "typed_name": "Tyrell Brooks"} | values
    headers = {"User-Agent": BROWSER}
    return client.post(path_of(), posted, REMOTE_ADDR="192.0.2.33", headers=headers, follow=True)


# --- reading and signing ----------------------------------------------------------------------


def test_the_customer_reads_the_plan_before_signing(client):
    client.force_login(tyrell().user)
    page = Page(client.get(path_of()))
    assert "Priya Raman has written this plan with you (version 1)." in page.words
    assert "Earn the high school equivalency diploma" in page.words
    assert "Driving lessons after the summer job begins" in page.words
    assert "Bring the birth certificate for the permit" in page.words
    assert statement() in page.words
    assert page.links()["Open your plan as a PDF"] == reverse("my:paper", args=[states.newest(tyrell()).pk])


@pytest.mark.policy("WIS-077", "WIS-078", "WIS-131", "ILL-035")
def test_the_acknowledgment_makes_the_version_active(client):
    page = Page(sign(client))
    assert "Thank you. Your plan is acknowledged." in page.words
    assert "Tyrell Brooks acknowledged version 1 on" in page.words
    version = states.newest(tyrell())
    assert version.state == VersionState.ACTIVE
    client.force_login(youth_planner())
    overview = Page(client.get(reverse("plan:overview", args=[tyrell().pk])))
    assert overview.facts()["Acknowledged by"] == "Tyrell Brooks"
    assert overview.facts()["Date and time"]
    assert "Signed electronically - on file" in overview.words


@pytest.mark.policy("WIS-078", "ILL-029")
def test_the_evidence_is_complete(client, settings):
    before = clock.now()
    sign(client, typed_name="tyrell james brooks")
    evidence = Acknowledgment.objects.select_related("seal", "request").get(version=states.newest(tyrell()))
    assert (evidence.method, evidence.signer) == (Method.ELECTRONIC, tyrell().user)
    assert (evidence.signer_name, evidence.typed_name) == ("Tyrell Brooks", "tyrell james brooks")
    assert evidence.digest == evidence.seal.digest
    assert (evidence.ip_address, evidence.user_agent) == ("192.0.2.33", BROWSER)
    assert (evidence.statement, evidence.statement_version, evidence.language) == (statement(), STATEMENT_VERSION, "en")
    assert before <= evidence.acknowledged_at <= clock.now()
    local = timezone.localtime(evidence.acknowledged_at)
    assert (evidence.local_time, evidence.time_zone) == (local.isoformat(timespec="seconds"), settings.TIME_ZONE)
    assert evidence.request == request()
    assert request().answered_at == evidence.acknowledged_at


def test_the_evidence_keeps_the_words_in_the_language_that_was_read():
    other = states.told(states.sent(states.newest(lucia())))
    with translation.override("es"):
        states.acknowledged(other)
    evidence = Acknowledgment.objects.get(version=states.newest(lucia()))
    assert evidence.language == "es"
    with translation.override("es"):
        assert evidence.statement == statement()


@pytest.mark.policy("WIS-089", "AMB-W24")
def test_the_approval_is_of_the_day_at_the_office():
    evening_in_chicago = datetime(2027, 3, 3, 5, 30, tzinfo=UTC)
    version = states.acknowledged(request(), at=evening_in_chicago)
    assert (version.approved_on, version.approved_at) == (date(2027, 3, 2), evening_in_chicago)


@pytest.mark.policy("WIS-103", "AMB-W11")
def test_the_next_review_is_due_after_the_programs_interval():
    version = states.acknowledged(request())
    assert version.next_review_on == version.approved_on + timedelta(days=90)


@pytest.mark.policy("AMB-W11")
@pytest.mark.parametrize(("intervals", "days"), [((90, 60), 60), ((30, 90), 30), ((45,), 45)])
def test_the_shortest_interval_of_the_open_programs_counts(intervals, days):
    codes = ["T1-YOUTH", "JTED"][: len(intervals)]
    for code, interval in zip(codes, intervals, strict=True):
        write(Program.objects.get(code=code), review_interval_days=interval)
    if len(codes) > 1:
        program = Program.objects.get(code="JTED")
        Enrollment(customer=tyrell(), program=program, begun_on=date(2026, 1, 5)).save()
    version = states.acknowledged(request())
    assert version.next_review_on == version.approved_on + timedelta(days=days)


def test_without_an_open_program_the_review_is_due_all_the_same():
    write(Enrollment.objects.get(customer=tyrell()), status="exited", exited_on=timezone.localdate())
    version = states.acknowledged(request())
    assert version.next_review_on == version.approved_on + timedelta(days=DEFAULT_REVIEW_DAYS)


@pytest.mark.policy("WIS-136")
def test_the_version_before_is_superseded():
    write_in = states.pen(states.reviewed(angela()))
    goal = write_in.plan.goals.in_order()[0]
    write_in.step("Read the second chapter", goal, in_days=3)
    second = states.acknowledged(states.told(states.sent(write_in.version)))
    first = second.plan.versions.get(number=1)
    assert (first.state, first.superseded_at) == (VersionState.SUPERSEDED, second.approved_at)
    assert second.state == VersionState.ACTIVE
    assert second.approved_on == timezone.localdate()
    assert first.approved_on  # what was agreed stays on record
    assert first.next_review_on


def test_the_planner_who_sent_it_is_told_and_the_agreed_form_is_ordered(client):
    sign(client)
    message = Message.objects.get(recipient=youth_planner(), kind=Notice.PLAN_ACKNOWLEDGED)
    assert message.subject == "Tyrell Brooks acknowledged the plan"
    assert message.path == reverse("plan:overview", args=[tyrell().pk])
    assert Notification.objects.filter(message=message).count() == 1
    paper = states.paper_of(tyrell())
    assert (paper.kind, paper.seal, paper.rendered_at) == (PrintKind.AGREED, request().seal, None)


def test_that_the_plan_was_opened_is_kept_once(client):
    states.recalled(states.newest(tyrell()))
    states.told(states.sent(states.newest(tyrell())))
    client.force_login(tyrell().user)
    client.get(path_of())
    assert request().opened_at is None  # reading a page writes nothing: the browser says that it was shown
    assert client.post(path_of("my:opened")).status_code == 204
    first = request().opened_at
    assert first
    client.post(path_of("my:opened"))
    assert request().opened_at == first


# --- the name ---------------------------------------------------------------------------------


def named(first, last):
    customer = tyrell()
    write(customer, first_name=first, last_name=last)


@pytest.mark.parametrize(
    ("first", "last", "typed"),
    [
        ("Tyrell", "Brooks", "Tyrell Brooks"),
        ("Tyrell", "Brooks", "TYRELL BROOKS"),
        ("Tyrell", "Brooks", "Brooks, Tyrell"),
        ("Tyrell", "Brooks", "Tyrell James Brooks"),
        ("Tyrell", "Brooks", "  tyrell   brooks  "),
        ("José", "Núñez", "Jose Nunez"),
        ("Jose", "Nunez", "José Núñez"),
        ("Mary-Anne", "Smith-Jones", "Mary Anne Smith Jones"),
        ("Mary Anne", "Smith Jones", "Mary-Anne Smith-Jones"),
        ("Conor", "O'Brien", "Conor O’Brien"),
        ("Conor", "O’Brien", "Conor O'Brien"),
        ("Jürgen", "Weiß", "Jürgen Weiss"),
        ("Lý", "Nguyễn", "Nguyen Ly"),
    ],
)
def test_the_own_name_is_taken_as_people_type_it(client, first, last, typed):
    named(first, last)
    sign(client, typed_name=typed)
    assert states.newest(tyrell()).state == VersionState.ACTIVE


@pytest.mark.parametrize(
    ("first", "last", "typed"),
    [
        ("Tyrell", "Brooks", "Tyrell"),
        ("Tyrell", "Brooks", "Brooks"),
        ("Tyrell", "Brooks", "Priya Raman"),
        ("Tyrell", "Brooks", "Tyrell Brook"),
        ("Tyrell", "Brooks", "X"),
        ("Mary-Anne", "Smith", "Mary Smith"),
        ("Tyrell", "Brooks", "T. Brooks"),
    ],
)
def test_another_name_is_refused(client, first, last, typed):
    named(first, last)
    before = everything()
    answer = sign(client, typed_name=typed)
    assert answer.status_code == 422
    today = "" if (first, last) == ("Tyrell", "Brooks") else f", or as it is today: {first} {last}"
    assert answer.context["form"].errors["typed_name"] == [
        f"Type your full name as it is written on the plan (Tyrell Brooks{today})."
    ]
    assert changed(before, everything()).keys() <= {type(tyrell().user)}


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"agrees": ""}, "agrees", "Check this box if you agree. If you don't, tell your planner what to change."),
        ({"typed_name": " "}, "typed_name", "Type your full name."),
    ],
)
def test_nothing_is_signed_without_agreeing_by_name(client, values, field, sentence):
    answer = sign(client, **values)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert states.newest(tyrell()).state == VersionState.AWAITING


# --- who may not, and when no more ------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "somebody",
    [david, angela, lucia, youth_planner, statewide, administrator],
    ids=lambda somebody: somebody.__name__,
)
def test_the_link_of_another_customer_is_not_found(client, somebody, method):
    person = somebody()
    client.force_login(getattr(person, "user", None) or person)
    for name in ("my:acknowledge", "my:acknowledged", "my:opened"):
        if (name, method) not in {("my:acknowledged", "post"), ("my:opened", "get")}:
            answer = getattr(client, method)(path_of(name), {"agrees": "on", "typed_name": "Tyrell Brooks"})
            assert answer.status_code == 404
    paper = reverse("my:paper", args=[states.newest(tyrell()).pk])
    assert client.get(paper).status_code == 404
    assert states.newest(tyrell()).state == VersionState.AWAITING


@pytest.mark.policy("WIS-077", "ILL-029")
@pytest.mark.parametrize("somebody", [youth_planner, statewide, administrator], ids=lambda person: person.__name__)
def test_staff_cannot_sign_for_the_customer(somebody):
    before = everything()
    with pytest.raises(NotAllowed) as refused:
        acknowledge(
            request(), typed_name="Tyrell Brooks", ip_address=None, user_agent="", by=somebody(), at=states.now()
        )
    assert str(refused.value.sentence) == "Only the customer can do this."
    assert changed(before, everything()) == {}


def test_a_link_that_was_used_leads_to_the_thanks(client):
    sign(client)
    evidence = Acknowledgment.objects.get(version=states.newest(tyrell()))
    assert client.get(path_of()).url == path_of("my:acknowledged")
    before = everything()
    page = Page(sign(client))
    assert "Tyrell Brooks acknowledged version 1 on" in page.words
    assert changed(before, everything()).keys() <= {type(tyrell().user)}
    assert Acknowledgment.objects.filter(version=states.newest(tyrell())).get() == evidence


def test_a_link_of_a_superseded_version_still_shows_what_was_signed(client):
    states.acknowledged(request())
    key = request().key
    write_in = states.pen(states.reviewed(tyrell()))
    write_in.step("Call the union", write_in.plan.goals.in_order()[0], in_days=3)
    states.acknowledged(states.told(states.sent(write_in.version)))
    client.force_login(tyrell().user)
    page = Page(client.get(reverse("my:acknowledge", args=[key]), follow=True))
    assert "acknowledged version 1 on" in page.words


def test_an_unknown_link_is_not_found(client):
    client.force_login(tyrell().user)
    for name in ("my:acknowledge", "my:acknowledged"):
        assert client.get(reverse(name, args=["00000000-0000-4000-8000-000000000000"])).status_code == 404


def test_signing_needs_a_sign_in(client):
    path = path_of()
    answer = client.post(path, {"agrees": "on", "typed_name": "Tyrell Brooks"})
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    assert states.newest(tyrell()).state == VersionState.AWAITING


def test_an_acknowledgment_at_another_state_says_so():
    states.acknowledged(request())
    with pytest.raises(Refusal) as refused:
        states.acknowledged(request())
    assert str(refused.value.sentence) == "You have already acknowledged version 1. There is nothing more to do."
    assert Paper.objects.filter(seal=request().seal, kind=PrintKind.AGREED).count() == 1

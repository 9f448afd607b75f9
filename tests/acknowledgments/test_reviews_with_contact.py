"""Reviews step by step through the pages: with the customer's acknowledgment, and without (12.7.8, IEP and ISS)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.enums import Method
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.messaging.tasks import deliver
from careerplan.plans.barriers import note_on_plan
from careerplan.plans.enums import VersionState
from customers.models import CaseNote
from services.models import Service
from tests import states
from tests.markup import Page
from tests.naming import offered_as, shown
from tests.people import angela, lucia, tyrell
from tests.rows import changed, date_back, everything

pytestmark = pytest.mark.django_db

NOT_NEEDED = "No acknowledgment was needed: the course goes well, and nothing changes."
TALK = "We agreed by phone to add a second course."
EITHER = pytest.mark.parametrize("reviewed", ["iep", "iss"])


def today():
    return timezone.localdate()


def in_force(kind):
    """A customer whose plan of this kind is in force since today."""
    if kind == "iss":
        states.acknowledged(states.request_for(states.newest(tyrell())))
        return tyrell()
    customer = states.enrolled()
    states.acknowledged(states.told(states.sent(states.written(customer))))
    return customer


def address(name, customer, *more):
    return reverse(f"plan:{name}", args=[customer.pk, *more])


def opened(client, customer):
    """Update/Review is pressed on the overview; the page that follows."""
    client.force_login(customer.planner)
    overview, path = Page(client.get(address("overview", customer))), address("review", customer)
    return Page(client.post(path, overview.form(path, "Update/Review"), follow=True))


def door(client, customer, **values):
    """The form of the review without acknowledgment is filled in and sent."""
    path = address("review-without-customer", customer)
    filled = Page(client.get(path)).form(path, "Acknowledge")
    return client.post(path, filled | {"not_required": "on", "text": NOT_NEEDED} | values, follow=True)


def send(client, customer, **values):
    path = address("send", customer)
    filled = Page(client.get(address("agreement", customer))).form(path)
    return client.post(path, filled | {"way": "electronic", "reason": "Plain need."} | values, follow=True)


def last_note(customer):
    return CaseNote.objects.filter(customer=customer).order_by("-id")[0]


def approved(version, *, days_ago):
    """As if the version had been approved that long ago, with a review interval of 90 days."""
    day = today() - timedelta(days=days_ago)
    date_back(version, created_on=day, approved_on=day, next_review_on=day + timedelta(days=90))


# --- the whole procedures ---------------------------------------------------------------------


@pytest.mark.policy(
    "WIS-003", "WIS-004", "WIS-013", "WIS-015", "WIS-105", "WIS-107", "WIS-108", "WIS-131", "WIS-132"
)  # fmt: skip
def test_a_review_with_a_new_training_service_is_agreed_by_both(client, settings):
    """The second example of 12.7.8: the review date counts from the day of the new agreement."""
    customer = angela()
    approved(states.newest(customer), days_ago=20)
    page = opened(client, customer)
    assert "Version 2: Draft opened by Devon Okafor" in page.words
    write_in = states.pen(states.newest(customer))
    write_in.service("TR-OST", write_in.plan.goals.in_order()[0], planned_start_on=write_in.in_days(10))

    page = Page(client.get(address("agreement", customer)))
    assert f"Added: Service {shown(Service.objects.get(code='TR-OST'))}" in page.words
    assert "A training service was added" in page.words
    assert "12.7.8" in page.words
    assert "Not possible now: a change needs the customer's acknowledgment, as the rules above say." in page.words
    note = page.form(address("send", customer))["note"]
    assert note.startswith("Changed since Version 1:\n")
    planned = f"status: Planned; planned start: {date_format(write_in.in_days(10))}"
    assert f"\n- Added: Service, {offered_as(Service.objects.get(code='TR-OST'))}; {planned}\n" in note
    assert "status: Planned → Started; start date: - → " in note
    assert note.endswith(f"Next review by {date_format(today() + timedelta(days=90))}.")

    page = Page(send(client, customer, note=f"{note}\n{TALK}", contact_method="phone"))
    assert "The plan was sent. We will tell the customer as soon as the form is ready." in page.words
    version = states.newest(customer)
    kept = last_note(customer)
    assert (kept.contact_on, kept.contact_method, kept.subject) == (today(), "phone", "Review, version 2")
    assert TALK in kept.text
    assert "We are making the form. Then we will tell the customer." in page.words

    assert (version.state, version.approved_on) == (VersionState.AWAITING, None)
    assert version.plan.versions.active().get().number == 1  # the former one, until she agrees
    request = states.told(Seal.objects.valid().get(version=version))
    letter = Notification.objects.get(key=f"requested:{request.pk}")
    page = Page(client.get(address("agreement", customer)))
    assert page.facts()["E-mail sent"] == "not yet"
    deliver()
    letter.refresh_from_db()
    page = Page(client.get(address("agreement", customer)))
    assert page.facts()["E-mail sent"] != "not yet"
    assert page.facts()["Opened by the customer"] == "not yet"
    assert Message.objects.filter(recipient=customer.user, kind=Notice.ACKNOWLEDGMENT_REQUESTED).exists()

    client.force_login(customer.user)
    reading = Page(client.get(reverse("my:acknowledge", args=[request.key])))
    assert "Training for one kind of job" in reading.words
    client.post(reverse("my:opened", args=[request.key]))
    client.force_login(customer.planner)
    assert Page(client.get(address("agreement", customer))).facts()["Opened by the customer"] != "not yet"
    client.force_login(customer.user)
    client.post(reverse("my:acknowledge", args=[request.key]), {"agrees": "on", "typed_name": "Angela Whitfield"})

    client.force_login(customer.planner)
    facts = Page(client.get(address("agreement", customer))).facts()
    version.refresh_from_db()
    assert facts["Acknowledged by"] == "Angela Whitfield"
    assert facts["Date and time"]
    assert facts["Next review"] == date_format(today() + timedelta(days=90))
    assert (version.state, version.approved_on) == (VersionState.ACTIVE, today())
    assert version.next_review_on == today() + timedelta(days=90)
    seal, evidence = Seal.objects.valid().get(version=version), Acknowledgment.objects.get(version=version)
    assert (seal.planner_name, seal.sealed_at) == ("Devon Okafor", version.sent_at)
    assert (evidence.signer, evidence.typed_name) == (customer.user, "Angela Whitfield")
    assert seal.sealed_at < evidence.acknowledged_at
    facts = Page(client.get(address("version", customer, version.pk))).facts()
    assert "Devon Okafor" in facts["Sealed"]
    assert "Angela Whitfield" in facts["Acknowledged by"]


@pytest.mark.policy(
    "WIS-015", "WIS-107", "WIS-108", "WIS-143", "WIS-144", "WIS-145", "WIS-146", "WIS-147", "WIS-148", "WIS-149",
    "WIS-150", "WIS-151", "WIS-152", "WIS-153", "WIS-154", "WIS-167", "WIS-175", "WIS-176", "WIS-177", "WIS-178",
    "WIS-179", "WIS-180", "WIS-181", "WIS-182", "WIS-183", "WIS-184", "AMB-W26",
)  # fmt: skip
@EITHER
def test_the_seven_steps_of_a_review_without_acknowledgment(client, reviewed):
    customer = in_force(reviewed)
    former = states.newest(customer)
    # Steps 3 to 5: the plan is opened, Update/Review pressed, and the new version is there.
    page = opened(client, customer)
    assert "Version 2 was opened with everything carried forward." in page.words
    assert "Version 2: Draft opened by" in page.words
    page = Page(client.get(address("agreement", customer)))
    assert "The plan has no changes." in page.words
    assert "You reviewed the plan with the customer, and no change needs an acknowledgment" in page.words
    assert (
        "Mostly for customers in long training who tell you how it is going and need nothing new "
        "(12.7.8)." in page.words
    )
    path = page.links()["Record the review: Plan does not require participant acknowledgment"]
    # Step 6, and with it 1, 2 and 7: tick, text, the contact's date as the service's, Acknowledge; one case note.
    filled = Page(client.get(path)).form(path, "Acknowledge")
    assert filled["text"] == (
        "Reviewed together; nothing changed since Version 1.\n"
        f"Next review by {date_format(today() + timedelta(days=90))}."
    )
    assert filled["contact_on"] == f"{today():%m/%d/%Y}"
    text = f"{filled['text']}\n{NOT_NEEDED}"
    done = {"not_required": "on", "text": text, "contact_method": "video"}
    page = Page(client.post(path, filled | done, follow=True))
    assert "The review was recorded. The version is active." in page.words

    version = states.newest(customer)
    assert (version.number, version.state) == (2, VersionState.ACTIVE)
    assert version.created_on == version.approved_on == today()  # the review service opens and closes with it
    evidence = Acknowledgment.objects.select_related("case_note").get(version=version)
    assert (evidence.method, evidence.signer, evidence.statement) == (Method.NOT_REQUIRED, customer.planner, text)
    note = evidence.case_note
    assert (note.text, note.contact_on, note.contact_method) == (text, today(), "video")
    assert note.subject == "Review without acknowledgment, version 2"
    former.refresh_from_db()
    assert former.state == VersionState.SUPERSEDED
    assert "Not required" in page.words
    assert page.facts()["Recorded by"] == str(customer.planner)
    assert page.facts()["Date and time"]
    events = version.events.order_by("id").values_list("name", flat=True)
    assert list(events) == ["open", "acknowledge_without_customer"]
    facts = Page(client.get(address("version", customer, version.pk))).facts()
    assert facts["Recorded by"].startswith(f"{customer.planner} ({customer.planner.username}), ")
    assert not {"Acknowledged by", "From"} & facts.keys()
    client.force_login(customer.user)
    mine = Page(client.get("/my/")).words
    assert "Version 2 has been your plan since" in mine
    assert "Acknowledged by" not in mine  # nobody asked the customer


# --- what can go wrong ------------------------------------------------------------------------


@pytest.mark.policy("WIS-004")
def test_after_the_activation_nothing_agreed_is_changed_without_a_new_version(client):
    customer = angela()
    client.force_login(customer.planner)
    goal = states.plan_of(customer).goals.in_plan()[0]
    before = everything()
    step = {"text": "Ask for a reference", "goal": goal.pk, "who": "customer"}
    answer = client.post(address("step-add", customer), step, follow=True)
    assert "Choose Update/Review to open the next version, then change it there." in Page(answer).words
    assert changed(before, everything()).keys() <= {type(customer.planner)}
    opened(client, customer)
    client.post(address("step-add", customer), step, follow=True)
    assert states.plan_of(customer).action_steps.in_plan().filter(text="Ask for a reference").exists()
    assert states.newest(customer).number == 2


@pytest.mark.policy("WIS-107", "WIS-108")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("note", " ", "Enter the case note of the review."),
        ("contact_on", "", "Enter the date of contact."),
        ("contact_method", "", "Choose the kind of contact."),
        ("contact_on", 1, None),
        ("contact_on", -1, None),
    ],
)
def test_a_review_is_not_sent_without_its_contact(client, field, value, sentence):
    customer = angela()
    opened(client, customer)
    before = everything()
    typed = (today() + timedelta(days=value)).isoformat() if isinstance(value, int) else value
    answer = send(client, customer, **{"note": TALK, "contact_method": "phone", field: typed})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert errors.keys() == {field}
    assert sentence in {None, errors[field][0]}
    page = Page(answer)
    kept = page.form(address("send", customer))
    assert kept["note"].strip() == ("" if field == "note" else TALK)
    assert changed(before, everything()).keys() <= {type(customer.planner)}


@pytest.mark.policy(
    "WIS-099", "WIS-143", "WIS-148", "WIS-149", "WIS-150", "WIS-151", "WIS-175", "WIS-176", "WIS-180", "WIS-181",
    "WIS-182", "WIS-184",
)  # fmt: skip
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("not_required", "", "Check this box to say that no acknowledgment is required."),
        ("text", " ", "Say why no acknowledgment was needed."),
        ("contact_on", "", "Enter the date of contact."),
        ("contact_method", "", "Choose the kind of contact."),
        ("contact_on", 1, None),
        ("contact_on", -1, None),
    ],
)
@EITHER
def test_each_step_of_the_review_without_acknowledgment_is_required(client, reviewed, field, value, sentence):
    customer = in_force(reviewed)
    opened(client, customer)
    before = everything()
    typed = (today() + timedelta(days=value)).isoformat() if isinstance(value, int) else value
    answer = door(client, customer, **{"contact_method": "phone", field: typed})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert errors.keys() == {field}
    assert sentence in {None, errors[field][0]}
    assert changed(before, everything()).keys() <= {type(customer.planner)}


@pytest.mark.policy("WIS-174")
@pytest.mark.parametrize(("days", "is_late"), [(90, False), (91, True), (120, True)])
@EITHER
def test_a_contact_later_than_the_interval_is_warned_of_and_kept(client, reviewed, days, is_late):
    customer = in_force(reviewed)
    approved(states.newest(customer), days_ago=days)
    opened(client, customer)
    page = Page(client.get(address("review-without-customer", customer)))
    warning = f"Version 1 was approved {days} days ago, so the contact is past the review interval."
    assert (warning in page.words) == is_late
    assert door(client, customer, contact_method="phone").status_code == 200
    version = states.newest(customer)
    assert version.state == VersionState.ACTIVE
    late = f"The contact was {days} days after Version 1 was approved. That is past the review interval."
    assert version.events.get(name="acknowledge_without_customer").note == (late if is_late else "")
    if is_late:
        assert late in Page(client.get(address("version", customer, version.pk))).words


def test_the_door_of_a_version_that_is_with_the_customer_is_closed(client):
    customer = tyrell()
    client.force_login(customer.planner)
    path = address("review-without-customer", customer)
    answer = client.post(path, {"not_required": "on", "text": NOT_NEEDED} | states.contact(), follow=True)
    assert answer.status_code in {409, 422}
    assert states.newest(customer).state == VersionState.AWAITING
    assert not Acknowledgment.objects.filter(version=states.newest(customer)).exists()


def test_a_first_version_is_sent_without_a_review(client, caplog):
    customer = lucia()
    client.force_login(customer.planner)
    form = Page(client.get(address("agreement", customer))).form(address("send", customer))
    assert not {"note", "contact_on", "contact_method"} & form.keys()
    assert not caplog.records
    notes = CaseNote.objects.filter(customer=customer).count()
    send(client, customer)
    assert states.newest(customer).state == VersionState.AWAITING
    assert CaseNote.objects.filter(customer=customer).count() == notes


def test_who_has_no_sign_in_is_only_sent_to_on_paper(client):
    customer = states.enrolled(with_sign_in=False)
    states.written(customer)
    client.force_login(customer.planner)
    page = Page(client.get(address("agreement", customer)))
    assert "Send Electronic Request for Customer Agreement" not in page.words
    assert (
        "This customer has no sign-in yet. Print the plan to be signed, or open Intake Review and choose Invite to "
        "sign in." in page.words
    )
    answer = send(client, customer)
    assert answer.status_code == 409
    assert "Print the plan to be signed, or open Intake Review and choose Invite to sign in." in Page(answer).words
    assert states.newest(customer).is_draft
    answer = Page(send(client, customer, way="paper"))
    assert "Print the form, ask the customer to sign it, and record the agreement." in answer.words
    assert states.newest(customer).is_awaiting
    assert not AcknowledgmentRequest.objects.filter(seal__version__plan__customer=customer).exists()


def test_the_case_note_names_what_changed_in_the_plan_itself(client):
    customer = angela()
    opened(client, customer)
    plan = states.plan_of(customer)
    former = plan.barriers_comment
    comment = {"barriers_comment": "The bus line ends in May."}
    note_on_plan(plan, comment, by=customer.planner, at=states.now())
    for name in ("agreement", "review-without-customer"):
        note = client.get(address(name, customer)).context["note"]
        assert f"- Changed: Plan; comments on barriers: {former} → The bus line ends in May.\n" in note

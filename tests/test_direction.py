"""What people typed has its own direction, on every page and on paper: an Arabic name turns nothing around it."""

import re

import pytest
from django.contrib.messages import INFO
from django.contrib.messages.storage.base import Message as StoredMessage
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from lxml import html

from acknowledgments.models import Acknowledgment, StaffRequest
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.messaging.letters import email_for
from careerplan.messaging.models import Message, Notification
from careerplan.messaging.wording import names_of
from customers.models import Assessment, CaseNote, Upload
from services.attendance.models import Attendance
from services.costs.models import Budget, CostLine
from services.feed.models import FeedRecord, FeedSource
from services.models import EarnedCredential, PlannedService
from services.providers.models import ApprovedCredential, Provider, TrainingProgram
from tests import people, states
from tests.access import KINDS, OPENS, TABLE
from tests.addresses import address_of, arguments_of, each_of_its_customer, in_parts
from tests.callers import ADMINISTRATOR, CUSTOMER, PLANNER, Callers, sign_in
from tests.messaging.test_notify import TOLD
from tests.points_of_life import shared_plan
from tests.rows import date_back, write

ARABIC = "محمد"
LETTERS = re.compile("[\u0600-\u06ff]")
# Where no markup can stand: the browser gives each of these a direction of its own, or shows it in its frame.
PLAIN_TEXT = {"title", "option", "textarea", "script"}
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
LEFT_TO_RIGHT_MARK = "\u200e"
TEXT = models.CharField()


@pytest.fixture
def angela(db):
    customer = shared_plan()
    for person in User.objects.all():
        write(person, first_name=ARABIC, last_name="علي")
    for row in (customer, people.tyrell(), people.david(), people.lucia()):
        write(
            row,
            first_name=ARABIC,
            middle_name="حسن",
            last_name="علي",
            preferred_name="حمودي",
            street="شارع",
            needs="قارئ",
        )
    note = CaseNote(subject="ملاحظة", text="نص", contact_on=timezone.localdate(), contact_method="phone")
    note.customer, note.written_by, note.written_at = customer, people.planner(), clock.now()
    note.save()
    for upload in Upload.objects.all():
        date_back(upload, name="ملف")
    for row in Assessment.objects.all():
        write(row, assessed_by=ARABIC, result="نص")
    initial = PlannedService.objects.get(plan__customer=customer, service__code="BC-INIT")
    date_back(initial, assessment=customer.assessments.first())
    for row in StaffRequest.objects.all():
        date_back(row, what="هدف")
    for row in Acknowledgment.objects.all():
        signed_in_arabic(row)
    for message in Message.objects.filter(facts__isnull=False):
        write(message, facts=dict.fromkeys(message.facts, ARABIC))
    return customer


# What people typed about services, about who gives them, and about their costs.
TYPED = {
    Attendance: ("absence",),
    ApprovedCredential: ("name",),
    Budget: ("notes",),
    CostLine: ("paid_to", "reference", "voided_reason"),
    EarnedCredential: ("name",),
    FeedRecord: ("external_id", "provider", "notes"),
    FeedSource: ("name",),
    PlannedService: ("provider_contact", "notes", "contract"),
    Provider: ("name", "street", "city"),
    TrainingProgram: ("name",),
}


def services_in_arabic():
    """Past the guards, and where something stood."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, names in TYPED.items():
            for name in names:
                models.QuerySet(model).exclude(**{name: ""}).update(**{name: Concat(Value(ARABIC), Cast("pk", TEXT))})
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def signed_in_arabic(acknowledgment):
    date_back(acknowledgment, typed_name=f"{ARABIC} علي", sealed_name=f"علي, {ARABIC}", signer_name=ARABIC)


@pytest.fixture
def closed(people):
    """A customer whose plan was signed and closed, with typed words in Arabic."""
    version = states.in_force()
    customer = version.plan.customer
    states.closed(customer)
    signed_in_arabic(Acknowledgment.objects.get(version=version))
    for ending in version.plan.endings.all():
        date_back(ending, label="هدف", note="نص")
    return customer


def without_direction(content):
    """The texts with Arabic letters that stand in no element with a direction of its own."""
    found = []
    for text in html.fromstring(content).xpath("//text()"):
        element = text.getparent() if text.is_text else text.getparent().getparent()
        around = [element, *element.iterancestors()]
        if LETTERS.search(text) and not any(
            one.tag == "bdi" or one.get("dir") == "auto" or one.tag in PLAIN_TEXT for one in around
        ):
            found.append(f"{element.tag}: {' '.join(text.split())}")
    return found


READERS = (PLANNER, CUSTOMER, ADMINISTRATOR)


@in_parts([name for name, row in TABLE.items() if row.get and row.kind != "file"])
def test_what_was_typed_stands_in_an_element_of_its_own_direction(client, angela, part):
    def begin(customer):
        services_in_arabic()
        return Callers(client, customer, READERS)

    each_of_its_customer(part, angela, has_its_own_direction, begin)


def has_its_own_direction(callers, name):
    for role in READERS:
        answer = KINDS[TABLE[name].kind][role]
        if (answer if isinstance(answer, str) else answer["get"]) == OPENS:
            callers.enter(role)
            response = callers.client.get(address_of(name, arguments_of(callers.customer, name)), follow=True)
            if "html" in response.headers["Content-Type"] and response.content.strip():
                assert without_direction(response.content.decode()) == [], role
            if response.streaming:
                response.getvalue()  # which closes its file


@pytest.mark.parametrize(
    ("name", "role"), [("plan:overview", PLANNER), ("my:dashboard", CUSTOMER), ("my:paper", CUSTOMER)]
)
def test_so_it_is_when_the_plan_has_closed(client, closed, name, role):
    sign_in(client, role, closed)
    content = client.get(address_of(name, arguments_of(closed, name))).content.decode()
    assert LETTERS.search(content)
    assert without_direction(content) == []


def test_so_it_is_among_the_plans_that_were_signed_before(client, closed):
    states.signed(states.written(closed))
    sign_in(client, CUSTOMER, closed)
    content = client.get(reverse("my:dashboard")).content.decode()
    assert f"signed by <bdi>{ARABIC} علي</bdi>" in content
    assert without_direction(content) == []


def test_so_it_is_with_the_trials_mail(client, people, settings, tmp_path):
    settings.TRIAL, settings.MAIL_DIR = True, tmp_path
    EmailBackend(file_path=str(tmp_path)).send_messages([EmailMessage(ARABIC, ARABIC, to=["a@b.test"])])
    sign_in(client, ADMINISTRATOR, None)
    content = client.get(reverse("trial:mail")).content.decode()
    assert LETTERS.search(content)
    assert without_direction(content) == []


@pytest.mark.parametrize(
    ("template", "context"),
    [
        ("refused.html", {"sentence": f"{ARABIC} left."}),
        ("includes/_messages.html", {"messages": [StoredMessage(INFO, f"{ARABIC} left.")]}),
    ],
)
def test_so_it_is_with_what_an_action_answers(template, context):
    content = render_to_string(template, context)
    assert LETTERS.search(content)
    assert without_direction(content) == []


@pytest.mark.parametrize("kind", TOLD)
def test_what_a_message_names_does_not_turn_its_sentence(db, kind):
    message = Message(kind=kind, facts=dict.fromkeys(names_of(kind), f"{ARABIC}\n{ARABIC}"))
    for text in (message.subject, message.body):
        assert not LETTERS.search(ISOLATED.sub("", text))
        assert text.startswith(LEFT_TO_RIGHT_MARK) or not LETTERS.search(text)


def test_no_name_turns_the_telephone_of_a_letter(angela):
    """Those that the demo's people get, with the names of today."""
    for row in Notification.objects.all():
        body = email_for(row).body
        assert not LETTERS.search(ISOLATED.sub("", body)), body
    assert any(ISOLATED.search(email_for(row).body) for row in Notification.objects.all())


def test_the_filter_marks_what_says_something_and_escapes_it():
    written = Template("{{ name|bdi }}{{ none|bdi|default:'-' }}").render(Context({"name": f"<{ARABIC}", "none": ""}))
    assert written == f"<bdi>&lt;{ARABIC}</bdi>-"


def test_a_name_in_the_middle_of_a_sentence_is_noticed():
    assert without_direction(f"<p>Hello {ARABIC}</p><p><bdi>{ARABIC}</bdi></p>") == [f"p: Hello {ARABIC}"]

"""What the e-mail says: who writes, and what kind of thing waits."""

from html import unescape

import pytest
from django.utils.html import strip_tags

from careerplan.accounts.models import Office
from careerplan.base import clock
from careerplan.messaging.actions import notify, send_message
from careerplan.messaging.enums import Notice
from careerplan.messaging.letters import email_for
from careerplan.messaging.models import Notification
from tests import people
from tests.messaging.test_notify import NAMES
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def letter(recipient, kind=Notice.GOAL_OFF_TRACK, by=None):
    notify(recipient, kind, key="letter", names=NAMES, path="/my/", by=by, at=clock.now())
    return email_for(Notification.objects.get(key="letter"))


def test_the_letter_says_which_planner_office_and_agency_write(settings):
    settings.AGENCY_NAME = "Department of Work"
    body = letter(people.angela().user, by=people.planner()).body
    assert "Career planner: Devon Okafor, 217-555-0140\nOffice: Harbor Street Career Center, 217-555-0110\n" in body
    assert "\nDepartment of Work\n" in body


def test_a_name_from_the_right_turns_no_telephone_around():
    write(people.planner(), first_name="محمد", last_name="علي")
    write(Office.objects.get(name="Harbor Street Career Center"), name="مركز")
    body = letter(people.angela().user).body
    assert "Career planner: \u2068محمد علي\u2069, 217-555-0140\nOffice: \u2068مركز\u2069, 217-555-0110\n" in body


def test_what_comes_by_itself_names_the_customers_planner():
    assert "Career planner: Devon Okafor, 217-555-0140\n" in letter(people.angela().user).body


def test_who_has_left_is_not_the_one_to_call():
    left = people.statewide()
    write(left, is_active=False)
    body = letter(people.angela().user, by=left).body
    assert str(left) not in body
    assert "Career planner: Devon Okafor, 217-555-0140\n" in body


def test_a_planner_without_a_telephone_is_called_at_the_office():
    write(people.planner(), phone="")
    assert (
        "Career planner: Devon Okafor\nOffice: Harbor Street Career Center, 217-555-0110\n"
        in letter(people.angela().user).body
    )


def test_an_office_without_a_telephone_is_called_at_its_grantee():
    write(Office.objects.get(name="Harbor Street Career Center"), phone="")
    assert "Office: Harbor Street Career Center, 217-555-0100\n" in letter(people.angela().user).body


def test_a_customer_who_writes_is_not_named():
    send_message(people.planner(), subject="-", body="-", path="/", by=people.angela().user, at=clock.now())
    body = email_for(Notification.objects.latest("id")).body
    assert "Angela" not in body
    assert "Whitfield" not in body
    assert "You have a message" in body


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (Notice.ACKNOWLEDGMENT_REQUESTED, "Something is waiting for you to read and sign in CareerPlan"),
        (Notice.PLAN_SIGNED, "Your signature was received in CareerPlan"),
        (Notice.GOAL_OFF_TRACK, "Your career planner would like to talk with you"),
        (Notice.REQUEST_WITHDRAWN, "Something was taken back in CareerPlan"),
    ],
)
def test_the_letter_says_what_kind_of_thing_waits(kind, subject):
    assert letter(people.angela().user, kind).subject == subject


def test_who_is_asked_for_an_approval_reads_that():
    subject = letter(people.youth_planner(), Notice.STAFF_REQUEST_ASKED).subject
    assert subject == "Something is waiting for your approval in CareerPlan"


def test_the_html_says_what_the_text_says():
    sent = letter(people.angela().user)
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    said = " ".join(strip_tags(html.partition("<body")[2].partition(">")[2]).split())
    lines = [line.rstrip(":") for line in sent.body.splitlines()]
    assert [line for line in lines if line not in unescape(said)] == []


def test_the_letter_is_in_the_language_of_the_day_on_which_it_leaves():
    angela = people.angela().user
    letter(angela)
    write(angela, language="es")
    again = email_for(Notification.objects.get(key="letter"))
    assert again.subject == "Su planificador de carrera quiere hablar con usted"
    assert "Oficina: Harbor Street Career Center, 217-555-0110" in again.body

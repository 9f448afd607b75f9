"""Tyrell's agreement on paper or by e-mail, recorded by his planner on the page or through the action."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.documents import file_evidence, record_agreement
from acknowledgments.agreement.status import latest_standing
from acknowledgments.models import Acknowledgment
from careerplan.base import clock
from tests import states
from tests.markup import Page
from tests.people import tyrell, youth_planner
from tests.real_files import PDF

CHAIN = b"From: tyrell.brooks@careerplan.test\nDate: Mon, 4 Jan 2027 10:15:00 -0600\nSubject: my plan\n\nI agree."
WORDS = "I read the plan that you sent and I accept it."
METHODS = ["paper", "email"]


def today():
    return timezone.localdate()


def scan(name="signed.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def entry(method, **values):
    """What the planner fills in; Tyrell's version was sent two days ago."""
    filled = {"agreed_on": (today() - timedelta(days=1)).isoformat(), "name": "Tyrell Brooks"}
    if method == "email":
        filled |= {"sender": "tyrell.brooks@careerplan.test", "statement": WORDS, "holds_plan": "on"}
    return filled | values


def address(method, customer=None):
    return reverse("plan:agreement-record", args=[(customer or tyrell()).pk, method])


def post(client, method, *, by=None, customer=None, **values):
    client.force_login(by or youth_planner())
    return client.post(address(method, customer), entry(method, **values), follow=True)


def recorded(method="paper", *, agreed_days_ago=0, **values):
    """Tyrell's agreement, recorded by his planner through the action."""
    if method == "email":
        values = {"sender": "tyrell@careerplan.test", "statement": WORDS, "holds_plan": True} | values
    values |= {"agreed_on": today() - timedelta(days=agreed_days_ago), "name": "Tyrell Brooks"}
    return record_agreement(states.newest(tyrell()), method=method, **values, by=youth_planner(), at=clock.now())


def file(agreement, *, capture="scan", days=0, by=None, **named):
    at = clock.now() + timedelta(days=days)
    return file_evidence(agreement, scan(**named), capture=capture, by=by or youth_planner(), at=at)


def agreement():
    return Acknowledgment.objects.select_related("version__plan", "seal").get(version=states.newest(tyrell()))


def standing(days=0):
    return latest_standing(states.newest(tyrell()), on=today() + timedelta(days=days))


def shown(client, name="plan:agreement"):
    client.force_login(youth_planner())
    return Page(client.get(reverse(name, args=[tyrell().pk])))


def marked_late(page):
    return [pill.text for pill in page.root.find_class("pill--overdue")] == ["Late"]

"""Supervisors who are asked, by the product's own actions, and a browser of theirs."""

import contextlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from careerplan.base.refusals import Refusal
from customers.sections.filling import GivenAnswers
from tests import placed, states
from tests.rows import date_back
from tests.stock import stocked
from worksites.evaluations import answering, asking
from worksites.evaluations.answering import Supervisor
from worksites.evaluations.asking import Period, Question
from worksites.evaluations.enums import Asked
from worksites.evaluations.models import WORKS_FOR, SupervisorLink
from worksites.models import Job, Placement

PHONE = "Mozilla/5.0 (a telephone)"
ROSA = Supervisor("Rosa Marsh", "192.0.2.7", PHONE)


@stocked
def begun(days: int = 20, at: Job | None = None) -> Placement:
    """A placement since so many days, of a new customer."""
    under = placed.long_ago(placed.service(), days + 10)
    return placed.started(states.today() - timedelta(days=days), placed.planned(under, at))


def week(placement: Placement, hours: Any = None, *, number: int = 0) -> Period:
    """A week of the placement, the first where none is named."""
    first = placement.starts_on + timedelta(days=7 * number)
    return Period(first, first + timedelta(days=6), None if hours is None else Decimal(hours))


def asked(placement: Placement | None = None, period: Period | None = None, **about: Any) -> Question:
    """For an evaluation; for hours where a period is named."""
    placement = placement or begun()
    kind = Asked.HOURS if period else Asked.EVALUATION
    said = {"language": "en", "by": placement.planned.plan.customer.planner, "at": states.now()} | about
    return asking.ask(placement, kind, period, **said)


def given(**ratings: Any) -> GivenAnswers:
    """Answers to the questions of the section, as a form brings them."""
    numbers = {row.field.code: row.number for row in answering.questions()}
    said = {f"SITE_{name.upper()}": value for name, value in ratings.items()}
    return GivenAnswers(said, {code: numbers.get(code, 1) for code in said})


def evaluated(question: Question, by: Supervisor = ROSA, **ratings: Any) -> SupervisorLink:
    said = given(**(ratings or {"on_time": 4, "notes": "She learns fast."}))
    return answering.evaluate(question.link, said, by=by, at=states.now())


def confirmed(question: Question, hours: Any, by: Supervisor = ROSA) -> SupervisorLink:
    return answering.confirm_hours(question.link, Decimal(hours), by=by, at=states.now())


def reread(link: SupervisorLink) -> SupervisorLink:
    return SupervisorLink.objects.with_all().get(pk=link.pk)


def made_long_ago(link: SupervisorLink) -> None:
    """Its two weeks were over yesterday."""
    made = states.now() - WORKS_FOR - timedelta(days=1)
    date_back(link, made_at=made, ends_at=made + WORKS_FOR)


def lock(question: Question) -> None:
    """Five wrong codes."""
    for _try in range(5):
        with contextlib.suppress(Refusal):
            answering.open_with_code(question.link, wrong(question), at=states.now())


def wrong(question: Question) -> str:
    return f"{(int(question.code) + 1) % 1_000_000:06}"


class Telephone:
    """The supervisor's browser, in which nobody is signed in."""

    def __init__(self, question: Question):
        self.question, self.client = question, Client(HTTP_USER_AGENT=PHONE)
        self.address = reverse("supervisor", args=[question.secret])
        self.answer_address = reverse("supervisor-answer", args=[question.secret])

    def open(self) -> Any:
        return self.client.get(self.address)

    def type_code(self, code: str = "", name: str = "Rosa Marsh") -> Any:
        return self.client.post(self.address, {"code": code or self.question.code, "name": name}, follow=True)

    def send(self, **typed: Any) -> Any:
        wordings = " ".join(f"{row.field.code}:{row.number}" for row in answering.questions())
        return self.client.post(self.answer_address, {"wordings": wordings, "row_version": 0} | typed, follow=True)


def site_address() -> str:
    return str(settings.SITE_ADDRESS)

"""The document of an agreement is due when the customer leaves the last program (12.7.6, notes; AMB-W20)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.models import Acknowledgment
from careerplan.base.history import record
from customers.models import Enrollment
from tests import states
from tests.markup import Page
from tests.people import planner
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.policy("WIS-085", "WIS-087", "AMB-W20")]


def due_on(agreement):
    return Acknowledgment.objects.with_due_on().get(pk=agreement.pk).due_on


@pytest.fixture
def agreement():
    """On paper, of today, of a customer in two programs; its document has not come."""
    version = states.draft("T1-ADULT", "T1-DW")
    adult = version.plan.customer.enrollments.get(program__code="T1-ADULT").program
    for row in version.plan.services.all():
        row.program = adult
        record(row, by=planner(), at=states.now())
    states.signed(version)
    return Acknowledgment.objects.select_related("version__plan").get(version=version)


def leave(agreement, code, days):
    enrollment = Enrollment.objects.get(customer=agreement.version.plan.customer_id, program__code=code)
    write(enrollment, status="exited", exited_on=timezone.localdate() + timedelta(days=days))


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize(("first", "last"), [("T1-ADULT", "T1-DW"), ("T1-DW", "T1-ADULT")])
def test_the_exit_from_the_last_program_counts_and_not_the_first(client, agreement, first, last):
    leave(agreement, first, 5)
    assert due_on(agreement) == in_days(30)
    leave(agreement, last, 12)
    assert due_on(agreement) == in_days(12)
    client.force_login(planner())
    page = Page(client.get(reverse("plan:agreement", args=[agreement.version.plan.customer_id])))
    assert page.facts()["Document"].startswith(f"due by {date_format(in_days(12))}")


def test_where_the_last_exit_is_later_the_thirty_days_count(agreement):
    leave(agreement, "T1-ADULT", 5)
    leave(agreement, "T1-DW", 40)
    assert due_on(agreement) == in_days(30)

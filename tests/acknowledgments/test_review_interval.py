"""When the next review is due: 90 days where nothing else is set, and only the programs of today count (AMB-W11)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerplan.base.history import record
from customers.models import Enrollment, Program
from tests import states
from tests.people import planner
from tests.plans_in_force import reviewed_without_customer, who_and_when
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.policy("AMB-W11")]


def written(*programs):
    """A first draft of a customer in these programs, each service of the first of them."""
    version = states.draft(*programs)
    first = Program.objects.get(code=programs[0])
    for row in version.plan.services.all():
        row.program = first
        record(row, **who_and_when(version))
    return version


def interval(code, days):
    write(Program.objects.get(code=code), review_interval_days=days)


def leave(customer, code):
    enrollment = Enrollment.objects.get(customer=customer, program__code=code)
    enrollment.status, enrollment.exited_on = "exited", timezone.localdate()
    record(enrollment, by=customer.planner, at=states.now())


def days_until_review(version):
    return (version.next_review_on - version.approved_on).days


def test_a_program_for_which_nobody_set_an_interval_reviews_after_ninety_days():
    program = Program(code="NEW", name="A new program", kind="state", plan_type="IEP")
    program.full_clean()
    record(program, by=planner(), at=states.now())
    assert days_until_review(states.signed(written("NEW"))) == 90


@pytest.mark.parametrize("code", ["T1-ADULT", "T1-DW", "JTED"])
def test_the_programs_of_the_reference_data_review_after_ninety_days(code):
    assert days_until_review(states.signed(written(code))) == 90


def test_a_customer_who_left_every_program_is_reviewed_after_ninety_days():
    version = written("T1-ADULT")
    interval("T1-ADULT", 30)
    states.sent(version, electronic=False)
    leave(version.plan.customer, "T1-ADULT")
    assert days_until_review(states.agreed_on_paper(version)) == 90


@pytest.mark.parametrize(("left", "days"), [("JTED", 60), ("T1-ADULT", 30), (None, 30)])
def test_a_program_that_the_customer_has_left_does_not_count(left, days):
    version = written("T1-ADULT", "JTED")
    interval("T1-ADULT", 60)
    interval("JTED", 30)
    states.sent(version, electronic=False)
    if left:
        leave(version.plan.customer, left)
    assert days_until_review(states.agreed_on_paper(version)) == days


def test_a_review_without_the_customer_counts_with_the_programs_of_its_day():
    version = states.signed(written("T1-ADULT", "JTED"))
    interval("T1-ADULT", 60)
    interval("JTED", 30)
    leave(version.plan.customer, "JTED")
    review = reviewed_without_customer(states.reviewed(version.plan.customer))
    assert review.next_review_on == timezone.localdate() + timedelta(days=60)

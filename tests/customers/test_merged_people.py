"""Who answers for a person whose two records become one, and what becomes of the sign-in that is switched off."""

import pytest
from django.urls import reverse

from careerplan.accounts.actions import save_person
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import send_message
from customers.enums import EnrollmentStatus
from customers.models import Enrollment
from customers.threads import write_to_planner
from services.actions import save_service
from services.models import PlannedService
from tests import people, states
from tests.customers.test_deadlines import rows
from tests.customers.test_merging import ended, merged
from tests.people import north_planner, planner, youth_planner
from tests.rows import changed, date_back, everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def two_of_two_regions():
    """The one that stays is of the north; the other one's program has ended."""
    kept, other = states.enrolled(), states.enrolled()
    for row in (kept, other):
        ended(row)
    write(kept, office=people.lucia().office, planner=north_planner())
    kept.refresh_from_db()
    return kept, other


def written_to(person, customer):
    path = reverse("customers:messages", args=[customer.pk])
    words = {"subject": "Hello", "body": "Are you there?", "written_in": "en"}
    return send_message(person, **words, path=path, by=customer.user, at=clock.now())


def test_what_nobody_has_read_goes_to_who_answers_for_the_person_from_now_on():
    kept, other = two_of_two_regions()
    asked = write_to_planner(other, subject="Hello", body="Are you there?", by=other.user, at=clock.now())
    of_a_program = written_to(youth_planner(), other)
    of_another = written_to(planner(), people.angela())
    assert asked.recipient == planner()
    merged(kept, other, sign_in=kept.user)
    for row in (asked, of_a_program, of_another):
        row.refresh_from_db()
    assert (asked.recipient, of_a_program.recipient) == (north_planner(), north_planner())
    assert of_another.recipient == planner()


def test_who_still_sees_the_person_keeps_what_was_written_to_the_planner_of_a_program():
    kept, other = states.enrolled(), states.enrolled("T1-DW")
    of_a_program = written_to(youth_planner(), other)
    merged(kept, other, sign_in=other.user)
    of_a_program.refresh_from_db()
    assert of_a_program.recipient == youth_planner()


def test_where_nobody_is_the_planner_of_the_one_that_stays_its_office_reads_them():
    kept, other = two_of_two_regions()
    write(kept, planner=None)
    asked = written_to(planner(), other)
    merged(kept, other, sign_in=kept.user)
    asked.refresh_from_db()
    assert kept.planner is None
    assert asked.recipient == north_planner()


def test_a_first_element_that_began_in_the_former_record_counts():
    version = states.acknowledged(states.told(states.sent(states.written_iss(states.enrolled("T1-YOUTH")))))
    other = version.plan.customer
    date_back(Enrollment.objects.get(customer=other), status=EnrollmentStatus.ENROLLED)
    element = PlannedService.objects.get(plan__customer=other, service__code="YE-01")
    begun = {"status": "started", "actual_start_on": states.today()}
    save_service(element, begun, by=other.planner, at=states.now())
    states.closed(other)
    kept = states.enrolled("T1-DW", with_sign_in=False)
    merged(kept, other)
    assert kept.enrollments.filter(program__code="T1-YOUTH", exited_on=None).exists()
    assert rows(kept, "first-element", states.today()) == []


def two_sign_ins():
    kept, other = states.enrolled(), states.enrolled("T1-DW")
    merged(kept, other, sign_in=kept.user)
    return other, other.user


@pytest.mark.parametrize(
    "values", [{"is_active": True}, {"email": "another@careerplan.test"}, {"username": "another"}], ids=str
)
def test_a_sign_in_of_a_former_record_is_not_switched_on_and_changes_nothing_there(values):
    _other, off = two_sign_ins()
    before = everything()
    for name, value in values.items():
        setattr(off, name, value)
    with pytest.raises(Refusal) as raised:
        save_person(off, by=people.administrator(), at=clock.now())
    assert raised.value.code == "sign-in-of-a-former-record"
    assert changed(before, everything()) == {}


def test_the_administration_says_so(client):
    other, off = two_sign_ins()
    client.force_login(people.administrator())
    said = ("username", "email", "first_name", "last_name", "role", "phone", "language", "time_zone")
    values = {name: getattr(off, name) for name in said} | {"is_active": "on", "form_key": ""}
    values |= {"scopes-TOTAL_FORMS": 0, "scopes-INITIAL_FORMS": 0}
    page = client.post(reverse("admin:accounts_user_change", args=[off.pk]), values, follow=True).content.decode()
    assert other.merged_into.state_id in page
    off.refresh_from_db()
    assert not off.is_active

"""Starting a plan: its created date, its type, and that a customer has one open plan."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.actions import start_plan
from careerplan.plans.enums import Outcome, VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.pages import newest_plan
from customers.models import Enrollment
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, duke, henrik, keisha, north_planner, planner, tyrell
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db


@pytest.mark.policy("WIS-088", "AMB-W24")
def test_starting_opens_version_1_as_a_draft_of_today(client):
    client.force_login(north_planner())
    page = Page(client.post(f"/customers/{henrik().pk}/plan/start/", follow=True))
    assert "The plan was started." in page.words
    version = states.newest(henrik())
    assert (version.number, version.state, version.created_on) == (1, VersionState.DRAFT, timezone.localdate())
    assert (version.created_by, version.plan.started_by) == (north_planner(), north_planner())


def test_the_created_date_is_the_day_at_the_office_not_in_greenwich():
    evening_in_chicago = datetime(2027, 1, 5, 4, 30, tzinfo=UTC)
    version = start_plan(henrik(), by=north_planner(), at=evening_in_chicago)
    assert version.created_on == date(2027, 1, 4)


@pytest.mark.policy("WIS-192", "WIS-185", "AMB-W21")
@pytest.mark.parametrize(
    ("programs", "plan_type"),
    [(["T1-ADULT"], "IEP"), (["T1-YOUTH"], "ISS"), (["T1-ADULT", "T1-YOUTH"], "both"), (["APP-IL", "JTED"], "IEP")],
)
def test_the_programs_say_which_plan_it_is_and_several_share_one(programs, plan_type):
    customer = states.enrolled(*programs)
    assert states.started(customer).plan.plan_type == plan_type
    assert customer.plans.count() == 1


def test_an_exited_enrollment_no_longer_counts():
    customer = states.enrolled("T1-ADULT", "T1-YOUTH")
    youth = Enrollment.objects.get(customer=customer, program__code="T1-YOUTH")
    youth.status, youth.exited_on = "exited", timezone.localdate()
    youth.save()
    assert states.started(customer).plan.plan_type == "IEP"


def test_without_an_open_enrollment_there_is_no_plan_to_start():
    customer = states.enrolled()
    write(Enrollment.objects.get(customer=customer), status="exited", exited_on=timezone.localdate())
    with pytest.raises(Refusal) as refused:
        states.started(customer)
    assert refused.value.code == "not-enrolled"
    assert newest_plan(customer) is None


@pytest.mark.policy("WIS-192")
@pytest.mark.parametrize("customer", [angela, tyrell, keisha, duke])
def test_a_customer_has_one_open_plan(client, customer):
    client.force_login(customer().planner)
    before = everything()
    answer = client.post(f"/customers/{customer().pk}/plan/start/")
    assert answer.status_code == 409
    assert "This customer already has an open plan." in Page(answer).words
    assert changed(before, everything()).keys() <= {type(customer().planner)}  # the sign-in


@pytest.mark.policy("WIS-098", "WIS-115")
def test_after_closing_a_new_plan_may_be_started():
    first = states.closed(angela(), Outcome.COMPLETED)
    version = states.started(angela())
    assert version.plan != first
    assert version.number == 1
    assert PlanVersion.objects.filter(plan__customer=angela()).count() == 2


def test_an_administrator_starts_no_plan():
    with pytest.raises(NotAllowed):
        start_plan(henrik(), by=administrator(), at=states.now())
    assert not EmploymentPlan.objects.filter(customer=henrik()).exists()


def test_a_planner_of_another_region_finds_no_customer(client):
    client.force_login(planner())
    assert client.post(f"/customers/{henrik().pk}/plan/start/").status_code == 404
    assert not EmploymentPlan.objects.filter(customer=henrik()).exists()

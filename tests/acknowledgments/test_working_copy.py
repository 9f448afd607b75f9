"""What is sealed is the plan as it stands: read through the actions that made it so."""

import pytest
from django.utils import timezone

from acknowledgments.agreement.goal_change import change_employment_goal
from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.history import record
from careerplan.plans.barriers import remove_barrier
from customers.models import Enrollment
from goals.models import Occupation
from services.actions import remove_service
from tests import states
from tests.people import planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def by():
    return {"by": planner(), "at": states.now()}


def read(version):
    return contents_of(version.plan, version)


def test_a_service_answers_the_barriers_that_stand():
    review = states.reviewed(states.in_force().plan.customer)
    write = states.pen(review)
    gone, stands = write.barrier("CHLD", "Two children"), write.barrier("HOUS", "A shelter")
    planned = write.service("BC-COUN", review.plan.goals.in_plan()[0], barriers=[gone, stands])
    remove_barrier(gone, removal="other", note="", contact_on=timezone.localdate(), contact_method="phone", **by())
    planned.barriers.add(gone)  # As rows of an earlier release still stand.
    (item,) = [service for service in read(review).services if service.id == planned.pk]
    assert item.barrier_ids == (stands.pk,)


def test_the_form_names_the_programs_of_today():
    customer = states.enrolled("T1-ADULT", "JTED")
    left = Enrollment.objects.get(customer=customer, program__code="JTED")
    left.status, left.exited_on = "exited", timezone.localdate()
    record(left, **by())
    assert read(states.written(customer)).about.programs == ("WIOA Title I Adult",)


def test_career_goals_come_in_the_order_of_the_form():
    version = states.written_iss(states.enrolled("T1-YOUTH"))
    roles = [goal.role for goal in read(version).career_goals]
    assert roles == ["short_employment", "short_education", "long_term"]


@pytest.mark.policy("WIS-059")
def test_a_removed_service_that_was_carried_over_for_another_goal_went_on_from_none_for_its_funding():
    plan = states.in_force().plan
    another = Occupation.objects.get(code="47-2111")
    draft = change_employment_goal(plan, occupation=another, services=True, **by())
    carried = draft.plan.services.in_plan().exclude(continues=None)[0]
    remove_service(carried, removal="not_wanted", **by())
    (removal,) = [found for found in read(draft).removals if found.id == carried.pk]
    assert (removal.why, removal.status, removal.continues) == ("not_wanted", carried.status, None)

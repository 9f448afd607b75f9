"""Another funding source on a shared plan asks the planner whose program gains or loses the service (12.7.9)."""

import pytest
from django.urls import reverse

from careerplan.plans.coenrollment import ApprovalNeeded
from customers.models import Enrollment, Program
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.naming import shown
from tests.people import planner, youth_planner
from tests.rows import changed, everything, write
from tests.services.funding import CONTRACT, TODAY, change, path_of, posted, service_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared():
    """Co-enrolled: Adult with one planner, Youth with another; her course has started for Adult."""
    customer = states.enrolled("T1-ADULT", "JTED")
    adult = Program.objects.get(code="T1-ADULT")
    pen = states.pen(states.written(customer))
    for row in PlannedService.objects.filter(plan=pen.plan).select_related("plan"):
        save_service(row, {"program": adult}, by=planner(), at=states.now())
    states.signed(pen.version)
    started = {"status": "started", "actual_start_on": TODAY}
    save_service(service_of(customer, "TR-OST"), started, by=planner(), at=states.now())
    write(Enrollment.objects.get(customer=customer, program__code="JTED"), planner=youth_planner())
    return customer


@pytest.mark.policy("WIS-059", "WIS-188", "WIS-189")
def test_funding_of_another_planners_program_needs_the_approval_of_that_planner(shared):
    row, jted = service_of(shared, "TR-OST"), Program.objects.get(code="JTED")
    before = everything()
    with pytest.raises(ApprovalNeeded) as refused:
        change(row, program=jted)
    assert [enrollment.program for enrollment in refused.value.enrollments] == [jted]
    assert changed(before, everything()) == {}
    latter = change(row, program=jted, approved_by={youth_planner().pk})
    assert latter.program == jted


@pytest.mark.policy("WIS-188")
def test_a_program_does_not_lose_a_service_without_its_planner(shared):
    row = service_of(shared, "TR-OST")
    with pytest.raises(ApprovalNeeded):
        change(row, program=None, by=youth_planner())


def test_another_contract_of_ones_own_program_needs_nobody(shared):
    assert change(service_of(shared, "TR-OST")).contract == CONTRACT


@pytest.mark.policy("WIS-059", "WIS-189")
def test_the_page_leads_to_the_question_and_the_answer_does_it(client, shared):
    client.force_login(planner())
    row, jted = service_of(shared, "TR-OST"), Program.objects.get(code="JTED")
    answer = client.post(path_of(row), posted(program=jted.pk))
    page = Page(client.get(answer.url))
    assert page.facts()["Who has to approve"] == f"{youth_planner()} ({shown(jted)})"
    client.post(answer.url, page.form(answer.url) | {"reason": "The project pays from today on."})
    assert service_of(shared, "TR-OST").status == "started"
    client.force_login(youth_planner())
    address = reverse("requests:request", args=[shared.staff_requests.get().pk])
    client.post(address, {"approves": "yes", "note": ""})
    latter = PlannedService.objects.get(plan__customer=shared, continuation="funding")
    assert (latter.program, latter.contract, latter.actual_start_on) == (jted, CONTRACT, TODAY)

"""What the end of a draft means to the other programs of a shared plan (12.7.9)."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.declining import decline
from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.enums import RequestState
from acknowledgments.models import StaffRequest
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.plans.actions import open_review, start_plan
from careerplan.plans.coenrollment import ApprovalNeeded
from customers.models import Program
from services.actions import add_service, save_service
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.naming import offered_as, shown
from tests.people import angela, planner, statewide, youth_planner
from tests.rows import changed, everything
from tests.shared_plans import WORKER, approved, co_enrolled, priyas, program, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.policy("WIS-188")]


def by(person=planner):
    return {"by": person(), "at": states.now()}


@pytest.fixture
def review():
    """Priya adds a service of her program in a draft that Devon opened."""
    version = open_review(states.plan_of(shared_angela()), **by())
    add_priyas(version)
    return version


def add_priyas(version):
    found = Service.objects.get(code="BC-COUN")
    planned = add_service(version.plan, found, goal=version.plan.goals.in_plan().in_order()[0], **by(youth_planner))
    save_service(planned, {"program": program(WORKER)}, **by(youth_planner))


def test_a_draft_with_services_of_another_program_is_not_deleted_without_its_planner(review):
    before = everything()
    with pytest.raises(ApprovalNeeded):
        delete_draft(review, reason="Begun too early", **by())
    assert changed(before, everything()) == {}
    delete_draft(review, reason="Begun too early", approved_by={youth_planner().pk}, **by())
    assert states.newest(angela()).state == "deleted"


def test_ones_own_services_and_statewide_staff_ask_nobody(review):
    delete_draft(review, reason="Begun too early", **by(youth_planner))
    version = open_review(review.plan, **by())
    add_priyas(version)
    delete_draft(version, reason="Begun too early", **by(statewide))


def test_a_draft_that_adds_nothing_of_theirs_is_deleted_alone():
    version = open_review(states.plan_of(shared_angela()), **by())
    states.pen(version).step("Visit two employers", version.plan.goals.in_plan()[0], in_days=3)
    delete_draft(version, reason="Begun too early", **by())


def test_from_the_page_over_the_question_to_the_deed(client, review):
    client.force_login(planner())
    answer = client.post(reverse("plan:draft-delete", args=[angela().pk]), {"reason": "Begun too early"})
    assert answer.status_code == 302
    page = Page(client.get(answer.url))
    assert page.facts()["Who has to approve"] == f"Priya Raman ({shown(Program.objects.get(code='T1-DW'))})"
    leaving = offered_as(Service.objects.get(name="Career Counseling / Staff-Assisted Career Guidance"))
    assert f"Version 2, {leaving}: Begun too early" in page.words
    client.post(answer.url, {"reason": "We agreed on it by phone."})
    request = StaffRequest.objects.order_by("-id")[0]
    assert states.newest(angela()).state == "draft"
    assert approved(request, youth_planner()).state == RequestState.APPROVED
    version = states.newest(angela())
    assert (version.state, version.deleted_reason) == ("deleted", "Begun too early")
    assert not PlannedService.objects.in_plan().filter(plan=version.plan, service__code="BC-COUN").exists()


def asked_on_the_page(client, path):
    client.force_login(planner())
    client.post(path, {"reason": "We agreed on it by phone."})
    return StaffRequest.objects.order_by("-id")[0]


@pytest.mark.policy("WIS-188")
def test_what_was_added_since_is_approved_by_nobody(client, review):
    path = reverse("plan:ask", args=[angela().pk, "delete_draft"]) + "?reason=Begun+too+early"
    request = asked_on_the_page(client, path)
    further, goal = Service.objects.get(code="BC-PLAC"), review.plan.goals.in_plan()[0]
    add_service(review.plan, further, goal=goal, **by(youth_planner))
    with pytest.raises(Refusal) as refused:
        approved(request, youth_planner())
    assert refused.value.code == "other-services"
    assert states.newest(angela()).state == "draft"


@pytest.mark.policy("WIS-188")
def test_what_was_asked_for_in_a_draft_ends_with_it(client):
    shared_angela()
    planned, version = priyas("SS-TRAN"), open_review(states.plan_of(angela()), **by())
    path = reverse("plan:ask", args=[angela().pk, "remove_service"]) + f"?service={planned.pk}&removal=unavailable"
    request = asked_on_the_page(client, path)
    delete_draft(version, reason="Begun by mistake", **by())
    open_review(states.plan_of(angela()), **by(youth_planner))
    with pytest.raises(Refusal) as refused:
        approved(request, youth_planner())
    assert refused.value.code == "another-draft"
    planned.refresh_from_db()
    assert planned.removed_at is None


@pytest.mark.parametrize("reason", ["", " "])
def test_without_a_reason_there_is_no_question(client, review, reason):
    client.force_login(planner())
    path = reverse("plan:ask", args=[angela().pk, "delete_draft"])
    assert client.get(path, {"reason": reason}).status_code == 404


@pytest.mark.policy("WIS-190")
def test_the_other_planner_hears_that_the_customer_refused_and_that_the_plan_closed():
    version = start_plan(co_enrolled(), approved_by={youth_planner().pk}, **by())
    decline(version, note="She wants no plan.", **states.contact(), **by())
    version.plan.refresh_from_db()
    assert version.plan.state == "closed"
    told = Message.objects.get(recipient=youth_planner(), kind=Notice.SHARED_PLAN_DECLINED)
    assert "does not want to acknowledge version 1" in told.body
    assert not Message.objects.filter(recipient=planner(), kind=Notice.SHARED_PLAN_DECLINED).exists()

"""What other planners are asked, and what they answer, names services and programs plainly and officially at once."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from acknowledgments.approvals.add_service import AddService
from acknowledgments.approvals.approval import Shared
from acknowledgments.approvals.change_goal import ChangeGoal
from acknowledgments.approvals.delete_draft import DeleteDraft
from acknowledgments.approvals.end_service import EndService
from acknowledgments.approvals.plan_service import PlanService
from acknowledgments.approvals.remove_service import RemoveService
from acknowledgments.approvals.requests import Question, answer, ask
from acknowledgments.enums import RequestKind
from acknowledgments.models import StaffRequest
from careerplan.base.named import LONGEST_NAME
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from goals.models import Goal
from services.programs import refuse_program_not_offered
from tests import states
from tests.markup import Page
from tests.naming import offered_as
from tests.people import angela, planner, youth_planner
from tests.rows import write
from tests.shared_plans import WORKER, enroll, priyas, program, shared_angela

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture
def shared():
    """A draft of Angela's shared plan; one of its services is Priya's program's."""
    shared_angela()
    priyas("BC-JSST")
    version = states.reviewed(angela())
    return Shared(angela(), version.plan, version)


def goal():
    return Goal.objects.in_plan().filter(plan__customer=angela()).select_related("category")[0]


NAMED = {
    "removing": lambda row: RemoveService(service=row.pk, removal="unavailable"),
    "ending": lambda row: EndService(service=row.pk, status="terminated", ended_on=DAY),
    "adding": lambda row: AddService(service=row.pk, program=None),
    "planning": lambda row: PlanService(service=row.service_id),
}


@pytest.mark.parametrize("asked", NAMED)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_names_the_service_and_its_program_by_both_names(shared, asked, language):
    row = priyas("BC-JSST")
    enrollment = angela().enrollments.get(program=program(WORKER))
    with translation.override(language):
        words = NAMED[asked](row).describe(shared, [enrollment])
        assert offered_as(row.service) in words
        assert offered_as(row.program) in words


def test_a_service_of_no_program_names_none(shared):
    row = priyas("BC-JSST")
    write(row, program=None)
    assert "None" not in RemoveService(service=row.pk, removal="unavailable").describe(shared, [])


def test_so_does_the_deletion_of_a_draft_and_a_reworded_goal(shared):
    pen = states.pen(shared.current)
    pen.service("BC-JREQ", goal(), planned_start_on=pen.in_days(10))
    added = shared.plan.services.in_plan().select_related("service").get(service__code="BC-JREQ")
    write(added, program=None)
    assert offered_as(added.service) in DeleteDraft(reason="By mistake").describe(shared, [])
    words = ChangeGoal(goal=goal().pk, statement="Drive", term="short", category=goal().category.code)
    assert offered_as(goal().category) in words.describe(shared, [])


def test_the_longest_names_are_kept_whole(shared):
    row = priyas("BC-JSST")
    for entry, sign in ((row.service, "s"), (row.program, "p"), (program("T1-ADULT"), "q")):
        write(entry, name=sign * entry._meta.get_field("name").max_length, plain_english=sign.upper() * LONGEST_NAME)
    approval = AddService(service=row.pk, program=program("T1-ADULT").pk)
    words = approval.describe(shared, [])
    question = Question(RequestKind.ADD_SERVICE, angela(), shared.plan, words, approval.target(), approval.as_json())
    assert ask(question, reason="By phone.", by=planner(), at=states.now()).what == words


def test_the_answer_names_them_too(client, shared):
    row = priyas("BC-JSST")
    approval = RemoveService(service=row.pk, removal="unavailable")
    partner = tuple(angela().enrollments.filter(program=program(WORKER)))
    words = approval.describe(shared, partner)
    question = Question(
        RequestKind.REMOVE_SERVICE, angela(), shared.plan, words, approval.target(), approval.as_json(), partner
    )
    request = ask(question, reason="By phone.", by=planner(), at=states.now())
    client.force_login(youth_planner())
    assert offered_as(row.service) in Page(client.get(reverse("requests:request", args=[request.pk]))).words
    answer(request, approves=False, note="She needs it.", by=youth_planner(), at=states.now())
    told = Message.objects.filter(kind=Notice.STAFF_REQUEST_ANSWERED, recipient=planner()).latest("id")
    assert offered_as(row.service) in told.body
    assert StaffRequest.objects.get(pk=request.pk).what == words


def test_a_refusal_names_the_program_by_both_names(shared):
    enroll(angela(), "JTED", youth_planner())
    other = program("T1-YOUTH")
    with pytest.raises(Refusal) as refused:
        refuse_program_not_offered(priyas("BC-JSST").service, other, angela())
    assert offered_as(other) in str(refused.value.sentence)

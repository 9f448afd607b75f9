"""The kind of plan follows the programs: who joins or leaves one has another plan from the next draft on (12.7.9)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.reviews import review_without_customer
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.agreed import adding_asks
from careerplan.plans.models import EmploymentPlan
from customers.models import Enrollment, Program
from goals.actions import set_career_goal
from goals.models import Occupation
from tests import states
from tests.lacking import codes_lacking
from tests.markup import Page
from tests.people import planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people"), pytest.mark.policy("AMB-W21")]

TODAY = timezone.localdate()


def join(customer, code):
    program = Program.objects.get(code=code)
    enrollment = Enrollment(customer=customer, program=program, planner=customer.planner, begun_on=TODAY)
    record(enrollment, by=planner(), at=states.now())


def leave(customer, code):
    enrollment = Enrollment.objects.get(customer=customer, program__code=code)
    enrollment.status, enrollment.exited_on = "exited", TODAY
    record(enrollment, by=planner(), at=states.now())


def plan_of(version):
    return EmploymentPlan.objects.select_related("customer").get(pk=version.plan_id)


def iep():
    return states.in_force().plan.customer


def test_who_joins_youth_has_a_plan_of_both_kinds_from_the_next_draft_on():
    customer = iep()
    first = states.newest(customer)
    join(customer, "T1-YOUTH")
    version = states.reviewed(customer)
    assert (plan_of(version).plan_type, version.plan_type) == ("both", "both")
    assert set(codes_lacking(version)) >= {"ISS-SHORT-TERM", "ISS-LONG-TERM"}
    first.refresh_from_db()
    assert (first.plan_type, first.service_name) == ("IEP", "IEP Development or Review")
    assert version.service_name == "IEP and ISS Development or Review"


def test_the_changed_kind_asks_the_customer(settings):
    customer = iep()
    join(customer, "T1-YOUTH")
    version = states.reviewed(customer)
    assert list(states.rules_of(version).values()) == ["WI-TYPE"]
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    assert list(states.rules_of(version).values()) == ["UNSPOKEN"]


def test_who_leaves_adult_keeps_the_iss_alone():
    customer = states.enrolled("T1-ADULT", "T1-YOUTH")
    version = states.written_iss(customer)
    pen = states.pen(version)
    pen.career_goal("employment", "31-1131")
    goal = version.plan.goals.get()
    pen.initial_assessment(goal, program=Program.objects.get(code="T1-ADULT"))
    for row in version.plan.services.all():
        row.program = Program.objects.get(code="T1-YOUTH")
        record(row, by=planner(), at=states.now())
    states.signed(version)
    assert plan_of(version).plan_type == "both"
    leave(customer, "T1-ADULT")
    version = states.reviewed(customer)
    assert plan_of(version).plan_type == "ISS"
    assert states.decided(version).plan_type == "ISS"
    assert states.decided(version).needs_acknowledgment


@pytest.mark.parametrize(("program", "kind"), [("T1-ADULT", "IEP"), ("T1-YOUTH", "ISS")])
def test_who_leaves_every_program_keeps_the_kind_that_was_agreed_to(program, kind):
    customer = states.in_force(program).plan.customer
    leave(customer, program)
    version = states.reviewed(customer)
    assert (version.plan_type, plan_of(version).plan_type) == (kind, kind)


def test_who_joins_while_the_draft_is_written_is_asked_for_the_new_goals_when_it_is_sent():
    customer = iep()
    version = states.reviewed(customer)
    join(customer, "T1-YOUTH")
    with pytest.raises(Refusal) as refused:
        states.sent(version)
    assert {entry.code for entry in refused.value.missing} >= {"ISS-SHORT-TERM", "ISS-LONG-TERM"}
    note = {"text": "Nothing changed.", **states.contact()}
    with pytest.raises(Refusal) as refused:
        review_without_customer(version, **note, by=planner(), at=states.now())
    assert {entry.code for entry in refused.value.missing} >= {"ISS-SHORT-TERM", "ISS-LONG-TERM"}


def test_the_pages_of_the_draft_show_it_and_take_the_goals_of_the_new_kind(client):
    customer = iep()
    version = states.reviewed(customer)
    join(customer, "T1-YOUTH")
    client.force_login(planner())
    agreement = reverse("plan:agreement", args=[customer.pk])
    words = Page(client.get(agreement)).words
    assert "Set both a short-term employment goal and a short-term education/training goal." in words
    assert "The kind of plan changed with the customer's programs." in words
    goals = Page(client.get(reverse("plan:goals", args=[customer.pk])))
    assert "Short-term education/training goal" in goals.words
    for role in ("short_employment", "short_education"):
        path = reverse("plan:career-goal", args=[customer.pk, role])
        assert client.post(path, {"words": "A first step"}).status_code == 302
    path = reverse("plan:career-goal", args=[customer.pk, "long_term"])
    assert client.post(path, {"occupation": "47-2111"}).status_code == 302
    words = Page(client.get(agreement)).words
    assert "Set both a short-term employment goal" not in words
    for row in version.plan.services.all():
        row.program = Program.objects.get(code="T1-ADULT")
        record(row, by=planner(), at=states.now())
    states.sent(states.newest(customer))
    version.refresh_from_db()
    assert (plan_of(version).plan_type, version.plan_type) == ("both", "both")
    assert version.seals.get().contents.plan_type == "both"


def test_a_goal_of_the_former_kind_stays_in_sight_and_can_be_removed(client):
    customer = states.in_force("T1-YOUTH").plan.customer
    leave(customer, "T1-YOUTH")
    join(customer, "T1-ADULT")
    states.reviewed(customer)
    client.force_login(planner())
    page = Page(client.get(reverse("plan:goals", args=[customer.pk])))
    assert "Short-term employment goal" in page.words
    remove = reverse("plan:career-goal-remove", args=[customer.pk, "short_employment"])
    assert client.post(remove).status_code == 302
    page = Page(client.get(reverse("plan:goals", args=[customer.pk])))
    assert "Employment goal of the plan" in page.words


@pytest.mark.parametrize("end", [states.deleted, states.not_completed])
def test_the_kind_goes_back_when_the_draft_ends(end):
    customer = iep()
    join(customer, "T1-YOUTH")
    version = states.reviewed(customer)
    end(version)
    assert plan_of(version).plan_type == "IEP"
    assert states.reviewed(customer).plan_type == "both"


def test_the_employment_goal_of_an_iss_is_not_fixed_by_the_iep_that_it_becomes():
    customer = states.enrolled("T1-YOUTH")
    version = states.written_iss(customer)
    states.pen(version).career_goal("employment", "31-1131")
    states.signed(version)
    join(customer, "T1-ADULT")
    version = states.reviewed(customer)
    nurse = Occupation.objects.get(code="29-1141")
    set_career_goal(plan_of(version), "employment", occupation=nurse, by=planner(), at=states.now())
    assert "WI-IEP-ACK-8" in states.rules_of(version).values()


# --- while a draft is open --------------------------------------------------------------------------


def test_the_gate_asks_for_the_programs_of_today_though_the_draft_was_opened_before():
    customer = iep()
    version = states.reviewed(customer)
    goal = version.plan.goals.get()
    planned = states.pen(version).service("BC-LMI3", goal)
    assert not adding_asks(planned, on=TODAY)
    join(customer, "T1-YOUTH")
    planned.refresh_from_db()
    assert adding_asks(planned, on=TODAY)
    states.deleted(version)


def test_a_career_area_is_refused_as_soon_as_a_youth_program_has_joined(client):
    customer = iep()
    version = states.reviewed(customer)
    area = Occupation.objects.filter(level="major")[0]
    set_career_goal(version.plan, "long_term", occupation=area, by=planner(), at=states.now())
    join(customer, "T1-YOUTH")
    other = Occupation.objects.filter(level="major")[1]
    with pytest.raises(Refusal) as refused:
        set_career_goal(version.plan, "long_term", occupation=other, by=planner(), at=states.now())
    assert refused.value.code == "no-occupation"
    client.force_login(planner())
    path = reverse("plan:career-goal", args=[customer.pk, "long_term"])
    assert "areas" not in client.get(path).context

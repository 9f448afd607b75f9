"""The demo people: the Illinois document's customers as it shows them, the policy's cases, and many made-up ones."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Paper, Seal
from acknowledgments.rules.completeness import missing_from
from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, Region, User
from careerplan.base.history import tracked_models
from careerplan.demo.cast import ANGELA, CUSTOMERS, DAVID, DUKE, HENRIK, JENNIFER, KEISHA, LUCIA, STAFF, TYRELL
from careerplan.demo.made_up import Lists, draw
from careerplan.plans.models import EmploymentPlan, PlanVersion, VersionEvent
from customers.enums import PlanType
from customers.models import Customer
from goals.models import Goal
from services.classes.apprenticeship.models import WageStep
from services.models import PlannedService

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = date(2026, 3, 2)


def customer_of(username):
    return Customer.objects.get(user__username=username)


def version_of(username):
    return PlanVersion.objects.select_related("plan__customer").get(plan__customer__user__username=username)


def contents_now(username):
    version = version_of(username)
    return contents_of(version.plan, version)


def visible_to(username):
    return {
        customer.user.username
        for customer in Customer.objects.visible_to(User.objects.get(username=username)).select_related("user")
    }


# --- the command ----------------------------------------------------------------------------------


def history_rows():
    return {model.__name__: model.history.count() for model in tracked_models()}


def test_a_second_run_does_nothing(capsys):
    before = history_rows()
    capsys.readouterr()
    call_command("seed_demo")
    assert capsys.readouterr().out == ""
    assert history_rows() == before


def test_it_refuses_outside_the_trial_and_tests(settings):
    settings.TESTING = settings.DEMO_SIGN_IN = False
    with pytest.raises(CommandError, match="password"):
        call_command("seed_demo")


def test_everybody_has_the_demo_password(settings):
    for person in User.objects.filter(username__in=[person.username for person in (*STAFF, *CUSTOMERS)])[:3]:
        assert person.check_password(settings.DEMO_PASSWORD)
    assert User.objects.values("password").distinct().count() <= 3


# --- people ---------------------------------------------------------------------------------------


def test_three_regions_have_two_offices_each():
    assert [region.offices.count() for region in Region.objects.all()] == [2, 2, 2]
    for office in Office.objects.select_related("grantee"):
        assert office.phone
        assert office.street
        assert office.grantee.phone


def test_every_office_has_a_planner():
    for office in Office.objects.all():
        holds = Q(scopes__office=office) | Q(scopes__region__offices=office)
        assert User.objects.filter(holds, role=Role.PLANNER, is_active=True).exists()


@pytest.mark.parametrize(
    ("username", "customers"),
    [
        ("planner", {DAVID, JENNIFER, DUKE, ANGELA, KEISHA}),
        ("planner.youth", {DAVID, JENNIFER, DUKE, ANGELA, KEISHA, TYRELL}),
        ("planner.north", {LUCIA, HENRIK}),
        ("planner.rivers", set()),
        ("statewide", {DAVID, JENNIFER, DUKE, ANGELA, KEISHA, TYRELL, LUCIA, HENRIK}),
        (DAVID, {DAVID}),
    ],
)
def test_who_sees_whom(username, customers):
    assert visible_to(username) == customers


# --- the Illinois document ------------------------------------------------------------------------


def test_david_kruse_is_who_the_document_shows():
    david = customer_of(DAVID)
    assert str(david) == "David Kruse"
    assert david.email == "davidkruse@noemail1234.com"
    assert david.get_customer_type_display() == "Youth; Out-of-School"
    assert [row.get_status_display() for row in david.enrollments.all()] == ["Registrant"]
    assert str(david.planner) == "Devon Okafor"
    assert david.case_notes.count() == 5
    assert david.credentials.count() == 1
    assert not hasattr(david, "career_path")
    assert not david.assessments.exclude(assessment_type=None).exists()


def test_david_kruses_goals_are_those_of_the_document():
    version = version_of(DAVID)
    assert (version.state, version.number, version.plan.plan_type) == ("draft", 1, PlanType.ISS)
    goals = Goal.objects.filter(plan=version.plan).with_dates(PlannedService.objects.in_plan()).in_order()
    shown = [
        (row.statement, row.category.name, row.get_term_display(), row.starts_on, row.ends_on, row.get_status_display())
        for row in goals
    ]
    first, last = (date(2020, 6, 1), date(2020, 6, 10)), (date(2020, 6, 8), date(2020, 6, 12))
    assert shown == [
        ("Earn GED", "Education/Training Plan", "Short Term Goal", *first, "Not Started"),
        ("Gain Credential", "Education/Training Plan", "Short Term Goal", None, None, "Not Started"),
        ("Learn how to drive", "Support Services", "Long Term Goal", None, None, "Not Started"),
        ("Gain Full-time employment", "Career Plan", "Short Term Goal", *last, "Not Started"),
    ]


def test_david_kruses_assessments_are_those_of_the_document():
    rows = customer_of(DAVID).assessments.order_by("-assessed_on")
    shown = [
        (
            row.name,
            row.result,
            row.assessed_on,
            row.get_kind_display(),
            row.get_category_display(),
            row.updated_by.email,
        )
        for row in rows
    ]
    category, by = "Adult Basic Education-ABE", "info@train10_sluccwd.com"
    assert shown == [
        ("TABE 11-12", "750", date(2020, 6, 15), "Basic Skills", category, by),
        ("TABE 11-12", "628", date(2020, 6, 11), "Basic Skills", category, by),
    ]


def test_jennifer_philips_has_two_services_under_no_goal():
    jennifer = customer_of(JENNIFER)
    assert jennifer.email == "jenniferphilips@noemail1234.com"
    assert jennifer.customer_type == ""
    enrollment = jennifer.enrollments.get()
    assert (enrollment.get_status_display(), enrollment.program.name) == ("Applicant", "Apprenticeship Illinois")
    services = PlannedService.objects.filter(plan=version_of(JENNIFER).plan).order_by("id")
    assert [(row.service.code, row.goal) for row in services] == [("WE-PERM", None), ("BC-JREQ", None)]


def test_duke_lasley_waits_for_a_placement():
    duke = customer_of(DUKE)
    assert (duke.email, duke.user.username) == ("duke@noema1123.com", "dukelasley")
    assert {row.program.code for row in duke.enrollments.all()} == {"APP-IL", "JTED"}
    service = PlannedService.objects.get(plan=version_of(DUKE).plan, program__code="JTED")
    assert (service.service.code, service.status) == ("WE-PERM", "planned")
    assert service.goal is not None


@pytest.mark.policy("ILL-097")
def test_duke_lasley_learns_as_an_apprentice_on_the_way():
    service = PlannedService.objects.get(plan=version_of(DUKE).plan, program__code="APP-IL")
    assert (service.service.code, service.program.name) == ("AP-RAP", "Apprenticeship Illinois")
    assert (service.detail.occupation.code, service.detail.rapids_id) == ("25-9042", "IL008950001")
    steps = WageStep.objects.filter(apprenticeship=service.detail).order_by("after")
    assert [(step.after, str(step.wage)) for step in steps] == [
        (0, "16.50"),
        (1000, "18.00"),
        (2000, "20.25"),
        (3000, "22.75"),
    ]


# --- the policy's cases ---------------------------------------------------------------------------


def test_angela_whitfields_plan_is_in_force_with_its_evidence():
    version = version_of(ANGELA)
    assert (version.state, version.number) == ("active", 1)
    evidence = version.acknowledgment
    assert evidence.typed_name == "Angela Whitfield"
    assert evidence.digest == evidence.seal.digest
    papers = Paper.objects.filter(seal=evidence.seal)
    assert {paper.kind for paper in papers} == {"to_sign", "agreed"}
    assert all(paper.upload.content_type == "application/pdf" for paper in papers)
    codes = {goal.role: goal.occupation_code for goal in evidence.seal.contents.career_goals}
    assert codes == {"employment": "31-1131", "long_term": "29-1171", "self_sufficiency": "29-1141"}
    assert [event.name for event in version.events.order_by("id")] == ["open", "send", "acknowledge"]


def test_tyrell_brooks_iss_waits_for_him():
    version = version_of(TYRELL)
    assert (version.state, version.plan.plan_type) == ("awaiting", PlanType.ISS)
    request = AcknowledgmentRequest.objects.waiting().get(seal__version=version)
    assert request.seal.contents == contents_of(version.plan, version)
    roles = {goal.role for goal in request.seal.contents.career_goals}
    assert roles == {"employment", "short_employment", "short_education", "long_term"}
    assert customer_of(TYRELL).user.messages_received.filter(kind="acknowledgment-requested").count() == 1


def test_lucia_herreras_exploration_can_be_sent():
    contents = contents_now(LUCIA)
    assert contents.explores
    assert missing_from(contents) == []
    assert version_of(LUCIA).state == "draft"


def test_keisha_monroe_has_one_plan_of_both_types():
    version = version_of(KEISHA)
    assert (version.state, version.plan.plan_type) == ("draft", PlanType.BOTH)
    assert {row.planner.username for row in customer_of(KEISHA).enrollments.all()} == {"planner", "planner.youth"}


def test_henrik_aalto_has_no_plan():
    assert not EmploymentPlan.objects.filter(customer=customer_of(HENRIK)).exists()


# --- many -----------------------------------------------------------------------------------------


@pytest.fixture
def many():
    call_command("seed_demo", customers=30, seed=7, today=TODAY)
    return Customer.objects.filter(state_id__startswith="7", state_id__regex="^.{8}$")


def facts(customers):
    plans = EmploymentPlan.objects.filter(customer__in=customers).order_by("customer__state_id")
    versions = PlanVersion.objects.filter(plan__in=plans).order_by("plan__customer__state_id")
    services = PlannedService.objects.filter(plan__in=plans).order_by("plan__customer__state_id", "id")
    return [
        list(customers.order_by("state_id").values_list("state_id", "name_key", "birth_date", "office__name", "phone")),
        list(versions.values_list("state", "created_on", "approved_on", "next_review_on")),
        list(services.values_list("service__code", "status", "planned_start_on", "actual_start_on", "goal__statement")),
        list(Seal.objects.filter(version__plan__in=plans).order_by("short_code").values_list("short_code", flat=True)),
    ]


def test_the_same_seed_makes_the_same_customers(many):
    first = facts(many)
    assert len(first[0]) == 30
    call_command("seed_demo", customers=30, seed=8, today=TODAY)
    other = Customer.objects.filter(state_id__startswith="8", state_id__regex="^.{8}$")
    assert facts(other)[0] != first[0]
    call_command("seed_demo", customers=30, seed=7, today=TODAY)
    assert facts(many) == first


def test_made_anew_they_are_the_same(many):
    lists = Lists()
    for customer in many.order_by("state_id")[:10]:
        made = draw(int(customer.state_id[1:]), seed=7, today=TODAY, lists=lists, password="")
        assert (made.customer.name_key, made.customer.phone) == (customer.name_key, customer.phone)


def test_every_row_is_entered_once_and_its_history_ends_as_it_stands(many):
    of_many = {
        "Customer": many,
        "EmploymentPlan": EmploymentPlan.objects.filter(customer__in=many),
        "Goal": Goal.objects.filter(plan__customer__in=many),
        "PlannedService": PlannedService.objects.filter(plan__customer__in=many),
    }
    for model in tracked_models():
        if model.__name__ in of_many:
            rows = of_many[model.__name__]
            entries = model.history.filter(id__in=rows.values("id"))
            assert entries.filter(history_type="+").count() == rows.count() > 0
            last = {entry.id: entry for entry in entries.order_by("history_id")}
            names = [field.attname for field in model.history.model.tracked_fields]
            for row in rows:
                assert [getattr(last[row.pk], name) for name in names] == [getattr(row, name) for name in names]
            assert not entries.filter(history_user=None).exists()
            assert not entries.filter(about="").exists()


def test_the_log_of_a_made_up_plan_carries_its_plan(many):
    goal = Goal.objects.filter(plan__customer__in=many).first()
    entry = Goal.history.get(id=goal.pk, history_type="+")
    assert (entry.about_plan_id, entry.about_customer_id) == (goal.plan_id, goal.plan.customer_id)
    assert entry.history_date == goal.plan.started_at
    assert entry.changes[0] == {"label": "goal statement", "from": "", "to": goal.statement}


def test_what_waits_was_sealed_from_the_working_copy(many):
    requests = AcknowledgmentRequest.objects.waiting().filter(seal__version__plan__customer__in=many)
    assert requests.exists()
    for request in requests.select_related("seal__version__plan"):
        version = request.seal.version
        assert request.seal.contents == contents_of(version.plan, version)


def test_what_was_sealed_was_complete(many):
    seals = Seal.objects.filter(version__plan__customer__in=many)
    assert seals.exists()
    for seal in seals:
        assert missing_from(seal.contents) == []


def test_what_is_in_force_has_its_evidence_and_events(many):
    active = PlanVersion.objects.active().filter(plan__customer__in=many)
    assert active.exists()
    for version in active.select_related("acknowledgment__seal", "plan__customer"):
        evidence = version.acknowledgment
        assert evidence.digest == evidence.seal.digest
        assert evidence.signer_id == version.plan.customer.user_id
        assert evidence.acknowledged_at == version.approved_at
        assert [row.name for row in VersionEvent.objects.filter(version=version).order_by("id")] == [
            "open",
            "send",
            "acknowledge",
        ]


def test_the_contents_of_a_made_up_plan_are_plausible(many):
    for plan in EmploymentPlan.objects.filter(customer__in=many):
        assert 2 <= plan.goals.count() <= 5
        assert 2 <= plan.services.count() <= 9
        assert 1 <= plan.barriers.count() <= 3
        assert 1 <= plan.action_steps.count() <= 4
        assert plan.services.filter(goal=None).count() == 0
    assert not Acknowledgment.objects.filter(acknowledged_at__date__gt=TODAY, version__plan__customer__in=many).exists()

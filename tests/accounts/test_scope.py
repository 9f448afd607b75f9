"""Who sees whom: the one place is `Customer.objects.visible_to`, and every other model goes through it."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from acknowledgments.agreement.declining import note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.models import EvidenceDocument, ItemQuestion, UncollectedAgreement
from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, Region, StaffScope, User
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.demo.cast import CUSTOMERS, DAVID, HARBOR, MILLBROOK, PINE_LAKE, TWO_RIVERS
from careerplan.plans.actions import register_legacy_plan
from careerplan.plans.models import ItemEnding, LegacyPlan
from customers.models import Attachment, CaseNote, Customer
from customers.threads import write_to_customer
from goals.fit.models import JobFitReview, OutsideJobFit
from goals.models import ActionStep
from goals.proposing.actions import propose_step
from goals.proposing.models import StepProposal
from goals.proving.actions import finish_own_step_with_proof
from goals.proving.models import StepProof
from services.actions import save_service
from services.attendance.actions import Said, record_attendance
from services.attendance.enums import Span
from services.attendance.models import Attendance
from services.classes.apprenticeship.models import Apprenticeship
from services.costs.models import Budget
from services.feed.models import FeedRecord
from tests import payroll, people, placed, states, supervised
from tests.fit import BARBERS, begun, left_exploration
from tests.goals.test_fit_outside import recorded
from tests.providers import course
from tests.real_files import PDF
from tests.rows import write
from tests.services import feeding
from worksites.models import (
    Employer,
    FollowUp,
    Job,
    PayrollEntry,
    PayrollUpload,
    SupervisorLink,
    Worksite,
    WorksiteAgreement,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def of(*offices):
    """The demo customers of these offices."""
    return {facts.username for facts in CUSTOMERS if facts.office in offices}


EVERYBODY = {facts.username for facts in CUSTOMERS}
NOBODY: set[str] = set()


def seen(rows):
    """Their usernames, each as often as it was found."""
    return sorted(rows.filter(user__username__in=EVERYBODY).values_list("user__username", flat=True))


def closed(user):
    user.is_active = False
    return user


@pytest.mark.policy("WIS-185")
def test_the_planner_of_a_program_sees_a_customer_of_another_office():
    """The plan of a co-enrolled customer is shared, wherever the offices are."""
    north, harbor = people.north_planner(), people.keisha()
    assert not Customer.objects.visible_to(north).filter(pk=harbor.pk).exists()
    enrollment = harbor.enrollments.get(program__code="T1-YOUTH")
    enrollment.planner = north
    record(enrollment, by=people.administrator(), at=clock.now())
    assert Customer.objects.editable_by(north).filter(pk=harbor.pk).exists()
    enrollment.status, enrollment.exited_on = "exited", timezone.localdate()
    record(enrollment, by=people.administrator(), at=clock.now())
    assert not Customer.objects.visible_to(north).filter(pk=harbor.pk).exists()


@pytest.mark.policy("ILL-008", "ILL-009", "ILL-010")
@pytest.mark.parametrize(
    ("user", "visible", "editable"),
    [
        (people.planner, of(HARBOR), of(HARBOR)),
        (people.youth_planner, of(HARBOR, MILLBROOK), of(HARBOR, MILLBROOK)),
        (people.north_planner, of(PINE_LAKE), of(PINE_LAKE)),
        (lambda: people.person("planner.rivers"), of(TWO_RIVERS), of(TWO_RIVERS)),
        (people.statewide, EVERYBODY, EVERYBODY),
        (people.administrator, EVERYBODY, NOBODY),
        (lambda: people.david().user, {DAVID}, NOBODY),
        (AnonymousUser, NOBODY, NOBODY),
        (lambda: closed(people.planner()), NOBODY, NOBODY),
        (lambda: closed(people.statewide()), NOBODY, NOBODY),
        (lambda: closed(people.administrator()), NOBODY, NOBODY),
        (lambda: closed(people.david().user), NOBODY, NOBODY),
    ],
    ids=[
        "a planner of an office",
        "a planner of a region",
        "another region's planner",
        "a planner without customers",
        "statewide",
        "an administrator",
        "a customer",
        "nobody",
        "a closed planner",
        "closed statewide staff",
        "a closed administrator",
        "a closed customer",
    ],
)
def test_who_sees_and_edits_whom(user, visible, editable):
    who = user()
    assert seen(Customer.objects.visible_to(who)) == sorted(visible)
    assert seen(Customer.objects.editable_by(who)) == sorted(editable)


@pytest.fixture
def new_planner():
    planner = User(username="new", email="new@careerplan.test", first_name="N", last_name="N", role=Role.PLANNER)
    record(planner, by=None, at=clock.now())
    return planner


def give(planner, **scope):
    record(StaffScope(user=planner, **scope), by=None, at=clock.now())


def test_a_planner_without_a_scope_sees_nobody(new_planner):
    assert seen(Customer.objects.visible_to(new_planner)) == []


def test_scopes_add_up_and_nobody_is_shown_twice(new_planner):
    give(new_planner, office=Office.objects.get(name=HARBOR))
    give(new_planner, region=Region.objects.get(code="LWA-07"))
    give(new_planner, office=Office.objects.get(name=PINE_LAKE))
    assert seen(Customer.objects.visible_to(new_planner)) == sorted(of(HARBOR, MILLBROOK, PINE_LAKE))


def test_a_scope_counts_for_planners_only(new_planner):
    give(new_planner, office=Office.objects.get(name=HARBOR))
    new_planner.role = Role.CUSTOMER
    assert seen(Customer.objects.visible_to(new_planner)) == []


def test_who_moves_to_another_office_is_seen_there(new_planner):
    david = people.david()
    david.office = Office.objects.get(name=PINE_LAKE)
    record(david, by=people.statewide(), at=clock.now())
    assert DAVID not in seen(Customer.objects.visible_to(people.planner()))
    assert DAVID in seen(Customer.objects.visible_to(people.north_planner()))


def test_case_notes_are_seen_by_staff_alone():
    assert CaseNote.objects.visible_to(people.planner()).filter(customer=people.david()).count() == 5
    assert not CaseNote.objects.visible_to(people.david().user).exists()


# --- every other model ------------------------------------------------------------------------

OURS = ("customers", "plans", "goals", "services", "worksites", "acknowledgments")
# Of a region, and of no customer: tests/services/costs/test_budget_pages.py, tests/worksites/places/. A file of payroll
# is of who brought it: tests/worksites/payroll/.
OF_REGIONS = {Budget, Employer, Worksite, WorksiteAgreement, Job, PayrollUpload}
MODELS = [
    model
    for app in OURS
    for model in apps.get_app_config(app).get_models()
    if hasattr(model._default_manager, "visible_to") and model not in OF_REGIONS
]


def owner_path(model):
    """How a row's customer is found: the path that ends at Customer."""
    if model is Customer:  # which names the record that it was merged into
        return "pk"
    for field in model._meta.fields:
        if field.related_model is Customer:
            return field.name
    for name in ("placement", "plan", "version", "seal", "acknowledgment", "upload", "planned", "service"):
        found = next((field for field in model._meta.fields if field.name == name), None)
        if found is not None:
            return f"{name}__{owner_path(found.related_model)}"
    return "pk"


def a_plan_in_an_older_system():
    values = {"system": "ASSET", "next_review_on": timezone.localdate()}
    register_legacy_plan(people.henrik(), values, by=people.north_planner(), at=clock.now())


def a_signed_copy():
    customer = states.enrolled()
    version = states.sent(states.written(customer), electronic=False).version
    now_and_by = {"by": people.planner(), "at": clock.now()}
    signed = {"method": "paper", "agreed_on": timezone.localdate(), "name": str(customer)}
    copy = SimpleUploadedFile("signed.pdf", PDF)
    record_agreement(version, **signed, file=copy, capture="scan", **now_and_by)


def an_agreement_that_can_not_be_had():
    note = states.contact(reason="moved", note="The letter came back.")
    note_unable(states.newest(people.tyrell()), **note, by=people.youth_planner(), at=clock.now())


def a_question_about_an_item():
    states.asked_about_a_goal(people.tyrell())


def a_message_with_a_file():
    for customer in (people.angela(), people.lucia()):
        words = {"subject": "Hello", "body": "Here it is.", "file": SimpleUploadedFile("letter.pdf", PDF)}
        write_to_customer(customer, **words, by=people.statewide(), at=clock.now())


def steps_that_customers_propose():
    for customer in (people.angela(), people.tyrell()):
        propose_step(states.plan_of(customer), text="Ask about the class", by=customer.user, at=clock.now())


def a_step_with_a_proof():
    customer = states.in_force("T1-ADULT").plan.customer
    step = ActionStep.objects.get(plan__customer=customer)
    finish_own_step_with_proof(step, [SimpleUploadedFile("form.pdf", PDF)], by=customer.user, at=clock.now())


def a_job_fit_review():
    begun(states.draft())


def a_job_fit_from_outside():
    recorded(left_exploration(BARBERS))


def a_plan_that_closed_with_open_ends():
    states.closed(people.angela())


def hours_at_a_course():
    said = Said(course(people.angela()).pk, Span.DAY, course(people.angela()).actual_start_on, Decimal(2))
    record_attendance(said, by=people.planner(), at=clock.now())


def an_apprenticeship():
    """Of Angela's course, as if the catalog called it one."""
    write(course(people.angela()).service, form_kind="apprenticeship")
    save_service(course(people.angela()), {"sponsor": "Lakeshore Millwrights"}, by=people.planner(), at=clock.now())


def what_another_system_says():
    for customer in (people.angela(), people.lucia()):
        feeding.waiting(customer)


def hours_that_were_paid():
    payroll.taken_over([payroll.row(payroll.working())])


# What none of the demo people has.
MADE_HERE = {
    LegacyPlan: a_plan_in_an_older_system,
    EvidenceDocument: a_signed_copy,
    UncollectedAgreement: an_agreement_that_can_not_be_had,
    ItemQuestion: a_question_about_an_item,
    ItemEnding: a_plan_that_closed_with_open_ends,
    Attachment: a_message_with_a_file,
    StepProposal: steps_that_customers_propose,
    StepProof: a_step_with_a_proof,
    JobFitReview: a_job_fit_review,
    OutsideJobFit: a_job_fit_from_outside,
    Attendance: hours_at_a_course,
    Apprenticeship: an_apprenticeship,
    FeedRecord: what_another_system_says,
    FollowUp: placed.started,
    PayrollEntry: hours_that_were_paid,
    SupervisorLink: supervised.asked,
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_rows_are_seen_where_their_customer_is(model):
    rows, path = model.objects, owner_path(model)
    if model in MADE_HERE:
        MADE_HERE[model]()
    assert rows.exists() or model.__name__ in {"Placement"}
    for user in (people.planner(), people.youth_planner(), people.north_planner(), people.person("planner.rivers")):
        customers = Customer.objects.visible_to(user).values("pk")
        assert set(rows.visible_to(user)) == set(rows.filter(**{f"{path}__in": customers})), user
    assert set(rows.visible_to(people.statewide())) == set(rows.all())
    assert not rows.visible_to(AnonymousUser()).exists()
    assert not rows.visible_to(closed(people.statewide())).exists()
    own = rows.visible_to(people.angela().user).values_list(path, flat=True)
    assert set(own) <= {people.angela().pk}

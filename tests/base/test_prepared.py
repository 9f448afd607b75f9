"""A question whose SQL is made once answers as its queryset does, whatever it is asked about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acknowledgments.agreement import in_force, status, working_copy
from acknowledgments.filing import copies
from acknowledgments.models import Acknowledgment
from acknowledgments.paper.case_note import IN_FORCE as KEYS_IN_FORCE
from acknowledgments.paper.case_note import keys_in_force
from acknowledgments.views import talking
from acknowledgments.views import versions as listed
from careerplan.accounts import sign_in
from careerplan.accounts.models import User
from careerplan.base import clock, drafts
from careerplan.base.models import FormDraft
from careerplan.base.prepared import Prepared, PreparedRows
from careerplan.base.together import PreparedTogether
from careerplan.pages import my
from careerplan.pages.overview import COUNTS, counted
from careerplan.plans import pages as plans
from careerplan.plans import working_rows
from careerplan.plans.log import WRITERS, filtered, newest_entries, writers_of
from careerplan.plans.models import EmploymentPlan, PlanVersion
from customers import pages
from customers.models import Customer
from customers.models.people import SCOPES, scope_rows, sees
from customers.notes import reading as notes
from customers.notes.contacts import DUTY, NEWEST, duty_of, newest_contacts
from services import views as services

pytestmark = pytest.mark.django_db


def test_each_answers_as_its_queryset(people):
    for person in User.objects.all():
        assert sorted(SCOPES.ask(person.pk)) == sorted(scope_rows(person.pk))
    for plan in EmploymentPlan.objects.all():
        assert sorted(WRITERS.ask(plan.pk)) == sorted(writers_of(plan.pk))
        assert sorted(COUNTS.ask(plan.customer_id, plan.pk)) == sorted(counted(plan.customer_id, plan.pk))
        assert NEWEST.ask(plan.customer_id) == list(newest_contacts(plan.customer_id))
        assert DUTY.ask(plan.customer_id) == list(duty_of(plan.customer_id))
        assert KEYS_IN_FORCE.ask(plan.customer_id) == list(keys_in_force(plan.customer_id))
        assert newest_entries(9).ask(plan.pk) == list(filtered(plan.pk, rows=9))


def test_its_sql_is_made_once():
    made = []

    def rows_of(key):
        made.append(key)
        return User.objects.filter(pk=key).values_list("pk")

    question = Prepared(rows_of)
    with CaptureQueriesContext(connection) as queries:
        assert question.ask(-1) == question.ask(-2) == []
    assert len(made) == 1
    assert [query["sql"].split(" = ")[-1].strip() for query in queries] == ["-1", "-2"]


def shown(row, came_with=None):
    """All that was read with the row: its columns, also what the question adds, and the rows that came with it."""
    columns = {name: value for name, value in row.__dict__.items() if name not in {"_state", "carried"}}
    others = {name: other for name, other in row._state.fields_cache.items() if other is not came_with}
    return type(row), columns, {name: other and shown(other, row) for name, other in others.items()}


def services_of_plan(plan):
    """As the page of services reads them together with what other systems say (`services.views.LISTED`)."""
    return services.planned_services(plan, 0, 0)


ROWS = {
    "people": (sign_in.PEOPLE, sign_in.people, User),
    "enrollments": (pages.ENROLLMENTS, pages.enrollments_of, Customer),
    "one's own record": (pages.OWN, pages.customers_of, User),
    "a customer": (pages.NAMED, pages.customers_named, Customer),
    "versions with their plan": (plans.VERSIONS, plans.versions_of, Customer),
    "versions with their customer": (plans.WITH_CUSTOMER, plans.versions_with_customer, Customer),
    "versions with who acted": (listed.VERSIONS, listed.versions_of, Customer),
    "drafts of forms": (drafts.DRAFTS, drafts.drafts_of, User),
    "case notes": (notes.FIRST, notes.first_notes, Customer),
    "case notes that are pinned": (notes.PINNED, notes.pinned_notes, Customer),
    "services": (PreparedRows(services_of_plan), services_of_plan, EmploymentPlan),
    "programs, as they began": (working_copy.ENROLLMENTS, working_copy.all_enrollments, Customer),
    "contents in force": (in_force.IN_FORCE, in_force.seals_in_force, EmploymentPlan),
    "an agreement": (status.AGREEMENTS, status.agreements_to, PlanVersion),
    "its document": (status.DOCUMENTS, status.first_document, Acknowledgment),
    "what was asked about a version": (talking.QUESTIONS, talking.questions_about, PlanVersion),
    "agreements": (copies.AGREEMENTS, copies.agreements_of, Customer),
    "agreed papers": (copies.PAPERS, copies.agreed_papers, Customer),
    "one's plan": (my.IN_FORCE, my.seals_in_force, Customer),
    "what waits for one": (my.ASKED, my.requests_that_wait, Customer),
    "what was sent last": (my.SENT_LAST, my.versions_that_reached, Customer),
    "one's job fit review": (my.JOB_FIT, my.reviews_of_job_fit, Customer),
    "newest messages": (my.INBOX, my.newest_messages, User),
} | {kind.label: (rows, rows.rows_of, EmploymentPlan) for kind, rows in working_rows.ROWS.items()}


NONE_OF_THE_DEMO = {
    "its document",
    "case notes that are pinned",
    "what was asked about a version",
    "one's job fit review",
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_are_those_of_their_queryset(people, name):
    question, rows_of, model = ROWS[name]
    FormDraft.objects.create(user=User.objects.earliest("pk"), path="/", data="a=b", saved_at=clock.now())
    found = 0
    for key in model.objects.values_list("pk", flat=True):
        read, expected = question.read(key), list(rows_of(key))
        assert [shown(row) for row in read] == [shown(row) for row in expected]
        found += len(read)
    assert found or name in NONE_OF_THE_DEMO


@pytest.mark.parametrize("model", [Customer, EmploymentPlan, User])
def test_rows_that_are_asked_for_together_are_those_of_their_querysets(people, model, django_assert_num_queries):
    questions = [question for question, _rows_of, about in ROWS.values() if about is model]
    together = PreparedTogether(*questions)
    for key in model.objects.values_list("pk", flat=True):
        with django_assert_num_queries(1):
            read = together.read(key)
        expected = [list(question.rows_of(key)) for question in questions]
        assert [[shown(row) for row in rows] for rows in read] == [[shown(row) for row in rows] for rows in expected]


def test_the_rows_of_a_plan_are_read_by_one_question(people, django_assert_num_queries):
    for plan in EmploymentPlan.objects.all():
        with django_assert_num_queries(1):
            found = working_rows.rows_of_plan(plan.pk)
        for kind, rows in found.items():
            assert [shown(row) for row in rows] == [shown(row) for row in working_rows.rows_of(kind, plan.pk)]


def test_who_sees_one_customer_is_who_finds_one_among_all(people):
    for person in User.objects.all():
        seen = set(Customer.objects.visible_to(person).values_list("pk", flat=True))
        assert {customer.pk for customer in Customer.objects.all() if sees(person, customer)} == seen

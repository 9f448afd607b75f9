"""What moves once and one way, and what stays as it was entered: the database refuses whatever else is written."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection

from acknowledgments.models import AcknowledgmentRequest, Paper, Seal
from careerplan.plans.actions import register_legacy_plan
from careerplan.plans.models import Barrier, EmploymentPlan
from careerplan.plans.policy import BEGINNING, TRANSITIONS
from goals.models import ActionStep, CareerGoal, Goal
from services.models import PlannedService, Service
from tests import states
from tests.people import angela, david, henrik, lucia, planner, statewide, tyrell, youth_planner
from tests.rows import copy, refuses, write
from tests.shared_plans import asked, closing, shared_angela

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def version(customer):
    return states.newest(customer())


def plan(customer=angela):
    return states.plan_of(customer())


def voided():
    states.deleted(version(lucia))
    return Seal.objects.get(version__plan__customer=lucia())


def request():
    return AcknowledgmentRequest.objects.get(seal__version__plan__customer=angela())


def withdrawn():
    states.recalled(version(tyrell))
    return AcknowledgmentRequest.objects.get(seal__version__plan__customer=tyrell())


def form():
    return Paper.objects.filter(seal__version__plan__customer=angela()).order_by("id")[0]


def staff_request():
    return asked(closing(shared_angela(), planner()), planner())


def ended():
    row = staff_request()
    write(row, state="withdrawn", ended_at=states.now())
    return row


def question():
    return staff_request().answers.get()


def answered():
    row = question()
    write(row, answer="approved", answered_by=youth_planner(), answered_at=states.now())
    return row


def legacy():
    values = {"system": "ASSET", "next_review_on": states.today()}
    return register_legacy_plan(henrik(), values, by=henrik().planner, at=states.now())


def moved():
    row = legacy()
    states.started(henrik())
    return row


def change_one(row, *names):
    """Move each of the row's times by a day."""
    return [lambda name=name: write(row(), **{name: states.now() + DAY}) for name in names]


def clear_one(row, *names):
    return [lambda name=name: write(row(), **{name: None}) for name in names]


def item_of(model, customer):
    return model.objects.in_plan().filter(plan__customer=customer()).order_by("id")[0]


def drafted(model):
    """An item of an open draft, where all that is bound may change."""
    return item_of(model, lucia)


def superseded():
    first = version(angela)
    states.signed(states.reviewed(angela()))
    first.refresh_from_db()
    return first


def not_completed():
    return states.not_completed(states.sent(states.reviewed(angela())).version)


# By trigger: writings that it refuses.
CASES = {
    # plans
    "a_plan_closes_once": [
        lambda: write(states.closed(angela()), state="open", outcome="", closed_at=None, closed_by=None),
        lambda: write(states.closed(angela()), outcome="not_completed", outcome_reason="other"),
        lambda: write(states.closed(angela()), closed_at=states.now() + DAY),
        lambda: write(states.closed(angela()), closed_by=statewide()),
    ],
    "a_plan_begins_open": [
        lambda: copy(plan(), state="closed", outcome="completed", closed_at=states.now(), closed_by=planner()),
    ],
    "a_plan_stays_its_customers": [
        lambda: write(plan(), customer=henrik()),
        lambda: write(plan(), started_at=plan().started_at - DAY),
        lambda: write(plan(), started_by=statewide()),
        lambda: write(plan(), follows=plan()),
    ],
    "a_closed_plan_has_no_open_version": [
        lambda: write(plan(tyrell), state="closed", outcome="completed", closed_at=states.now(), closed_by=planner()),
        lambda: write(plan(lucia), state="closed", outcome="completed", closed_at=states.now(), closed_by=planner()),
        lambda: copy(closed_version(), number=9, state="draft", sent_at=None, sent_by=None, **UNAPPROVED),
        lambda: write(deleted_in_a_closed_plan(), state="draft", **UNDELETED),
    ],
    # plans in older systems
    "a_legacy_plan_moves_once": [
        lambda: write(moved(), moved_to=None, moved_at=None),
        lambda: write(moved(), moved_to=plan()),
        lambda: write(moved(), moved_at=states.now() + DAY),
    ],
    "a_legacy_plan_stays_its_customers": [
        lambda: write(legacy(), customer=david()),
        lambda: write(legacy(), registered_at=states.now() - DAY),
        lambda: write(legacy(), registered_by=statewide()),
    ],
    # versions
    "a_version_keeps_its_number_and_creation": [
        lambda: write(version(lucia), number=7),
        lambda: write(version(lucia), created_on=date(2020, 1, 1)),
        lambda: write(version(lucia), created_at=states.now()),
        lambda: write(version(lucia), created_by=statewide()),
        lambda: write(states.deleted(version(lucia)), plan=plan(), number=9),
    ],
    "a_version_keeps_its_approval_and_end": [
        lambda: write(version(angela), approved_on=states.today()),
        lambda: write(version(angela), approved_at=states.now()),
        lambda: write(version(angela), state="draft", sent_at=None, sent_by=None, **UNAPPROVED),
        lambda: write(superseded(), superseded_at=states.now() + DAY),
        lambda: write(not_completed(), not_completed_at=states.now() + DAY),
        lambda: write(not_completed(), state="awaiting", not_completed_at=None, not_completed_note=None),
    ],
    "a_version_moves_along_the_table": [
        lambda: copy(version(tyrell), number=9, state="not_completed", **ended_now()),
        lambda: write(states.deleted(version(lucia)), state="not_completed", **UNDELETED, **ended_now()),
        lambda: write(version(tyrell), state="deleted", sent_at=None, sent_by=None, **deleted_now()),
    ],
    # seals, requests, forms
    "a_seal_is_voided_once": [lambda: write(voided(), voided_at=None), *change_one(voided, "voided_at")],
    "a_request_moves_once": [
        *change_one(request, "notified_at", "opened_at", "answered_at"),
        *clear_one(request, "opened_at", "answered_at"),
        *change_one(withdrawn, "withdrawn_at"),
        *clear_one(withdrawn, "withdrawn_at", "notified_at"),
    ],
    "a_request_keeps_its_seal": [
        lambda: write(withdrawn(), seal=states.sent(version(lucia), electronic=False)),
        lambda: write(request(), key="00000000-0000-4000-8000-000000000000"),
        *change_one(request, "created_at"),
    ],
    "a_form_is_filed_once": [
        *change_one(form, "rendered_at"),
        lambda: write(form(), rendered_at=None, upload=None),
    ],
    "a_form_keeps_its_seal": [
        lambda: write(form(), seal=Seal.objects.get(version__plan__customer=tyrell()), kind="agreed"),
        *change_one(form, "created_at"),
    ],
    # among staff
    "a_staff_request_ends_once": [
        lambda: write(ended(), state="waiting", ended_at=None),
        lambda: write(ended(), state="approved"),
        *change_one(ended, "ended_at"),
    ],
    "a_staff_request_asks_what_it_asked": [
        lambda: write(staff_request(), arguments={"outcome": "completed"}),
        lambda: write(staff_request(), reason="Another"),
        lambda: write(staff_request(), target="another"),
        lambda: write(staff_request(), asked_by=statewide()),
    ],
    "a_question_is_answered_once": [
        lambda: write(answered(), answer="", answered_by=None, answered_at=None),
        lambda: write(answered(), answer="refused", note="No."),
        lambda: write(answered(), answered_by=planner()),
    ],
    "a_question_is_put_to_whom_it_was": [
        lambda: write(question(), approver=planner()),
        lambda: write(question(), program=None),
    ],
    # items
    "plans_barrier_stays_what_it_is": [lambda: write(drafted(Barrier), plan=plan(david))],
    "goals_careergoal_stays_what_it_is": [
        lambda: write(drafted(CareerGoal), plan=plan(david)),
        lambda: write(drafted(CareerGoal), role="long_term"),
    ],
    "goals_goal_stays_what_it_is": [lambda: write(drafted(Goal), plan=plan(david))],
    "goals_actionstep_stays_what_it_is": [lambda: write(drafted(ActionStep), plan=plan(david))],
    "services_plannedservice_stays_what_it_is": [
        lambda: write(drafted(PlannedService), plan=plan(david)),
        lambda: write(drafted(PlannedService), service=Service.objects.get(code="TR-OST")),
        lambda: write(drafted(PlannedService), continues=drafted(PlannedService), continuation="funding"),
    ],
}  # fmt: skip

UNAPPROVED = {"approved_on": None, "approved_at": None, "next_review_on": None}
UNDELETED = {"deleted_at": None, "deleted_reason": ""}


def deleted_now():
    return {"deleted_at": states.now(), "deleted_reason": "By mistake"}


def ended_now():
    return {"not_completed_at": states.now(), "not_completed_note": not_completed().not_completed_note}


def closed_version():
    states.closed(angela())
    return version(angela)


def deleted_in_a_closed_plan():
    row = states.deleted(version(lucia))
    states.closed(lucia(), "not_completed", "other")
    return row


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, writings in CASES.items() for number in range(len(writings))]
)
def test_the_database_refuses(name, number):
    refuses(name, CASES[name][number])


def test_the_moves_of_the_database_are_those_of_the_table():
    """Another transition: a migration sets `a_version_moves_along_the_table` again, with all pairs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'a_version_moves_along_the_table_%'")
        sources = {name.rpartition("_")[2]: source for name, source in cursor.fetchall()}
    pairs = set(re.findall(r"\('(\w+)', '(\w+)'\)", sources["update"]))
    assert pairs == {(source, row.target) for row in TRANSITIONS.values() for source in row.source} - {
        ("awaiting", "awaiting")  # unable: the version stays where it is
    }
    assert re.findall(r"NEW\.state <> '(\w+)'", sources["insert"]) == [BEGINNING]


def test_what_has_not_happened_yet_may_happen():
    """So that a refusal above is the trigger's, and not the helper's."""
    write(Seal.objects.get(version=version(tyrell)), voided_at=states.now())
    write(AcknowledgmentRequest.objects.get(seal__version=version(tyrell)), withdrawn_at=states.now())
    write(answered().request, state="approved", ended_at=states.now())
    older = legacy()
    copy(plan(), customer=henrik())
    write(older, moved_to=EmploymentPlan.objects.get(customer=henrik()), moved_at=states.now())
    write(version(tyrell), state="draft", sent_at=None, sent_by=None)
    write(version(tyrell), state="deleted", **deleted_now())
    write(plan(tyrell), state="closed", outcome="completed", closed_at=states.now(), closed_by=planner())

"""What the database refuses of plans, versions and barriers, whatever code writes it."""

from datetime import timedelta

import pytest

from careerplan.plans.actions import register_legacy_plan
from careerplan.plans.models import Barrier, ItemEnding
from tests import states
from tests.people import angela, henrik, lucia, planner, tyrell
from tests.rows import constraints_of, copy, refuses, write

pytestmark = pytest.mark.django_db


def plan(customer=angela):
    return states.plan_of(customer())


def version(customer):
    return states.newest(customer())


def barrier(customer=angela):
    return Barrier.objects.filter(plan__customer=customer()).order_by("id")[0]


def legacy():
    values = {"system": "ASSET", "next_review_on": states.today()}
    return register_legacy_plan(henrik(), values, by=henrik().planner, at=states.now())


def moved():
    row = legacy()
    states.started(henrik())
    return row


def ending():
    states.closed(angela())
    return ItemEnding.objects.filter(plan__customer=angela())[0]


def day_before(day):
    return day - timedelta(days=1)


def second_draft():
    states.reviewed(angela())
    copy(version(angela), number=9)


def second_active():
    copy(version(angela), number=9)


SENT = {"sent_at": None, "sent_by": None}
CLOSED = {"state": "closed", "outcome": "completed"}

# By constraint: writings that it refuses.
CASES = {
    # plans
    "one_open_plan_a_customer": [lambda: copy(plan())],
    "a_closed_plan_says_how_and_by_whom": [
        lambda: write(plan(), state="closed"),
        lambda: write(plan(), **CLOSED, closed_at=states.now()),
        lambda: write(plan(), **CLOSED, closed_by=planner()),
        lambda: write(plan(), state="closed", closed_at=states.now(), closed_by=planner()),
        lambda: write(plan(), closed_at=states.now(), closed_by=planner()),
        lambda: write(plan(), outcome="completed"),
        lambda: write(plan(), state="paused"),
    ],
    "a_plan_not_completed_has_its_reason": [
        lambda: write(states.closed(angela()), outcome="not_completed"),
        lambda: write(states.closed(angela()), outcome_reason="other"),
    ],
    "a_plan_closes_after_it_started": [
        lambda: write(plan(), **CLOSED, closed_at=plan().started_at - timedelta(seconds=1), closed_by=planner()),
    ],
    "a_version_has_a_known_plan_type": [lambda: write(version(angela), plan_type="IIP")],
    "a_plan_is_restoring_for_a_moment": [lambda: write(plan(), restoring=plan())],
    "a_plan_has_a_known_type": [lambda: write(plan(), plan_type="IIP"), lambda: write(plan(), plan_type="")],
    # plans in older systems
    "one_unmoved_legacy_plan_a_customer": [lambda: copy(legacy())],
    "a_moved_legacy_plan_says_when": [
        lambda: write(legacy(), moved_at=states.now()),
        lambda: write(legacy(), moved_to=plan()),
        lambda: write(moved(), moved_at=None),
    ],
    # versions
    "a_version_number_is_used_once_in_a_plan": [lambda: write(states.reviewed(angela()), number=1)],
    "one_draft_or_awaiting_version_a_plan": [
        second_draft,
        lambda: copy(version(tyrell), number=9),
        lambda: copy(version(tyrell), number=9, state="draft", **SENT),
    ],
    "one_active_version_a_plan": [second_active],
    "versions_are_numbered_from_one": [lambda: write(version(lucia), number=0)],
    "a_version_has_a_known_state": [lambda: write(version(lucia), state="paused")],
    "a_sent_version_says_when_and_by_whom": [
        lambda: write(version(lucia), state="awaiting"),
        lambda: write(version(lucia), sent_at=states.now()),
        lambda: write(version(lucia), sent_at=states.now(), sent_by=planner()),
        lambda: write(version(tyrell), sent_by=None),
        lambda: write(version(tyrell), sent_at=None),
        lambda: write(states.not_completed(version(tyrell)), sent_at=None),
    ],
    "an_agreed_version_has_its_approval_and_next_review": [
        lambda: write(version(tyrell), state="active"),
        lambda: write(version(angela), approved_on=None),
        lambda: write(version(angela), approved_at=None),
        lambda: write(version(angela), next_review_on=None),
        lambda: write(version(lucia), approved_at=states.now()),
    ],
    "a_superseded_version_says_when": [
        lambda: write(version(angela), state="superseded"),
        lambda: write(version(angela), superseded_at=states.now()),
    ],
    "a_version_not_completed_has_its_case_note": [
        lambda: write(version(lucia), state="not_completed"),
        lambda: write(states.not_completed(version(lucia)), not_completed_note=None),
        lambda: write(states.not_completed(version(lucia)), not_completed_at=None),
    ],
    "a_deleted_version_says_when_and_why": [
        lambda: write(version(lucia), state="deleted", deleted_at=states.now()),
        lambda: write(version(lucia), state="deleted", deleted_reason="By mistake"),
        lambda: write(version(lucia), deleted_reason="By mistake"),
    ],
    "an_approval_is_not_before_the_creation": [
        lambda: write(version(angela), approved_on=day_before(version(angela).created_on)),
    ],
    "a_review_follows_the_approval": [
        lambda: write(version(angela), next_review_on=version(angela).approved_on),
    ],
    # barriers
    "plans_barrier_removed_says_when_by_whom_why": [
        lambda: write(barrier(), removed_at=states.now(), removal="other"),
        lambda: write(barrier(), removed_at=states.now(), removed_by=planner(), removal="other"),
        lambda: write(barrier(), removed_at=states.now(), removed_reason="Other", removal="other"),
        lambda: write(barrier(), removed_reason="Other"),
        lambda: write(barrier(), removed_by=planner()),
    ],
    "a_barrier_category_stands_in_a_plan_once": [lambda: copy(barrier())],
    # how items ended with their plan
    "an_item_ends_once_with_its_plan": [lambda: copy(ending())],
    "an_ending_is_of_a_known_kind_of_item": [lambda: copy(ending(), item=99, kind="barrier")],
    "an_ending_is_a_known_one": [lambda: copy(ending(), item=99, ending="lost")],
    "what_goes_on_elsewhere_says_where": [lambda: copy(ending(), item=99, ending="elsewhere", note="")],
    # barriers
    "a_removed_barrier_has_its_kind_of_removal": [
        lambda: write(barrier(), removed_at=states.now(), removed_by=planner(), removed_reason="Other"),
        lambda: write(barrier(), removal="other"),
    ],
}  # fmt: skip


# PostgreSQL names the first constraint that a row breaks: an unknown state breaks two.
NAMED = {"a_version_has_a_known_state": "a_sent_version_says_when_and_by_whom"}


def test_every_constraint_has_a_case():
    assert CASES.keys() == constraints_of("plans")


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, writings in CASES.items() for number in range(len(writings))]
)
def test_the_database_refuses(name, number):
    refuses(NAMED.get(name, name), CASES[name][number])


def test_the_same_writing_within_the_rules_is_taken():
    """So that a refusal above is the constraint's, and not the helper's."""
    copy(legacy(), customer=angela(), moved_to=plan(), moved_at=states.now())
    write(plan(), **CLOSED, closed_at=states.now(), closed_by=planner())
    copy(plan(), state="open", outcome="", closed_at=None, closed_by=None)
    removal = {"removed_at": states.now(), "removed_by": planner(), "removed_reason": "Other", "removal": "other"}
    write(barrier(lucia), **removal)
    write(version(lucia), state="deleted", deleted_at=states.now(), deleted_reason="By mistake")

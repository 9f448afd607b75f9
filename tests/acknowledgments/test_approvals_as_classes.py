"""Approvable actions are classes: one for each kind of request, read from an address, and kept as JSON."""

from dataclasses import fields, replace
from datetime import date

import pytest
from django.http import Http404, QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from acknowledgments.approvals.approval import UNSAID, Approval
from acknowledgments.approvals.register import APPROVALS
from acknowledgments.approvals.requests import perform
from acknowledgments.enums import RequestKind
from acknowledgments.models import StaffRequest
from careerplan.base.refusals import Refusal
from careerplan.plans.coenrollment import Asked
from services.models import PlannedService
from tests import states
from tests.acknowledgments.staff_request_pages import draft
from tests.people import angela, planner
from tests.rows import write
from tests.shared_plans import WORKER, priyas, program

# One of each kind, letter by letter as the former release kept it; the keys are those of made-up rows.
OF_THE_FORMER_RELEASE = {
    "recover_draft": {"version": 4},
    "remove_service": {"service": 7, "removal": "unavailable", "note": "", "draft": 3},
    "plan_service": {"service": 9, "goal": 2},
    "add_service": {"service": 7, "program": None},
    "end_service": {
        "service": 7, "was": "planned", "status": "never_provided", "reason": "no_show", "ended_on": "",
        "actual_start_on": "", "notes": "He did not come.",
    },
    "change_goal": {
        "statement": "Pass it", "term": "long", "category": "CAREER_PLAN", "goal": 2, "seen": 1, "draft": 3,
    },
    "remove_goal": {"goal": 2, "seen": 1, "draft": 3},
    "change_career_goal": {"explores": False, "occupation": "47-2111", "role": "long_term", "words": "", "seen": 2},
    "change_employment_goal": {
        "explores": False, "occupation": "47-2111", "career_goals": True, "barriers": True, "services": False,
        "steps": False,
    },
    "delete_draft": {"version": 3, "reason": "Begun too early", "services": [7, 8]},
    "close_plan": {"outcome": "completed", "reason": ""},
    "start_plan": {},
}  # fmt: skip


def test_every_kind_of_request_has_its_class():
    assert set(APPROVALS) == set(RequestKind.values) == OF_THE_FORMER_RELEASE.keys()
    assert {approval.kind for approval in APPROVALS.values()} == {*RequestKind}


@pytest.mark.parametrize("kind", OF_THE_FORMER_RELEASE)
def test_what_the_former_release_kept_is_read_and_kept_again_as_it_was(kind):
    kept = OF_THE_FORMER_RELEASE[kind]
    approval = APPROVALS[kind].from_json(kept)
    for name, value in kept.items():
        read = getattr(approval, name)
        assert read == (
            tuple(value) if isinstance(value, list) else None if name.endswith("_on") and not value else value
        )
    assert APPROVALS[kind].from_json(approval.as_json()) == approval
    assert [name for name, value in approval.as_json().items() if (kept[name] or None) != value] == []


VALUES = {
    int: st.integers(1, 10**17),
    str: st.text(max_size=20),
    bool: st.booleans(),
    date: st.dates(date(2020, 1, 1), date(2030, 1, 1)),
}


def drawn(approval):
    """Any object of the class: each field of a type that it may have."""
    chosen = {}
    for entry in fields(approval):
        types = [
            kind
            for name, kind in (("int", int), ("str", str), ("bool", bool), ("date", date))
            if name in str(entry.type)
        ]
        value = st.lists(VALUES[int], max_size=3).map(tuple) if "tuple" in str(entry.type) else VALUES[types[0]]
        if "Unsaid" in str(entry.type):
            value |= st.just(UNSAID)
        chosen[entry.name] = value
    return st.builds(approval, **chosen)


@given(st.sampled_from([*APPROVALS.values()]).flatmap(drawn))
def test_what_is_kept_reads_back_as_it_was(approval):
    assert type(approval).from_json(approval.as_json()) == approval


def drawn_words(approval):
    """Objects of the class as an address says them: nothing that is looked up, and words that a page would post."""
    return drawn(approval).map(
        lambda found: replace(found, **{entry.name: as_posted(entry, found) for entry in asked_fields(approval)})
    )


def asked_fields(approval):
    return [entry for entry in fields(approval) if "looked_up" not in entry.metadata]


def as_posted(entry, found):
    value = getattr(found, entry.name)
    if "choices" in entry.metadata:
        return entry.metadata["choices"].values[0]
    if entry.metadata.get("required"):
        return "because"
    if "bool" in str(entry.type):
        return bool(value)
    return value[: entry.metadata.get("limit")].strip() if isinstance(value, str) else value


@given(st.sampled_from([*APPROVALS.values()]).flatmap(drawn_words))
def test_what_an_action_was_given_comes_through_the_address(approval):
    values = {entry.name: getattr(approval, entry.name) for entry in asked_fields(type(approval))}
    address = Asked(approval.kind, {name: value for name, value in values.items() if value != UNSAID}).address(4)
    assert type(approval).said(QueryDict(address.partition("?")[2])) == values


@pytest.mark.parametrize("kind", APPROVALS)
def test_a_word_that_the_action_is_not_given_is_no_question(kind):
    with pytest.raises(Http404):
        APPROVALS[kind].said(QueryDict("servce=7"))


def test_a_value_of_an_address_is_told_by_its_type():
    asked = Asked("add_service", {"service": 7, "program": None, "contract": "A & B", "changes_on": date(2026, 11, 2)})
    assert asked.address(4) == reverse("plan:ask", args=[4, "add_service"]) + (
        "?service=7&program=&contract=A+%26+B&changes_on=2026-11-02"
    )
    flags = Asked("change_employment_goal", {"explores": True, "steps": False})
    assert flags.address(4).endswith("?explores=yes&steps=")


@pytest.mark.django_db
def test_a_request_of_the_former_release_is_performed():
    draft()
    planned = priyas("BC-JSST")
    plan = states.plan_of(angela())
    request = StaffRequest(
        customer=plan.customer,
        plan=plan,
        action="remove_service",
        what="-",
        target=f"service:{planned.pk}",
        arguments={"service": planned.pk, "removal": "unavailable", "note": ""},
        reason="-",
        asked_by=planner(),
        asked_at=states.now(),
    )
    with pytest.raises(Refusal) as refused:  # nobody has approved
        perform(saved(request), by=planner(), at=states.now())
    assert refused.value.code == "approval-needed"
    answer = request.answers.create(approver=None, program=program(WORKER))
    write(answer, answer="approved", answered_by=priya(planned), answered_at=states.now())
    perform(request, by=planner(), at=states.now())
    assert PlannedService.objects.get(pk=planned.pk).removal == "unavailable"


def saved(request):
    request.save()
    return request


def priya(planned):
    return planned.plan.customer.enrollments.get(program=program(WORKER)).planner


def test_an_approval_says_what_it_is():
    with pytest.raises(NotImplementedError):
        Approval().describe(None, ())
    with pytest.raises(NotImplementedError):
        Approval().perform(None, "")

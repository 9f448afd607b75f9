"""The table of transitions: what can be reached, who may move a version, and what is said where one may not."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from acknowledgments.agreement.declining import decline, note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.drafts import delete_draft, recover_draft
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.sending import recall, send
from acknowledgments.agreement.signing import acknowledge
from acknowledgments.agreement.talking import disagree
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.enums import VersionState
from careerplan.plans.models import PlanVersion, VersionEvent
from careerplan.plans.policy import (
    BEGINNING,
    CUSTOMER,
    ENDS,
    PLANNER,
    STATES,
    STATEWIDE,
    SYSTEM,
    TRANSITIONS,
    state_diagram,
)
from careerplan.plans.transitions import check, move
from tests import states
from tests.people import administrator, angela, david, north_planner, planner, statewide, tyrell, youth_planner
from tests.rows import changed, everything


def test_the_states_are_those_of_the_enum():
    assert set(VersionState.values) == STATES


def test_every_state_can_be_reached():
    reached = {BEGINNING}
    for _step in STATES:
        reached |= {row.target for row in TRANSITIONS.values() if row.source & reached}
    assert reached == STATES


def test_only_the_ends_are_dead_ends():
    left = {state for row in TRANSITIONS.values() for state in row.source}
    assert STATES - left == ENDS


def test_the_diagram_in_the_documentation_is_the_table():
    page = (Path(settings.BASE_DIR) / "docs" / "states.md").read_text()
    assert re.findall(r"```mermaid\n(.*?)```", page, re.DOTALL) == [state_diagram()]


def test_who_makes_each_move():
    """12.7.6 to 12.7.8: a planner leads, the customer acknowledges, and recovering needs statewide staff."""
    assert {name: row.actor for name, row in TRANSITIONS.items()} == {
        "send": "planner",
        "recall": "planner",
        "acknowledge": "customer",
        "record_agreement": "planner",
        "acknowledge_without_customer": "planner",
        "supersede": "system",
        "unable": "planner",
        "disagree": "customer",
        "mark_not_completed": "planner",
        "delete": "planner",
        "recover": "statewide",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("checked", ["", "recall"])
def test_a_version_moves_only_along_the_transition_for_which_it_was_checked(checked):
    version = states.sent(states.draft("T1-ADULT")).version
    if checked:
        version = check(version, checked, planner())
    with pytest.raises(RuntimeError, match="mark_not_completed"):
        move(version, "mark_not_completed", by=planner(), at=states.now())


@pytest.mark.django_db
def test_a_check_is_good_for_one_move():
    version = check(states.sent(states.draft("T1-ADULT")).version, "unable", planner())
    version = move(version, "unable", **now())
    with pytest.raises(RuntimeError, match="unable"):
        move(version, "unable", **now())


@pytest.mark.django_db
def test_a_check_knows_the_version_in_force_which_is_locked_with_it():
    former = states.in_force()
    draft = states.reviewed(former.plan.customer)
    with CaptureQueriesContext(connection) as asked:
        assert check(draft, "send", planner()).in_force == former
    assert [query["sql"].count("FOR UPDATE") for query in asked if "planversion" in query["sql"]] == [1]
    first = states.draft("T1-ADULT")
    assert check(first, "send", planner()).in_force is None


def now():
    return {"by": planner(), "at": states.now()}


# --- what each transition does, called as a page calls it -------------------------------------


def send_it(version, by):
    contact = states.talked()
    return send(version, reason=states.ALL_THE_SAME, contact=contact, by=by, at=states.now())


def recall_it(version, by):
    return recall(version, by=by, at=states.now())


def acknowledge_it(version, by):
    request = states.request_for(version)
    name = str(version.plan.customer)
    return acknowledge(request, typed_name=name, ip_address=None, user_agent="", by=by, at=states.now())


def mark_it_not_completed(version, by):
    return decline(version, **states.contact(note="Does not agree."), by=by, at=states.now())


def record_its_paper(version, by):
    day = timezone.localdate()
    return record_agreement(
        version, method="paper", agreed_on=day, name=str(version.plan.customer), by=by, at=states.now()
    )


def recover_it(version, by):
    return recover_draft(version, by=by, at=states.now())


def delete_it(version, by):
    return delete_draft(version, reason="Begun by mistake", by=by, at=states.now())


def review_it_without_the_customer(version, by):
    return review_without_customer(version, text="Nothing to change.", **states.contact(), by=by, at=states.now())


def note_that_it_is_unable(version, by):
    note_unable(version, reason="no_answer", **states.contact(note="Nobody answers."), by=by, at=states.now())


def disagree_with_it(version, by):
    return disagree(states.request_for(version), reason="I want another job.", by=by, at=states.now())


ACTIONS = {
    "disagree": disagree_with_it,
    "unable": note_that_it_is_unable,
    "send": send_it,
    "recall": recall_it,
    "acknowledge": acknowledge_it,
    "acknowledge_without_customer": review_it_without_the_customer,
    "mark_not_completed": mark_it_not_completed,
    "delete": delete_it,
    "record_agreement": record_its_paper,
    "recover": recover_it,
}


def test_every_transition_but_the_systems_own_has_an_action():
    assert ACTIONS.keys() == {name for name, row in TRANSITIONS.items() if row.actor != SYSTEM}


# --- versions in each state; each has had a request, so that the customer's link exists --------


def draft():
    """With nothing changed since the version in force, so that it may be sent and may do without the customer too."""
    return states.recalled(states.sent(states.reviewed(angela())).version)


def awaiting():
    return states.newest(tyrell())


def active():
    return states.newest(angela())


def superseded():
    first = active()
    write = states.pen(states.reviewed(angela()))
    goal = first.plan.goals.in_order()[0]
    write.step("Read the second chapter", goal, in_days=3)
    states.acknowledged(states.told(states.sent(write.version)))
    return PlanVersion.objects.select_related("plan__customer__user").get(pk=first.pk)


def not_completed():
    return states.not_completed(awaiting())


def deleted():
    return states.deleted(draft())


VERSIONS = {made.__name__: made for made in (draft, awaiting, active, superseded, not_completed, deleted)}

RIGHT = {
    PLANNER: lambda version: version.plan.customer.planner,
    CUSTOMER: lambda version: version.plan.customer.user,
    STATEWIDE: lambda version: statewide(),
}
WRONG = {
    PLANNER: {
        "the customer": lambda version: version.plan.customer.user,
        "another customer": lambda version: david().user,
        "a planner of another region": lambda version: north_planner(),
        "an administrator": lambda version: administrator(),
    },
    CUSTOMER: {
        "the planner": lambda version: version.plan.customer.planner,
        "another customer": lambda version: david().user,
        "statewide staff": lambda version: statewide(),
        "an administrator": lambda version: administrator(),
    },
    STATEWIDE: {
        "the planner": lambda version: version.plan.customer.planner,
        "the customer": lambda version: version.plan.customer.user,
        "an administrator": lambda version: administrator(),
    },
}


def test_a_version_can_be_brought_to_every_state():
    assert VERSIONS.keys() == STATES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "source"), [(name, state) for name in ACTIONS for state in sorted(TRANSITIONS[name].source)]
)
def test_the_right_person_moves_the_version(name, source):
    version = VERSIONS[source]()
    row = TRANSITIONS[name]
    ACTIONS[name](version, RIGHT[row.actor](version))
    version.refresh_from_db()
    assert version.state == row.target
    event = VersionEvent.objects.filter(version=version).latest("id")
    assert (event.name, event.source, event.target) == (name, source, row.target)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "wrong"), [(name, who) for name in ACTIONS for who in WRONG[TRANSITIONS[name].actor]])
def test_the_wrong_person_is_refused(name, wrong):
    row = TRANSITIONS[name]
    version = VERSIONS[min(row.source)]()
    somebody = WRONG[row.actor][wrong](version)
    before = everything()
    with pytest.raises(NotAllowed) as refused:
        ACTIONS[name](version, somebody)
    assert str(refused.value.sentence)
    assert changed(before, everything()) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(STATES))
def test_from_another_state_a_move_is_refused_in_words_and_nothing_is_written(state):
    version = VERSIONS[state]()
    before = everything()
    for name in [name for name in ACTIONS if state not in TRANSITIONS[name].source]:
        with pytest.raises(Refusal) as refused:
            ACTIONS[name](version, RIGHT[TRANSITIONS[name].actor](version))
        assert refused.value.code == f"cannot-{name}"
        assert f"ersion {version.number}" in str(refused.value.sentence)
    assert changed(before, everything()) == {}


@pytest.mark.django_db
def test_a_planner_of_the_whole_region_and_statewide_staff_may_move_a_version_too():
    for somebody in (youth_planner(), statewide()):
        version = states.reviewed(angela())
        assert delete_it(version, somebody).state == VersionState.DELETED
    assert planner() == angela().planner

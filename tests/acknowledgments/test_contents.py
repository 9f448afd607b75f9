"""Contents are canonical and readable for ever: what is sealed reads back as it was."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.items import (
    SCHEMA,
    About,
    AssessmentItem,
    AssistanceItem,
    ContactItem,
    CredentialItem,
    JobFitItem,
    PlanContents,
    Removal,
)
from acknowledgments.contents.sealed_text import canonical_json, digest_of, read_contents
from careerplan.plans.items import BarrierItem
from careerplan.plans.kinds import decimal_text, iso
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.classes.apprenticeship.items import WageStepItem
from services.items import ServiceItem
from tests import states
from tests.people import angela, david, henrik, keisha, lucia, tyrell

KEYS = st.integers(min_value=1, max_value=2**63 - 1)
BY_TYPE = {
    str: st.text(max_size=30),
    int: KEYS,
    bool: st.booleans(),
    int | None: st.none() | KEYS,
    int | str | None: st.none() | KEYS,
    bool | None: st.none() | st.booleans(),
    tuple[int, ...]: st.lists(KEYS, max_size=3).map(tuple),
    tuple[str, ...]: st.lists(st.text(max_size=10), max_size=3).map(tuple),
}


def items(item_class, **known):
    """Any instance of the class: every field is drawn by its type."""
    drawn = {entry.name: BY_TYPE[entry.type] for entry in fields(item_class) if entry.name not in known}
    return st.builds(item_class, **drawn, **known)


def several(item_class, **known):
    return st.lists(items(item_class, **known), max_size=3).map(tuple)


CONTENTS = items(
    PlanContents,
    career_goals=several(CareerGoalItem),
    goals=several(GoalItem),
    barriers=several(BarrierItem),
    services=several(ServiceItem, wage_steps=several(WageStepItem)),
    action_steps=several(ActionStepItem),
    removals=several(Removal),
    about=items(
        About,
        assessments=several(AssessmentItem),
        emergency_contacts=several(ContactItem),
        employment_assistance=several(AssistanceItem),
        credentials=several(CredentialItem),
        job_fit=st.none() | items(JobFitItem),
    ),
    schema=st.just(SCHEMA),
)


@settings(max_examples=200, deadline=None)
@given(CONTENTS)
def test_what_is_sealed_reads_back_as_it_was(contents):
    assert read_contents(canonical_json(contents)) == contents


@settings(max_examples=100, deadline=None)
@given(CONTENTS)
def test_the_canonical_text_is_one_and_the_same(contents):
    text = canonical_json(contents)
    assert canonical_json(read_contents(text)) == text
    shuffled = json.loads(text, object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert canonical_json(read_contents(json.dumps(shuffled, indent=2))) == text
    assert "\n" not in text
    assert len(digest_of(text)) == 64


@settings(max_examples=100, deadline=None)
@given(CONTENTS, CONTENTS)
def test_other_contents_have_another_digest(one, other):
    assert (digest_of(canonical_json(one)) == digest_of(canonical_json(other))) == (one == other)


def example():
    contents = PlanContents("IEP", goals=(GoalItem(1, "Find work", "Career Plan", "short", "not_started"),))
    return json.loads(canonical_json(contents))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(colour="red"),
        lambda data: data["goals"][0].update(colour="red"),
        lambda data: data["about"].update(colour="red"),
        lambda data: data.update(schema=SCHEMA + 1),
        lambda data: data.pop("schema"),
    ],
)
def test_what_this_release_does_not_know_is_refused(change):
    data = example()
    change(data)
    with pytest.raises(ValueError):
        read_contents(json.dumps(data))


@pytest.mark.parametrize("text", ["[]", "null", '"text"', "", "{"])
def test_what_is_no_contents_is_refused(text):
    with pytest.raises(ValueError):
        read_contents(text)


def test_a_field_that_an_older_release_did_not_write_has_its_default():
    data = example()
    del data["removals"], data["about"], data["goals"][0]["starts_on"]
    assert read_contents(json.dumps(data)) == PlanContents(
        "IEP", goals=(GoalItem(1, "Find work", "Career Plan", "short", "not_started"),)
    )


def test_contents_cannot_be_changed():
    contents = PlanContents("IEP")
    with pytest.raises(AttributeError):
        contents.plan_type = "ISS"
    assert replace(contents, plan_type="ISS") != contents


# --- from the working copy --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "text"), [(None, ""), (date(2027, 1, 4), "2027-01-04"), (date(999, 1, 4), "0999-01-04")]
)
def test_days_are_iso_text(day, text):
    assert iso(day) == text


@pytest.mark.parametrize(
    ("number", "text"), [(None, ""), (Decimal("0"), "0.00"), (Decimal("12.5"), "12.50"), (Decimal("12.50"), "12.50")]
)
def test_numbers_are_decimal_text(number, text):
    assert decimal_text(number) == text


@pytest.mark.django_db
@pytest.mark.parametrize("customer", [angela, david, keisha, lucia, tyrell])
def test_the_working_copy_reads_back_too(customer):
    version = states.newest(customer())
    contents = contents_of(version.plan, version)
    assert read_contents(canonical_json(contents)) == contents


@pytest.mark.django_db
def test_the_working_copy_is_read_in_a_fixed_number_of_queries(django_assert_num_queries):
    empty = states.started(henrik())
    version = states.newest(angela())
    # One more where an occupation is chosen: how it stands with the job fit review.
    for one, number in ((empty, 5), (version, 6)):
        plan = type(one.plan).objects.get(pk=one.plan_id)
        with django_assert_num_queries(number):
            contents_of(plan, one)


@pytest.mark.django_db
def test_the_head_of_the_form_names_the_people_and_the_place():
    version = states.newest(angela())
    about = contents_of(version.plan, version).about
    assert (about.customer_name, about.participant_id) == ("Whitfield, Angela M.", "1000004")
    assert about.customer_address == "58 Chestnut Court\nMarlow, IL 62799"
    assert (about.planner_name, about.office, about.region) == (
        "Devon Okafor",
        "Harbor Street Career Center",
        "River Valley",
    )
    assert (about.programs, about.version, about.wage_goal) == (("WIOA Title I Adult",), 1, "19.50")
    assert [assessment.name for assessment in about.assessments] == ["TABE 11-12"]
    assert about.assessment_summary.startswith("Angela reads well")

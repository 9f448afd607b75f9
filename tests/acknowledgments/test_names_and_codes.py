"""What is compared is identity, not wording: an administrator may rename whatever has a code."""

import hashlib
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.in_force import contents_of_active, decision_for
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.changes import compare
from acknowledgments.contents.items import SCHEMA
from acknowledgments.contents.schema_1 import Codes, with_codes
from acknowledgments.contents.sealed_text import canonical_json, digest_of, read_contents
from acknowledgments.models import Seal
from careerplan.base.history import record
from careerplan.plans.models import BarrierCategory
from customers.models import Assessment, Program
from goals.actions import save_goal
from goals.models import Goal, GoalCategory, Occupation
from services.models import PlannedService, Service, ServiceCategory
from tests import states
from tests.people import administrator, angela, planner
from tests.rows import date_back

SEALED = Path(__file__).parent / "sealed"
RENAMED = [
    (GoalCategory, "name"),
    (BarrierCategory, "name"),
    (Occupation, "title"),
    (Program, "name"),
    (Service, "name"),
    (ServiceCategory, "name"),
    (Assessment, "name"),
]


def rename_all(model, column):
    """As an administrator does, one after the other."""
    used = model.objects.all()[:60] if model is not Occupation else model.objects.filter(code="31-1131")
    for row in used:
        setattr(row, column, f"{getattr(row, column)[:40]}, renamed {row.pk}")
        record(row, by=administrator(), at=states.now())


@pytest.fixture
def answered():
    """Angela's training answers an assessment, in the version in force."""
    assessment = Assessment.objects.filter(customer=angela()).first()
    planned = PlannedService.objects.in_plan().filter(plan__customer=angela())[0]
    version = states.reviewed(angela())
    planned.assessment = assessment
    record(planned, by=planner(), at=states.now())
    states.signed(version)
    return states.reviewed(angela())


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "column"), RENAMED)
def test_a_new_name_is_no_change_of_any_plan(answered, model, column):
    version = answered
    before = contents_of(version.plan, version)
    rename_all(model, column)
    after = contents_of(version.plan, version)
    assert before != after
    assert compare(contents_of_active(version.plan_id), after) == []
    decision = decision_for(version, after, on=states.today())
    assert [found.rule.code for found in decision.requirements] == ["NO-CHANGES"]


@pytest.mark.django_db
def test_a_draft_goes_back_to_a_category_that_was_renamed_meanwhile():
    version = states.reviewed(angela())
    goal = Goal.objects.in_plan().filter(plan=version.plan).select_related("plan", "category")[0]
    former = goal.category
    other = GoalCategory.objects.exclude(pk=former.pk)[0]
    save_goal(version.plan, goal, {"category": other}, by=planner(), at=states.now())
    rename_all(GoalCategory, "name")
    delete_draft(version, reason="Not agreed", by=planner(), at=states.now())
    goal.refresh_from_db()
    assert goal.category == former


@pytest.mark.django_db
@pytest.mark.usefixtures("answered")
def test_the_page_says_that_nothing_changed_after_a_category_was_renamed(client):
    client.force_login(planner())
    page = reverse("plan:agreement", args=[angela().pk])
    assert "The plan has no changes." in client.get(page).text
    rename_all(GoalCategory, "name")
    assert "The plan has no changes." in client.get(page).text


# --- sealed texts of every schema -------------------------------------------------------------


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_a_sealed_text_of_each_schema_is_read_for_ever(schema):
    text = (SEALED / f"schema_{schema}.json").read_text()
    digest = (SEALED / f"schema_{schema}.sha256").read_text().split()[0]
    assert digest_of(text) == digest == hashlib.sha256(text.encode()).hexdigest()
    contents = read_contents(text)
    assert contents.schema == schema
    assert (contents.plan_type, contents.about.customer_name) == ("IEP", "Whitfield, Angela M.")
    assert [goal.category for goal in contents.goals] != []
    assert compare(contents, read_contents(text)) == []


def test_an_older_text_is_never_written_again():
    with pytest.raises(ValueError, match="sealed already"):
        canonical_json(read_contents((SEALED / "schema_1.json").read_text()))


@pytest.mark.parametrize(
    ("items", "key"),
    [
        ("goals", "category_code"),
        ("services", "category_code"),
        ("services", "program"),
        ("services", "assessment_id"),
    ],
)
def test_an_older_text_that_says_what_its_schema_does_not_know_is_refused(items, key):
    data = json.loads((SEALED / "schema_1.json").read_text())
    data[items][-1][key] = "CAREER_PLAN"
    with pytest.raises(ValueError, match=f"schema 1 don't say .*{key}.* of {items}"):
        read_contents(json.dumps(data))


OLDER = {
    "schema": 1,
    "goals": [{"id": 3, "category": "Career Plan"}, {"id": 4, "category": "Support"}],
    "services": [{"id": 5, "assessment": "TABE"}, {"id": 6, "assessment": "CASAS"}, {"id": 7, "assessment": ""}],
}
KNOWN = Codes(categories={3: "CP"}, assessments={5: 50, 7: 70})


def test_whoever_has_the_rows_gives_an_older_text_its_codes():
    """What nobody knows keeps its name for its code; a service that answered no assessment answers none."""
    now = with_codes(OLDER, KNOWN)
    assert [goal["category_code"] for goal in now["goals"]] == ["CP", "Support"]
    assert [service["assessment_id"] for service in now["services"]] == [50, "CASAS", None]
    assert now["schema"] == 1
    assert [goal["category"] for goal in now["goals"]] == ["Career Plan", "Support"]


def test_an_older_text_without_goals_or_services_has_none():
    assert with_codes({"schema": 1}, KNOWN) == {"schema": 1, "goals": [], "services": []}


def test_two_texts_of_the_first_schema_compare_as_they_always_did():
    text = (SEALED / "schema_1.json").read_text()
    data = json.loads(text)
    data["goals"][0]["category"] = "Another"
    data["services"][0]["assessment"] = "Another"
    changes = compare(read_contents(text), read_contents(json.dumps(data)))
    assert [change.field_names for change in changes] == [{"category_code"}, {"assessment_id"}]


def sealed_by_the_former_release(seal):
    """The text as schema 1 wrote it, in place of today's."""
    data = json.loads(seal.canonical) | {"schema": 1}
    for goal in data["goals"]:
        del goal["category_code"]
    for service in data["services"]:
        del service["category_code"], service["program"], service["assessment_id"]
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    date_back(seal, canonical=text, digest=digest_of(text), schema=1)
    return text


@pytest.mark.django_db
def test_a_plan_that_the_former_release_sealed_asks_nobody_after_names_were_changed(answered):
    version = answered
    seal = Seal.objects.valid().get(version__plan=version.plan, version__state="active")
    text = sealed_by_the_former_release(seal)
    for model, column in RENAMED:
        rename_all(model, column)
    assert compare(contents_of_active(version.plan_id), contents_of(version.plan, version)) == []
    seal.refresh_from_db()
    assert (seal.canonical, seal.digest) == (text, digest_of(text))


@pytest.mark.django_db
def test_a_draft_goes_back_to_what_the_former_release_sealed(answered):
    version = answered
    sealed_by_the_former_release(Seal.objects.valid().get(version__plan=version.plan, version__state="active"))
    goal = Goal.objects.in_plan().filter(plan=version.plan).select_related("plan", "category")[0]
    former = goal.category
    rename_all(GoalCategory, "name")
    save_goal(
        version.plan, goal, {"category": GoalCategory.objects.exclude(pk=former.pk)[0]}, by=planner(), at=states.now()
    )
    assert [
        change.field_names
        for change in compare(contents_of_active(version.plan_id), contents_of(version.plan, version))
    ]
    delete_draft(version, reason="Not agreed", by=planner(), at=states.now())
    goal.refresh_from_db()
    assert goal.category == former


def told(*paths):
    out = StringIO()
    call_command("compare_contents", *map(str, paths), rules="both", plan_type="IEP", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1), (1, 1), (2, 2)])
def test_files_of_two_schemas_compare_by_code(before, after):
    decision = told(SEALED / f"schema_{before}.json", SEALED / f"schema_{after}.json")
    assert (decision["acknowledgment_needed"], decision["changes"][0]["rule"]) == (False, "NO-CHANGES")


def test_a_name_that_the_later_file_does_not_know_is_another_thing(tmp_path):
    data = json.loads((SEALED / "schema_1.json").read_text())
    data["goals"][0]["category"] = "Another"
    older = tmp_path / "older.json"
    older.write_text(json.dumps(data))
    [change] = told(older, SEALED / "schema_2.json")["changes"]
    assert [field["name"] for field in change["fields"]] == ["category_code"]

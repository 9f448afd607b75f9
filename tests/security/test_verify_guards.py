"""The check of the record names guards that are off, gone or others, and what somebody put beside them."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from acknowledgments.proof.guards import expected, found
from careerplan.base.database import refuse, release_rows
from tests.security.checking import named, verify
from tests.security.tampering import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def test_the_list_of_guards_is_that_of_the_migrations():
    """A migration that makes, changes or removes a guard has its line in acknowledgments/proof/guards.txt."""
    there = set(found())
    assert (sorted(there - set(expected())), sorted(set(expected()) - there)) == ([], [])
    out = io.StringIO()
    call_command("verify", "--list-guards", stdout=out)
    assert out.getvalue().splitlines() == [str(guard) for guard in found()]


@pytest.mark.parametrize("state", ["DISABLE", "ENABLE REPLICA"])
def test_a_guard_that_is_switched_off(state):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"ALTER TABLE acknowledgments_seal {state} TRIGGER acknowledgments_seal_no_update")
    assert named() == "Guard acknowledgments_seal_no_update of the table acknowledgments_seal is switched off."


def test_a_guard_that_is_missing():
    run("DROP TRIGGER customers_upload_no_truncate ON customers_upload")
    assert named() == "Guard customers_upload_no_truncate of the table customers_upload is missing."


OTHERWISE = {
    "by nothing": "CREATE OR REPLACE FUNCTION careerplan_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NEW; END'",
    "by much less": "CREATE OR REPLACE FUNCTION careerplan_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN IF OLD.id < 0 THEN RAISE EXCEPTION ''no''; END IF; RETURN NEW; END'",
    "never": "CREATE OR REPLACE TRIGGER acknowledgments_seal_no_delete BEFORE DELETE ON acknowledgments_seal "
    "FOR EACH ROW WHEN (false) EXECUTE FUNCTION careerplan_refuse()",
    "by another function": "CREATE OR REPLACE TRIGGER acknowledgments_seal_no_delete BEFORE DELETE ON "
    "acknowledgments_seal FOR EACH ROW EXECUTE FUNCTION a_seal_is_made_of_a_draft_insert()",
}


@pytest.mark.parametrize("tampered", OTHERWISE.values(), ids=OTHERWISE)
def test_guards_that_refuse_otherwise(tampered):
    run("SET CONSTRAINTS ALL IMMEDIATE", tampered)
    lines, well = verify()
    assert not well
    guard = "Guard acknowledgments_seal_no_delete of the table acknowledgments_seal"
    assert f"{guard} is not the one that the migrations made." in lines


SEALS = "acknowledgments_seal"
BESIDE = {
    "a trigger that writes something else": (
        f"CREATE TRIGGER more BEFORE INSERT ON {SEALS} FOR EACH ROW EXECUTE FUNCTION careerplan_refuse()",
        "Trigger more of the table acknowledgments_seal is not one of ours.",
    ),
    "a rule": (
        "CREATE RULE more AS ON INSERT TO acknowledgments_acknowledgment DO INSTEAD NOTHING",
        "Rule more of the table acknowledgments_acknowledgment is not one of ours.",
    ),
    "row-level security": (
        f"ALTER TABLE {SEALS} ENABLE ROW LEVEL SECURITY",
        "Row-level security of the table acknowledgments_seal is not one of ours.",
    ),
    "a child table": (
        f"CREATE TABLE more () INHERITS ({SEALS})",
        "Child table more of the table acknowledgments_seal is not one of ours.",
    ),
    "no unique index": (
        "DROP INDEX one_valid_seal_a_version",
        "Unique one_valid_seal_a_version of the table acknowledgments_seal is missing.",
    ),
    "no check": (
        "ALTER TABLE acknowledgments_acknowledgment DROP CONSTRAINT an_acknowledgment_has_a_typed_name",
        "Check an_acknowledgment_has_a_typed_name of the table acknowledgments_acknowledgment is missing.",
    ),
    "a check that refuses nothing": (
        "ALTER TABLE acknowledgments_acknowledgment DROP CONSTRAINT an_acknowledgment_has_a_typed_name, "
        "ADD CONSTRAINT an_acknowledgment_has_a_typed_name CHECK (true)",
        "Check an_acknowledgment_has_a_typed_name of the table acknowledgments_acknowledgment is not the one that the "
        "migrations made.",
    ),
    "no reference within the plan": (
        "ALTER TABLE goals_actionstep DROP CONSTRAINT goals_actionstep_goal_id_of_the_same_plan",
        "Reference goal_id,plan_id of the table goals_actionstep is missing.",
    ),
}


@pytest.mark.parametrize(("statement", "sentence"), BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_the_guards_or_no_more(statement, sentence):
    run("SET CONSTRAINTS ALL IMMEDIATE", statement)
    assert named() == sentence


def test_a_reference_that_is_not_looked_after():
    run("SET CONSTRAINTS ALL IMMEDIATE", "ALTER TABLE acknowledgments_evidencedocument DISABLE TRIGGER ALL")
    lines, _well = verify()
    where = "of the table acknowledgments_evidencedocument is switched off."
    assert {f"Reference {name} {where}" for name in ("acknowledgment_id", "upload_id", "filed_by_id")} <= set(lines)
    assert f"Guard acknowledgments_evidencedocument_no_update {where}" in lines


def test_a_guard_that_a_later_migration_removes_is_missed_until_the_list_says_so():
    with connection.schema_editor() as editor:
        release_rows(editor, "customers_upload")
        refuse(editor, "customers_upload", "more", moment="INSERT", when="false")
    lines, _well = verify()
    assert len(lines) == 3

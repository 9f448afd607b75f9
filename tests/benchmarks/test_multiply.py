"""A state that the benchmarks multiply from a small one is one that the product itself could have written."""

import hashlib
import json
from collections import Counter
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from acknowledgments.models import Acknowledgment, Seal
from benchmarks import multiply, seeds
from benchmarks.tables import WHO_DID_IT, growing_tables
from careerplan.accounts.models import Office, Region, User
from careerplan.base.history import record_all
from careerplan.demo.build import build_staff
from careerplan.demo.many import build_many
from customers.models import Customer, SearchWord

CUSTOMERS, COPIES = 20, 10
# Their rows depend on the copies' own names.
OF_NAMES = {"customers_searchword"}


@pytest.fixture
def state(people, monkeypatch):
    """(rows of each table before, the tables that grow), after the multiplication. All of it is rolled back."""
    monkeypatch.setattr(multiply, "NAMES", 97)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the guards of kept tables look away
        cursor.execute(f"TRUNCATE {', '.join(growing_tables(cursor))} CASCADE")
        cursor.execute("SET LOCAL session_replication_role = origin")
        multiply.begin_keys(cursor)
        build_staff()
        build_many(CUSTOMERS, seed=1, today=date(2026, 3, 2), tell=lambda _words: None)
        seeds.write_notes()
        seeds.file_papers()
        seeds.tell_of_plans()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        before = rows_of(cursor, growing_tables(cursor))
        tables = multiply.multiply(cursor, COPIES)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return before, tables


def rows_of(cursor, tables):
    counts = {}
    for table in tables:
        cursor.execute(f"SELECT count(*) FROM public.{table}")
        (counts[table],) = cursor.fetchone()
    return counts


def found(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_a_multiplied_state_is_whole(state):
    """One test: the state takes seconds to make."""
    before, tables = state
    every_table_grew_alike(before, tables)
    every_foreign_key_names_a_row()
    every_index_is_in_use()
    nobody_is_twice()
    search_finds_the_copies()
    copies_are_sealed_as_their_rows_are()
    planners_see_as_many_as_before()
    guards_hold()
    new_rows_come_after()


def every_table_grew_alike(before, tables):
    with connection.cursor() as cursor:
        after = rows_of(cursor, tables)
    for name, table in tables.items():
        if name not in OF_NAMES:
            assert after[name] == before[name] * (multiply.AREAS if table.areas else COPIES), name
    assert after["customers_customer"] == CUSTOMERS * COPIES
    assert before["customers_historicalcasenote"] == 3 * CUSTOMERS
    # Whatever belongs to a customer, by however many steps, is among them.
    belongs = "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint JOIN pg_attribute "
    belongs += "ON attrelid = conrelid AND attnum = ANY (conkey) WHERE contype = 'f' AND attname <> %s"
    children = found(belongs, WHO_DID_IT)
    theirs = {"customers_customer"}
    while more := {child for child, parent in children if parent in theirs} - theirs:
        theirs |= more
    assert theirs <= set(tables)


def every_foreign_key_names_a_row():
    keys = found(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, "
        "(SELECT array_agg(attname::text ORDER BY place) FROM unnest(conkey) WITH ORDINALITY key(number, place) "
        " JOIN pg_attribute ON attrelid = conrelid AND attnum = number), "
        "(SELECT array_agg(attname::text ORDER BY place) FROM unnest(confkey) WITH ORDINALITY key(number, place) "
        " JOIN pg_attribute ON attrelid = confrelid AND attnum = number) "
        "FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    )
    assert len(keys) > 100
    for child, parent, here, there in keys:
        given = " AND ".join(f"child.{column} IS NOT NULL" for column in here)
        same = " AND ".join(f"child.{one} = parent.{other}" for one, other in zip(here, there, strict=True))
        named = f"EXISTS (SELECT 1 FROM {parent} parent WHERE {same})"
        lost = found(f"SELECT count(*) FROM {child} child WHERE {given} AND NOT {named}")
        assert lost == [(0,)], (child, here)


def every_index_is_in_use():
    assert found("SELECT indexrelid::regclass FROM pg_index WHERE NOT (indisready AND indisvalid AND indislive)") == []
    assert found("SELECT conname FROM pg_constraint WHERE NOT convalidated") == []


def nobody_is_twice():
    names = Counter(Customer.objects.values_list("first_name", "last_name"))
    assert len(names) > 60  # of 97 names that were drawn
    assert Customer.objects.values("state_id").distinct().count() == CUSTOMERS * COPIES
    for customer in Customer.objects.select_related("user"):
        user = customer.user
        assert (user.first_name, user.last_name, user.email) == (
            customer.first_name,
            customer.last_name,
            customer.email,
        )
        assert user.username.endswith(customer.state_id)
        kept = customer.name_key, customer.email_key, customer.username_key
        customer.set_keys(user.username)
        assert (customer.name_key, customer.email_key, customer.username_key) == kept
        assert customer.history.get().state_id == customer.state_id


def search_finds_the_copies():
    """The words are those that the product would write."""
    kept = {}
    for row in SearchWord.objects.all():
        kept.setdefault(row.customer_id, set()).add((row.word, row.name_key))
    for customer in Customer.objects.all():
        assert kept[customer.pk] == {(word, customer.name_key) for word in customer.search_words()}


def copies_are_sealed_as_their_rows_are():
    seals = Seal.objects.select_related("version__plan__customer").prefetch_related("version__plan__services")
    for seal in seals:
        assert seal.digest == hashlib.sha256(seal.canonical.encode()).hexdigest()
        customer = seal.version.plan.customer
        contents = json.loads(seal.canonical)
        assert contents["about"]["customer_email"] == customer.email
        assert contents["about"]["participant_id"] == customer.state_id
        assert {row["id"] for row in contents["services"]} == {row.pk for row in seal.version.plan.services.all()}
    for evidence in Acknowledgment.objects.select_related("seal", "version__plan__customer"):
        assert evidence.digest == evidence.seal.digest
        assert evidence.typed_name == str(evidence.version.plan.customer)
        assert json.loads(evidence.seal.canonical)["about"]["customer_name"] == evidence.sealed_name


def planners_see_as_many_as_before():
    assert Region.objects.count() == 3 * multiply.AREAS
    assert Office.objects.count() == 6 * COPIES
    first = User.objects.get(username="planner")
    copies = User.objects.filter(username__startswith="planner.", scopes__office__name__startswith="Harbor")
    assert copies.count() == COPIES - 1
    seen = {Customer.objects.visible_to(person).count() for person in (first, *copies)}
    assert len(seen) == 1
    assert seen != {0}


def guards_hold():
    seal = Seal.objects.latest("pk")
    assert seal.pk > multiply.STEP
    plan = seal.version.plan_id
    for statement in (
        f"UPDATE acknowledgments_seal SET digest = '' WHERE id = {seal.pk}",
        f"DELETE FROM plans_historicalplanversion WHERE plan_id = {plan}",
        f"UPDATE accounts_user SET role = 'king' WHERE id = {seal.sealed_by_id}",
        f"UPDATE goals_goal SET plan_id = {plan - multiply.STEP} WHERE plan_id = {plan}",
    ):
        with pytest.raises(DatabaseError):
            write(statement)


@transaction.atomic
def write(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def new_rows_come_after():
    last = Customer.objects.latest("pk")
    new = Customer(first_name="New", state_id="new", office=last.office)
    new.set_keys()
    record_all([new], by=None, at=last.user.date_joined)
    assert new.pk > last.pk

"""The product's own role at the database: it does all that people do, and can't get around what guards the record."""

import re

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.urls import reverse

from acknowledgments.filing.making import make_paper
from acknowledgments.models import Paper, Seal
from careerplan import connecting
from careerplan.accounts.actions import save_person
from careerplan.base import clock
from careerplan.messaging.delivery import deliver_next
from careerplan.privileges import DELETED_FROM, LOCKED, READ_ONLY, deleted_from, never_changed, rights, tables
from careerplan.rights import look_at_rights, wrong_rights
from customers.actions import save_customer
from customers.stored import content_of
from tests import people, states
from tests.pages import test_history_of_posts as posts
from tests.real_files import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture(scope="module")
def role(django_db_setup, django_db_blocker):
    """As `deploy/postgres/roles.sh` and `manage.py grant_database_role` make it, in the tests' database."""
    name = f"product_of_{connection.settings_dict['NAME']}"
    with django_db_blocker.unblock():
        run(f'CREATE ROLE "{name}" LOGIN')
        call_command("grant_database_role", name, verbosity=0)
    yield name
    with django_db_blocker.unblock():
        run("RESET ROLE", f'DROP OWNED BY "{name}"', f'DROP ROLE "{name}"')


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def as_product(role):
    """This test's connection has the rights of the role and no others."""
    run(f'SET ROLE "{role}"')
    yield
    run("RESET ROLE")


@pytest.fixture
def product(role):
    """A connection of its own, signed in as the role."""
    wanted = connections[DEFAULT_DB_ALIAS].get_connection_params()
    names = ("host", "port", "dbname", "password")
    with psycopg.connect(
        **{name: wanted[name] for name in names if name in wanted}, user=role, autocommit=True
    ) as made:
        yield made


# --- what it can't ----------------------------------------------------------------------------

ATTACKS = {
    "TRUNCATE acknowledgments_seal CASCADE": "permission denied",
    "TRUNCATE messaging_message CASCADE": "permission denied",
    "ALTER TABLE acknowledgments_seal DISABLE TRIGGER ALL": "must be owner",
    "ALTER TABLE acknowledgments_seal DISABLE TRIGGER USER": "must be owner",
    "DROP TRIGGER acknowledgments_seal_no_update ON acknowledgments_seal": "must be owner",
    "DROP TABLE acknowledgments_seal CASCADE": "must be owner",
    "DROP TABLE django_session": "must be owner",
    "ALTER TABLE customers_customer ADD COLUMN more text": "must be owner",
    "CREATE TABLE more (id integer)": "permission denied",
    "CREATE TEMPORARY TABLE more (id integer)": "permission denied",
    "CREATE VIEW more AS SELECT 1": "permission denied",
    "CREATE SCHEMA more": "permission denied",
    "CREATE FUNCTION more() RETURNS integer LANGUAGE sql AS 'SELECT 1'": "permission denied",
    "CREATE OR REPLACE FUNCTION careerplan_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'": (
        "permission denied|must be owner"
    ),
    "CREATE TRIGGER more BEFORE UPDATE ON acknowledgments_seal FOR EACH ROW EXECUTE FUNCTION careerplan_refuse()": (
        "permission denied"
    ),
    "CREATE EXTENSION dblink": "permission denied|could not open extension",
    "CREATE ROLE more SUPERUSER": "permission denied|must be superuser",
    "COPY acknowledgments_seal TO PROGRAM 'cat'": "permission denied|must be superuser",
    "COPY messaging_message FROM PROGRAM 'id'": "permission denied|must be superuser",
    "COPY acknowledgments_seal TO '/tmp/seals'": "permission denied|must be superuser",
    "SELECT pg_read_file('/etc/passwd')": "permission denied",
    "SET session_replication_role = replica": "permission denied",
    "SET ROLE careerplan": "permission denied",
    "SET SESSION AUTHORIZATION careerplan": "permission denied",
    "UPDATE acknowledgments_acknowledgment SET typed_name = 'x'": "permission denied",
    "UPDATE acknowledgments_acknowledgment SET id = id": "are kept as they are",
    "UPDATE plans_historicalplanversion SET about = 'x'": "permission denied",
    "DELETE FROM acknowledgments_seal": "permission denied",
    "DELETE FROM customers_upload": "permission denied",
    "DELETE FROM plans_historicalplanversion": "permission denied",
    "DELETE FROM accounts_user": "permission denied",
    "UPDATE django_migrations SET name = 'x'": "permission denied",
    "UPDATE django_admin_log SET change_message = 'x'": "permission denied",
    "DELETE FROM django_admin_log": "permission denied",
    "UPDATE acknowledgments_daydigest SET digest = 'x'": "permission denied",
    "DELETE FROM acknowledgments_daydigest": "permission denied",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_role_can_not_get_around_the_guards(product, attack):
    attack_as = attack.replace("SET ROLE careerplan", f'SET ROLE "{owner()}"')
    attack_as = attack_as.replace("AUTHORIZATION careerplan", f'AUTHORIZATION "{owner()}"')
    with pytest.raises(psycopg.Error) as refused:
        product.execute(attack_as)
    assert re.search(ATTACKS[attack], str(refused.value))


def owner():
    return connection.settings_dict["USER"]


def test_the_guards_refuse_the_role_what_it_may_otherwise(as_product):
    seal = Seal.objects.filter(voided_at=None).order_by("id").first()
    with pytest.raises(DatabaseError, match="are kept as they are"), transaction.atomic():
        run(f"UPDATE acknowledgments_seal SET digest = 'x' WHERE id = {seal.pk}")


def test_the_role_can_not_shut_out_its_own_later_sessions(product, role):
    """By a `search_path` of its own in which nothing is found: what the product asks for when it connects wins."""
    product.execute(f'ALTER ROLE "{role}" SET search_path = pg_catalog')
    wanted = connections[DEFAULT_DB_ALIAS].get_connection_params()
    given = connecting.database("postgres://x@y/z", password="", statement_timeout_ms=60_000, kept_seconds=0)
    names = ("host", "port", "dbname", "password")
    found = {name: wanted[name] for name in names if name in wanted} | {"options": given["OPTIONS"]["options"]}
    try:
        with psycopg.connect(**found, user=role) as later:
            assert later.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
    finally:
        product.execute(f'ALTER ROLE "{role}" RESET search_path')


def test_what_no_grant_keeps_from_the_role_is_its_own_password(product, role):
    """Every role may change it; docs/operations.md says what is done then."""
    product.execute(f"ALTER ROLE \"{role}\" PASSWORD 'another'")
    product.execute(f'ALTER ROLE "{role}" PASSWORD NULL')


# --- what it can ------------------------------------------------------------------------------


def test_every_page_of_a_plan_is_saved_by_the_role(as_product):
    posts.test_each_post_leaves_one_history_row_for_each_row_that_it_changes()


def test_a_plan_is_sent_signed_recalled_and_closed_by_the_role(as_product):
    states.signed(states.newest(people.lucia()))
    states.recalled(states.newest(people.tyrell()))
    states.not_completed(states.sent(states.reviewed(people.angela())).version)
    states.deleted(states.reviewed(people.angela()))
    states.closed(people.angela())


def test_papers_are_made_and_e_mails_sent_by_the_role(as_product):
    version = states.newest(people.lucia())
    seal = states.sent(version)
    assert make_paper(Paper.objects.get(seal=seal).pk, at=clock.now())
    assert content_of(Paper.objects.get(seal=seal).upload).startswith(b"%PDF")
    while deliver_next(clock.now()):
        pass


def test_people_sign_in_write_and_upload_by_the_role(as_product, client, settings):
    signed_in = client.post(
        reverse("account_login"), {"login": "planner", "password": settings.DEMO_PASSWORD}, follow=True
    )
    assert signed_in.status_code == 200
    client.force_login(people.planner())
    david = people.david()
    note = {"subject": "Call", "text": "We talked.", "contact_on": posts.TODAY, "contact_method": "phone"}
    assert client.post(reverse("customers:case-notes", args=[david.pk]), note).status_code == 302
    upload = {"name": "A file", "category": "other", "document_type": "resume", "purpose": "resume"}
    upload["file"] = posts.SimpleUploadedFile("plan.pdf", PDF)
    assert client.post(reverse("customers:uploads", args=[david.pk]), upload).status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302


def test_the_record_is_checked_by_the_role(as_product):
    call_command("verify", verbosity=0)


def test_what_comes_and_goes_is_deleted_by_the_role(as_product):
    for table in deleted_from():
        run(f'DELETE FROM "{table}" WHERE false')


def test_a_name_and_an_e_mail_are_changed_by_the_role(as_product):
    """Words to be found by and addresses of e-mail come and go with them."""
    angela = people.angela()
    angela.last_name = "Okonkwo"
    save_customer(angela, by=people.administrator(), at=clock.now())
    user = people.planner()
    user.email = "devon.other@careerplan.test"
    save_person(user, by=people.administrator(), at=clock.now())


# --- what it is given -------------------------------------------------------------------------


def test_what_keeps_its_rows_gives_no_update_and_hardly_anything_delete():
    kept, gone = never_changed(), deleted_from()
    assert {"acknowledgments_acknowledgment", "plans_versionevent", "acknowledgments_evidencedocument"} <= kept
    given = {table: set(rights(table, kept, gone)) for table in tables()}
    assert {table for table, found in given.items() if "DELETE" in found} == gone
    assert {table for table, found in given.items() if found == {"SELECT"}} == READ_ONLY
    assert all("UPDATE" not in given[table] for table in kept)
    assert {table for table, found in given.items() if "UPDATE (id)" in found} == LOCKED
    history = {table for table in given if "_historical" in table}
    assert history
    assert all(given[table] == {"SELECT", "INSERT"} for table in history)


def test_every_table_that_is_named_exists():
    assert set(tables()) >= DELETED_FROM | READ_ONLY


def test_no_table_whose_rows_are_kept_is_deleted_from():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE tgname ~ '_no_del'"
        )
        kept = {table for (table,) in cursor.fetchall()}
    assert kept & deleted_from() == set()


def test_tables_of_later_migrations_are_read_and_written(as_product, role):
    run(
        "RESET ROLE", "CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY, word text)", f'SET ROLE "{role}"'
    )
    run("INSERT INTO later (word) VALUES ('x')", "UPDATE later SET word = 'y'")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        run("TRUNCATE later")


@pytest.mark.parametrize(
    ("made", "words"), [("SUPERUSER", "is a superuser"), ("CREATEROLE", "makes roles"), (None, "There is no role")]
)
def test_a_role_that_no_grant_limits_is_refused(made, words):
    if made:
        run(f"CREATE ROLE unfit {made}")
    with pytest.raises(CommandError, match=words):
        call_command("grant_database_role", "unfit")


def test_a_role_that_owns_a_table_is_refused():
    run("CREATE ROLE unfit", "CREATE TABLE later (id integer)", "ALTER TABLE later OWNER TO unfit")
    with pytest.raises(CommandError, match="owns tables"):
        call_command("grant_database_role", "unfit")


def test_what_the_role_was_given_before_is_taken_back(role):
    run(f'GRANT ALL ON acknowledgments_seal TO "{role}"')
    call_command("grant_database_role", role, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'acknowledgments_seal', 'TRUNCATE')", [role])
        assert cursor.fetchone() == (False,)


# --- whether it has more ----------------------------------------------------------------------


@pytest.fixture
def looked_at(settings):
    """As in production; tests do all as the owner."""
    settings.TESTING = False


def said():
    """What the doctor and the check of the record say, the same."""
    finding = look_at_rights(clock.now())
    wrong = [one.sentence for one in wrong_rights()]
    assert finding.is_wrong == bool(wrong)
    assert not wrong or finding.says.endswith(wrong[0])
    return wrong


def test_the_role_as_it_was_made_is_fine(as_product, looked_at):
    assert said() == []


def test_the_owner_of_the_tables_and_the_superuser_are_no_roles_for_the_product(looked_at):
    [line] = said()
    assert f"The role {owner()!r} is a superuser" in line
    run("CREATE ROLE unfit", "ALTER TABLE django_session OWNER TO unfit", "SET ROLE unfit")
    [line] = said()
    assert "The role 'unfit' owns tables" in line
    run("RESET ROLE")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            "GRANT ALL ON django_session TO {role}",
            "REFERENCES on django_session, TRIGGER on django_session, TRUNCATE on",
        ),
        ("GRANT UPDATE ON acknowledgments_acknowledgment TO {role}", "UPDATE on acknowledgments_acknowledgment."),
        ("GRANT UPDATE (digest) ON acknowledgments_acknowledgment TO {role}", "UPDATE (digest) on"),
        ("GRANT DELETE ON customers_upload TO {role}", "DELETE on customers_upload."),
        ("GRANT CREATE ON SCHEMA public TO {role}", "may make tables or other things."),
        ("GRANT pg_write_all_data TO {role}", "belongs to other roles: pg_write_all_data."),
        (
            "ALTER ROLE {role} SET search_path = pg_catalog",
            "has settings of its own, which nothing of the product made: s",
        ),
        ("ALTER ROLE {role} CREATEROLE", "makes roles"),
    ],
)
def test_a_right_that_the_role_need_not_have_is_named(as_product, looked_at, role, more, words):
    run("RESET ROLE", more.format(role=f'"{role}"'), f'SET ROLE "{role}"')
    assert any(words in line for line in said())


def test_where_the_owner_does_everything_nobody_looks(settings):
    for name in ("DEBUG", "TRIAL", "TESTING"):
        settings.DEBUG = settings.TRIAL = settings.TESTING = False
        setattr(settings, name, True)
        assert look_at_rights(clock.now()) is None
        assert list(wrong_rights()) == []

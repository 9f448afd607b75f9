"""Every test finds the reference data and the demo people; what it changes is rolled back."""

import os

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from acknowledgments.paper.renderer import renderer
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.demo.build import build_staff
from tests.waiting import LONGEST_WAIT

# No example is too slow: how long one takes says more about the machine than about the product.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

PATIENCE = f"{LONGEST_WAIT}s"
renderer.seconds = LONGEST_WAIT

EMPTY = DatabaseOperations.execute_sql_flush


def past_the_guards(operations, sql_list):
    """After a test that commits Django empties the tables, which their guards refuse to everybody: as the server's
    superuser, who alone can, past them."""
    with transaction.atomic(using=operations.connection.alias):
        with operations.connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        EMPTY(operations, sql_list)


DatabaseOperations.execute_sql_flush = past_the_guards


def seed():
    call_command("seed_reference", verbosity=0)
    call_command("seed_demo", verbosity=0)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """For a page the database takes seconds at most, and ends what takes longer; on a busy machine a test may hold a
    lock, or compute between two questions, for longer than that."""
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    connection.settings_dict["OPTIONS"]["options"] = " ".join(f"-c {limit}={PATIENCE}" for limit in limits)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_db_blocker):
    """Where DATABASE_IS_READY, DATABASE_URL names a database that was migrated and seeded before (tests/mutants)."""
    if os.environ.get("DATABASE_IS_READY"):
        return
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        seed()


@pytest.fixture
def people(db):
    """Seeds again where a test that commits has emptied the tables before."""
    if not User.objects.exists():
        seed()


@pytest.fixture
def staff_and_lists(transactional_db):
    """Staff and reference data, for tests that commit: the demo people would take longer to come about than each."""
    if not User.objects.exists():
        call_command("seed_reference", verbosity=0)
        build_staff()


@pytest.fixture(autouse=True)
def in_english():
    """A page in another language leaves its language to what runs after it in the same thread."""
    translation.activate("en")


@pytest.fixture(autouse=True, scope="session")
def clock_of_the_machine_without_a_database():
    """A test that may not ask the database has no other time than the machine's."""
    ask = clock.ask

    def ask_where_it_may_be_asked():
        try:
            return ask()
        except RuntimeError as error:
            if "Database access not allowed" not in str(error):
                raise
        return None

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "ask", ask_where_it_may_be_asked)
        yield

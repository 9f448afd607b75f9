"""Every test finds the reference data and the demo people; what it changes is rolled back.

What a test commits is taken back when it has ended (tests/databases.py).
"""

import gc
import os
from contextlib import contextmanager

import hypothesis
import pytest
from django.test import TransactionTestCase
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from careerplan.base import clock
from tests import databases, stock

# No example is too slow: how long one takes says more about the machine than about the product.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

# What tests that take minutes ask for: these begin first.
LONG = ("trial", "started_trial", "former", "every_answer")

databases.be_patient()


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Where DATABASE_IS_READY names a database that was migrated and seeded, DATABASE_URL names a copy of it
    (tests/mutants)."""
    if "DATABASE_IS_READY" in os.environ:
        with taken_back(django_db_blocker):
            yield
    elif hasattr(request.config, "workerinput"):
        with django_db_blocker.unblock():
            databases.take_a_copy()
        with taken_back(django_db_blocker):
            yield
        with django_db_blocker.unblock():
            databases.give_the_copy_back()
    else:
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock():
            databases.seed()
            databases.keep_a_copy()
        with taken_back(django_db_blocker):
            yield
        with django_db_blocker.unblock():
            databases.remove(databases.ready())


@contextmanager
def taken_back(blocker):
    """Django's way after a test that commits would be to empty the tables, which their guards refuse to everybody."""
    with blocker.unblock():
        copy = databases.Copy(databases.source())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: copy.take_back())
        yield


@pytest.fixture
def people(db):
    """The demo people are there."""


@pytest.fixture
def staff_and_lists(transactional_db):
    """For tests that commit and need staff and reference data; the demo people are there, too."""


@pytest.fixture(autouse=True)
def nothing_taken_yet():
    """Each test gets the first of each kind first."""
    stock.taken.clear()


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


@pytest.fixture(autouse=True, scope="session")
def files_for_browsers_listed_once():
    """Each test client loads the middleware anew, and WhiteNoise looks for every file in every folder each time."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def look_once(middleware):
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """First those of the trial's database, which takes a minute to come about: the other one, for which all wait, comes
    about meanwhile. Then what takes longest: at the end no process waits for one of these."""
    items.sort(key=place_among_the_long)


def place_among_the_long(item):
    asked_for = getattr(item, "fixturenames", ())
    return next((place for place, name in enumerate(LONG) if name in asked_for), len(LONG))


def pytest_collection_finish():
    """What was collected stays: to look through it for garbage again and again takes a tenth of the run."""
    gc.collect()
    gc.freeze()

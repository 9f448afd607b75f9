"""Every test finds the reference data and the demo people; what it changes is rolled back."""

import pytest
from django.core.management import call_command
from django.utils import translation

from careerplan.accounts.models import User


def seed():
    call_command("seed_reference", verbosity=0)
    call_command("seed_demo", verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        seed()


@pytest.fixture
def people(db):
    """Seeds again where a test that commits has emptied the tables before."""
    if not User.objects.exists():
        seed()


@pytest.fixture(autouse=True)
def in_english():
    """A page in another language leaves its language to what runs after it in the same thread."""
    translation.activate("en")

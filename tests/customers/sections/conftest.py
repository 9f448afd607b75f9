"""Who answers the sections, and who reads them."""

import pytest

from tests import people, states
from tests.rows import write


@pytest.fixture
def customer():
    return states.enrolled()


@pytest.fixture
def planner(client):
    """The browser of the customer's planner, who may not read what is confidential."""
    client.force_login(people.planner())
    return client


@pytest.fixture
def reader(client):
    """The browser of the customer's planner, who may read what is confidential."""
    write(people.planner(), reads_confidential=True)
    client.force_login(people.planner())
    return client

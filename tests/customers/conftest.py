"""A customer with a plan, and the browser of the customer's planner."""

import pytest

from tests import people, states


@pytest.fixture
def customer():
    return states.enrolled()


@pytest.fixture
def planner(client):
    """The browser of the customer's planner, who may not read what is confidential."""
    client.force_login(people.planner())
    return client
